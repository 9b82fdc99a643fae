// SPDX-License-Identifier: MPL-2.0

package activation

import "time"

// now is the time in the tests.
var now = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// good is an activated Windows Server 2022 Datacenter on hv-01; the options change it.
func good(change ...func(*Facts)) Facts {
	f := Facts{
		Schema: 1, CollectedUTC: now.Format(time.RFC3339),
		OS: OS{Build: 20348, Revision: 2322, EditionID: "ServerDatacenter", InstallationType: "Server", ProductName: "Windows Server 2022 Datacenter",
			ProductType: 3, SKU: 8, InstallDate: now.Unix() - 3600, BootTimeUTC: "2026-03-02T09:50:00Z", UILanguage: "en-US", ComputerName: "WIN-BUILD"},
		Products: []Product{{ID: "ef6cfc9f-8c5d-44ac-9aad-de6a2ea0ae03", Name: "Windows(R), ServerDatacenter edition",
			Description: "Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel", LicenseStatus: 1, ProductKeyChannel: "VT:IA",
			PartialProductKey: "DV9BG", LicenseFamily: "ServerDatacenter", GraceMinutes: 10000, HostMachineName: "HV-01", LastActivationUTC: "2026-03-02T09:55:00Z"}},
		Service:        Service{Version: "10.0.20348.2322", State: "Running", StartMode: "Auto", RearmCount: 1000},
		Virtualization: Virtualization{HypervisorPresent: true, Manufacturer: "Microsoft Corporation", Model: "Virtual Machine", BIOSVersion: "Hyper-V UEFI Release v4.1", BIOSVendor: "Microsoft Corporation"},
		DataExchange: DataExchange{ServiceState: "Running", StartMode: "Manual", Parameters: map[string]string{
			"HostName": "HV-01.corp.example", "HostingSystemEditionId": "8", "HostingSystemNestedLevel": "0", "HostingSystemOsMajor": "10", "HostingSystemOsMinor": "0",
			"PhysicalHostName": "HV-01", "PhysicalHostNameFullyQualified": "HV-01.corp.example", "VirtualMachineId": "0F0C5A7E-54C0-4C1C-9C37-2A2E8B8F5E11", "VirtualMachineName": "build"}},
		Events:     []Event{{ID: 12309, TimeUTC: "2026-03-02T09:55:00Z", Level: 4, Qualifiers: 16384, Data: []string{"0x00000000", "HV-01"}}},
		PowerShell: PowerShell{Version: "5.1.20348.2322", LanguageMode: "FullLanguage", Edition: "Desktop", Query: "cim"},
		Setup:      Setup{ImageState: "IMAGE_STATE_COMPLETE"},
		Session:    Session{Elevated: true, UserSID: "S-1-5-21-1-2-3-500"},
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

// product changes the only product.
func product(change func(*Product)) func(*Facts) {
	return func(f *Facts) { change(&f.Products[0]) }
}

// waiting: the right key, not licensed yet, no cause named, no event.
func waiting(f *Facts) {
	p := &f.Products[0]
	p.LicenseStatus, p.HostMachineName, p.LastActivationUTC, p.GraceMinutes = 2, "", "", 14000
	f.Events = nil
}

// because gives a number as the cause of not being licensed.
func because(hr uint32) func(*Facts) {
	return func(f *Facts) { waiting(f); f.Products[0].LicenseStatusReason = hr }
}

// keyed gives another key.
func keyed(channel, description, partial string, status uint32) func(*Facts) {
	return func(f *Facts) {
		p := &f.Products[0]
		p.ProductKeyChannel, p.Description, p.PartialProductKey, p.LicenseStatus = channel, "Windows(R) Operating System, "+description+" channel", partial, status
		p.HostMachineName, p.LastActivationUTC = "", ""
		f.Events = nil
	}
}

// gvlk: as volume media leave it.
func gvlk(f *Facts) { keyed("Volume:GVLK", "VOLUME_KMSCLIENT", "6VM33", 2)(f) }

// noKeyHere: no product holds a key.
func noKeyHere(f *Facts) { f.Products, f.Events = nil, nil }

// quick: the facts of a script that polls a conversion or a restart.
func quick(f *Facts) {
	f.Products, f.Events, f.Service, f.Virtualization, f.DataExchange = nil, nil, Service{RearmCount: -1}, Virtualization{}, DataExchange{}
}

// evaluation makes it an evaluation edition.
func evaluation(edition string, sku int) func(*Facts) {
	return func(f *Facts) {
		keyed("Retail:TB:Eval", "TIMEBASED_EVAL", "37CYR", 1)(f)
		f.OS.EditionID, f.OS.SKU = edition, sku
		p := &f.Products[0]
		p.LicenseFamily, p.LicenseStatusReason, p.EvaluationEndUTC = edition, 0x4004FC04, "2026-08-29T00:00:00Z"
		f.Service.RearmCount = 5
	}
}

// on puts the guest on another platform, where no host writes anything.
func on(maker, model string) func(*Facts) {
	return func(f *Facts) {
		waiting(f)
		f.Virtualization = Virtualization{HypervisorPresent: true, Manufacturer: maker, Model: model}
		f.DataExchange = DataExchange{ServiceState: "Stopped", StartMode: "Manual"}
	}
}

// hostValue sets a value of Guest\Parameters.
func hostValue(key, value string) func(*Facts) {
	return func(f *Facts) { f.DataExchange.Parameters[key] = value }
}

// acted puts an action of a script into the facts.
func acted(a Action) func(*Facts) {
	return func(f *Facts) { f.Action = &a }
}

// all applies several changes.
func all(change ...func(*Facts)) func(*Facts) {
	return func(f *Facts) {
		for _, c := range change {
			c(f)
		}
	}
}
