// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"net/netip"
	"strings"
)

// SameHost compares two host names as expected_hosts does: without regard to case and to a final dot, as full names,
// or, when one of them has a single label, by the first label. Addresses are compared whole. Empty names equal nothing.
func SameHost(a, b string) bool {
	a, b = strings.TrimSuffix(strings.TrimSpace(a), "."), strings.TrimSuffix(strings.TrimSpace(b), ".")
	if a == "" || b == "" {
		return false
	}
	if strings.EqualFold(a, b) {
		return true
	}
	if isAddress(a) || isAddress(b) {
		return false
	}
	la, restA, dotA := strings.Cut(a, ".")
	lb, restB, dotB := strings.Cut(b, ".")
	if dotA && dotB && restA != "" && restB != "" {
		return false
	}
	return strings.EqualFold(la, lb)
}

// netBIOSLen is how long the NetBIOS name of a computer can be: a longer name is cut there.
const netBIOSLen = 15

// isCutName says that a name may be the beginning of a longer one: no dot, and as long as a NetBIOS name can be.
func isCutName(s string) bool {
	return len([]rune(s)) == netBIOSLen && !strings.Contains(s, ".") && !isAddress(s)
}

// cutTo is the first label, as a NetBIOS name.
func cutTo(s string) string {
	label, _, _ := strings.Cut(s, ".")
	if r := []rune(label); len(r) > netBIOSLen {
		return string(r[:netBIOSLen])
	}
	return label
}

// sameHostCut is SameHost for a name that Windows reports: one of exactly 15 characters without a dot is compared by 15.
func sameHostCut(reported, other string) bool {
	reported, other = strings.TrimSuffix(strings.TrimSpace(reported), "."), strings.TrimSuffix(strings.TrimSpace(other), ".")
	return SameHost(reported, other) || isCutName(reported) && !isAddress(other) && strings.EqualFold(reported, cutTo(other))
}

// isHere says whether the host that activated the guest is the one that Data Exchange names: its full name may be
// missing there, and either short name may be cut.
func (l *look) isHere(reported string) bool {
	return sameHostCut(reported, l.host.FullName) || sameHostCut(reported, l.host.Name) || sameHostCut(l.host.Name, reported)
}

// namesOf lists what the host that a guest reports may be called: the reported name, and where it is that of the pair
// that Data Exchange gives, the full one too, which tells hosts apart that begin alike.
func (l *look) namesOf(reported string) []string {
	full := l.host.FullName
	if strings.Contains(reported, ".") || l.platform.isElsewhere() || full == "" || !strings.EqualFold(cutTo(full), cutTo(reported)) || !SameHost(l.host.Name, reported) && !SameHost(full, reported) {
		return []string{reported}
	}
	return []string{reported, full}
}

// isExpected says whether the host that activated the guest is among the expected ones; an empty list expects none in
// particular.
func (l *look) isExpected(reported string) bool {
	names := l.namesOf(reported)
	if len(names) == 1 {
		return isExpectedHost(reported, l.e.Hosts)
	}
	for _, name := range names {
		for _, e := range l.e.Hosts {
			if SameHost(name, e) {
				return true
			}
		}
	}
	return isExpectedHost("", l.e.Hosts)
}

func isAddress(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}

// isExpectedHost says whether a host is among the expected ones; an empty list expects none in particular.
func isExpectedHost(host string, expected []string) bool {
	named := false
	for _, e := range expected {
		if strings.TrimSpace(e) == "" {
			continue
		}
		named = true
		if sameHostCut(host, e) {
			return true
		}
	}
	return !named
}
