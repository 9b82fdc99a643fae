// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"testing"
	"time"
)

type stepped struct {
	name string
	f    Facts
	e    Expectation
	p    Policy
	do   StepKind
	code string // of the reason
	key  string // last five of the step's key
}

func stepCases() []stepped {
	eval := func(id string, sku int, more ...func(*Facts)) Facts {
		return good(append([]func(*Facts){evaluation(id, sku)}, more...)...)
	}
	convert := Policy{Convert: true}
	mak := keyed("Volume:MAK", "VOLUME_MAK", "QQQQQ", 1)
	fresh := acted(Action{Name: "wait", Done: true, WaitedSeconds: 45})
	cbs := func(f *Facts) { f.PendingRestart = []string{"cbs"} }
	limited := func(f *Facts) { f.Session.Elevated = false }
	exchangeOff := func(f *Facts) { f.DataExchange.ServiceState, f.DataExchange.StartMode = "Stopped", "Disabled" }
	minute := Policy{Asked: time.Minute}
	return []stepped{
		{"right key, licensed", good(), Expectation{}, Policy{}, DoNothing, CodeActivated, ""},
		{"right key, not licensed", good(waiting), Expectation{}, Policy{}, DoWait, CodePending, ""},
		{"right key, the rest is deferred", good(waiting), Expectation{Defer: true}, Policy{}, DoNothing, CodeDeferred, ""},
		{"right key, no host named", good(traces("", "", "")), Expectation{}, Policy{}, DoWait, CodeNoHost, ""},
		{"right key, a host is expected and none is named", good(traces("", "2026-03-02T09:55:00Z", "")), Expectation{Hosts: []string{"hv-01"}}, Policy{}, DoWait, CodeHostNotNamed, ""},
		{"right key, a host is expected and still none is named", good(traces("", "2026-03-02T09:55:00Z", ""), fresh), Expectation{Hosts: []string{"hv-01"}}, Policy{}, DoStop, CodeHostNotNamed, ""},
		{"licensed on KVM", good(func(f *Facts) { f.Virtualization.Manufacturer = "QEMU" }), Expectation{}, Policy{}, DoStop, CodeLicensedElsewhere, ""},
		{"no key", good(noKeyHere), Expectation{}, Policy{}, DoInstall, CodeNoKey, "DV9BG"},
		{"KMS client key on volume media", good(gvlk), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"KMS client key, licensed", good(gvlk, product(func(p *Product) { p.LicenseStatus = 1 })), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"wrong AVMA key", good(waiting, product(func(p *Product) { p.PartialProductKey = "78VHK" })), Expectation{}, Policy{}, DoInstall, CodeWrongAVMAKey, "DV9BG"},
		{"AVMA key that nobody knows", good(waiting, product(func(p *Product) { p.PartialProductKey = "ABCDE" })), Expectation{}, Policy{}, DoInstall, CodeUnknownAVMAKey, "DV9BG"},
		{"AVMA key other than the named one", good(), Expectation{PartialKey: "NEWKY"}, Policy{}, DoInstall, CodeKeyNotAsExpected, ""},
		{"MAK", good(mak), Expectation{}, Policy{}, DoStop, CodeMAK, ""},
		{"MAK, to be replaced", good(mak), Expectation{}, Policy{ReplaceKey: true}, DoInstall, CodeMAK, "DV9BG"},
		{"retail", good(keyed("Retail", "RETAIL", "QQQQQ", 1)), Expectation{}, Policy{}, DoStop, CodeRetail, ""},
		{"retail, to be replaced", good(keyed("Retail", "RETAIL", "QQQQQ", 1)), Expectation{}, Policy{ReplaceKey: true}, DoInstall, CodeRetail, "DV9BG"},
		{"OEM", good(keyed("OEM:DM", "OEM_DM", "QQQQQ", 1)), Expectation{}, Policy{}, DoStop, CodeOEM, ""},
		{"KMS host", good(keyed("Volume:CSVLK", "VOLUME_KMS", "QQQQQ", 1)), Expectation{}, Policy{}, DoStop, CodeKMSHostKey, ""},
		{"a channel of its own", good(keyed("PGS:TB", "", "QQQQQ", 1)), Expectation{}, Policy{}, DoStop, CodeOtherChannel, ""},
		{"a channel that contradicts itself", good(product(func(p *Product) { p.ProductKeyChannel = "Volume:GVLK" })), Expectation{}, Policy{}, DoStop, CodeChannelConflict, ""},
		{"a channel that contradicts itself, to be replaced", good(product(func(p *Product) { p.ProductKeyChannel = "Volume:GVLK" })), Expectation{}, Policy{ReplaceKey: true}, DoInstall, CodeChannelConflict, "DV9BG"},
		{"nothing may be installed", good(gvlk), Expectation{}, Policy{SkipInstall: true}, DoStop, CodeKeyNotOffered, ""},
		{"nothing may be installed, nothing has to", good(), Expectation{}, Policy{SkipInstall: true}, DoNothing, CodeActivated, ""},
		{"not elevated", good(gvlk, limited), Expectation{}, Policy{}, DoStop, CodeNotElevated, ""},
		{"not elevated, actions are", good(gvlk, limited), Expectation{}, Policy{Elevates: true}, DoInstall, CodeGVLK, "DV9BG"},
		{"not elevated, nothing to do", good(limited), Expectation{}, Policy{}, DoNothing, CodeActivated, ""},
		{"Constrained Language Mode", good(gvlk, func(f *Facts) { f.PowerShell.LanguageMode = "ConstrainedLanguage" }), Expectation{}, Policy{}, DoStop, CodeConstrained, ""},
		{"on KVM, key to be installed", good(on("QEMU", "x"), gvlk), Expectation{}, Policy{}, DoStop, CodeKVM, ""},
		{"on KVM, verify = warn", good(on("QEMU", "x"), gvlk), Expectation{}, Policy{InstallAnyway: true}, DoInstall, CodeGVLK, "DV9BG"},
		{"on KVM, verify = first_boot", good(on("QEMU", "x"), gvlk), Expectation{Defer: true}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"on KVM, key installed", good(on("QEMU", "x")), Expectation{}, Policy{}, DoStop, CodeKVM, ""},
		{"Data Exchange disabled, verify = first_boot", good(gvlk, func(f *Facts) { f.DataExchange.StartMode = "Disabled" }), Expectation{Defer: true}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"Standard host", good(gvlk, hostValue("HostingSystemEditionId", "7")), Expectation{}, Policy{}, DoStop, CodeHostStandard, ""},
		{"older host", good(gvlk), Expectation{HostRelease: "2019"}, Policy{}, DoStop, CodeHostTooOld, ""},
		{"host not activated, not tried yet", good(because(0xC004FD02)), Expectation{}, Policy{}, DoWait, CodeHostNotActivated, ""},
		{"Data Exchange disabled, key to be installed", good(gvlk, exchangeOff), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"Data Exchange disabled on KVM, key to be installed", good(on("QEMU", "x"), gvlk, exchangeOff), Expectation{Defer: true}, Policy{}, DoStop, CodeExchangeDisabled, ""},
		{"Data Exchange missing, key to be installed", good(gvlk, func(f *Facts) { f.DataExchange = DataExchange{} }), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"Data Exchange disabled, tried", good(because(0xC004FD04), exchangeOff, fresh), Expectation{}, Policy{Asked: 30 * time.Second}, DoWait, CodeExchangeDisabled, ""},
		{"Data Exchange disabled, tried for a minute", good(because(0xC004FD04), exchangeOff, fresh), Expectation{}, minute, DoStop, CodeExchangeDisabled, ""},
		{"Data Exchange disabled on an older host, tried", good(because(0xC004FD04), exchangeOff, fresh), Expectation{HostRelease: "2016"}, Policy{}, DoStop, CodeExchangeDisabled, ""},
		{"values of a Standard host left over, key to be installed", good(gvlk, exchangeOff, hostValue("HostingSystemEditionId", "7")), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"activation device disabled, key to be installed", good(gvlk, device(1, 22)), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"activation device missing, key to be installed", good(gvlk, device(0, 0)), Expectation{}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"activation device missing, tried for a minute", good(waiting, device(0, 0), fresh), Expectation{}, minute, DoWait, CodeDeviceMissing, ""},
		{"client host", good(gvlk, hostValue("HostingSystemEditionId", "48")), Expectation{}, Policy{}, DoStop, CodeHostClient, ""},
		{"client host, left to the first boot", good(gvlk, hostValue("HostingSystemEditionId", "48")), Expectation{Defer: true}, Policy{}, DoInstall, CodeGVLK, "DV9BG"},
		{"Azure host", good(gvlk, hostValue("HostingSystemEditionId", "199")), Expectation{}, Policy{}, DoStop, CodeHostAzure, ""},
		{"an attempt is under way, tried for a minute", good(because(0xC004E028), fresh), Expectation{}, minute, DoWait, CodeInProgress, ""},
		{"host not activated, asked for less than a minute", good(because(0xC004FD02), fresh), Expectation{}, Policy{Asked: time.Minute - 1}, DoWait, CodeHostNotActivated, ""},
		{"host not activated, asked for a minute", good(because(0xC004FD02), fresh), Expectation{}, Policy{Asked: time.Minute}, DoStop, CodeHostNotActivated, ""},
		{"host refuses, asked for less than a minute", good(because(0xC004FD03), fresh), Expectation{}, Policy{Asked: time.Minute - 1}, DoWait, CodeHostCannot, ""},
		{"no Hyper-V, asked for less than a minute", good(because(0xC004FD01), fresh), Expectation{}, Policy{Asked: time.Minute - 1}, DoWait, CodeInvalidPlatform, ""},
		{"no Hyper-V, asked for a minute", good(because(0xC004FD01), fresh), Expectation{}, minute, DoStop, CodeInvalidPlatform, ""},
		{"host not activated, only one attempt in a minute", good(because(0xC004FD02)), Expectation{}, minute, DoWait, CodeHostNotActivated, ""},
		{"host not activated, as the first attempt says", good(waiting, acted(Action{Name: "install", Done: true, HResult: 0xC004FD02, WaitedSeconds: 2})), Expectation{}, Policy{}, DoWait, CodeHostNotActivated, ""},
		{"host not activated, as the next attempt says", good(waiting, acted(Action{Name: "wait", Done: true, HResult: 0xC004FD02})), Expectation{}, minute, DoStop, CodeHostNotActivated, ""},
		{"throttled, tried", good(because(0xC004FD00), fresh), Expectation{}, Policy{}, DoWait, CodeThrottled, ""},
		{"not bound, tried", good(because(0xC004FD04), fresh), Expectation{}, Policy{}, DoWait, CodeNotBound, ""},
		{"Data Exchange stopped", good(waiting, func(f *Facts) { f.DataExchange.ServiceState = "Stopped" }), Expectation{}, Policy{}, DoWait, CodeExchangeStopped, ""},
		{"key refused", good(gvlk, acted(Action{Name: "install", HResult: 0xC004F069})), Expectation{}, Policy{}, DoStop, CodeKeyMismatch, ""},
		{"key refused without a number", good(gvlk, acted(Action{Name: "install", ErrorID: "x"})), Expectation{}, Policy{}, DoStop, CodeActionNoCode, ""},
		{"wrong host", good(), Expectation{Hosts: []string{"hv-09"}}, Policy{}, DoStop, CodeUnexpectedHost, ""},
		{"another release", good(gvlk), Expectation{Release: "2025"}, Policy{}, DoStop, CodeOtherRelease, ""},
		{"another edition", good(waiting), Expectation{Edition: "standard"}, Policy{}, DoStop, CodeOtherEdition, ""},
		{"key right, edition not", good(waiting, func(f *Facts) { f.OS.EditionID = "ServerStandard" }), Expectation{PartialKey: "DV9BG"}, Policy{}, DoStop, CodeKeyNotOfEdition, ""},
		{"no key exists", good(func(f *Facts) { f.OS.Build = 9200 }), Expectation{}, Policy{}, DoStop, CodeNoAVMAKey, ""},
		{"a client", good(func(f *Facts) { f.OS.ProductType = 1 }), Expectation{}, Policy{}, DoStop, CodeClient, ""},
		{"licence not read", good(noKeyHere, unreadable("products", 0x800706BA)), Expectation{}, Policy{}, DoWait, CodeProductsUnread, ""},
		{"licence refused", good(noKeyHere, unreadable("products", 0x80070005)), Expectation{}, Policy{}, DoStop, CodeAccessDenied, ""},
		{"quick look", good(quick), Expectation{}, Policy{}, DoWait, CodeQuickLook, ""},
		{"nothing", Facts{}, Expectation{}, Policy{}, DoStop, CodeNoFacts, ""},

		{"evaluation, not to be converted", eval("ServerDatacenterEval", 80), Expectation{}, Policy{}, DoStop, CodeConvertNotAsked, ""},
		{"evaluation", eval("ServerDatacenterEval", 80), Expectation{}, convert, DoConvert, CodeEvaluation, "DV9BG"},
		{"evaluation that is over", eval("ServerDatacenterEval", 80, product(func(p *Product) { p.EvaluationEndUTC = "2026-01-01T00:00:00Z" })), Expectation{}, convert, DoConvert, CodeEvaluationExpired, "DV9BG"},
		{"Standard evaluation", eval("ServerStandardEval", 79), Expectation{}, convert, DoConvert, CodeEvaluation, "78VHK"},
		{"Standard evaluation to Datacenter", eval("ServerStandardEval", 79), Expectation{Edition: "datacenter"}, convert, DoConvert, CodeEvaluation, "DV9BG"},
		{"Datacenter evaluation to Standard", eval("ServerDatacenterEval", 80), Expectation{Edition: "standard"}, convert, DoStop, CodeConvertDown, ""},
		{"Standard Core evaluation", eval("ServerStandardEval", 160, core), Expectation{}, convert, DoStop, CodeConvertCore, ""},
		{"Standard Core evaluation, DISM's spelling", eval("ServerStandardEvalCor", 160), Expectation{Edition: "standard"}, convert, DoStop, CodeConvertCore, ""},
		{"Standard Core evaluation to Datacenter Core", eval("ServerStandardEvalCor", 160), Expectation{Edition: "datacenter-core"}, convert, DoConvert, CodeEvaluation, "DV9BG"},
		{"Standard Core evaluation to Datacenter, as people write it", eval("ServerStandardEval", 160, core), Expectation{Edition: "datacenter"}, convert, DoConvert, CodeEvaluation, "DV9BG"},
		{"domain controller", eval("ServerDatacenterEval", 80, func(f *Facts) { f.OS.ProductType = 2 }), Expectation{}, convert, DoStop, CodeConvertDomain, ""},
		{"to Azure Edition", eval("ServerDatacenterEval", 80), Expectation{Edition: "datacenter-azure-edition"}, convert, DoStop, CodeConvertAzure, ""},
		{"to Essentials", eval("ServerStandardEval", 79, func(f *Facts) { f.OS.Build = 17763 }), Expectation{Edition: "essentials"}, convert, DoStop, CodeConvertOtherTarget, ""},
		{"evaluation of a release without a key", eval("ServerDatacenterEval", 80, func(f *Facts) { f.OS.Build = 9200 }), Expectation{}, convert, DoStop, CodeNoAVMAKey, ""},
		{"evaluation of another release than expected", eval("ServerDatacenterEval", 80), Expectation{Release: "2019"}, convert, DoStop, CodeOtherRelease, ""},
		{"evaluation, servicing to be finished first", eval("ServerDatacenterEval", 80, cbs), Expectation{}, convert, DoRestart, CodeWaitRestart, ""},
		{"evaluation, DISM lists other targets", eval("ServerDatacenterEval", 80, acted(Action{Name: "convert_poll", Done: true, Phase: "none", Targets: []string{"ServerStandard"}})), Expectation{}, convert, DoStop, CodeConvertNoTarget, ""},
		{"evaluation, not elevated", eval("ServerDatacenterEval", 80, limited), Expectation{}, convert, DoStop, CodeNotElevated, ""},
		{"conversion running", eval("ServerDatacenterEval", 80, acted(Action{Name: "convert_poll", Phase: "running"})), Expectation{}, convert, DoWait, CodeConvertRunning, ""},
		{"conversion done", eval("ServerDatacenterEval", 80, acted(Action{Name: "convert_poll", Phase: "restart_needed"})), Expectation{}, convert, DoRestart, CodeConvertRestart, ""},
		{"conversion failed", eval("ServerDatacenterEval", 80, acted(Action{Name: "convert_poll", Phase: "failed", ExitCode: 1})), Expectation{}, convert, DoStop, CodeConvertFailed, ""},
		{"conversion without effect", eval("ServerDatacenterEval", 80, acted(Action{Name: "convert_poll", Phase: "done"})), Expectation{}, convert, DoStop, CodeConvertNoChange, ""},
		{"conversion, restart pending", eval("ServerDatacenterEval", 80, cbs, acted(Action{Name: "convert_start", Skipped: "restart_pending"})), Expectation{}, convert, DoRestart, CodeWaitRestart, ""},
		{"converted, key not in", good(gvlk, acted(Action{Name: "convert_poll", Phase: "done"})), Expectation{}, convert, DoInstall, CodeGVLK, "DV9BG"},
		{"converted, evaluation licence left", eval("ServerDatacenterEval", 80, func(f *Facts) { f.OS.EditionID = "ServerDatacenter" }), Expectation{}, convert, DoInstall, CodeEvaluationProduct, "DV9BG"},
		{"converted, evaluation licence left, servicing pending", eval("ServerDatacenterEval", 80, cbs, func(f *Facts) { f.OS.EditionID = "ServerDatacenter" }), Expectation{}, convert, DoRestart, CodeWaitRestart, ""},
		{"between two editions", good(func(f *Facts) { f.OS.EditionID = "ServerDatacenterEval" }), Expectation{}, convert, DoRestart, CodeEvaluationActive, ""},
		{"rearmed", good(because(0xC004D302)), Expectation{}, Policy{}, DoRestart, CodeRearmed, ""},
		{"servicing pending, key right", good(waiting, cbs), Expectation{}, Policy{}, DoWait, CodeWaitRestart, ""},
	}
}

func TestNextStep(t *testing.T) {
	for _, c := range stepCases() {
		t.Run(c.name, func(t *testing.T) {
			s := NextStep(c.f, c.e, c.p)
			if s.Do != c.do || s.Reason.Code != c.code {
				t.Errorf("%s, %s (%s); want %s, %s", s.Do, s.Reason.Code, s.Reason.Summary, c.do, c.code)
			}
			if got := s.Key.PartialKey(); got != c.key {
				t.Errorf("key %q, want %q", got, c.key)
			}
			if s.Do == DoConvert && (s.Target.EditionID == "" || s.Target.Evaluation) {
				t.Errorf("converts to %+v", s.Target)
			}
		})
	}
}
