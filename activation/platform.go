// SPDX-License-Identifier: MPL-2.0

package activation

import "strings"

// Platform is what a guest runs on, as far as its firmware tells. Firmware strings can be set by whoever runs the
// hypervisor: they explain, they prove nothing.
type Platform string

// The platforms that are told apart.
const (
	PlatformUnknown    Platform = "unknown"
	PlatformHyperV     Platform = "hyper-v"
	PlatformAzure      Platform = "azure"
	PlatformKVM        Platform = "kvm"
	PlatformVMware     Platform = "vmware"
	PlatformXen        Platform = "xen"
	PlatformVirtualBox Platform = "virtualbox"
	PlatformOther      Platform = "other"
	PlatformPhysical   Platform = "physical"
)

// azureAssetTag is the chassis asset tag of every Azure VM.
const azureAssetTag = "7783-7084-3265-9085-8269-3286-77"

// platformTokens are parts of firmware strings, in lower case, that only one platform has. The first-boot check has the
// same list, and a test compares them.
var platformTokens = [...]struct {
	token    string
	platform Platform
	title    string
}{
	{"vmware", PlatformVMware, ""},
	{"virtualbox", PlatformVirtualBox, ""}, {"innotek", PlatformVirtualBox, ""}, {"vbox", PlatformVirtualBox, ""},
	{"hvm domu", PlatformXen, ""}, {"citrix", PlatformXen, ""}, {"xcp-ng", PlatformXen, ""},
	{"nutanix", PlatformOther, "Nutanix AHV"}, {"google", PlatformOther, "Google Compute Engine"}, {"amazon", PlatformOther, "Amazon EC2"},
	{"parallels", PlatformOther, "Parallels"}, {"bhyve", PlatformOther, "bhyve"}, {"alibaba", PlatformOther, "Alibaba Cloud"},
	{"qemu", PlatformKVM, ""}, {"kvm", PlatformKVM, ""}, {"proxmox", PlatformKVM, ""}, {"ovirt", PlatformKVM, ""}, {"rhev", PlatformKVM, ""},
	{"openstack", PlatformKVM, ""}, {"bochs", PlatformKVM, ""}, {"seabios", PlatformKVM, ""}, {"kubevirt", PlatformKVM, ""}, {"red hat", PlatformKVM, ""},
}

// PlatformOf reads the platform from the firmware's strings. It gives the name of a hypervisor that is none of the
// listed ones beside PlatformOther, and "" else.
func PlatformOf(v Virtualization) (Platform, string) {
	maker, model := strings.ToLower(name(v.Manufacturer)), strings.ToLower(name(v.Model))
	text := strings.Join([]string{maker, model, strings.ToLower(name(v.BIOSVendor)), strings.ToLower(name(v.BIOSVersion))}, "\n")
	for _, h := range platformTokens {
		if strings.Contains(text, h.token) {
			return h.platform, h.title
		}
	}
	switch {
	case maker == "xen":
		return PlatformXen, ""
	case maker == "microsoft corporation" && model == "virtual machine":
		if name(v.AssetTag) == azureAssetTag {
			return PlatformAzure, ""
		}
		return PlatformHyperV, ""
	case maker != "" && !v.HypervisorPresent:
		return PlatformPhysical, ""
	}
	return PlatformUnknown, ""
}

// machine is how the machine calls itself.
func machine(v Virtualization) string {
	parts := []string{}
	for _, s := range []string{v.Manufacturer, v.Model, v.BIOSVersion} {
		if s = Clean(s, maxShown/3); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// isElsewhere says that the platform is known and is not Hyper-V.
func (p Platform) isElsewhere() bool { return p != PlatformHyperV && p != PlatformUnknown }

// platformFinding says what the platform means for activation.
func platformFinding(p Platform, title string, v Virtualization) (finding, bool) {
	args := []string{"machine", machine(v), "platform", title}
	switch p {
	case PlatformKVM:
		return found(CodeKVM, args...), true
	case PlatformVMware:
		return found(CodeVMware, args...), true
	case PlatformXen:
		return found(CodeXen, args...), true
	case PlatformVirtualBox:
		return found(CodeVirtualBox, args...), true
	case PlatformAzure:
		return found(CodeAzureVM, args...), true
	case PlatformOther:
		return found(CodeOtherHypervisor, args...), true
	case PlatformPhysical:
		return found(CodePhysical, args...), true
	case PlatformUnknown:
		if machine(v) != "" {
			return found(CodePlatformUnclear, args...), true
		}
	}
	return finding{}, false
}
