// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"testing"
	"time"
)

func licensingCases() []judged {
	sppsvc := func(state, mode string) func(*Facts) {
		return func(f *Facts) { f.Service.State, f.Service.StartMode = state, mode }
	}
	status := func(n uint32) Facts { return good(waiting, product(func(p *Product) { p.LicenseStatus = n })) }
	return []judged{
		{name: "licensing service missing", f: good(noKeyHere, sppsvc("", ""), unreadable("products", 0x80041002)), status: Failed, lead: CodeLicensingMissing},
		{name: "licensing service disabled", f: good(noKeyHere, sppsvc("Stopped", "Disabled"), unreadable("products", 0x80070422), unreadable("service", 0x80070422)), status: Failed, lead: CodeLicensingDisabled},
		{name: "licensing service disabled, key right", f: good(waiting, sppsvc("Running", "Disabled")), status: Failed, lead: CodeLicensingDisabled},
		{name: "licensing service disabled, activated", f: good(sppsvc("Stopped", "Disabled")), status: Activated, lead: CodeActivated, also: []string{CodeLicensingDisabled}},
		{name: "licensing service stopped, which is normal", f: good(sppsvc("Stopped", "Auto")), status: Activated, lead: CodeActivated, also: []string{CodeLicensingStopped}},
		{name: "licensing service not read", f: good(waiting, sppsvc("", ""), unreadable("services", 0)), status: Pending, lead: CodePending, not: []string{CodeLicensingMissing}},
		{name: "status 0", f: status(0), status: Pending, lead: CodePending, also: []string{CodeUnlicensed}, text: "Unlicensed"},
		{name: "status 2", f: status(2), status: Pending, lead: CodePending, also: []string{CodeOOBGrace}, text: "OOBGrace"},
		{name: "status 3", f: status(3), status: Pending, lead: CodePending, also: []string{CodeOOTGrace}, text: "OOTGrace"},
		{name: "status 4", f: status(4), status: Pending, lead: CodePending, also: []string{CodeNonGenuineGrace}, text: "NonGenuineGrace"},
		{name: "status 5", f: status(5), status: Pending, lead: CodePending, also: []string{CodeNotification}, text: "Notification"},
		{name: "status 6", f: status(6), status: Pending, lead: CodePending, also: []string{CodeExtendedGrace}, text: "ExtendedGrace"},
		{name: "status 77", f: status(77), status: Pending, lead: CodePending, also: []string{CodeUnknownLicense}, text: "status 77"},
		{name: "grace expired", f: good(because(0xC004F009)), status: Pending, lead: CodeGraceExpired, text: "SL_E_GRACE_TIME_EXPIRED"},
		{name: "not genuine", f: good(because(0xC004F200)), status: Pending, lead: CodeNotGenuine},
		{name: "no KMS, left over", f: good(because(0xC004F074)), status: Pending, lead: CodePending, also: []string{CodeKMSUnavailable}},
		{name: "no KMS, a KMS client", f: good(gvlk, product(func(p *Product) { p.LicenseStatusReason = 0xC004F056 })), status: NotAVMA, lead: CodeGVLK, also: []string{CodeKMSUnavailable}},
		{name: "a number that nobody knows", f: good(because(0x8BADF00D)), status: Pending, lead: CodePending, also: []string{CodeUnknownNumber}},
		{name: "a number without a reason of its own", f: good(because(0x80041010)), status: Pending, lead: CodePending, also: []string{CodeUnknownNumber}},
		{name: "binding lost after a move", f: good(because(0xC004F00F)), status: Pending, lead: CodeBindingLost, text: "SL_E_OUT_OF_TOLERANCE"},
		{name: "licence that was not renewed", f: good(because(0xC004FC07)), status: Pending, lead: CodeLicenseLapsed, not: []string{CodeEvaluationExpired}},
		{name: "licence not found", f: good(because(0xC004F034)), status: Pending, lead: CodeLicenseNotFound, text: "SL_E_EUL_NOT_AVAILABLE"},
		{name: "the usual word of a licensed product", f: good(product(func(p *Product) { p.LicenseStatusReason = 0x4004F401 })), status: Activated, lead: CodeActivated, not: []string{CodeUnknownNumber}},
		{name: "an attempt is under way", f: good(because(0xC004E028)), status: Pending, lead: CodeInProgress, text: "SL_E_ACTIVATION_IN_PROGRESS"},
		{name: "an attempt is under way, says the action", f: good(waiting, acted(Action{Name: "wait", Done: true, HResult: 0xC004E028})), status: Pending, lead: CodeInProgress, not: []string{CodeActionNumber}},
		{name: "a number that informs", f: good(because(0x4004F00C)), status: Pending, lead: CodePending, not: []string{CodeUnknownNumber}},
		{name: "rearm count used up, which keeps no host from activating", f: good(because(0xC004D307)), status: Pending, lead: CodeRearmUsedUp},
		{name: "no key, says the product that has one", f: good(because(0xC004F014)), status: Failed, lead: CodeNoKey},
	}
}

func lookingCases() []judged {
	later := Expectation{Now: now.Add(3 * 365 * 24 * time.Hour)}
	many := func(f *Facts) {
		for range 9 {
			unreadable("events", 0x80070005)(f)
			unreadable("setup", 0)(f)
		}
	}
	return []judged{
		{name: "nothing", f: Facts{}, status: Unknown, lead: CodeNoFacts},
		{name: "products not read", f: good(noKeyHere, unreadable("products", 0x80041002)), status: Unknown, lead: CodeProductsUnread, text: "0x80041002"},
		{name: "products not read, no number", f: good(noKeyHere, unreadable("products", 0)), status: Unknown, lead: CodeProductsUnread, text: "Zugriff verweigert"},
		{name: "products refused", f: good(noKeyHere, unreadable("products", 0x80070005)), status: Unknown, lead: CodeAccessDenied, text: "E_ACCESSDENIED"},
		{name: "products refused, by the licensing service", f: good(noKeyHere, func(f *Facts) { f.Errors = []LookError{{Area: "products", ID: "HRESULT 0xC004F025,x"}} }), status: Unknown, lead: CodeAccessDenied},
		{name: "products refused, and another release", f: good(noKeyHere, unreadable("products", 0x80070005)), e: Expectation{Release: "2025"}, status: Unknown, lead: CodeAccessDenied, also: []string{CodeOtherRelease}},
		{name: "events refused", f: good(unreadable("events", 0x80070005)), status: Activated, lead: CodeActivated, also: []string{CodeAccessDenied}},
		{name: "events not read", f: good(unreadable("events", 0)), status: Activated, lead: CodeActivated, also: []string{CodeAreaUnread}},
		{name: "many things not read", f: good(many), status: Activated, lead: CodeActivated, also: []string{CodeMoreErrors}},
		{name: "not elevated", f: good(gvlk, func(f *Facts) { f.Session.Elevated = false }), status: NotAVMA, lead: CodeGVLK, also: []string{CodeNotElevated}},
		{name: "SYSTEM", f: good(func(f *Facts) { f.Session = Session{System: true, UserSID: "S-1-5-18"} }), status: Activated, lead: CodeActivated, not: []string{CodeNotElevated}},
		{name: "session not read", f: good(func(f *Facts) { f.Session = Session{} }), status: Activated, lead: CodeActivated, not: []string{CodeNotElevated}},
		{name: "Constrained Language Mode", f: Facts{Schema: 1, PowerShell: PowerShell{Version: "5.1", LanguageMode: "ConstrainedLanguage"}}, status: Unknown, lead: CodeConstrained, text: "ConstrainedLanguage"},
		{name: "Constrained Language Mode, activated", f: good(func(f *Facts) { f.PowerShell.LanguageMode = "ConstrainedLanguage" }), status: Activated, lead: CodeActivated, also: []string{CodeConstrained}},
		{name: "clock years off", f: good(), e: later, status: Activated, lead: CodeActivated, also: []string{CodeClockOff}},
		{name: "clock years off, waiting", f: good(waiting, func(f *Facts) { f.CollectedUTC = "2009-01-01T00:00:00Z"; f.OS.InstallDate = 1230768000 }), e: Expectation{Now: now}, status: Pending, lead: CodePending, also: []string{CodeClockOff}},
		{name: "clock an hour off", f: good(), e: Expectation{Now: now.Add(time.Hour)}, status: Activated, lead: CodeActivated, not: []string{CodeClockOff}},
		{name: "clock not to be checked", f: good(func(f *Facts) { f.CollectedUTC = "1999-01-01T00:00:00Z" }), status: Activated, lead: CodeActivated, not: []string{CodeClockOff}, also: []string{CodeClockInconsistent}},
		{name: "installed in the future", f: good(waiting, func(f *Facts) { f.OS.InstallDate = now.Unix() + 90*86400 }), status: Pending, lead: CodePending, also: []string{CodeClockInconsistent}},
		{name: "the clock was moved, says Windows", f: good(because(0x8004D102)), status: Pending, lead: CodePending, also: []string{CodeClockInconsistent}},
		{name: "a time that is none", f: good(func(f *Facts) { f.CollectedUTC = "yesterday" }), e: later, status: Activated, lead: CodeActivated, not: []string{CodeClockOff}},
		{name: "facts of a newer kind", f: good(func(f *Facts) { f.Schema = 7 }), status: Activated, lead: CodeActivated, also: []string{CodeNewerFacts}},
		{name: "restart pending", f: good(func(f *Facts) { f.PendingRestart = []string{"windows_update"} }), status: Activated, lead: CodeActivated, also: []string{CodeRestartPending}},
		{name: "Setup unfinished, quick look", f: good(quick, func(f *Facts) { f.Setup.SystemSetup = 1 }), status: Unknown, lead: CodeQuickLook, also: []string{CodeWaitSetup}},
		{name: "old PowerShell", f: good(func(f *Facts) { f.PowerShell.Version = "3.0" }), status: Activated, lead: CodeActivated, also: []string{CodeOldPowerShell}},
		{name: "Windows not read", f: good(func(f *Facts) { f.OS = OS{} }), status: Unknown, lead: CodeNoOS},
		{name: "Windows not read, expected and proven", f: good(func(f *Facts) { f.OS = OS{} }), e: Expectation{Release: "2022", Edition: "datacenter"}, status: Activated, lead: CodeActivated, also: []string{CodeNoOS}},
		{name: "the script fell over, no id", f: Facts{Schema: 1, Errors: []LookError{{Area: "script", Message: "boom"}}}, status: Unknown, lead: CodeScriptFailed, text: "\nboom\n"},
		{name: "the script fell over", f: Facts{Schema: 1, Errors: []LookError{{Area: "script", ID: "RuntimeException", Message: "boom"}}}, status: Unknown, lead: CodeScriptFailed, text: "boom"},
	}
}

func unlookedCases() []Verdict {
	e := Expectation{Now: now}
	out := []Verdict{Judge(good(waiting), e).AtDeadline(10 * time.Minute)}
	for _, code := range []string{CodeAnswerCut, CodeNoPowerShell, CodeScriptFailed, CodeUnreachable, CodeBadFacts, CodeConstrained, CodeAccessDenied, CodeUnfinished, CodeOtherMachine} {
		out = append(out, CouldNotLook(code, "the answer ended after 3 of 7 lines", e))
	}
	return append(out, Judge(good(gvlk), Expectation{}).KeyUndone(3))
}

func TestCouldNotLook(t *testing.T) {
	for _, v := range unlookedCases()[1:] {
		if v.Lead().Code == CodeKeyUndone {
			continue
		}
		if v.Status != Unknown || v.Lead().Severity != Error || v.CheckedUTC != "2026-03-02T10:00:00Z" {
			t.Errorf("%+v", v)
		}
	}
}

func TestAtDeadline(t *testing.T) {
	v := unlookedCases()[0]
	if v.Status != Pending || v.Reasons[len(v.Reasons)-1].Code != CodeDeadline {
		t.Errorf("%+v", v)
	}
	if r := v.Reasons[len(v.Reasons)-1]; !strings.Contains(r.Remedy, "raise activation_timeout") {
		t.Errorf("no cause is known, and more time is not advised: %q", r.Remedy)
	}
	v = Judge(good(because(0xC004FD02)), Expectation{}).AtDeadline(time.Hour)
	if r := v.Reasons[len(v.Reasons)-1]; v.Status != Failed || r.Code != CodeDeadline || strings.Contains(r.Remedy, "activation_timeout") {
		t.Errorf("%s: after a definite refusal: %q", v.Status, r.Remedy)
	}
	if v := Judge(good(), Expectation{}).AtDeadline(time.Hour); len(v.Reasons) != len(Judge(good(), Expectation{}).Reasons) {
		t.Errorf("an activated guest has no deadline: %v", codes(v))
	}
}

func expectationCases() []judged {
	return []judged{
		{name: "a build from the future", f: good(func(f *Facts) { f.OS.Build = 30000 }), status: Unknown, lead: CodeUnknownGuest, text: "30000"},
		{name: "a build from the future with a MAK", f: good(keyed("Volume:MAK", "VOLUME_MAK", "QQQQQ", 1), func(f *Facts) { f.OS.Build = 30000 }), status: NotAVMA, lead: CodeMAK, also: []string{CodeUnknownGuest}},
		{name: "a build from the future whose key is named", f: good(func(f *Facts) { f.OS.Build = 30000; f.Products[0].PartialProductKey = "NEWKY" }), e: Expectation{PartialKey: "NEWKY"},
			status: Activated, lead: CodeActivated, also: []string{CodeUnknownGuest}},
		{name: "an edition that nobody knows", f: good(func(f *Facts) { f.OS.EditionID = "ServerMegacenter" }), status: Unknown, lead: CodeUnknownGuest, text: "ServerMegacenter"},
		{name: "2012 is too old", f: good(func(f *Facts) { f.OS.Build = 9200 }), status: Failed, lead: CodeNoAVMAKey},
		{name: "2025 Essentials has none", f: good(keyed("Retail", "RETAIL", "QQQQQ", 1), func(f *Facts) { f.OS.Build, f.OS.EditionID, f.OS.SKU = 26100, "ServerSolution", 50 }), status: Failed, lead: CodeNoAVMAKey},
		{name: "Azure Stack HCI has none", f: good(func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerAzureStackHCICor", 406 }), status: Failed, lead: CodeNoAVMAKey},
		{name: "ServerAzureCor is not the Azure Edition", f: good(func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerAzureCor", 168 }), status: Failed, lead: CodeNoAVMAKey},
		{name: "a client Windows", f: good(func(f *Facts) { f.OS.EditionID, f.OS.ProductType, f.OS.SKU = "Enterprise", 1, 4 }), status: Failed, lead: CodeClient},
		{name: "a client Windows, licence not read", f: good(noKeyHere, unreadable("products", 0), func(f *Facts) { f.OS.EditionID, f.OS.ProductType = "Professional", 1 }), status: Failed, lead: CodeClient},
		{name: "the expected guest", f: good(), e: Expectation{Release: "2022", Edition: "Datacenter"}, status: Activated, lead: CodeActivated},
		{name: "the expected guest in one word", f: good(), e: Expectation{Release: "Windows Server 2022 Datacenter"}, status: Activated, lead: CodeActivated},
		{name: "the release alone", f: good(), e: Expectation{Release: "ws2022"}, status: Activated, lead: CodeActivated},
		{name: "the edition alone", f: good(), e: Expectation{Edition: "ServerDatacenter"}, status: Activated, lead: CodeActivated},
		{name: "another release", f: good(), e: Expectation{Release: "2025"}, status: Failed, lead: CodeOtherRelease},
		{name: "another edition", f: good(), e: Expectation{Edition: "standard"}, status: Failed, lead: CodeOtherEdition},
		{name: "another edition in one word", f: good(), e: Expectation{Release: "Windows Server 2022 Standard"}, status: Failed, lead: CodeOtherEdition},
		{name: "Core where Desktop Experience was expected", f: good(core), e: Expectation{Edition: "datacenter"}, status: Activated, lead: CodeActivated, also: []string{CodeOtherInstallation}},
		{name: "Core as expected", f: good(core), e: Expectation{Edition: "datacenter-core"}, status: Activated, lead: CodeActivated, not: []string{CodeOtherInstallation}},
		{name: "Core, the release alone expected", f: good(core), e: Expectation{Release: "2022"}, status: Activated, lead: CodeActivated, not: []string{CodeOtherInstallation}},
		{name: "an expectation that is no Windows", f: good(), e: Expectation{Release: "2022", Edition: "ultimate"}, status: Unknown, lead: CodeBadExpectation, text: "ultimate"},
		{name: "another key than the named one", f: good(), e: Expectation{PartialKey: "VCH67"}, status: Failed, lead: CodeKeyNotAsExpected},
		{name: "a key whose release is inferred", f: good(sac(19042, "WMBMW")), status: Activated, lead: CodeActivated, also: []string{CodeInferredKey}},
		{name: "17763 with ACor is 1809", f: good(sac(17763, "WMBMW")), e: Expectation{Release: "1809", Edition: "datacenter"}, status: Activated, lead: CodeActivated, not: []string{CodeInferredKey}},
		{name: "EditionID against SKU", f: good(func(f *Facts) { f.OS.SKU = 7 }), status: Activated, lead: CodeActivated, also: []string{CodeSKUConflict}},
		{name: "a SKU that nobody knows", f: good(func(f *Facts) { f.OS.SKU = 9999 }), status: Activated, lead: CodeActivated, not: []string{CodeSKUConflict}},
	}
}

func core(f *Facts) { f.OS.InstallationType = "Server Core" }

func sac(build int, partial string) func(*Facts) {
	return func(f *Facts) {
		f.OS.Build, f.OS.EditionID, f.OS.SKU, f.OS.InstallationType = build, "ServerDatacenterACor", 145, "Server Core"
		f.Products[0].PartialProductKey, f.Products[0].LicenseFamily = partial, "ServerDatacenterACor"
	}
}
