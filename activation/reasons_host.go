// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about the host, AVMA-3xx.
const (
	CodeNoHost           = "AVMA-301"
	CodeUnexpectedHost   = "AVMA-302"
	CodeHostStandard     = "AVMA-303"
	CodeHostEvaluation   = "AVMA-304"
	CodeHostHyperVServer = "AVMA-305"
	CodeHostUnknownSKU   = "AVMA-306"
	CodeHostNotActivated = "AVMA-307"
	CodeHostCannot       = "AVMA-308"
	CodeHostTooOld       = "AVMA-309"
	CodeUndocumented     = "AVMA-311"
	CodeHostAzureLocal   = "AVMA-312"
	CodeHostConflict     = "AVMA-313"
	CodeHostNested       = "AVMA-314"
	CodeHostAzureEdition = "AVMA-315"
	CodeHostNotNamed     = "AVMA-316"
	CodeHostClient       = "AVMA-317"
	CodeHostAzure        = "AVMA-318"
)

func hostReasons() []Definition {
	const datacenter = "Run the VM on a host with Windows Server Datacenter, activated, or use a key of another channel (KMS, MAK)."
	const claims = "Data Exchange says that the host's edition is {sku} ({edition}). "
	return []Definition{
		{Code: CodeNoHost, Status: NoHost, Severity: Error, HostSide: true,
			Summary: "Licensed, but no trace of a host that activated it",
			Detail:  "{guest} is licensed with its AVMA key ({key}), yet Windows gives neither a host's name nor the time of an activation nor a host's digital PID, so the activation is not proven.",
			Remedy:  "Wait and look again; look for event 12309 in the guest and 12310 on the host. If it stays so, find out where the image got this licence."},
		{Code: CodeUnexpectedHost, Status: Failed, Severity: Error,
			Summary: "Activated by {host}, which is not among the expected hosts",
			Detail:  "Expected: {hosts}. Names are compared without regard to case, as a full name or by their first label; a name of 15 characters may be cut, as NetBIOS names are.",
			Remedy:  "Run the VM on an expected host, or correct expected_hosts."},
		{Code: CodeHostStandard, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The host is not Datacenter but Standard",
			Detail:  claims + "Only Windows Server Datacenter activates its guests.", Remedy: datacenter},
		{Code: CodeHostEvaluation, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The host runs an evaluation edition",
			Detail:  claims + "Only a licensed Windows Server Datacenter activates its guests.", Remedy: "Convert the host to Datacenter and activate it. " + datacenter + handOver},
		{Code: CodeHostHyperVServer, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The host runs Hyper-V Server",
			Detail:  claims + "The free Hyper-V Server does not activate guests.", Remedy: datacenter},
		{Code: CodeHostUnknownSKU, Severity: Info,
			Summary: "The host's edition is not known ({sku})",
			Detail:  "Data Exchange gives {sku} as the host's edition; the table does not know it. That says neither that it is Datacenter nor that it is not."},
		{Code: CodeHostNotActivated, Status: Failed, Severity: Error, HostSide: true,
			Summary:  "The Hyper-V host is not activated",
			Detail:   "The host ({physical}) runs Windows that is not activated itself. Azure VMs report the same: AVMA does not work there.",
			Remedy:   "Activate Windows Server Datacenter on the host, on every node of a cluster, then wait or restart the VM." + handOver,
			HResults: []uint32{hrParentNotActive}},
		{Code: CodeHostCannot, Status: Failed, Severity: Error, HostSide: true,
			Summary:  "The host cannot activate this edition or release",
			Detail:   "The host ({physical}) refused {guest}: a host activates guests of its own release and older, and only as Datacenter. From inside a guest the release of a host newer than 2012 R2 cannot be told.",
			Remedy:   "Use a host whose release is not older than the guest's (\"avma matrix\"), and the key of the guest's own release and edition.",
			HResults: []uint32{hrIDMismatch}},
		{Code: CodeHostTooOld, Status: Failed, Severity: Error, HostSide: true,
			Summary: "A {hostrelease} host does not activate {guest}",
			Detail:  "{why}",
			Remedy:  "Use a host whose release is not older than the guest's (\"avma matrix\")."},
		{Code: CodeUndocumented, Severity: Info,
			Summary: "Not documented: {guest} on this kind of host",
			Detail:  "{why} That does not make it wrong; Windows decides.",
			Remedy:  "If it does not activate, use Datacenter on this host, or run the guest on Azure Local."},
		{Code: CodeHostAzureLocal, Severity: Info,
			Summary: "The host is Azure Local",
			Detail:  claims + "It activates guests with a Windows Server subscription, or with a Datacenter key set on each node (Set-VMAutomaticActivation); the guest still needs its AVMA key.",
			Remedy:  "If it does not activate, check the subscription, or Get-VMAutomaticActivation on each node." + handOver},
		{Code: CodeHostConflict, Severity: Warning,
			Summary: "The host's release contradicts Data Exchange",
			Detail:  "The host is said to be {hostrelease}, but Data Exchange gives version {version}.",
			Remedy:  "Check which host the VM runs on. Values of Data Exchange may be left over from the image."},
		{Code: CodeHostNested, Severity: Info,
			Summary: "The host is a virtual machine itself (level {level})",
			Detail:  "The Hyper-V host runs nested. It must be Datacenter and activated like any other."},
		{Code: CodeHostAzureEdition, Severity: Info,
			Summary: "The host runs Datacenter: Azure Edition ({sku})",
			Detail:  "Whether Azure Edition activates guests is not documented; Windows decides."},
		{Code: CodeHostNotNamed, Status: Failed, Severity: Error,
			Summary: "Activated, but Windows does not name the host, so it cannot be compared",
			Detail:  "Expected: {hosts}. Windows shows that a host activated {guest}, without its name. Data Exchange names {physical} as the host it runs on, which is no proof of who activated it.",
			Remedy:  "Look again. If it stays so, look for event 12310 on the expected hosts, or leave expected_hosts out."},
		{Code: CodeHostClient, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The host runs a client Windows",
			Detail:  claims + "Hyper-V of Windows 10 and 11 does not activate guests.",
			Remedy:  datacenter + " To build an image here and prove it later: verify = \"first_boot\"."},
		{Code: CodeHostAzure, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The host is one of Azure's",
			Detail:  claims + "AVMA does not work in Azure; Azure activates its VMs by its own KMS.",
			Remedy:  "Keep the key that Azure's images come with. To build an image here and prove it on your own hosts: verify = \"first_boot\"."},
	}
}
