// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

func names(c *Catalog) (out []string) {
	for _, r := range c.Releases() {
		out = append(out, r.Name)
	}
	return out
}

// An overlay is a catalogue of its own: the one below it stays as it was, and so does what the caller gave.
func TestOverlaysTouchNothingBelow(t *testing.T) {
	base := Default()
	before := fmt.Sprintf("%v %v", base.Releases(), base.Entries(Filter{}))
	activates := []string{"2022"}
	o := Overlay{
		Releases: []Release{{Name: "2022", Title: "Windows Server 2022", Build: 20348, Editions: []string{Datacenter}}},
		Entries: []Entry{
			{Release: "2022", EditionID: "ServerDatacenter", Edition: Datacenter, Channel: AVMA, Key: "AAAAA"},
			{Release: "2022", EditionID: "ServerSolution", Edition: Essentials, Channel: AVMA, Key: "BBBBB"},
			{Release: "2019", EditionID: "ServerTurbine", Edition: DatacenterAzure, Channel: AVMA, Key: "CCCCC"},
			{Release: "2019", EditionID: "ServerTurbine", Edition: DatacenterAzure, Channel: GVLK, Key: "DDDDD"},
		},
		Hosts: []Host{{Name: "lab", Activates: activates}, {Name: "lab", Activates: []string{"2019"}}, {Name: "other", Activates: activates}},
	}
	c := base.With(o)
	if after := fmt.Sprintf("%v %v", base.Releases(), base.Entries(Filter{})); after != before {
		t.Error("the catalogue below has changed")
	}
	activates[0] = "2025"
	guest := func(release string) Target {
		return Target{Release: release, Edition: Datacenter, EditionID: "ServerDatacenter"}
	}
	for host, want := range map[string][2]bool{"lab": {false, true}, "other": {true, false}} { // of two hosts of one name the last holds
		if got := [2]bool{c.Activates(host, guest("2022")).OK, c.Activates(host, guest("2019")).OK}; got != want {
			t.Errorf("%s activates 2022 and 2019: %v, want %v", host, got, want)
		}
	}
	var keys []string
	for _, e := range c.Entries(Filter{Release: "2022", Channel: AVMA}) {
		keys = append(keys, e.EditionID+" "+e.Key[:5])
	}
	if want := []string{"ServerDatacenter AAAAA", "ServerTurbine F7TB6", "ServerStandard YDFWN", "ServerSolution BBBBB"}; !slices.Equal(keys, want) {
		t.Errorf("in the order of the editions: %q", keys)
	}
	if e := c.find(Target{Release: "2019", EditionID: "ServerTurbine"}, GVLK); e == nil || e.Key != "DDDDD" {
		t.Errorf("the other channel has a key of its own: %+v", e)
	}
	r, _ := c.Release("2022")
	if slices.Contains(r.Editions, DatacenterAzure) || !slices.Contains(r.Editions, Essentials) {
		t.Errorf("editions: %q", r.Editions) // those of the overlay, and what its keys add
	}
}

// Entries come AVMA first, then by release from the newest, then by edition.
func TestOrderOfEntries(t *testing.T) {
	c := Default().With(Overlay{})
	if !reflect.DeepEqual(c.Entries(Filter{}), Default().Entries(Filter{})) {
		t.Error("an empty overlay changes the order")
	}
	position := func(e Entry) [3]int {
		channel := slices.Index([]Channel{AVMA, GVLK}, e.Channel)
		return [3]int{channel, slices.Index(names(c), e.Release), slices.Index([]string{Datacenter, DatacenterAzure, Standard, Essentials}, e.Edition)}
	}
	entries := c.Entries(Filter{})
	for i := 1; i < len(entries); i++ {
		a, b := position(entries[i-1]), position(entries[i])
		if slices.Compare(a[:], b[:]) > 0 {
			t.Errorf("%s %s %s stands before %s %s %s", entries[i-1].Channel, entries[i-1].Release, entries[i-1].EditionID, entries[i].Channel, entries[i].Release, entries[i].EditionID)
		}
	}
}

// A release goes where its build belongs, and of two of one build the long-term one comes first.
func TestPlaceOfAddedReleases(t *testing.T) {
	long := []string{Datacenter, Standard}
	annual := []string{"Datacenter (SAC)"}
	for name, c := range map[string]struct {
		add    Release
		before string // the release that it stands before; "": none
	}{
		"newest":                        {Release{Name: "2099", Build: 99999, Editions: long}, "2025"},
		"oldest":                        {Release{Name: "1999", Build: 1, Editions: long}, ""},
		"between":                       {Release{Name: "2023", Build: 22000, Editions: long}, "2022"},
		"long-term, of a build that is": {Release{Name: "2022 B", Build: 20348, Editions: long}, "2022"},
		"annual, of a build that is":    {Release{Name: "21H3", Build: 20348, Servicing: "sac", Editions: annual}, "20H2"},
	} {
		t.Run(name, func(t *testing.T) {
			got := names(Default().With(Overlay{Releases: []Release{c.add}}))
			i := slices.Index(got, c.add.Name)
			next := ""
			if i+1 < len(got) {
				next = got[i+1]
			}
			if next != c.before {
				t.Errorf("%s stands before %q in %q", c.add.Name, next, got)
			}
		})
	}
}

func TestFactsOfWhatIsNotKnown(t *testing.T) {
	c := Default()
	newest, _ := c.Release("2025")
	if got := c.Facts("2099"); !reflect.DeepEqual(got, newest.Facts) {
		t.Errorf("not those of the newest: %+v", got)
	}
	oldest := c.Releases()[len(c.Releases())-1]
	if got := c.factsBefore(Release{Name: "1999", Build: 1}); !reflect.DeepEqual(got, oldest.Facts) {
		t.Errorf("not those of the oldest: %+v", got)
	}
	r2019, _ := c.Release("2019")
	if got := c.factsBefore(Release{Name: "one more", Build: r2019.Build}); !reflect.DeepEqual(got, r2019.Facts) {
		t.Errorf("not those of the same build: %+v", got)
	}
	for version, want := range map[string]string{"6.3": "2012 R2", "10.0": "", "4.0": "", "": ""} {
		if got, ok := c.KernelRelease(version); got != want || ok != (want != "") {
			t.Errorf("kernel %q: %q %v", version, got, ok)
		}
	}
	f := c.Facts("2022")
	if len(f.NamedImages) > 0 {
		f.NamedImages[0] = "changed"
		if slices.Contains(c.Facts("2022").NamedImages, "changed") {
			t.Error("the caller changes the table")
		}
	}
}
