// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

type row struct{ release, build, edition, editionID, channel, key, standing, source string }

// published reads the copy of the published tables: one row a release, a row of several releases split up.
func published(t testing.TB) []row {
	t.Helper()
	data, err := os.ReadFile("testdata/keys.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 8 {
			t.Fatalf("line %d has %d fields", i+1, len(f))
		}
		if i == 0 {
			continue
		}
		for _, release := range strings.Split(f[0], ",") {
			rows = append(rows, row{release, f[1], f[2], f[3], strings.ToLower(f[4]), f[5], f[6], f[7]})
		}
	}
	return rows
}

func TestKeysAgainstTable(t *testing.T) {
	c := Default()
	rows := published(t)
	if len(rows) < 59 {
		t.Fatalf("only %d rows: the table is cut", len(rows))
	}
	if n := len(c.Entries(Filter{})); n != len(rows) {
		t.Errorf("the catalogue has %d keys, the table %d", n, len(rows))
	}
	for _, r := range rows {
		got := c.Entries(Filter{Release: r.release, Edition: r.editionID, Channel: Channel(r.channel)})
		if len(got) != 1 {
			t.Errorf("%s %s %s: %d entries", r.release, r.editionID, r.channel, len(got))
			continue
		}
		e := got[0]
		if e.Key != r.key || e.Edition != r.edition || string(e.Standing) != r.standing || e.Source != r.source {
			t.Errorf("%s %s %s: got %+v, the table has %+v", r.release, r.editionID, r.channel, e, r)
		}
		build := r.build
		if build == "" { // the page of the GVLKs names none for the semi-annual releases
			rel, _ := c.Release(r.release)
			build = strconv.Itoa(rel.Build)
		}
		if strconv.Itoa(e.Build) != build {
			t.Errorf("%s: build %d, the table has %s", r.release, e.Build, build)
		}
		if _, err := ParseKey(e.Key); err != nil {
			t.Errorf("%s: %v", e.Key, err)
		}
		if e.PartialKey() != r.key[len(r.key)-5:] {
			t.Errorf("partial key %q", e.PartialKey())
		}
	}
}

// Whatever is asked with the names of the table is answered with the key of the table.
func TestResolveFindsEveryKey(t *testing.T) {
	c := Default()
	for _, r := range published(t) {
		rel, _ := c.Release(r.release)
		for _, release := range []string{r.release, rel.Title, strings.ToLower(rel.Title), "ws" + strings.ReplaceAll(r.release, " ", "")} {
			for _, edition := range []string{r.edition, strings.ToLower(r.edition), r.editionID, strings.ToUpper(r.editionID)} {
				target, err := c.Resolve(release, edition)
				if err != nil {
					t.Errorf("Resolve(%q, %q): %v", release, edition, err)
					continue
				}
				e, err := c.Key(target, Channel(r.channel))
				if err != nil || e.Key != r.key || e.Release != r.release {
					t.Errorf("Key(%q, %q, %s) = %+v, %v; want %s of %s", release, edition, r.channel, e, err, r.key, r.release)
				}
			}
		}
	}
}

func TestEntryHosts(t *testing.T) {
	c := Default()
	for _, test := range []struct {
		release, edition string
		channel          Channel
		want             string
	}{
		{"2025", "datacenter", AVMA, "2025 azure-local"},
		{"2022", "standard", AVMA, "2025 2022 azure-local"},
		{"2012 R2", "essentials", AVMA, "2025 2022 2019 2016 2012 R2 azure-local"},
		{"2022", "azure edition", AVMA, "azure-local"},
		{"20H2", "datacenter", AVMA, "2025 2022 2019 azure-local"},
		{"1709", "standard", AVMA, "2025 2022 2019 2016 azure-local"},
		{"23H2", "datacenter", AVMA, "2025 2022 azure-local"},
		{"2022", "datacenter", GVLK, ""},
	} {
		target, err := c.Resolve(test.release, test.edition)
		if err != nil {
			t.Fatal(err)
		}
		e, err := c.Key(target, test.channel)
		if err != nil {
			t.Fatal(err)
		}
		if e.Hosts == nil || strings.Join(until2025(e.Hosts), " ") != test.want {
			t.Errorf("%s %s: hosts %q, want %q", test.release, test.edition, e.Hosts, test.want)
		}
	}
}

// until2025 leaves out the hosts of releases that came later, which activate every guest.
func until2025(hosts []string) []string { return hosts[max(slices.Index(hosts, "2025"), 0):] }

func TestIdentify(t *testing.T) {
	c := Default()
	for _, r := range published(t) {
		for _, spelling := range []string{r.key, strings.ToLower(r.key), strings.ReplaceAll(r.key, "-", ""), " " + strings.ReplaceAll(r.key, "-", " ") + "\n"} {
			found := c.Identify(spelling)
			if !slices.ContainsFunc(found, func(e Entry) bool { return e.Release == r.release && e.EditionID == r.editionID }) {
				t.Errorf("Identify(%q) = %v: not %s %s", spelling, found, r.release, r.editionID)
			}
		}
	}
	if first := c.Identify("H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW")[0].Release; first != "2019" {
		t.Errorf("the key of 2019 is named as that of %s first", first)
	}
	for _, unknown := range []string{"", "x", "W3GNR-8DDXR-2TFRP-H8P33-DV9BB", "N" + strings.Repeat("B", 24)} {
		if found := c.Identify(unknown); len(found) != 0 {
			t.Errorf("Identify(%q) = %v", unknown, found)
		}
	}
}

func TestEntriesFilter(t *testing.T) {
	c := Default()
	for name, test := range map[string]struct {
		f    Filter
		want int
	}{
		"2022":                {Filter{Release: "2022"}, 6},
		"Essentials AVMA":     {Filter{Release: "2019", Edition: Essentials, Channel: AVMA}, 1},
		"an EditionID":        {Filter{Release: "2022", Edition: "ServerTurbine", Channel: AVMA}, 1},
		"a build of two":      {Filter{Build: 17763, Channel: AVMA}, 5},
		"2012 has none":       {Filter{Release: "2012"}, 0},
		"2025 Essentials":     {Filter{Release: "2025", Edition: Essentials}, 0},
		"23H2 Standard":       {Filter{Release: "23H2", Edition: Standard}, 0},
		"spellings find none": {Filter{Release: "ws2022"}, 0},
	} {
		if got := len(c.Entries(test.f)); got != test.want {
			t.Errorf("%s: %d entries, want %d", name, got, test.want)
		}
	}
	all := c.Entries(Filter{})
	if n := len(c.Entries(Filter{Channel: AVMA})) + len(c.Entries(Filter{Channel: GVLK})); n != len(all) {
		t.Errorf("%d entries by channel, %d in all", n, len(all))
	}
	if all[0].Release != c.Releases()[0].Name || all[0].Channel != AVMA || all[len(all)-1].Channel != GVLK {
		t.Errorf("order: %+v ... %+v", all[0], all[len(all)-1])
	}
}

// Nothing that is given out leads back into the shared tables.
func TestDefaultIsNotMutated(t *testing.T) {
	c := Default()
	rel := c.Releases()
	rel[0].Editions[0], rel[0].Name = "broken", "broken"
	c.Entries(Filter{})[0].Hosts[0] = "broken"
	EditionIDs()[0].ID = "broken"
	if r, ok := c.Release("2025"); !ok || r.Editions[0] != Datacenter {
		t.Error("a release of the shared table was changed from outside")
	}
	if c.Entries(Filter{})[0].Hosts[0] == "broken" || EditionIDs()[0].ID != "ServerDatacenter" {
		t.Error("the shared table was changed from outside")
	}
}
