// SPDX-License-Identifier: MPL-2.0

package catalog

import "testing"

// Each bound of the look-ups, at it and one beyond.
func TestGuestLimits(t *testing.T) {
	// DISM's Core spelling stands for ACor where the SKU has two numbers; an evaluation's has one, and is no such thing.
	if _, err := Default().Guest(GuestID{Build: 18363, EditionID: "ServerDatacenterCor", ProductType: 3}); err != nil {
		t.Error(err)
	}
	if got, err := Default().Guest(GuestID{Build: 18363, EditionID: "ServerDatacenterEvalCor", ProductType: 3}); noKeyCode(err) != NoKeyNoSuchEdition {
		t.Errorf("%+v, %v", got, err)
	}
	// What begins with Server is no client, be there no more of it.
	for id, code := range map[string]NoKeyCode{"Server": NoKeyUnknownEdition, "server": NoKeyUnknownEdition, "Serve": NoKeyClient, "Serves": NoKeyClient} {
		if _, err := Default().Guest(GuestID{Build: 20348, EditionID: id, ProductType: 3}); noKeyCode(err) != code {
			t.Errorf("%s: %v", id, err)
		}
	}
	for key, want := range map[string]string{"": "", "ABCD": "", "ABCDE": "ABCDE", "ABCDEF": "BCDEF"} {
		if got := (Entry{Key: key}).PartialKey(); got != want {
			t.Errorf("the end of %q is %q", key, got)
		}
		if got := (ProductKey{text: key}).PartialKey(); got != want {
			t.Errorf("the end of the product key %q is %q", key, got)
		}
	}
	k := ProductKey{hi: 1, lo: 1 << 63}
	for at, want := range map[uint]uint64{0: 1 << 63, 1: 1<<62 | 1<<63, 63: 3, 64: 1, 65: 0} {
		if got := k.bits(at, 64); got != want {
			t.Errorf("64 bits from %d are %#x, want %#x", at, got, want)
		}
	}
}

// What a catalogue file adds takes its place by build; what it names again is replaced, the first one too.
func TestOverlayPlaces(t *testing.T) {
	d := Default()
	count := len(d.Releases())
	names := func(o Overlay) (list []string) {
		for _, r := range d.With(o).Releases() {
			list = append(list, r.Name)
		}
		return list
	}
	at := func(list []string, name string) int {
		for i, n := range list {
			if n == name {
				return i
			}
		}
		return -1
	}
	release := func(name string, build int, s Servicing) Overlay {
		return Overlay{Releases: []Release{{Name: name, Title: name, Build: build, Servicing: s}}}
	}
	for _, tc := range []struct {
		name  string
		build int
		s     Servicing
		after string // "": first
	}{
		{"newest", 999999, LongTerm, ""}, {"beside 2025", 26100, SemiAnnual, "2025"}, {"before 2025", 26099, LongTerm, "2025"},
		{"beside 2022", 20348, SemiAnnual, "2022"}, {"oldest", 1, LongTerm, "2008"},
	} {
		list := names(release(tc.name, tc.build, tc.s))
		if len(list) != count+1 || at(list, tc.name) != at(list, tc.after)+1 {
			t.Errorf("%s: %q", tc.name, list)
		}
	}
	if list := names(release("long-term", 17763, LongTerm)); at(list, "long-term") > at(list, "1809") {
		t.Errorf("a long-term release comes before a semi-annual one of the same build: %q", list)
	}
	if first := d.Releases()[0]; len(names(release(first.Name, first.Build, LongTerm))) != count || names(release(first.Name, first.Build, LongTerm))[0] != first.Name {
		t.Errorf("the first release is not replaced: %q", names(release(first.Name, first.Build, LongTerm)))
	}
	first := d.Entries(Filter{})[0]
	changed := first
	changed.Key = "AAAAA"
	if got := d.With(Overlay{Entries: []Entry{changed}}).Entries(Filter{}); len(got) != len(d.Entries(Filter{})) || got[0].Key != "AAAAA" {
		t.Errorf("the first key is not replaced: %+v", got[0])
	}
	host := func(guests ...string) Overlay { return Overlay{Hosts: []Host{{Name: "lab", Activates: guests}}} }
	c := d.With(host("2019")).With(host("2022"))
	old, _ := c.Resolve("2019", "datacenter")
	current, _ := c.Resolve("2022", "datacenter")
	if len(c.hosts) != 1 || c.Activates("lab", old).OK || !c.Activates("lab", current).OK {
		t.Errorf("the first host is not replaced: %+v", c.hosts)
	}
}
