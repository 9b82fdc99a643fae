// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"errors"
	"strconv"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// identify finds what the guest is: build and EditionID together, ProductType 1 refused (reference section 3).
func (l *look) identify() {
	os := l.f.OS
	l.guest, l.guestErr = l.cat.Guest(catalog.GuestID{
		Build: os.Build, EditionID: name(os.EditionID), InstallationType: name(os.InstallationType), ProductType: os.ProductType, SKU: os.SKU,
	})
	l.becomes = l.guest
}

// expect finds what the guest is held against, and the key that follows.
func (l *look) expect() {
	l.wanted = strings.TrimSpace(l.e.Release) != "" || strings.TrimSpace(l.e.Edition) != ""
	if l.wanted {
		l.want, l.wantErr = l.resolveWant()
	}
	known := l.guestErr == nil
	switch {
	case l.wanted && l.wantErr == nil && (!known || l.guest.Evaluation && l.want.Release == l.guest.Release):
		l.becomes = l.want
		l.becomes.Evaluation = false
		known = true
	case known:
		l.becomes.Evaluation = false
	}
	if known {
		l.entry, l.keyErr = l.cat.KeyFor(l.becomes, catalog.AVMA)
		if l.keyErr == nil {
			l.expected = l.entry.PartialKey()
		}
	}
	if p := partialOf(l.e.PartialKey); p != "" {
		l.expected = p
	}
}

// partialOf takes the last group of what was named as the expected key.
func partialOf(s string) string {
	s = strings.ToUpper(name(s))
	if i := strings.LastIndexByte(s, '-'); i >= 0 {
		s = s[i+1:]
	}
	return Clean(s, 5)
}

// resolveWant understands the expectation; the half that was left out is the guest's.
func (l *look) resolveWant() (catalog.Target, error) {
	release, edition := strings.TrimSpace(l.e.Release), strings.TrimSpace(l.e.Edition)
	if edition == "" {
		if t, err := l.cat.Resolve(release, ""); err == nil { // "Windows Server 2022 Datacenter"
			return t, nil
		}
		edition = or(l.guest.EditionID, "datacenter")
		if l.guest.Edition != "" {
			edition = l.guest.Edition
		}
		if l.guest.Core {
			edition += " core"
		}
	}
	if release == "" {
		if l.guest.Release == "" {
			return catalog.Target{}, errors.New("no release was given, and the guest's is not known")
		}
		release = l.guest.Release
	}
	return l.cat.Resolve(release, edition)
}

// guestName names the guest in a sentence.
func (l *look) guestName() string {
	os := l.f.OS
	if l.guest.Release == "" {
		if os.Build == 0 && os.EditionID == "" {
			return "This Windows"
		}
		return "Windows build " + strconv.Itoa(os.Build) + " " + name(os.EditionID)
	}
	s := targetName(l.guest)
	if l.guest.Evaluation {
		s += " Evaluation"
	}
	return s
}

// targetName names a target as Microsoft does.
func targetName(t catalog.Target) string {
	title := "Windows Server " + t.Release
	if len(t.Release) == 4 && t.Release[2] == 'H' || t.Release >= "1700" && t.Release < "2005" && len(t.Release) == 4 {
		title = "Windows Server, version " + t.Release
	}
	return strings.TrimSpace(title + " " + t.Edition)
}

// ownerOf names whose published key a partial key is, as "Windows Server 2022 Datacenter"; "" when nobody's. Five
// characters are few: a key of another kind may end in the same ones, so this names, and decides nothing. Where several
// releases share the key, the long-term one comes first.
func (l *look) ownerOf(partial string, ch catalog.Channel) string {
	var owners []string
	for _, e := range l.cat.IdentifyPartial(partial, ch) {
		owners = append(owners, targetName(catalog.Target{Release: e.Release, Edition: e.Edition}))
	}
	if len(owners) > 3 {
		owners = append(owners[:3], "others")
	}
	return strings.Join(owners, " and ")
}

// isCatalogueKey says that a partial key is the one the catalogue lists for the guest.
func (l *look) isCatalogueKey(partial string) bool {
	return l.keyErr == nil && l.entry.Key != "" && strings.EqualFold(l.entry.PartialKey(), partial)
}
