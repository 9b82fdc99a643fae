// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"slices"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// The guest has tables of its own, so that it does not share a mistake of the catalogue's; they lack no release or key
// that the catalogue has, and say the same of it.
func TestReleasesAreThoseOfTheCatalogue(t *testing.T) {
	c := catalog.Default()
	for _, p := range lacking(c) {
		t.Error(p)
	}
}

// lacking says what the tables lack, or have otherwise.
func lacking(c *catalog.Catalog) (out []string) {
	for _, want := range c.Releases() {
		if want.NoAVMA != "" {
			continue
		}
		got, ok := releases[want.Name]
		if !ok {
			out = append(out, "internal/winguest/releases.go has no row for "+want.Name)
			continue
		}
		major, minor := got.kernel()
		if f := want.Facts; got.build != want.Build || got.powershell != f.PowerShell || major+"."+minor != f.Kernel || got.sshd() != (f.OpenSSH == catalog.OpenSSHInstalled) {
			out = append(out, "internal/winguest/releases.go: "+want.Name+" has another build, PowerShell, kernel or OpenSSH than catalog/releases.go says")
		}
		for _, other := range c.Releases() {
			family, _ := c.Release(other.Family())
			mine, _ := c.Release(want.Family())
			if o, ok := releases[other.Name]; ok && other.NoAVMA == "" && (o.rank < got.rank) != (family.Build < mine.Build) {
				out = append(out, "internal/winguest/releases.go: the ranks of "+want.Name+" and "+other.Name+" are not in the order of the catalogue")
			}
		}
	}
	for _, e := range c.Entries(catalog.Filter{}) {
		k := knownKeys()[e.Key]
		if k == nil || !slices.Contains(k.Editions, e.EditionID) || !slices.Contains(k.Builds, e.Build) {
			out = append(out, "internal/winguest/keys.tsv does not have the "+string(e.Channel)+" key of "+e.Release+" "+e.Edition)
		}
	}
	return out
}

// The test above notices each of them.
func TestLackingIsNoticed(t *testing.T) {
	row := catalog.Release{Name: "2099", Title: "Windows Server 2099", Build: 99000, Editions: []string{catalog.Standard}}
	key := catalog.Entry{Release: "2099", Build: 99000, Edition: catalog.Standard, EditionID: "ServerStandard", Channel: catalog.AVMA, Key: "WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4"}
	now := len(lacking(catalog.Default()))
	if got := lacking(catalog.Default().With(catalog.Overlay{Releases: []catalog.Release{row}, Entries: []catalog.Entry{key}})); len(got) != now+2 {
		t.Errorf("%q", got)
	}
	changed, _ := catalog.Default().Release("2022")
	changed.Facts.PowerShell = "7.0"
	if got := lacking(catalog.Default().With(catalog.Overlay{Releases: []catalog.Release{changed}})); len(got) != now+1 {
		t.Errorf("%q", got)
	}
}
