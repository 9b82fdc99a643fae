// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/internal/nextrelease"
)

// What a release has and lacks is said of each that is built in: nothing is left to what holds for another one.
func TestFactsAreComplete(t *testing.T) {
	for _, e := range catalog.Default().Entries(catalog.Filter{}) {
		if r, ok := catalog.Default().Release(e.Release); !ok || r.Build != e.Build {
			t.Errorf("catalog/releases.go has no row for %s, build %d, of which there is a key", e.Release, e.Build)
		}
	}
	last := catalog.Release{Build: 1 << 30}
	for _, r := range catalog.Default().Releases() {
		f := r.Facts
		for name, given := range map[string]bool{"Kernel": f.Kernel != "", "PowerShell": f.PowerShell != "", "OpenSSH": f.OpenSSH != "", "MSRSize": f.MSRSize > 0,
			"DesktopName": f.DesktopName != "", "NamedImages": f.NamedImages != nil, "EvaluationNames": f.EvaluationNames != "", "Lacks": f.Lacks != nil} {
			if !given {
				t.Errorf("catalog/releases.go: the row of %s has no Facts.%s", r.Name, name)
			}
		}
		if r.Build > last.Build || r.Build == last.Build && r.CoreOnly() == last.CoreOnly() {
			t.Errorf("catalog/releases.go: %s stands behind %s: newest first, and one of a build", r.Name, last.Name)
		}
		if got, ok := catalog.BuildNumber(fmt.Sprintf("%s.%d", f.Kernel, r.Build)); !ok || got != r.Build {
			t.Errorf("%s: version %s.%d is not understood", r.Name, f.Kernel, r.Build)
		}
		if keys := catalog.Default().Entries(catalog.Filter{Release: r.Name, Channel: catalog.AVMA}); (r.NoAVMA == "") != (len(keys) > 0) {
			t.Errorf("catalog/keys.go: %s has %d AVMA keys; one without says why in NoAVMA", r.Name, len(keys))
		}
		last = r
	}
}

// A release that is only a row is understood, and no sentence forgets or misstates it.
func TestSentencesOfANextRelease(t *testing.T) {
	c := nextrelease.Catalog(nextrelease.Plain)
	for _, spelling := range []string{"2099", "ws2099", "ws99", "Windows Server 2099", "win2k99", "99000", "10.0.99000.1", "98H2"} {
		if target, err := c.Resolve(spelling, "datacenter"); err != nil || target.Release != "2099" {
			t.Errorf("%q: %+v, %v", spelling, target, err)
		}
	}
	for name, err := range map[string]error{
		"a build to come":      second(c.Guest(catalog.GuestID{Build: 99001, EditionID: "ServerStandard"})),
		"a year to come":       second(c.FindRelease("2100")),
		"Essentials":           noKey(c, "2099", "essentials"),
		"ServerAzureCor":       noKey(c, "2099", "ServerAzureCor"),
		"Storage Server":       noKey(c, "2099", "ServerStorageStandard"),
		"an unknown EditionID": second(c.Guest(catalog.GuestID{Build: 99000, EditionID: "ServerNext"})),
		"no release":           second(c.FindRelease("Lisbon")),
	} {
		want := map[string]string{
			"a build to come":      "whose newest Windows Server is build 99000",
			"a year to come":       "Windows Server 2100 is not in this catalogue",
			"Essentials":           "No AVMA key exists for Windows Server 2099 Essentials: the last Essentials with one is that of 2019.",
			"ServerAzureCor":       "Datacenter: Azure Edition (2022 to 2099)",
			"Storage Server":       "Essentials (2012 R2 to 2019) and Datacenter: Azure Edition (2022 to 2099)",
			"an unknown EditionID": "Essentials (2012 R2 to 2019) and Datacenter: Azure Edition (2022 to 2099)",
			"no release":           "Known releases: 2099, ",
		}[name]
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nhas not: %s", name, err, want)
		}
	}
	d := nextrelease.Catalog(nextrelease.Different)
	if err := noKey(d, "2025", "essentials"); err == nil || !strings.Contains(err.Error(), "Essentials with one are those of 2012 R2 to 2019, 2099.") {
		t.Error(err)
	}
	none := nextrelease.Catalog("release \"2099\" {\n  build    = 99000\n  editions = [\"essentials\"]\n}")
	if err := noKey(none, "2099", "essentials"); err == nil || strings.Contains(err.Error(), "install Standard") {
		t.Errorf("its Standard has no key: %v", err)
	}
}

// What is not said of a release is as in the long-term one before it; what is said counts.
func TestFactsOfANextRelease(t *testing.T) {
	plain, different, old := nextrelease.Catalog(nextrelease.Plain), nextrelease.Catalog(nextrelease.Different), catalog.Default().Facts("2025")
	eval := catalog.Target{Release: "2099", Build: 99000, Edition: catalog.Standard, EditionID: "ServerStandard", Evaluation: true}
	if f := plain.Facts("2099"); f.OpenSSH != old.OpenSSH || f.MSRSize != old.MSRSize || f.PowerShell != old.PowerShell || !slices.Equal(f.Lacks, old.Lacks) {
		t.Errorf("%+v\nthose of 2025: %+v", f, old)
	}
	if names, err := plain.ImageNames(eval); err != nil || !slices.Equal(names, []string{"Windows Server 2099 SERVERSTANDARD", "Windows Server 2099 Standard Evaluation (Desktop Experience)"}) {
		t.Errorf("%q, %v", names, err)
	}
	if f := different.Facts("2099"); f.OpenSSH != catalog.OpenSSHNone || f.MSRSize != 32 || f.PowerShell != "5.2" || len(f.Lacks) != 0 {
		t.Errorf("%+v", f)
	}
	if names, err := different.ImageNames(eval); err != nil || len(names) != 1 {
		t.Errorf("%q, %v", names, err)
	}
	for edition, want := range map[string]string{"essentials": "Windows Server 2099 SERVERSOLUTION", "ServerTurbineCor": "Windows Server 2099 SERVERTURBINECORE"} {
		target, err := different.Resolve("2099", edition)
		if name, _ := different.ImageName(target); err != nil || name != want {
			t.Errorf("%s: %q, %v", edition, name, err)
		}
		if got, err := different.ResolveImage(want); err != nil || got != target {
			t.Errorf("%q: %+v, %v; want %+v", want, got, err, target)
		}
	}
	between := nextrelease.Catalog("release \"2018\" {\n  build = 15000\n}")
	if f := between.Facts("2018"); f.OpenSSH != catalog.OpenSSHNone || !slices.Contains(f.NamedImages, catalog.Essentials) {
		t.Errorf("not as 2016: %+v", f)
	}
	if f := plain.Facts("no such"); f.MSRSize != 16 || f.OpenSSH != catalog.OpenSSHInstalled {
		t.Errorf("not as the newest: %+v", f)
	}
}

// Host look-ups, and each table of the documentation that names releases, have it.
func TestTablesHaveANextRelease(t *testing.T) {
	c := nextrelease.Catalog(nextrelease.Plain)
	for name, table := range documentedTables(c) {
		if has := strings.Contains(table, "2099"); has == (name == "wrong keys" || name == "semi-annual") {
			t.Errorf("the table %q has 2099: %v", name, has)
		}
	}
	guest, err := c.Resolve("2099", "standard")
	if err != nil {
		t.Fatal(err)
	}
	for host, ok := range map[string]bool{"2099": true, "Windows Server 2099 Datacenter": true, "2025": false, catalog.AzureLocal: true} {
		if a := c.Activates(host, guest); a.OK != ok || !a.Known {
			t.Errorf("host %s: %+v", host, a)
		}
	}
	if a := c.Activates("2025", guest); !strings.HasSuffix(a.Reason, "The host has to be 2099 or newer.") {
		t.Error(a.Reason)
	}
	if name, ok := c.KernelRelease("10.0"); ok {
		t.Errorf("10.0 is %s alone", name)
	}
}

func second[T any](_ T, err error) error { return err }

func noKey(c *catalog.Catalog, release, edition string) error {
	target, err := c.Resolve(release, edition)
	if err == nil {
		_, err = c.Key(target, catalog.AVMA)
	}
	return err
}
