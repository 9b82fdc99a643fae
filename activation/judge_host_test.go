// SPDX-License-Identifier: MPL-2.0

package activation

func hostCases() []judged {
	sku := func(n string) func(*Facts) { return hostValue("HostingSystemEditionId", n) }
	version := func(major, minor string) func(*Facts) {
		return all(hostValue("HostingSystemOsMajor", major), hostValue("HostingSystemOsMinor", minor))
	}
	cases := []judged{
		{name: "licensed without a trace of a host", f: good(traces("", "", "")), status: NoHost, lead: CodeNoHost},
		{name: "licensed by a host of blanks, at no time", f: good(traces(" \x00\u202e\x1b[0m ", "", " \x00")), status: NoHost, lead: CodeNoHost},
		{name: "activated, only the name shows", f: good(traces("HV-01", "", "")), status: Activated, lead: CodeActivated, not: []string{CodeActivatedUnnamed}},
		{name: "activated, only the time shows", f: good(traces("", "2026-03-02T09:55:00Z", "")), status: Activated, lead: CodeActivatedUnnamed, not: []string{CodeMoved, CodeEventUnlicensed}, text: "HV-01"},
		{name: "activated, only the digital PID shows", f: good(traces("", "", "00000-00000")), status: Activated, lead: CodeActivatedUnnamed},
		{name: "activated by a host of blanks, at a time", f: good(traces(" \x00 ", "2026-03-02T09:55:00Z", "")), status: Activated, lead: CodeActivatedUnnamed},
		{name: "licensed, the time is unset", f: good(traces("", "1601-01-01T00:00:00Z", "")), status: NoHost, lead: CodeNoHost},
		{name: "licensed, the time is unset and east of Greenwich", f: good(traces("", "1601-01-01T09:00:00+09:00", "")), status: NoHost, lead: CodeNoHost},
		{name: "licensed, the time is unset and west of Greenwich", f: good(traces("", "1600-12-31T16:00:00-08:00", "")), status: NoHost, lead: CodeNoHost},
		{name: "licensed, the time is the last of 1601", f: good(traces("", "1601-12-31T23:59:59Z", "")), status: NoHost, lead: CodeNoHost},
		{name: "activated, the time is the first of 1602", f: good(traces("", "1602-01-01T00:00:00Z", "")), status: Activated, lead: CodeActivatedUnnamed},
		{name: "licensed, the time is no time", f: good(traces("", "soon", "")), status: NoHost, lead: CodeNoHost},
		{name: "a host is expected, and none is named", f: good(traces("", "2026-03-02T09:55:00Z", "")), e: Expectation{Hosts: []string{"hv-01"}}, status: Failed, lead: CodeHostNotNamed, text: "hv-01"},
		{name: "no host in particular is expected, and none is named", f: good(traces("", "2026-03-02T09:55:00Z", "")), e: Expectation{Hosts: []string{" "}}, status: Activated, lead: CodeActivatedUnnamed},
		{name: "expected host, other case", f: good(), e: Expectation{Hosts: []string{"hv-02", "hv-01"}}, status: Activated, lead: CodeActivated},
		{name: "expected host in full, short name given", f: good(), e: Expectation{Hosts: []string{"hv-01.corp.example"}}, status: Activated, lead: CodeActivated},
		{name: "another host than expected", f: good(), e: Expectation{Hosts: []string{"hv-02", "hv-03"}}, status: Failed, lead: CodeUnexpectedHost, text: "hv-02, hv-03"},
		{name: "same first label, another domain", f: good(product(func(p *Product) { p.HostMachineName = "hv-01.other.example" })), e: Expectation{Hosts: []string{"hv-01.corp.example"}},
			status: Failed, lead: CodeUnexpectedHost},
		{name: "no host in particular", f: good(), e: Expectation{Hosts: []string{" "}}, status: Activated, lead: CodeActivated},
		{name: "expected hosts do not hide a missing one", f: good(traces("", "", "")), e: Expectation{Hosts: []string{"hv-01"}}, status: NoHost, lead: CodeNoHost},
		{name: "Azure Local host", f: good(waiting, sku("406")), status: Pending, lead: CodePending, also: []string{CodeHostAzureLocal}},
		{name: "Azure Edition host", f: good(waiting, sku("407")), status: Pending, lead: CodePending, also: []string{CodeHostAzureEdition}},
		{name: "host not activated", f: good(because(0xC004FD02)), status: Failed, lead: CodeHostNotActivated, text: "SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED"},
		{name: "host refuses", f: good(because(0xC004FD03)), status: Failed, lead: CodeHostCannot, text: "SL_E_IA_ID_MISMATCH"},
		{name: "host is 2012 R2 by its version", f: good(waiting, version("6", "3")), status: Failed, lead: CodeHostTooOld, text: "2012 R2"},
		{name: "host is 2012 R2 by its version, guest too", f: good(waiting, version("6", "3"), r2012), status: Pending, lead: CodePending, not: []string{CodeHostTooOld}},
		{name: "host is 2012, which activates nobody", f: good(waiting, version("6", "2"), r2012), status: Failed, lead: CodeHostTooOld},
		{name: "host is older than the guest, as the caller knows", f: good(waiting), e: Expectation{HostRelease: "2019"}, status: Failed, lead: CodeHostTooOld},
		{name: "host is newer than the guest, as the caller knows", f: good(waiting), e: Expectation{HostRelease: "2025"}, status: Pending, lead: CodePending, not: []string{CodeHostTooOld}},
		{name: "host is 10.0, which may be any", f: good(waiting, version("10", "0")), status: Pending, lead: CodePending, not: []string{CodeHostTooOld, CodeHostConflict}},
		{name: "host is said to be older than it says", f: good(waiting, r2012), e: Expectation{HostRelease: "2012 R2"}, status: Pending, lead: CodePending, also: []string{CodeHostConflict}},
		{name: "host is said to be newer than it says", f: good(waiting, version("6", "3"), r2012), e: Expectation{HostRelease: "2022"}, status: Pending, lead: CodePending,
			also: []string{CodeHostConflict}},
		{name: "a host that nobody knows", f: good(waiting), e: Expectation{HostRelease: "2031"}, status: Pending, lead: CodePending, also: []string{CodeUnknownHostRelease}},
		{name: "an older host, and yet activated", f: good(), e: Expectation{HostRelease: "2019"}, status: Activated, lead: CodeActivated, also: []string{CodeHostTooOld}},
		{name: "Azure Edition on Datacenter: undocumented, not wrong", f: good(waiting, azureEdition), status: Pending, lead: CodePending, also: []string{CodeUndocumented}},
		{name: "Azure Edition on a known Datacenter host: undocumented, not wrong", f: good(waiting, azureEdition), e: Expectation{HostRelease: "2022"}, status: Pending, lead: CodePending,
			also: []string{CodeUndocumented}, not: []string{CodeHostTooOld}},
		{name: "Azure Edition on Datacenter, activated", f: good(azureEdition), status: Activated, lead: CodeActivated, also: []string{CodeUndocumented}},
		{name: "Azure Edition on Azure Local", f: good(azureEdition, sku("406")), status: Activated, lead: CodeActivated, not: []string{CodeUndocumented}},
		{name: "nested host", f: good(hostValue("HostingSystemNestedLevel", "1")), status: Activated, lead: CodeActivated, also: []string{CodeHostNested}},
		{name: "a Standard host, and yet activated", f: good(sku("7")), status: Activated, lead: CodeActivated, also: []string{CodeHostStandard}},
	}
	for _, n := range []string{"7", "13", "146", "148"} {
		cases = append(cases, judged{name: "Standard host " + n, f: good(waiting, sku(n)), status: Failed, lead: CodeHostStandard, text: n})
	}
	for _, n := range []string{"79", "80", "159", "160"} {
		cases = append(cases, judged{name: "evaluation host " + n, f: good(waiting, sku(n)), status: Failed, lead: CodeHostEvaluation, text: n})
	}
	cases = append(cases, judged{name: "Hyper-V Server", f: good(waiting, sku("42")), status: Failed, lead: CodeHostHyperVServer})
	for _, n := range []string{"8", "12", "145", "147"} {
		cases = append(cases, judged{name: "Datacenter host " + n, f: good(waiting, sku(n)), status: Pending, lead: CodePending, not: []string{CodeHostUnknownSKU}})
	}
	return cases
}

// traces sets what an activation leaves in the guest.
func traces(host, at, pid string) func(*Facts) {
	return product(func(p *Product) { p.HostMachineName, p.LastActivationUTC, p.HostDigitalPid2 = host, at, pid })
}

func r2012(f *Facts) {
	f.OS.Build, f.Products[0].PartialProductKey = 9600, "DV4TW"
	f.PowerShell.Version = "4.0"
}

func azureEdition(f *Facts) {
	f.OS.EditionID, f.OS.SKU = "ServerTurbine", 407
	f.Products[0].PartialProductKey, f.Products[0].LicenseFamily = "VMK3J", "ServerTurbine"
}

func exchangeCases() []judged {
	x := func(state, mode string, params bool) func(*Facts) {
		return func(f *Facts) {
			f.DataExchange.ServiceState, f.DataExchange.StartMode = state, mode
			if !params {
				f.DataExchange.Parameters = nil
			}
		}
	}
	return []judged{
		{name: "Data Exchange missing", f: good(waiting, x("", "", false)), status: Failed, lead: CodeExchangeMissing},
		{name: "Data Exchange missing, and yet activated", f: good(x("", "", false)), status: Activated, lead: CodeActivated, also: []string{CodeExchangeMissing}},
		{name: "Data Exchange disabled", f: good(waiting, x("Stopped", "Disabled", false)), status: Failed, lead: CodeExchangeDisabled},
		{name: "Data Exchange stopped, and values of a Standard host left over", f: good(waiting, x("Stopped", "Manual", true), hostValue("HostingSystemEditionId", "7")), status: Pending, lead: CodeExchangeStopped,
			also: []string{CodeStaleParameters}, not: []string{CodeHostStandard}},
		{name: "Data Exchange disabled, and values of an old host left over", f: good(waiting, x("Stopped", "Disabled", true), hostValue("HostingSystemOsMajor", "6"), hostValue("HostingSystemOsMinor", "3")),
			status: Failed, lead: CodeExchangeDisabled, also: []string{CodeStaleParameters}, not: []string{CodeHostTooOld}},
		{name: "Data Exchange missing, and values of a Standard host left over", f: good(waiting, x("", "", true), hostValue("HostingSystemEditionId", "7")), status: Failed, lead: CodeExchangeMissing, not: []string{CodeHostStandard}},
		{name: "Data Exchange stopped", f: good(waiting, x("Stopped", "Manual", false)), status: Pending, lead: CodeExchangeStopped, also: []string{CodeExchangeNoHost}},
		{name: "Data Exchange paused", f: good(waiting, x("Paused", "Manual", true)), status: Pending, lead: CodeExchangeStopped, text: "Paused"},
		{name: "the host wrote nothing", f: good(waiting, x("Running", "Manual", false)), status: Pending, lead: CodeExchangeNoHost},
		{name: "the host wrote no name", f: good(waiting, func(f *Facts) { f.DataExchange.Parameters = map[string]string{"VirtualMachineName": "x"} }),
			status: Pending, lead: CodePending, also: []string{CodeExchangeIncomplete}},
		{name: "Data Exchange disabled, and Windows' answer beside it", f: good(because(0xC004FD01), x("Stopped", "Disabled", false)), status: Failed, lead: CodeExchangeDisabled, also: []string{CodeInvalidPlatform}},
		{name: "the activation device works", f: good(waiting, device(1, 0)), status: Pending, lead: CodePending, also: []string{CodeDeviceWorks}},
		{name: "two activation devices work", f: good(waiting, device(2, 0)), status: Pending, lead: CodePending, also: []string{CodeDeviceWorks}},
		{name: "no activation device", f: good(waiting, device(0, 0)), status: Pending, lead: CodeDeviceMissing, not: []string{CodeDeviceWorks}},
		{name: "no activation device, and Windows finds no Hyper-V", f: good(because(0xC004FD01), device(0, 0)), status: Failed, lead: CodeInvalidPlatform, also: []string{CodeDeviceMissing}},
		{name: "activation device disabled", f: good(because(0xC004FD01), device(1, 22)), status: Failed, lead: CodeDeviceBroken, also: []string{CodeInvalidPlatform}, text: "22"},
		{name: "activation device not asked for, as in earlier facts", f: good(waiting), status: Pending, lead: CodePending, not: []string{CodeDeviceMissing, CodeDeviceWorks}},
		{name: "activated without an activation device", f: good(device(0, 0)), status: Activated, lead: CodeActivated, also: []string{CodeDeviceMissing}},
		{name: "no activation device on KVM, naturally", f: good(on("QEMU", "x"), device(0, 0)), status: Failed, lead: CodeKVM, not: []string{CodeDeviceMissing}},
		{name: "a machine that nobody knows has the device: it is Hyper-V", f: good(func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = "Contoso", "Server" }, device(1, 0)),
			status: Activated, lead: CodeActivated, not: []string{CodePlatformOdd, CodePlatformUnclear}},
		{name: "client host", f: good(waiting, hostValue("HostingSystemEditionId", "48")), status: Failed, lead: CodeHostClient},
		{name: "client host, and Windows finds no Hyper-V", f: good(because(0xC004FD01), hostValue("HostingSystemEditionId", "101")), status: Failed, lead: CodeHostClient, not: []string{CodeInvalidPlatform}},
		{name: "client host, left to the first boot", f: good(waiting, hostValue("HostingSystemEditionId", "48")), e: Expectation{Defer: true}, status: Deferred, lead: CodeDeferred},
		{name: "Azure host", f: good(because(0xC004FD01), hostValue("HostingSystemEditionId", "168")), status: Failed, lead: CodeHostAzure, not: []string{CodeInvalidPlatform}},
		{name: "event says that the host is not activated", f: good(waiting, events("0xC004FD02")), status: Pending, lead: CodePending, also: []string{CodeEventHostNotActivated}, not: []string{CodeEventUnclear}},
		{name: "event says success in a short number", f: good(events("0x0", "HV-01")), status: Activated, lead: CodeActivated, also: []string{CodeEventSuccess}},
		{name: "event says success in a short number with its name", f: good(events("hr=0x0")), status: Activated, lead: CodeActivated, also: []string{CodeEventSuccess}},
		{name: "event holds another short number", f: good(events("0x5")), status: Activated, lead: CodeActivated, also: []string{CodeEventUnclear}},
		{name: "not bound", f: good(because(0xC004FD04)), status: Pending, lead: CodeNotBound, text: "SL_E_IA_MACHINE_NOT_BOUND"},
		{name: "Data Exchange not read", f: good(waiting, x("", "", false), unreadable("services", 0x80041003), unreadable("data_exchange", 0)), status: Pending, lead: CodePending,
			also: []string{CodeAreaUnread}, not: []string{CodeExchangeMissing, CodeExchangeNoHost}},
	}
}

// device is what was found of the activation device.
func device(count, code int) func(*Facts) {
	return func(f *Facts) { f.Virtualization.ActivationDevice = &Device{Count: count, ErrorCode: code} }
}

func unreadable(area string, hr uint32) func(*Facts) {
	return func(f *Facts) {
		f.Errors = append(f.Errors, LookError{Area: area, HResult: hr, ID: "x", Message: "Zugriff verweigert"})
	}
}

func platformCases() []judged {
	at := func(maker, model string) func(*Facts) {
		return func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = maker, model }
	}
	cases := []judged{
		{name: "licensed in Azure", f: good(func(f *Facts) { f.Virtualization.AssetTag = azureAssetTag }), status: Failed, lead: CodeLicensedElsewhere},
		{name: "licensed on a physical machine", f: good(at("Dell Inc.", "PowerEdge R760"), func(f *Facts) { f.Virtualization.HypervisorPresent = false }), status: Failed, lead: CodeLicensedElsewhere},
		{name: "licensed on KVM, no trace of a host", f: good(at("QEMU", "x"), traces("", "", "")), status: Failed, lead: CodeLicensedElsewhere},
		{name: "Azure VM", f: good(waiting, func(f *Facts) { f.Virtualization.AssetTag = azureAssetTag }), status: Failed, lead: CodeAzureVM},
		{name: "Azure Local with Azure's asset tag", f: good(waiting, hostValue("HostingSystemEditionId", "406"), func(f *Facts) { f.Virtualization.AssetTag = azureAssetTag }),
			status: Pending, lead: CodePending},
		{name: "no virtual machine", f: good(on("Dell Inc.", "PowerEdge R760"), func(f *Facts) { f.Virtualization.HypervisorPresent = false }), status: Failed, lead: CodePhysical},
		{name: "firmware half read", f: good(on("Dell Inc.", ""), unreadable("virtualization", 0), func(f *Facts) { f.Virtualization.HypervisorPresent = false }),
			status: Pending, lead: CodeExchangeStopped, also: []string{CodePlatformUnclear}},
		{name: "a hypervisor that nobody knows", f: good(on("ACME", "Hyper 9000")), status: Pending, lead: CodeExchangeStopped, also: []string{CodePlatformUnclear}, not: []string{CodePhysical}},
		{name: "Windows finds no Hyper-V", f: good(because(0xC004FD01)), status: Failed, lead: CodeInvalidPlatform},
		{name: "KVM with a key of another kind", f: good(on("QEMU", "x"), gvlk), status: NotAVMA, lead: CodeGVLK, also: []string{CodeKVM}},
		{name: "KVM with values left over from Hyper-V", f: good(waiting, func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = "QEMU", "x" }),
			status: Failed, lead: CodeKVM, also: []string{CodeStaleParameters}},
		{name: "KVM whose firmware claims to be Hyper-V's", f: good(waiting, func(f *Facts) { f.Virtualization.BIOSVendor = "SeaBIOS" }), status: Failed, lead: CodeKVM},
		{name: "licensed on an unknown platform without Data Exchange", f: good(func(f *Facts) { f.Virtualization = Virtualization{}; f.DataExchange.Parameters = nil }),
			status: Activated, lead: CodeActivated, also: []string{CodePlatformOdd}},
		{name: "firmware strings that somebody changed, and yet activated", f: good(func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = "Contoso", "Server" }),
			status: Activated, lead: CodeActivated, also: []string{CodePlatformOdd}},
	}
	for _, m := range []struct{ maker, model, code string }{
		{"QEMU", "Standard PC (i440FX + PIIX, 1996)", CodeKVM}, {"Red Hat", "KVM", CodeKVM}, {"oVirt", "oVirt Node", CodeKVM}, {"VMware, Inc.", "VMware7,1", CodeVMware},
		{"VMware, Inc.", "VMware Virtual Platform", CodeVMware}, {"Xen", "HVM domU", CodeXen}, {"innotek GmbH", "VirtualBox", CodeVirtualBox}, {"Nutanix", "AHV", CodeOtherHypervisor},
		{"Amazon EC2", "m5.large", CodeOtherHypervisor}, {"Google", "Google Compute Engine", CodeOtherHypervisor}, {"Parallels International GmbH.", "Parallels ARM Virtual Machine", CodeOtherHypervisor},
	} {
		cases = append(cases, judged{name: "on " + m.maker + " " + m.model, f: good(on(m.maker, m.model)), status: Failed, lead: m.code, text: m.maker},
			judged{name: "licensed on " + m.maker + " " + m.model, f: good(at(m.maker, m.model)), status: Failed, lead: CodeLicensedElsewhere, not: []string{CodeActivated, CodePlatformOdd}, text: m.maker},
			judged{name: "deferred, licensed on " + m.maker + " " + m.model, f: good(at(m.maker, m.model)), e: Expectation{Defer: true}, status: Deferred, lead: CodeDeferred})
	}
	return cases
}
