// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"fmt"
	"strconv"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// Host is what Data Exchange says of the host under Guest\Parameters. Nothing in it is proof: the values are not
// secured, and may be left over from the machine on which the image was built.
type Host struct {
	Name     string            // PhysicalHostName; HostName where that is missing
	FullName string            // PhysicalHostNameFullyQualified
	SKU      string            // HostingSystemEditionId as it was written, a decimal number
	Class    catalog.HostClass // what that number means; unknown for any number that is not in the table
	OSMajor  int               // HostingSystemOsMajor; 0: not given
	OSMinor  int
	Nested   int    // HostingSystemNestedLevel; 0: the host is no virtual machine
	VMID     string // VirtualMachineId: upper-case GUID without braces
	VMName   string // VirtualMachineName, as the host calls this guest
	Values   int    // how many values the host wrote
}

// ParseHost reads the values of Guest\Parameters. Numbers that are none are as if they were missing.
func ParseHost(params map[string]string) Host {
	get := func(key string) string { return name(params[key]) }
	h := Host{
		Name: get("PhysicalHostName"), FullName: get("PhysicalHostNameFullyQualified"), SKU: get("HostingSystemEditionId"),
		OSMajor: number(get("HostingSystemOsMajor")), OSMinor: number(get("HostingSystemOsMinor")), Nested: number(get("HostingSystemNestedLevel")),
		VMID: get("VirtualMachineId"), VMName: get("VirtualMachineName"), Values: len(params),
	}
	if h.Name == "" {
		h.Name = get("HostName")
	}
	if h.Name == "" {
		h.Name = h.FullName
	}
	h.Class = catalog.ClassifyHost(h.SKU)
	return h
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Release is the host's release where the version tells it, "" where it does not: every release from 2016 on calls
// itself 10.0.
func (h Host) Release() string {
	name, _ := catalog.Default().KernelRelease(fmt.Sprintf("%d.%d", h.OSMajor, h.OSMinor))
	return name
}

// Version is the host's version as Data Exchange gives it, "" when it gives none.
func (h Host) Version() string {
	if h.OSMajor == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d", h.OSMajor, h.OSMinor)
}

// skuFinding says what the host's edition means for activation.
func (h Host) skuFinding() (finding, bool) {
	edition := string(h.Class)
	if n, err := strconv.Atoi(h.SKU); err == nil {
		if id, ok := catalog.EditionOfSKU(n); ok {
			edition = id.ID
		}
	}
	args := []string{"sku", h.SKU, "edition", edition, "vm", or(h.VMName, or(h.VMID, "as the host calls it"))}
	switch h.Class {
	case catalog.HostStandard:
		return found(CodeHostStandard, args...), true
	case catalog.HostEvaluation:
		return found(CodeHostEvaluation, args...), true
	case catalog.HostHyperVServer:
		return found(CodeHostHyperVServer, args...), true
	case catalog.HostClient:
		return found(CodeHostClient, args...), true
	case catalog.HostAzure:
		return found(CodeHostAzure, args...), true
	case catalog.HostHCI:
		return found(CodeHostAzureLocal, args...), true
	case catalog.HostAzureEdition:
		return found(CodeHostAzureEdition, args...), true
	case catalog.HostDatacenter:
		return finding{}, false
	}
	if h.SKU == "" {
		return finding{}, false
	}
	return found(CodeHostUnknownSKU, args...), true
}
