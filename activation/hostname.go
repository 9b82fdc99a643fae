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
		if SameHost(host, e) {
			return true
		}
	}
	return !named
}
