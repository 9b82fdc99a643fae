// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"testing"
)

// What is said of a guest, in its order and with its severities, and nothing more: noise hides the cause.
func TestNothingMoreIsSaid(t *testing.T) {
	denied := func(f *Facts) { f.Errors = []LookError{{Area: "events", HResult: 0x80070005}} }
	for _, c := range []struct {
		name string
		f    Facts
		e    Expectation
		want string
	}{
		{"activated", good(), Expectation{}, "101 info, 111 info"},
		{"activated, no event", good(events()), Expectation{}, "101 info, 115 info"},
		{"activated, much is odd", good(hostValue("HostingSystemEditionId", "7"), func(f *Facts) {
			f.DataExchange.ServiceState = "Stopped"
			f.DataExchange.Parameters["PhysicalHostName"] = "HV-01"
		}), Expectation{},
			"101 info, 403 info, 111 info"},
		{"activated on what calls itself Standard", good(hostValue("HostingSystemEditionId", "7")), Expectation{}, "101 info, 303 warning, 111 info"},
		{"activated on KVM", good(func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = "QEMU", "x" }), Expectation{}, "423 error, 411 info, 422 info, 111 info"},
		{"activated, restart pending", good(func(f *Facts) { f.PendingRestart = []string{"cbs"} }), Expectation{}, "101 info, 108 warning, 111 info"},
		{"activated, renamed files pending, as on healthy machines", good(func(f *Facts) { f.PendingRestart = []string{"file_rename", "computer_rename"} }), Expectation{}, "101 info, 111 info, 712 info"},
		{"activated, Windows Update pending", good(func(f *Facts) { f.PendingRestart = []string{"file_rename", "windows_update"} }), Expectation{}, "101 info, 111 info, 712 warning"},
		{"activated, Setup at work", good(func(f *Facts) { f.Setup.OOBEInProgress = 1 }), Expectation{}, "101 info, 107 warning, 111 info"},
		{"activated, one thing denied and one not read", good(denied, unreadable("setup", 0)), Expectation{}, "101 info, 111 info, 704 warning, 703 warning"},
		{"activated, two things not read", good(unreadable("events", 1), unreadable("setup", 0)), Expectation{}, "101 info, 111 info, 703 warning, 703 warning"},
		{"waiting", good(waiting), Expectation{}, "102 warning, 612 info"},
		{"waiting, as expected", good(waiting), Expectation{Release: "2022", Edition: "datacenter", Hosts: []string{"hv-01"}, HostRelease: "2022", Now: now}, "102 warning, 612 info"},
		{"waiting, host does not say its version", good(waiting, func(f *Facts) { delete(f.DataExchange.Parameters, "HostingSystemOsMajor") }), Expectation{HostRelease: "2022"}, "102 warning, 612 info"},
		{"waiting for Setup and a restart", good(waiting, func(f *Facts) { f.Setup.SystemSetup = 1; f.PendingRestart = []string{"cbs"} }), Expectation{}, "107 warning, 108 info, 612 info"},
		{"waiting for a restart", good(waiting, func(f *Facts) { f.PendingRestart = []string{"cbs"} }), Expectation{}, "108 warning, 612 info"},
		{"on KVM", good(on("QEMU", "x")), Expectation{}, "411 error, 612 info"},
		{"on KVM, services not read", good(on("QEMU", "x"), func(f *Facts) { f.DataExchange = DataExchange{} }, unreadable("services", 0)), Expectation{}, "411 error, 612 info, 703 warning"},
		{"on KVM, left to the first boot", good(on("QEMU", "x")), Expectation{Defer: true}, "103 info, 411 warning, 612 info"},
		{"Azure Edition on KVM", good(on("QEMU", "x"), azureEdition), Expectation{}, "411 error, 612 info"},
		{"Azure Edition, host says nothing", good(waiting, azureEdition, func(f *Facts) { delete(f.DataExchange.Parameters, "HostingSystemEditionId") }), Expectation{}, "102 warning, 612 info"},
		{"Standard host that is not activated", good(because(0xC004FD02), hostValue("HostingSystemEditionId", "13")), Expectation{}, "303 error, 307 info, 612 info"},
		{"wrong AVMA key, and the host refuses it", good(because(0xC004FD03), product(func(p *Product) { p.PartialProductKey = "78VHK" })), Expectation{}, "202 error, 308 info, 612 info"},
		{"wrong AVMA key, and the host's refusal in the event too", good(because(0xC004FD03), events("0xC004FD03"), product(func(p *Product) { p.PartialProductKey = "78VHK" })), Expectation{}, "202 error, 308 info, 114 info, 612 info"},
		{"client host, and no Hyper-V", good(because(0xC004FD01), hostValue("HostingSystemEditionId", "48")), Expectation{}, "317 error, 612 info"},
		{"Data Exchange disabled, and no Hyper-V", good(because(0xC004FD01), func(f *Facts) { f.DataExchange = DataExchange{ServiceState: "Stopped", StartMode: "Disabled"} }), Expectation{}, "402 error, 419 error, 612 info"},
		{"activation device disabled, and no Hyper-V", good(because(0xC004FD01), device(1, 22)), Expectation{}, "408 error, 419 info, 612 info"},
		{"KMS client", good(gvlk), Expectation{}, "211 error, 218 info, 612 info"},
		{"KMS client on a Standard host", good(gvlk, hostValue("HostingSystemEditionId", "7")), Expectation{}, "211 error, 303 warning, 218 info, 612 info"},
		{"MAK whose last five are those of a KMS client key", good(keyed("Volume:MAK", "VOLUME_MAK", "6VM33", 1)), Expectation{}, "212 error"},
		{"no key", good(noKeyHere), Expectation{}, "201 error"},
		{"no key, a cause of nobody", good(noKeyHere, func(f *Facts) { f.Products = []Product{{LicenseStatusReason: 0xC004FD02}} }), Expectation{}, "201 error, 219 info"},
		{"evaluation", good(evaluation("ServerDatacenterEval", 80)), Expectation{}, "501 error, 508 info, 505 info"},
		{"evaluation of another edition", good(evaluation("ServerStandardEval", 79)), Expectation{Edition: "datacenter"}, "501 error, 508 info, 505 info"},
		{"evaluation that becomes", good(evaluation("ServerDatacenterEval", 80), acted(Action{Name: "convert_poll", Phase: "running"})), Expectation{}, "521 warning, 501 info, 508 info, 505 info"},
		{"evaluation of another release, that becomes", good(evaluation("ServerDatacenterEval", 80), acted(Action{Name: "convert_poll", Phase: "running"})), Expectation{Release: "2025"}, "804 error, 521 warning, 501 info, 508 info, 505 info"},
		{"no host named", good(traces("", "", "")), Expectation{}, "301 error, 111 info"},
		{"quick look", good(quick), Expectation{}, "715 error"},
		{"nothing", Facts{}, Expectation{}, "701 error"},
		{"another edition", good(), Expectation{Edition: "standard"}, "805 error, 111 info"},
		{"SKU not read", good(func(f *Facts) { f.OS.SKU = 0 }), Expectation{}, "101 info, 111 info"},
		{"EditionID of nobody", good(func(f *Facts) { f.OS.EditionID = "ServerMegacenter" }), Expectation{}, "801 error, 111 info"},
		{"key named, edition has none", good(func(f *Facts) { f.OS.EditionID, f.OS.Build = "ServerSolution", 26100; f.OS.SKU = 50 }, waiting), Expectation{PartialKey: "DV9BG"}, "102 warning, 612 info, 802 warning"},
		{"a PowerShell whose version is no number", good(func(f *Facts) { f.PowerShell.Version = "x" }), Expectation{}, "101 info, 111 info"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range Judge(c.f, c.e).Reasons {
				got = append(got, strings.TrimPrefix(r.Code, "AVMA-")+" "+string(r.Severity))
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("%s\nwant %s", s, c.want)
			}
		})
	}
}

// What was found stands in the text, in the reader's terms.
func TestDetailsSayWhatWasFound(t *testing.T) {
	for _, c := range []struct {
		name string
		f    Facts
		e    Expectation
		code string
		want []string
	}{
		{"the host's edition by name", good(waiting, hostValue("HostingSystemEditionId", "13")), Expectation{}, CodeHostStandard, []string{"13", "ServerStandardCor"}},
		{"the meaning of a number", good(because(0x80041010)), Expectation{}, CodeUnknownNumber, []string{"0x80041010", "WMI does not know"}},
		{"a number of nobody", good(because(0x8BADF00D)), Expectation{}, CodeUnknownNumber, []string{"0x8BADF00D", "not in the table"}},
		{"a guest whose edition was not read", good(noKeyHere, func(f *Facts) { f.OS.EditionID, f.OS.SKU = "", 0 }), Expectation{Release: "2022", Edition: "datacenter"}, CodeNoKey, []string{"Windows Server 2022 holds no key"}},
		{"a semi-annual release", good(sac(19042, "WMBMW"), waiting), Expectation{}, CodePending, []string{"Windows Server, version 20H2 Datacenter"}},
		{"2012 R2", good(r2012, waiting), Expectation{}, CodePending, []string{"Windows Server 2012 R2 Datacenter"}},
		{"two products", good(func(f *Facts) {
			f.Products = append(f.Products, Product{PartialProductKey: "6VM33", ProductKeyChannel: "Volume:GVLK"})
		}), Expectation{}, CodeTwoProducts,
			[]string{"2 Windows products", "VT:IA DV9BG", "Volume:GVLK 6VM33", "no family", "Unlicensed"}},
		{"why the host is too old", good(waiting), Expectation{HostRelease: "2016"}, CodeHostTooOld, []string{"2016", "2022"}},
		{"hosts that are known", good(waiting), Expectation{HostRelease: "2099"}, CodeUnknownHostRelease, []string{"2099", "azure-local"}},
		{"a clock", good(func(f *Facts) {
			f.CollectedUTC = "2016-01-01T00:00:00Z"
			f.OS.InstallDate = 0
			f.Products[0].LastActivationUTC = ""
		}), Expectation{Now: now}, CodeClockOff, []string{"10 years", "2016-01-01T00:00:00Z", "2026-03-02T10:00:00Z"}},
		{"grace", good(waiting), Expectation{}, CodeOOBGrace, []string{"14000 minutes"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range Judge(c.f, c.e).Reasons {
				if r.Code != c.code {
					continue
				}
				for _, w := range c.want {
					if !strings.Contains(r.Summary+" "+r.Detail+" "+r.Remedy, w) {
						t.Errorf("%q is not in: %s %s %s", w, r.Summary, r.Detail, r.Remedy)
					}
				}
				return
			}
			t.Errorf("%s is missing in %v", c.code, codes(Judge(c.f, c.e)))
		})
	}
}

// The verdict says which guest it is about.
func TestVerdictSaysWhich(t *testing.T) {
	v := Judge(good(core), Expectation{})
	v.Reasons = nil
	want := Verdict{Schema: 1, Status: Activated, Release: "2022", Build: 20348, Edition: "Datacenter", EditionID: "ServerDatacenter", Core: true, Channel: "VT:IA", PartialKey: "DV9BG",
		ExpectedKey: "DV9BG", LicenseStatus: 1, Host: "HV-01", PhysicalHost: "HV-01", ActivatedUTC: "2026-03-02T09:55:00Z", CheckedUTC: "2026-03-02T10:00:00Z"}
	if got, w := v, want; got.Reasons != nil || got.Status != w.Status || got.Release != w.Release || got.Build != w.Build || got.Edition != w.Edition || got.EditionID != w.EditionID || !got.Core || got.Evaluation ||
		got.Channel != w.Channel || got.PartialKey != w.PartialKey || got.ExpectedKey != w.ExpectedKey || got.LicenseStatus != 1 || got.Host != w.Host || got.PhysicalHost != w.PhysicalHost ||
		got.ActivatedUTC != w.ActivatedUTC || got.CheckedUTC != w.CheckedUTC || got.Schema != 1 {
		t.Errorf("%+v", got)
	}
	if !Judge(good(evaluation("ServerDatacenterEval", 80)), Expectation{}).Evaluation {
		t.Error("an evaluation edition is not said to be one")
	}
}
