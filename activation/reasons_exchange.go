// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about Data Exchange, AVMA-40x.
const (
	CodeExchangeMissing    = "AVMA-401"
	CodeExchangeDisabled   = "AVMA-402"
	CodeExchangeStopped    = "AVMA-403"
	CodeExchangeNoHost     = "AVMA-404"
	CodeExchangeIncomplete = "AVMA-405"
	CodeNotBound           = "AVMA-406"
	CodeDeviceMissing      = "AVMA-407"
	CodeDeviceBroken       = "AVMA-408"
	CodeDeviceWorks        = "AVMA-409"
)

// handOver is for a tenant, who has no access to the host.
const handOver = " If somebody else runs the host, give them this code and the VM's name ({vm})."

func exchangeReasons() []Definition {
	const enable = "On the host: Get-VMIntegrationService -VMName <vm>, and Enable-VMIntegrationService for \"Key-Value Pair Exchange\" (id 2A34B1C2-FD73-4043-8A5B-DD2159BC743F)." + handOver
	return []Definition{
		{Code: CodeExchangeMissing, Status: Failed, Severity: Error,
			Summary: "The Data Exchange service is missing in the guest",
			Detail:  "The service vmickvpexchange is not there. Windows Server ships it; a script that removes services may have taken it away. AVMA is documented to need it, in the template and in each clone.",
			Remedy:  "Install from unchanged media, or restore the service; leave the Hyper-V services (vmic...) to Windows."},
		{Code: CodeExchangeDisabled, Status: Failed, Severity: Error,
			Summary: "The Data Exchange service is disabled in the guest",
			Detail:  "The service vmickvpexchange has the start mode {mode}. AVMA is documented to need it, in the template and in each clone.",
			Remedy:  "In the guest: Set-Service vmickvpexchange -StartupType Manual; Start-Service vmickvpexchange. Then find the script that disabled it."},
		{Code: CodeExchangeStopped, Status: Pending, Severity: Warning, HostSide: true,
			Summary: "The Data Exchange service is not running",
			Detail:  "The service vmickvpexchange is {state}. Windows starts it when the host offers Data Exchange: it is probably turned off for this VM.",
			Remedy:  enable},
		{Code: CodeExchangeNoHost, Status: Pending, Severity: Warning, HostSide: true,
			Summary: "The host has written nothing through Data Exchange",
			Detail:  "HKLM\\SOFTWARE\\Microsoft\\Virtual Machine\\Guest\\Parameters is empty: Data Exchange is off for this VM, has only just started, or this is not Hyper-V.",
			Remedy:  enable},
		{Code: CodeExchangeIncomplete, Severity: Info,
			Summary: "Data Exchange does not name the host",
			Detail:  "{n} values came from the host, none of them names it (PhysicalHostName)."},
		{Code: CodeNotBound, Status: Pending, Severity: Warning, HostSide: true,
			Summary:  "The guest is not bound to a host yet",
			Detail:   "Windows found no host that answers for it.",
			Remedy:   "Wait a few minutes. If it stays so: " + enable,
			HResults: []uint32{hrNotBound}},
		{Code: CodeDeviceMissing, Status: Pending, Severity: Warning, HostSide: true,
			Summary: "The guest has no activation device",
			Detail:  "The device \"Microsoft Hyper-V Activation Component\", over which a host activates its guest, is not there: this host does not offer AVMA, or not yet.",
			Remedy:  "Check that the host runs Windows Server Datacenter with Hyper-V, activated, and that its Software Protection service (sppsvc) can run." + handOver},
		{Code: CodeDeviceBroken, Status: Failed, Severity: Error,
			Summary: "The guest's activation device does not work (code {n})",
			Detail:  "The device \"Microsoft Hyper-V Activation Component\", over which a host activates its guest, is there, and Windows gives it the problem code {n} (22: somebody disabled it).",
			Remedy:  "Enable it in Device Manager under System devices (Enable-PnpDevice), and find the script that disabled it."},
		{Code: CodeDeviceWorks, Severity: Info,
			Summary: "The host offers AVMA",
			Detail:  "The guest's activation device is there and works, so a host listens on the other side."},
	}
}
