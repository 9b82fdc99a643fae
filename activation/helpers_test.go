// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

func TestParseHResult(t *testing.T) {
	for _, c := range []struct {
		in   string
		want uint32
		ok   bool
	}{
		{"HRESULT 0xc004f069,Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand", 0xC004F069, true},
		{"Fehler 0XC004FD02.", 0xC004FD02, true},
		{"hr=0x00000000", 0, true},
		{"0x00000000 then 0x80070005", 0x80070005, true},
		{"0x4004FC04", 0x4004FC04, true},
		{"0xC004", 0, false},
		{"0xC004FD021", 0, false}, // nine digits are no HRESULT
		{"0x 0x80070005", 0x80070005, true},
		{"", 0, false},
		{"keine Zahl", 0, false},
	} {
		if got, ok := ParseHResult(c.in); got != c.want || ok != c.ok {
			t.Errorf("%q: %08X %v", c.in, got, ok)
		}
	}
	if !IsFailure(0xC004FD02) || !IsFailure(0x80070005) || IsFailure(0x4004FC04) || IsFailure(0) {
		t.Error("what fails")
	}
}

// A guest's text is cleaned and bounded wherever it enters a verdict, and cannot fill another placeholder.
func TestHostileTextInVerdict(t *testing.T) {
	evil := "\x1b[2J\u202e{host}\x00" + strings.Repeat("A", 100000) + " AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"
	f := good(func(f *Facts) {
		f.Products[0].HostMachineName = evil
		f.DataExchange.Parameters["PhysicalHostName"] = evil
		f.Events[0].Data = []string{evil, evil}
		f.Errors = []LookError{{Area: evil, ID: evil, Message: evil}}
		f.OS.EditionID = "ServerDatacenter"
		f.PowerShell.LanguageMode = evil
		f.PendingRestart = []string{evil}
	})
	v := Judge(f, Expectation{Hosts: []string{"x"}})
	checkVerdict(t, f, Expectation{}, v)
	for _, s := range []string{v.Host, v.PhysicalHost, v.Lead().Summary} {
		if strings.ContainsAny(s, "\x1b\x00\u202e") || len(s) > 1200 {
			t.Errorf("%d bytes: %.80q", len(s), s)
		}
	}
	for _, r := range v.Reasons {
		if strings.Contains(r.Summary+r.Detail, "AAAAA-BBBBB") {
			t.Errorf("%s shows a key", r.Code)
		}
	}
}

func TestSameHost(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"HV-01", "hv-01", true}, {"hv-01.corp.example", "HV-01", true}, {"HV-01", "hv-01.corp.example.", true}, {"hv-01.a", "hv-01.b", false}, {"hv-01.corp", "HV-01.CORP", true},
		{"hv-01", "hv-011", false}, {"", "", false}, {"hv-01", "", false}, {"10.0.0.1", "10.0.0.2", false}, {"10.0.0.1", "10", false}, {"10.0.0.1", "10.0.0.1", true}, {" hv-01 ", "hv-01", true},
	} {
		if got := SameHost(c.a, c.b); got != c.want {
			t.Errorf("%q, %q: %v", c.a, c.b, got)
		}
	}
}

// A NetBIOS name has 15 characters at most: a name of exactly so many may be cut, others are not.
func TestCutHostNames(t *testing.T) {
	pair := func(short, full string) Facts {
		return good(hostValue("PhysicalHostName", short), hostValue("PhysicalHostNameFullyQualified", full))
	}
	const cut = "HV-PRODUCTION-0" // of hv-production-01 and its siblings
	for _, c := range []struct {
		name     string
		f        Facts
		reported string
		expected string
		want     bool
	}{
		{"15 characters, the rest of the name is not known", pair("", ""), cut, "hv-production-01.corp.example", true},
		{"15 characters, a short name that is longer", pair("", ""), cut, "hv-production-01", true},
		{"15 characters, named so", pair("", ""), cut, "hv-production-0", true},
		{"15 characters, another host", pair("", ""), cut, "hv-staging-00001", false},
		{"14 characters are a whole name", pair("", ""), cut[:14], "hv-production-01", false},
		{"16 characters are a whole name", pair("", ""), cut + "1", "hv-production-012", false},
		{"15 characters with a dot are a whole name", pair("", ""), "hv-production.a", "hv-production.abc", false},
		{"Data Exchange knows the rest", pair(cut, "hv-production-01.corp.example"), cut, "hv-production-01.corp.example", true},
		{"Data Exchange knows that it is a sibling", pair(cut, "hv-production-02.corp.example"), cut, "hv-production-01.corp.example", false},
		{"Data Exchange speaks of another host", pair("HV-02", "hv-02.corp.example"), cut, "hv-production-01.corp.example", true},
		{"the full name where a short one is reported", pair("HV-01", "hv-01.corp.example"), "HV-01", "hv-01.corp.example", true},
		{"an address is no name", pair("", ""), cut, "192.168.100.100", false},
	} {
		c.f.Products[0].HostMachineName = c.reported
		v := Judge(c.f, Expectation{Hosts: []string{c.expected}})
		if (v.Status == Activated) != c.want {
			t.Errorf("%s: %s %v", c.name, v.Status, codes(v))
		}
	}
}

func TestParseHost(t *testing.T) {
	h := ParseHost(good().DataExchange.Parameters)
	if h.Name != "HV-01" || h.FullName != "HV-01.corp.example" || h.Class != catalog.HostDatacenter || h.Version() != "10.0" || h.Release() != "" || h.VMID == "" || h.VMName != "build" || h.Nested != 0 {
		t.Errorf("%+v", h)
	}
	h = ParseHost(map[string]string{"HostName": "x", "HostingSystemOsMajor": "6", "HostingSystemOsMinor": "3", "HostingSystemEditionId": "-8", "HostingSystemNestedLevel": "99999999999999999999"})
	if h.Name != "x" || h.Release() != "2012 R2" || h.Class != catalog.HostUnknown || h.Nested != 0 {
		t.Errorf("%+v", h)
	}
	for version, want := range map[[2]string]string{{"6", "2"}: "2012", {"6", "1"}: "2008 R2", {"6", "0"}: "2008", {"10", "0"}: "", {"6", "4"}: "", {"11", "0"}: ""} {
		if got := ParseHost(map[string]string{"HostingSystemOsMajor": version[0], "HostingSystemOsMinor": version[1]}).Release(); got != want {
			t.Errorf("%v: %q", version, got)
		}
	}
}

func TestChannelOf(t *testing.T) {
	for _, c := range []struct {
		channel, description string
		want                 KeyChannel
	}{
		{"VT:IA", "Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel", ChannelAVMA}, {"vt:ia", "", ChannelAVMA}, {"", "x, VIRTUAL_MACHINE_ACTIVATION y", ChannelAVMA},
		{"VT:IA", "something new", ChannelAVMA}, {"VT:IA", "VOLUME_KMSCLIENT", ChannelConflict}, {"Volume:GVLK", "VIRTUAL_MACHINE_ACTIVATION", ChannelConflict},
		{"Volume:GVLK", "VOLUME_KMSCLIENT", ChannelGVLK}, {"Volume:MAK", "VOLUME_MAK", ChannelMAK}, {"Volume:CSVLK", "VOLUME_KMS_WS22", ChannelKMSHost},
		{"Retail:TB:Eval", "TIMEBASED_EVAL", ChannelEvaluation}, {"Retail", "RETAIL", ChannelRetail}, {"Retail:TB:Sub", "", ChannelRetail}, {"OEM:DM", "OEM_DM", ChannelOEM}, {"OEM:SLP", "", ChannelOEM},
		{"PGS:TB", "", ChannelOther}, {"", "", ChannelUnknown}, {"", "Betriebssystem", ChannelUnknown}, {"", "RETAIL(TIMEBASED_EVAL)", ChannelEvaluation},
	} {
		if got := ChannelOf(Product{ProductKeyChannel: c.channel, Description: c.description}); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.channel, c.description, got, c.want)
		}
	}
}

func TestFactsProduct(t *testing.T) {
	gv := Product{ID: "b", ProductKeyChannel: "Volume:GVLK", PartialProductKey: "6VM33", LicenseFamily: "ServerDatacenter"}
	av := Product{ID: "c", ProductKeyChannel: "VT:IA", PartialProductKey: "DV9BG", LicenseFamily: "ServerDatacenter"}
	mak := Product{ID: "a", ProductKeyChannel: "Volume:MAK", PartialProductKey: "QQQQQ", LicenseFamily: "ServerStandard", LicenseStatus: 1}
	for _, c := range []struct {
		name    string
		list    []Product
		partial string
		want    string
	}{
		{"the expected AVMA key wins", []Product{mak, gv, av}, "DV9BG", "c"},
		{"the guest's edition before what is licensed", []Product{mak, gv}, "", "b"},
		{"an AVMA key before another of the same edition", []Product{gv, av}, "", "c"},
		{"what holds no key is passed over", []Product{{ID: "z"}, mak}, "", "a"},
		{"by ID where nothing else decides", []Product{{ID: "2", PartialProductKey: "X"}, {ID: "1", PartialProductKey: "X"}}, "", "1"},
	} {
		f := Facts{OS: OS{EditionID: "ServerDatacenter"}, Products: c.list}
		if p, ok := f.Product(c.partial); !ok || p.ID != c.want {
			t.Errorf("%s: %q", c.name, p.ID)
		}
	}
	if _, ok := (Facts{Products: []Product{{ID: "z"}}}).Product(""); ok {
		t.Error("a product without a key")
	}
}

func TestEventOutcome(t *testing.T) {
	for _, c := range []struct {
		data []string
		want EventOutcome
		hr   uint32
	}{
		{[]string{"0x00000000"}, EventSuccess, 0}, {[]string{"HV", "hr=0xC004FD01"}, EventInvalidHost, hrInvalidPlatform}, {[]string{"0xC004FD03"}, EventDenied, hrIDMismatch},
		{[]string{"0x8007000D"}, EventInvalidData, hrInvalidData}, {[]string{"invalid data"}, EventInvalidData, 0}, {[]string{"AVMA Success"}, EventSuccess, 0},
		{[]string{"Activation Denied", "0xC004FD02"}, EventDenied, hrParentNotActive}, {[]string{"AVMA Success", "0xC004FD02"}, EventUnclear, hrParentNotActive},
		{[]string{"0x00000000", "0xC004FD02"}, EventUnclear, hrParentNotActive}, {nil, EventUnclear, 0}, {[]string{"the AVMA Success story"}, EventUnclear, 0},
	} {
		if got, hr := (Event{Data: c.data}).Outcome(); got != c.want || hr != c.hr {
			t.Errorf("%v: %q %08X", c.data, got, hr)
		}
	}
	newest, ok := newestEvent([]Event{{ID: 12309, TimeUTC: "2026-01-01T00:00:00Z", Level: 1}, {ID: 12309, TimeUTC: "2026-02-01T00:00:00Z", Level: 2}, {ID: 1, TimeUTC: "2027-01-01T00:00:00Z"}})
	if !ok || newest.Level != 2 {
		t.Errorf("%+v", newest)
	}
}

const kvpItem = `<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Caption" PROPAGATED="true" TYPE="string"></PROPERTY>` +
	`<PROPERTY NAME="Data" TYPE="string"><VALUE>AUTOBVT-4OVYXAB</VALUE></PROPERTY><PROPERTY NAME="Name" TYPE="string"><VALUE>FullyQualifiedDomainName</VALUE></PROPERTY>` +
	`<PROPERTY NAME="Source" TYPE="uint16"><VALUE>2</VALUE></PROPERTY></INSTANCE>`

func TestParseKVPItems(t *testing.T) {
	item, err := ParseKVPItem(kvpItem)
	if err != nil || item != (KVPItem{"FullyQualifiedDomainName", "AUTOBVT-4OVYXAB", 2}) {
		t.Errorf("%+v %v", item, err)
	}
	long := strings.Repeat("ä", 5000)
	values, bad := ParseKVPItems([]string{
		kvpItem,
		`<INSTANCE><PROPERTY NAME="Name"><VALUE>AvmaStatus</VALUE></PROPERTY><PROPERTY NAME="Data"/></INSTANCE>`,
		`<?xml version="1.0" encoding="utf-16"?><INSTANCE><PROPERTY NAME="Name"><VALUE>Long</VALUE></PROPERTY><PROPERTY NAME="Data"><VALUE>` + long + `</VALUE></PROPERTY></INSTANCE>`,
		`<INSTANCE><PROPERTY NAME="Data"><VALUE>no name</VALUE></PROPERTY></INSTANCE>`, `<OTHER/>`, `<INSTANCE>`, "", strings.Repeat("<a>", 20000),
	})
	if len(values) != 3 || bad != 5 || values["AvmaStatus"] != "" || len([]rune(values["Long"])) != MaxKVPValue {
		t.Errorf("%d values, %d unreadable, %d characters", len(values), bad, len([]rune(values["Long"])))
	}
}

func TestParsePublished(t *testing.T) {
	p, ok := ParsePublished(map[string]string{KVPSchema: "1", KVPStatus: "Activated", KVPReason: "AVMA-101", KVPHost: "HV\x1b[31m-01", KVPPartialKey: "DV9BG", KVPCheckedUTC: "2026-03-02T10:00:00Z"})
	if !ok || p != (Published{1, Activated, "AVMA-101", "HV-01", "DV9BG", time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}) {
		t.Errorf("%+v %v", p, ok)
	}
	for name, v := range map[string]map[string]string{"nothing": nil, "a status that nobody knows": {KVPStatus: "<script>"}} {
		if p, ok := ParsePublished(v); ok || p.Status != "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if p, _ := ParsePublished(map[string]string{KVPStatus: "failed", KVPReason: "AVMA-999"}); p.Reason != "" {
		t.Errorf("a code that nobody knows: %+v", p)
	}
}

func TestChooseTarget(t *testing.T) {
	dc := catalog.Target{EditionID: "ServerDatacenter"}
	for _, c := range []struct {
		name    string
		targets []string
		core    bool
		want    string
	}{
		{"as listed", []string{"ServerStandard", "ServerDatacenter"}, false, "ServerDatacenter"},
		{"Core by its own name", []string{"ServerDatacenter", "ServerDatacenterCor"}, true, "ServerDatacenterCor"},
		{"Core where the name is shared", []string{"ServerDatacenter"}, true, "ServerDatacenter"},
		{"only Core names are listed", []string{"ServerDatacenterCor"}, false, "ServerDatacenterCor"},
		{"not what only sounds like it", []string{"ServerDatacenterACor", "ServerDatacenterEval", "ServerAzureCor"}, true, ""},
		{"nothing", nil, false, ""},
	} {
		if got, ok := ChooseTarget(c.targets, dc, c.core); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestCheckConversion(t *testing.T) {
	if r, ok := CheckConversion(good(evaluation("ServerDatacenterEval", 80)), Expectation{}); !ok || r.Code != "" {
		t.Errorf("%+v", r)
	}
	if r, ok := CheckConversion(good(evaluation("ServerDatacenterEval", 80)), Expectation{Edition: "standard"}); ok || r.Code != CodeConvertDown {
		t.Errorf("%+v", r)
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{-3 * 8760 * time.Hour: "3 years", 50 * time.Hour: "2 days", 5 * time.Hour: "5 hours", 10 * time.Minute: "10 minutes", 90 * time.Second: "90 seconds"} {
		if got := span(d); got != want {
			t.Errorf("%v: %s", d, got)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	f := good()
	for b.Loop() {
		Judge(f, Expectation{})
	}
}
