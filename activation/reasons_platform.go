// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about the virtualization platform, AVMA-41x and AVMA-42x.
const (
	CodeKVM               = "AVMA-411"
	CodeVMware            = "AVMA-412"
	CodeXen               = "AVMA-413"
	CodeVirtualBox        = "AVMA-414"
	CodeAzureVM           = "AVMA-415"
	CodeOtherHypervisor   = "AVMA-416"
	CodePhysical          = "AVMA-417"
	CodePlatformUnclear   = "AVMA-418"
	CodeInvalidPlatform   = "AVMA-419"
	CodePlatformOdd       = "AVMA-421"
	CodeStaleParameters   = "AVMA-422"
	CodeLicensedElsewhere = "AVMA-423"
)

func platformReasons() []Definition {
	const remedy = "Run the guest on an activated Windows Server Datacenter host with Hyper-V, or use a KMS key or MAK here. To build an image here and prove it later: verify = \"first_boot\"."
	hypervisor := func(code, name string) Definition {
		return Definition{Code: code, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The guest runs on " + name + ", not on Hyper-V",
			Detail:  "The machine calls itself {machine}. AVMA works on Hyper-V alone.", Remedy: remedy}
	}
	return []Definition{
		hypervisor(CodeKVM, "KVM or QEMU"),
		hypervisor(CodeVMware, "VMware"),
		hypervisor(CodeXen, "Xen"),
		hypervisor(CodeVirtualBox, "VirtualBox"),
		{Code: CodeAzureVM, Status: Failed, Severity: Error, HostSide: true,
			Summary: "The guest is an Azure VM",
			Detail:  "The machine carries Azure's asset tag. AVMA does not work in Azure; Azure activates its VMs by its own KMS.",
			Remedy:  "Keep the key that Azure's images come with. Use AVMA on your own Hyper-V hosts."},
		hypervisor(CodeOtherHypervisor, "{platform}"),
		{Code: CodePhysical, Status: Failed, Severity: Error, HostSide: true,
			Summary: "This is no virtual machine",
			Detail:  "No hypervisor is present; the machine calls itself {machine}. AVMA is for guests.",
			Remedy:  "Use a KMS key, MAK or retail key on a physical machine."},
		{Code: CodePlatformUnclear, Severity: Info,
			Summary: "What the guest runs on is not known",
			Detail:  "The machine calls itself {machine}. It does not look like a Hyper-V VM, nor like any other that is known."},
		{Code: CodeInvalidPlatform, Status: Failed, Severity: Error, HostSide: true,
			Summary:  "Windows finds no Hyper-V that can activate it",
			Detail:   "The guest does not run on a supported Microsoft Hyper-V (the machine calls itself {machine}).",
			Remedy:   remedy,
			HResults: []uint32{hrInvalidPlatform}},
		{Code: CodePlatformOdd, Severity: Warning,
			Summary: "Activated, though the machine does not look like Hyper-V",
			Detail:  "Windows shows an activation by a host (named: {host}), and the firmware says {machine}, which is neither Hyper-V nor another platform that is known. Windows' word counts.",
			Remedy:  "Check that the guest runs on the Hyper-V host that it should: the licence of an image that was moved elsewhere is not renewed."},
		{Code: CodeStaleParameters, Severity: Info,
			Summary: "Values of Data Exchange may be left over",
			Detail:  "The registry names {physical} as the host, but the machine does not look like Hyper-V, or Data Exchange does not run in the guest. The values may come from the host on which the image was built, and were not believed."},
		{Code: CodeLicensedElsewhere, Status: Failed, Severity: Error, HostSide: true,
			Summary: "Licensed with an AVMA key, but not on Hyper-V",
			Detail:  "Windows shows a licence with the AVMA key {key} (host: {host}), and the machine calls itself {machine}. AVMA works on Hyper-V alone: this is an image that was activated on Hyper-V and moved, so that nobody renews its licence, or the licence is forged.",
			Remedy:  remedy},
	}
}
