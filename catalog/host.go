// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strconv"
	"strings"
)

// HostClass is what a guest can tell of its host from HostingSystemEditionId.
type HostClass string

// The classes of hosts. Any number that is not listed is HostUnknown, which never means "not Datacenter".
const (
	HostUnknown      HostClass = "unknown"
	HostDatacenter   HostClass = "datacenter"
	HostStandard     HostClass = "standard"
	HostAzureEdition HostClass = "azure-edition"
	HostEvaluation   HostClass = "evaluation"
	HostHCI          HostClass = "hci"
	HostHyperVServer HostClass = "hyper-v-server"
	HostClient       HostClass = "client" // Windows 10 or 11 with Hyper-V
	HostAzure        HostClass = "azure"  // a host of Azure itself
)

// ClassifyHost reads HostingSystemEditionId, the SKU number of the host in decimal, as it stands under
// HKLM\SOFTWARE\Microsoft\Virtual Machine\Guest\Parameters. (avma.md section 6)
func ClassifyHost(hostingSystemEditionID string) HostClass {
	n, err := strconv.Atoi(strings.TrimSpace(hostingSystemEditionID))
	if err != nil {
		return HostUnknown
	}
	return HostClassOfSKU(n)
}

// HostClassOfSKU is [ClassifyHost] for a number.
func HostClassOfSKU(sku int) HostClass {
	switch sku {
	case 8, 12, 145, 147:
		return HostDatacenter
	case 7, 13, 146, 148:
		return HostStandard
	case 407, 408:
		return HostAzureEdition
	case 79, 80, 159, 160:
		return HostEvaluation
	case 406:
		return HostHCI
	case 42:
		return HostHyperVServer
	case 4, 48, 72, 101, 121, 125, 161, 164, 175:
		return HostClient
	case 168, 199:
		return HostAzure
	}
	return HostUnknown
}
