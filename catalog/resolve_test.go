// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestResolveSpellings(t *testing.T) {
	dc := Target{Release: "2022", Build: 20348, Edition: Datacenter, EditionID: "ServerDatacenter"}
	with := func(change func(*Target)) Target {
		target := dc
		change(&target)
		return target
	}
	core := with(func(x *Target) { x.Core = true })
	eval := with(func(x *Target) { x.Evaluation = true })
	evalCore := with(func(x *Target) { x.Core, x.Evaluation = true, true })
	azure := with(func(x *Target) { x.Edition, x.EditionID = DatacenterAzure, "ServerTurbine" })
	azureCore := azure
	azureCore.Core = true
	std12 := Target{Release: "2012 R2", Build: 9600, Edition: Standard, EditionID: "ServerStandard"}
	dc20h2 := Target{Release: "20H2", Build: 19042, Edition: Datacenter, EditionID: "ServerDatacenterACor", Core: true}
	std1809 := Target{Release: "1809", Build: 17763, Edition: Standard, EditionID: "ServerStandardACor", Core: true}

	for _, test := range []struct {
		release, edition string
		want             Target
	}{
		{"2022", "datacenter", dc}, {"ws2022", "Datacenter", dc}, {"win2022", "dc", dc}, {"2k22", "dc", dc}, {"win2k22", "dc", dc}, {"Win2k12 R2", "std", std12}, {"Windows Server 2022", "DATACENTER", dc},
		{"windows-server-2022", "ServerDatacenter", dc}, {"windows_2022", "Data Center", dc}, {"Server 2022", "datacentre", dc}, {"w2022", "server datacenter", dc},
		{"Microsoft Windows Server 2022", "datacenter edition", dc}, {" 2022 ", " datacenter ", dc}, {"WinSrv2022", "dc", dc}, {"Windows Server\u00ae 2022", "dc", dc},
		{"20348", "datacenter", dc}, {"10.0.20348", "datacenter", dc}, {"10.0.20348.587", "datacenter", dc}, {"20348.587", "datacenter", dc}, {"build 20348", "datacenter", dc},
		{"21H2", "datacenter", dc}, {"Windows Server 2022, version 21H2", "datacenter", dc},
		{"Windows Server 2022 Datacenter", "", dc}, {"", "Windows Server 2022 Datacenter", dc}, {"2022", "Windows Server 2022 Datacenter", dc}, {"Windows Server 2022 Datacenter", "datacenter", dc},
		{"2022", "Datacenter (Desktop Experience)", dc}, {"2022", "datacenter-desktop", dc}, {"2022", "Datacenter Full", dc},
		{"2022", "datacenter-core", core}, {"2022", "Datacenter Core", core}, {"2022", "ServerDatacenterCor", core}, {"2022", "Datacenter (Server Core)", core},
		{"2022", "SERVERDATACENTERCORE", core}, {"2022", "serverdatacentercor", core}, {"2022", "Datacenter (Server Core Installation)", core}, {"2022", "datacenter_core", core},
		{"2022", "ServerDatacenterEval", eval}, {"2022", "Datacenter Evaluation", eval}, {"2022", "datacenter-eval", eval}, {"2022", "Datacenter Evaluation (Desktop Experience)", eval},
		{"2022", "ServerDatacenterEvalCor", evalCore}, {"2022", "Datacenter Core Evaluation", evalCore}, {"2022", "datacenter-eval-core", evalCore},
		{"2022", "datacenter-azure-edition", azure}, {"2022", "Datacenter: Azure Edition", azure}, {"2022", "ServerTurbine", azure}, {"2022", "azure edition", azure},
		{"2022", "Windows Server 2022 Datacenter: Azure Edition", azure}, {"2022", "ServerTurbineCor", azureCore}, {"2022", "Datacenter: Azure Edition Core", azureCore},
		{"2012 R2", "standard", std12}, {"2012r2", "std", std12}, {"2012R2", "ServerStandard", std12}, {"ws2012r2", "standard", std12}, {"6.3.9600", "standard", std12}, {"9600", "standard", std12},
		{"Windows Server 2012 R2 Standard", "", std12}, {"2012-r2", "Standard (Server with a GUI)", std12},
		{"20H2", "datacenter", dc20h2}, {"20h2", "ServerDatacenterACor", dc20h2}, {"version 20H2", "dc-core", dc20h2}, {"19042", "datacenter", dc20h2},
		{"Windows Server, version 20H2", "Datacenter", dc20h2}, {"20H2", "ServerDatacenterCor", dc20h2}, {"20H2", "ServerDatacenter", dc20h2},
		{"1809", "standard", std1809}, {"v1809", "ServerStandardACor", std1809}, {"17763", "ServerStandardACor", std1809},
		{"17763", "standard", Target{Release: "2019", Build: 17763, Edition: Standard, EditionID: "ServerStandard"}},
		{"1607", "essentials", Target{Release: "2016", Build: 14393, Edition: Essentials, EditionID: "ServerSolution"}},
		{"2019", "Server Essentials", Target{Release: "2019", Build: 17763, Edition: Essentials, EditionID: "ServerSolution"}},
		{"24H2", "standard", Target{Release: "2025", Build: 26100, Edition: Standard, EditionID: "ServerStandard"}},
		{"23H2", "datacenter", Target{Release: "23H2", Build: 25398, Edition: Datacenter, EditionID: "ServerDatacenterACor", Core: true}},
		{"2022", "ServerAzureCor", Target{Release: "2022", Build: 20348, Edition: "Azure Server Core", EditionID: "ServerAzureCor", Core: true}},
	} {
		got, err := Default().Resolve(test.release, test.edition)
		if err != nil || got != test.want {
			t.Errorf("Resolve(%q, %q) = %+v, %v\nwant %+v", test.release, test.edition, got, err, test.want)
		}
	}
}

// A spelling that is not understood is said to be so, with what was probably meant.
func TestResolveErrors(t *testing.T) {
	for _, test := range []struct {
		release, edition string
		what, suggestion string
		says             string
	}{
		{"2202", "datacenter", "release", "2022", "Known releases: "},
		{"222", "datacenter", "release", "2022", "Known releases: "},
		{"20022", "datacenter", "", "", ""},
		{"2O22", "datacenter", "release", "2022", ""},
		{"windows serer 2022", "datacenter", "release", "2022", "Known releases"},
		{"2016 R2", "datacenter", "release", "2012 R2", ""},
		{"2012 R3", "datacenter", "release", "", "no edition"},
		{"22H2", "datacenter", "release", "24H2", ""},
		{"", "", "release", "", "no release was given"},
		{"", "datacenter", "release", "", "no release was given"},
		{"2022", "", "edition", "", "datacenter-azure-edition"},
		{"2022", "datcenter", "edition", "Datacenter", "Editions of Windows Server 2022"},
		{"2022", "standart", "edition", "Standard", ""},
		{"2022", "essentails", "edition", "Essentials", ""},
		{"2022", "ServerDatacentreCor", "edition", "ServerDatacenterCor", ""},
		{"2022", "enterprise", "edition", "", "Editions of Windows Server 2022"},
		{"2022", "core", "edition", "", ""},
		{"2022", "azure", "edition", DatacenterAzure, ""},
		{"2019", "azure", "edition", "", "Editions of Windows Server 2019"},
		{"2022", "datacenter core desktop experience", "edition", "", ""},
		{"2019", "2022 datacenter", "edition", "", "Windows Server 2019"},
		{"Windows Server 2022 Standard", "datacenter", "edition", "", "says Standard"},
		{"2016", "ServerStandardACor", "edition", "", "semi-annual"},
		{"20H2", "Datacenter (Desktop Experience)", "edition", "", "Server Core only"},
		{"1809", "ServerStandard", "edition", "2019", "ACor"},
		{"\x1b[31mred", "datacenter", "release", "", "Known releases"},
		{strings.Repeat("2022", 5000), "datacenter", "release", "", "..."},
	} {
		target, err := Default().Resolve(test.release, test.edition)
		if test.what == "" { // an unknown build
			if code := noKeyCode(err); code != NoKeyUnknownBuild {
				t.Errorf("Resolve(%q, %q): %+v, %v", test.release, test.edition, target, err)
			}
			continue
		}
		var e *ResolveError
		if !errors.As(err, &e) {
			t.Errorf("Resolve(%.40q, %q) = %+v, %v", test.release, test.edition, target, err)
			continue
		}
		if e.What != test.what || (test.suggestion != "" && !slices.Contains(e.Suggestions, test.suggestion)) || (test.suggestion == "" && len(e.Suggestions) > 0) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("Resolve(%.40q, %q): %+v: %v", test.release, test.edition, e, err)
		}
		if strings.ContainsAny(err.Error(), "\x1b\n") || len(err.Error()) > 700 {
			t.Errorf("Resolve(%.40q, %q): the message is not clean: %.200q", test.release, test.edition, err)
		}
	}
}

// Editions that a release before AVMA had, and this catalogue does not spell, are no typing errors.
func TestResolveBeforeAVMA(t *testing.T) {
	for _, edition := range []string{"enterprise", "HPC", "ServerEnterprise"} {
		if _, err := Default().Resolve("2008r2", edition); noKeyCode(err) != NoKeyBeforeAVMA {
			t.Errorf("2008 R2 %s: %v", edition, err)
		}
	}
}

func noKeyCode(err error) NoKeyCode {
	var e *NoKeyError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestFindRelease(t *testing.T) {
	for text, want := range map[string]string{"ws2022": "2022", "17763": "2019", "1809": "1809", "2012r2": "2012 R2", "Windows Server 2008 R2": "2008 R2"} {
		if r, err := Default().FindRelease(text); err != nil || r.Name != want {
			t.Errorf("%q: %q, %v", text, r.Name, err)
		}
	}
	for _, text := range []string{"", "2022 datacenter", "windows 11", "x"} {
		if r, err := Default().FindRelease(text); err == nil {
			t.Errorf("%q: %q", text, r.Name)
		}
	}
	if name, err := FindEdition("ServerStandardEvalCor"); name != Standard || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	if _, err := FindEdition("stndard"); err == nil || !strings.Contains(err.Error(), `did you mean "Standard"`) {
		t.Error(err)
	}
}

func TestParseChannel(t *testing.T) {
	for s, want := range map[string]Channel{"": AVMA, "AVMA": AVMA, " gvlk ": GVLK, "KMS": GVLK} {
		if ch, err := ParseChannel(s); ch != want || err != nil {
			t.Errorf("%q: %q, %v", s, ch, err)
		}
	}
	if _, err := ParseChannel("mak"); err == nil || !strings.Contains(err.Error(), "avma and gvlk") {
		t.Error(err)
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range [][2]string{{"2022", "datacenter"}, {"10.0.17763.1", "ServerDatacenterACor"}, {"Windows Server, version 20H2", "Datacenter Core Evaluation"}, {"", "2012 R2 std"}, {"windows 11", "pro"}, {"hci", "\x00"}} {
		f.Add(s[0], s[1])
	}
	c := Default()
	f.Fuzz(func(t *testing.T, release, edition string) {
		target, err := c.Resolve(release, edition)
		if err != nil {
			var re *ResolveError
			if !errors.As(err, &re) && noKeyCode(err) == "" {
				t.Fatalf("an error of no type: %v", err)
			}
			if len(err.Error()) > 2000 {
				t.Fatalf("a message of %d bytes", len(err.Error()))
			}
		} else {
			r, ok := c.Release(target.Release)
			if !ok || r.Build != target.Build || (r.CoreOnly() && !target.Core) {
				t.Fatalf("%+v is of no release", target)
			}
			e, err := c.Key(target, AVMA)
			if (err == nil) == (noKeyCode(err) != "") || (err == nil && (e.Release != target.Release || e.EditionID != target.EditionID)) {
				t.Fatalf("%+v: %+v, %v", target, e, err)
			}
		}
		_, _ = c.ResolveImage(release + " " + edition)
		_ = c.Activates(release, target)
	})
}

func BenchmarkLookup(b *testing.B) {
	c := Default()
	for name, q := range map[string][2]string{"names": {"Windows Server 2022", "Datacenter: Azure Edition"}, "oldest": {"2012 R2", "ServerSolution"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				t, err := c.Resolve(q[0], q[1])
				if err != nil {
					b.Fatal(err)
				}
				if _, err := c.Key(t, AVMA); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
