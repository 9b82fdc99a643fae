// SPDX-License-Identifier: MPL-2.0

package activation

import "testing"

// For each fact that the reference marks as inferred [I], a case in which the inference is wrong. The verdict is still
// right, or says that it cannot tell.
func inferredCases() []judged {
	cim := func(a Action) Facts { a.Name = "install"; return good(gvlk, acted(a)) }
	return []judged{
		// "12309: mapping of HRESULTs", "order of the insertion strings"
		{name: "inferred: 12309 without an HRESULT, waiting", f: good(waiting, events("HV-01", "something")), status: Pending, lead: CodePending, also: []string{CodeEventUnclear}},
		{name: "inferred: 12309 without an HRESULT, activated", f: good(events("HV-01")), status: Activated, lead: CodeActivated, also: []string{CodeEventUnclear}},
		{name: "inferred: 12309 without data", f: good(waiting, events()), status: Pending, lead: CodePending, also: []string{CodeEventUnclear}},
		{name: "inferred: 12309 with another HRESULT than the mapped ones", f: good(waiting, events("0x8ABCDEF0")), status: Pending, lead: CodePending, also: []string{CodeEventUnclear}},
		{name: "inferred: 12309 says success beside a failure", f: good(waiting, events("0x00000000", "hr=0xC004FD03")), status: Pending, lead: CodePending, also: []string{CodeEventDenied}},
		{name: "inferred: 12309 with its strings in another order", f: good(waiting, events("HV-01", "x", "hr=0xc004fd01")), status: Pending, lead: CodePending, also: []string{CodeEventHost}},
		{name: "inferred: 12309 with translated text", f: good(waiting, events("Ungültiger Host")), status: Pending, lead: CodePending, also: []string{CodeEventUnclear}},
		// "Qualifiers 16384", "Level is Information"
		{name: "inferred: Qualifiers differ", f: good(waiting, func(f *Facts) {
			f.Events = []Event{{ID: 12309, Qualifiers: 49152, Level: 2, Data: []string{"0xC004FD01"}}}
		}),
			status: Pending, lead: CodePending, also: []string{CodeEventHost}},
		{name: "inferred: no event at all", f: good(func(f *Facts) { f.Events = nil }), status: Activated, lead: CodeActivated},
		{name: "inferred: an event of another id", f: good(waiting, func(f *Facts) { f.Events = []Event{{ID: 8198, Data: []string{"0xC004FD01"}}} }), status: Pending, lead: CodePending, not: []string{CodeEventHost}},
		// "A failing method surfaces as a CimException whose FullyQualifiedErrorId begins HRESULT 0x"
		{name: "inferred: a CIM error without a code", f: cim(Action{ErrorID: "Failed,Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand", Message: "실패했습니다"}), status: Failed, lead: CodeActionNoCode},
		{name: "inferred: a CIM error with its code in HResult only", f: cim(Action{HResult: 0xC004F069, ErrorID: "InvokeCimMethodCommand"}), status: Failed, lead: CodeKeyMismatch},
		{name: "inferred: a CIM error whose code is .NET's own", f: cim(Action{HResult: 0x80131500, ErrorID: "InvokeCimMethodCommand"}), status: Failed, lead: CodeActionNumber, text: "0x80131500"},
		// "Licensed with an empty host name is a case of its own"
		{name: "inferred: an empty host name", f: good(traces("", "", "")), status: NoHost, lead: CodeNoHost},
		{name: "inferred: a host name other than PhysicalHostName", f: good(hostValue("PhysicalHostName", "elsewhere"), hostValue("PhysicalHostNameFullyQualified", "")), status: Activated, lead: CodeActivated, also: []string{CodeMoved}},
		// "Any other number is unknown, never not Datacenter"
		{name: "inferred: an unknown host SKU", f: good(waiting, hostValue("HostingSystemEditionId", "999")), status: Pending, lead: CodePending, also: []string{CodeHostUnknownSKU}},
		{name: "inferred: a host SKU that is no number", f: good(waiting, hostValue("HostingSystemEditionId", "Datacenter")), status: Pending, lead: CodePending, also: []string{CodeHostUnknownSKU}},
		{name: "inferred: a host of a later version", f: good(waiting, hostValue("HostingSystemOsMajor", "11")), status: Pending, lead: CodePending, not: []string{CodeHostTooOld}},
		// "0xC004F050 and its like: a key of a newer release"
		{name: "inferred: an invalid key is reported as another number", f: cim(Action{HResult: 0xC004F069}), status: Failed, lead: CodeKeyMismatch},
		{name: "inferred: a right key is called invalid once licensed", f: good(product(func(p *Product) { p.LicenseStatusReason = 0xC004F050 })), status: Activated, lead: CodeActivated, also: []string{CodeKeyInvalid}},
		// keys of 2004, 20H2 and 23H2
		{name: "inferred: the key of 23H2 is another one", f: good(waiting, sac(25398, "ABCDE")), status: Failed, lead: CodeUnknownAVMAKey, also: []string{CodeInferredKey}},
		{name: "inferred: the key of 23H2 is another one, and named", f: good(sac(25398, "ABCDE")), e: Expectation{PartialKey: "ABCDE"}, status: Activated, lead: CodeActivated, also: []string{CodeExpectsOtherKey}},
		// firmware strings
		{name: "firmware says KVM, Windows says activated", f: good(func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = "QEMU", "Standard PC" }),
			status: Failed, lead: CodeLicensedElsewhere},
		{name: "inferred: firmware was not read", f: good(waiting, func(f *Facts) { f.Virtualization = Virtualization{} }), status: Pending, lead: CodePending, not: []string{CodePhysical, CodePlatformUnclear}},
		// the activation device: "missing or disabled are causes"; Data Exchange: "a prerequisite, not the transport"
		{name: "inferred: activated without an activation device", f: good(device(0, 0)), status: Activated, lead: CodeActivated},
		{name: "inferred: activated with a broken activation device", f: good(device(1, 22)), status: Activated, lead: CodeActivated, also: []string{CodeDeviceBroken}},
		{name: "inferred: an activation device that works, on a host that does not activate", f: good(because(0xC004FD02), device(1, 0)), status: Failed, lead: CodeHostNotActivated},
		{name: "inferred: activated without Data Exchange", f: good(func(f *Facts) { f.DataExchange = DataExchange{} }), status: Activated, lead: CodeActivated, also: []string{CodeExchangeMissing}},
		{name: "inferred: a client host that activates", f: good(hostValue("HostingSystemEditionId", "48")), status: Activated, lead: CodeActivated, also: []string{CodeHostClient}},
		// what an activated row looks like: none is public
		{name: "inferred: a channel beside VT:IA that nobody knows", f: good(product(func(p *Product) { p.ProductKeyChannel = "VT:IA2" })), status: Unknown, lead: CodeChannelConflict},
		{name: "inferred: a digital PID of another form", f: good(traces("", "", "?")), status: Activated, lead: CodeActivatedUnnamed},
		{name: "inferred: a failing reason beside a licensed row", f: good(product(func(p *Product) { p.LicenseStatusReason = 0xC004F009 })), status: Activated, lead: CodeActivated},
		// which code a host that cannot gives, and that E028 passes
		{name: "inferred: a Standard host answers FD02", f: good(because(0xC004FD02), hostValue("HostingSystemEditionId", "7")), status: Failed, lead: CodeHostStandard},
		{name: "inferred: an older host answers FD01", f: good(because(0xC004FD01)), e: Expectation{HostRelease: "2016"}, status: Failed, lead: CodeHostTooOld},
		// GracePeriodRemaining of a licensed guest
		{name: "inferred: licensed without grace remaining", f: good(product(func(p *Product) { p.GraceMinutes = 0 })), status: Activated, lead: CodeActivated},
		{name: "inferred: no time of the last activation", f: good(product(func(p *Product) { p.LastActivationUTC = "" })), status: Activated, lead: CodeActivated},
		{name: "inferred: the product's family is not the EditionID", f: good(product(func(p *Product) { p.LicenseFamily = "ServerDatacenterCor" })), status: Activated, lead: CodeActivated},
	}
}

// "A clone differs from the build VM in VirtualMachineId and in InstallDate" is inferred: either may be equal.
func TestInferredCloneDiffers(t *testing.T) {
	template := Machine{VMID: "0F0C5A7E-54C0-4C1C-9C37-2A2E8B8F5E11", InstallDate: 100}
	for _, c := range []struct {
		name          string
		m             Machine
		cloned, known bool
	}{
		{"both differ", Machine{"AAAA", 200}, true, true},
		{"InstallDate equal", Machine{"AAAA", 100}, true, true},
		{"VirtualMachineId equal", Machine{"0f0c5a7e-54c0-4c1c-9c37-2a2e8b8f5e11", 200}, true, true},
		{"both equal: the template itself", template, false, true},
		{"Data Exchange silent, InstallDate differs", Machine{"", 200}, true, true},
		{"Data Exchange silent, InstallDate equal", Machine{"", 100}, false, true},
		{"InstallDate not read, VM id differs", Machine{"AAAA", 0}, true, true},
		{"nothing was read: cannot tell", Machine{}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if cloned, known := c.m.ClonedFrom(template); cloned != c.cloned || known != c.known {
				t.Errorf("%v, %v", cloned, known)
			}
		})
	}
	if m := MachineOf(good()); m.VMID != template.VMID || m.InstallDate == 0 {
		t.Errorf("%+v", m)
	}
}
