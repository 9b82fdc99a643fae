// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"testing"
)

func keyCases() []judged {
	const sixtyfour = "Windows(R) Operating System, VOLUME_MAK channel"
	return []judged{
		{name: "no key", f: good(noKeyHere), status: Failed, lead: CodeNoKey, text: "DV9BG"},
		{name: "no key, a product without one is listed", f: good(product(func(p *Product) { p.PartialProductKey = "" })), status: Failed, lead: CodeNoKey, also: []string{CodeKeyWithoutPartial}},
		{name: "AVMA key of another edition", f: good(waiting, product(func(p *Product) { p.PartialProductKey = "78VHK" })), status: Failed, lead: CodeWrongAVMAKey,
			text: "Windows Server 2022 Standard"},
		{name: "AVMA key of another release", f: good(waiting, product(func(p *Product) { p.PartialProductKey = "VCH67" })), status: Failed, lead: CodeWrongAVMAKey,
			text: "Windows Server 2025 Datacenter"},
		{name: "AVMA key that several releases share: the long-term one first", f: good(waiting, product(func(p *Product) { p.PartialProductKey = "WMBMW" })),
			status: Failed, lead: CodeWrongAVMAKey, text: "that of Windows Server 2019 Datacenter and Windows Server, version 20H2 Datacenter"},
		{name: "AVMA key of another edition, licensed", f: good(product(func(p *Product) { p.PartialProductKey = "78VHK" })), status: Failed, lead: CodeWrongAVMAKey},
		{name: "AVMA key that nobody knows", f: good(product(func(p *Product) { p.PartialProductKey = "ABCDE" })), status: Failed, lead: CodeUnknownAVMAKey, text: "ABCDE"},
		{name: "key right, edition not", f: good(waiting, func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerStandard", 7 }), e: Expectation{PartialKey: "DV9BG"},
			status: Failed, lead: CodeKeyNotOfEdition, also: []string{CodeExpectsOtherKey}, text: "Windows Server 2022 Datacenter"},
		{name: "key right, edition not, and yet activated", f: good(func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerStandard", 7 }), e: Expectation{PartialKey: "DV9BG"},
			status: Activated, lead: CodeActivated, also: []string{CodeExpectsOtherKey}},
		{name: "two products with keys", f: good(func(f *Facts) {
			f.Products = append([]Product{{ID: "0", ProductKeyChannel: "Volume:GVLK", PartialProductKey: "6VM33", LicenseFamily: "ServerDatacenter", LicenseStatus: 0}}, f.Products...)
		}), status: Activated, lead: CodeActivated, also: []string{CodeTwoProducts}},
		{name: "two products with keys, neither AVMA", f: good(gvlk, func(f *Facts) {
			f.Products = append(f.Products, Product{ID: "1", ProductKeyChannel: "Volume:MAK", PartialProductKey: "11111", LicenseFamily: "ServerDatacenter", LicenseStatus: 1})
		}), status: NotAVMA, lead: CodeMAK, also: []string{CodeTwoProducts}},
		{name: "channel against description", f: good(product(func(p *Product) { p.Description = "Windows(R) Operating System, VOLUME_KMSCLIENT channel" })),
			status: Unknown, lead: CodeChannelConflict},
		{name: "description against channel", f: good(product(func(p *Product) { p.ProductKeyChannel = "Volume:GVLK" })), status: Unknown, lead: CodeChannelConflict},
		{name: "KMS client", f: good(gvlk), status: NotAVMA, lead: CodeGVLK, also: []string{CodeGVLKOtherRelease}, text: "6VM33"},
		{name: "KMS client, licensed", f: good(gvlk, product(func(p *Product) { p.LicenseStatus = 1 })), status: NotAVMA, lead: CodeGVLK},
		{name: "MAK", f: good(keyed("Volume:MAK", "VOLUME_MAK", "QQQQQ", 1)), status: NotAVMA, lead: CodeMAK, text: "replace_key"},
		{name: "MAK by description alone", f: good(keyed("", "", "QQQQQ", 1), product(func(p *Product) { p.Description = sixtyfour })), status: NotAVMA, lead: CodeMAK},
		{name: "the MAK of Extended Security Updates beside the AVMA key", f: good(esuRow), status: Activated, lead: CodeActivated, not: []string{CodeTwoProducts, CodeKeyWithoutPartial}},
		{name: "the MAK of Extended Security Updates alone", f: good(func(f *Facts) { f.Products = nil }, esuRow), status: Failed, lead: CodeNoKey},
		{name: "a product whose name only sounds so", f: good(func(f *Facts) { f.Products[0].Name = "Windows(R), ResultESUite edition" }), status: Activated, lead: CodeActivated},
		{name: "retail", f: good(keyed("Retail", "RETAIL", "QQQQQ", 1)), status: NotAVMA, lead: CodeRetail},
		{name: "OEM", f: good(keyed("OEM:NONSLP", "OEM_NONSLP", "QQQQQ", 5)), status: NotAVMA, lead: CodeOEM, also: []string{CodeNotification}, text: "OEM:NONSLP"},
		{name: "KMS host", f: good(keyed("Volume:CSVLK", "VOLUME_KMS_2022", "QQQQQ", 1)), status: NotAVMA, lead: CodeKMSHostKey},
		{name: "a channel of its own", f: good(keyed("PGS:TB", "SOMETHING", "QQQQQ", 1)), status: NotAVMA, lead: CodeOtherChannel, text: "PGS:TB"},
		{name: "no channel at all", f: good(keyed("", "", "QQQQQ", 1), product(func(p *Product) { p.Description = "" })), status: Unknown, lead: CodeUnknownChannel},
		{name: "an AVMA key named with its product_key", f: good(), e: Expectation{PartialKey: "W3GNR-8DDXR-2TFRP-H8P33-DV9BG"}, status: Activated, lead: CodeActivated,
			not: []string{CodeExpectsOtherKey}},
	}
}

func refusedCases() []judged {
	install := func(a Action) func(*Facts) { a.Name = "install"; return all(gvlk, acted(a)) }
	cases := []judged{
		{name: "install failed with a number that only accompanies others", f: good(install(Action{HResult: 0xC004F074})), status: Failed, lead: CodeKMSUnavailable, also: []string{CodeGVLK}},
		{name: "install failed without a number", f: good(install(Action{ErrorID: "Unbekannt,CimCmdlet", Message: "Allgemeiner Fehler"})), status: Failed, lead: CodeActionNoCode,
			also: []string{CodeGVLK}, text: "Allgemeiner Fehler"},
		{name: "install failed with a number that nobody knows", f: good(install(Action{HResult: 0x8ABCDEF0})), status: Failed, lead: CodeActionNumber, text: "0x8ABCDEF0"},
		{name: "install failed with a number in the id", f: good(install(Action{ErrorID: "HRESULT 0xc004f069,Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand"})),
			status: Failed, lead: CodeKeyMismatch, text: "0xC004F069"},
		{name: "install failed with a number in the message", f: good(install(Action{ErrorID: "InvokeCimMethod", Message: "Fehler 0xC004F050 beim Aufruf"})), status: Failed, lead: CodeKeyInvalid},
		{name: "install refused: not elevated", f: good(install(Action{HResult: 0x80070005, ErrorID: "not_elevated", Skipped: "not_elevated"})), status: Failed, lead: CodeAccessDenied,
			text: "elevate = true"},
		{name: "install skipped: a MAK is there", f: good(keyed("Volume:MAK", "VOLUME_MAK", "QQQQQ", 1), acted(Action{Name: "install", Skipped: "foreign_key"})), status: NotAVMA, lead: CodeMAK},
		{name: "install failed, but the key is there and the host activated it", f: good(acted(Action{Name: "install", HResult: 0xC004F069})), status: Activated, lead: CodeActivated,
			also: []string{CodeKeyMismatch}},
		{name: "activation failed without a number while waiting", f: good(waiting, acted(Action{Name: "wait", Done: true, ErrorID: "x"})), status: Pending, lead: CodePending,
			also: []string{CodeActionNoCode}},
		{name: "activation failed with a number that nobody knows", f: good(waiting, acted(Action{Name: "wait", Done: true, HResult: 0x8ABCDEF0})), status: Pending, lead: CodePending,
			also: []string{CodeActionNumber}},
		{name: "key installed, activation refused", f: good(waiting, acted(Action{Name: "install", Done: true, HResult: 0xC004FD02, WaitedSeconds: 2})), status: Failed, lead: CodeHostNotActivated},
	}
	for hr, code := range map[uint32]string{
		0xC004F069: CodeKeyMismatch, 0xC004F050: CodeKeyInvalid, 0xC004F010: CodeKeyInvalid, 0xC004E016: CodeKeyInvalid, 0xC004F015: CodeSKUNotInstalled,
		0xC004F210: CodeEditionMismatch, 0xC004F051: CodeKeyBlocked, 0xC004F07D: CodeKeyKind, 0xC004F033: CodeKeyNotAllowed, 0xC004F06A: CodeOperationNotAllowed,
		0xC004F061: CodeKeyUpgrade,
	} {
		info, _ := LookupHResult(hr)
		cases = append(cases, judged{name: "install failed with " + FormatHResult(hr), f: good(install(Action{HResult: hr})), status: Failed, lead: code, text: info.Symbol})
	}
	return cases
}

// Windows' own messages end in a full stop; ours stands behind them already.
func TestNoFullStopStandsTwice(t *testing.T) {
	v := Judge(good(gvlk, acted(Action{Name: "install", ErrorID: "x", Message: "Allgemeiner Fehler."})), Expectation{})
	for _, r := range v.Reasons {
		if strings.Contains(r.Summary+" "+r.Detail, "..") {
			t.Errorf("%s: %s. %s", r.Code, r.Summary, r.Detail)
		}
	}
	if !strings.Contains(v.Lead().Detail, "Allgemeiner Fehler.") {
		t.Errorf("%+v", v.Lead())
	}
}

func esuRow(f *Facts) {
	f.Products = append(f.Products, Product{ID: "zz", Name: "Windows(R), Server-ESU-Year1 add-on", Description: "Windows Operating System - Windows Server(R), VOLUME_MAK channel",
		ProductKeyChannel: "Volume:MAK", PartialProductKey: "QQQQQ", LicenseFamily: "Server-ESU-Year1", LicenseStatus: 1})
}
