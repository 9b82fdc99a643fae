// SPDX-License-Identifier: MPL-2.0

package winguest

import "strings"

// release is what the fakes know of a Windows. Rank orders releases for activation: a host activates ranks up to its
// own, and a semi-annual release counts as the one whose key it takes (Microsoft, Automatic Virtual Machine Activation).
type release struct {
	build, revision, rank int
	powershell            string
	product               string
}

var releases = map[string]release{
	"2012":    {9200, 23000, 0, "4.0", "Windows Server 2012"},
	"2012 R2": {9600, 21620, 1, "4.0", "Windows Server 2012 R2"},
	"2016":    {14393, 6796, 2, "5.1", "Windows Server 2016"},
	"1709":    {16299, 1087, 2, "5.1", "Windows Server"},
	"1803":    {17134, 1130, 2, "5.1", "Windows Server"},
	"2019":    {17763, 5576, 3, "5.1", "Windows Server 2019"},
	"1809":    {17763, 5576, 3, "5.1", "Windows Server"},
	"1903":    {18362, 1256, 3, "5.1", "Windows Server"},
	"1909":    {18363, 1556, 3, "5.1", "Windows Server"},
	"2004":    {19041, 1415, 3, "5.1", "Windows Server"},
	"20H2":    {19042, 1889, 3, "5.1", "Windows Server"},
	"2022":    {20348, 2402, 4, "5.1", "Windows Server 2022"},
	"23H2":    {25398, 830, 4, "5.1", "Windows Server"},
	"2025":    {26100, 1742, 5, "5.1", "Windows Server 2025"},
	"future":  {27800, 1000, 6, "5.1", "Windows Server vNext"},
	"client":  {22631, 3737, 4, "5.1", "Windows 11 Pro"},
}

// kernel is the version before the build.
func (r release) kernel() (major, minor string) {
	switch r.build {
	case 9200:
		return "6", "2"
	case 9600:
		return "6", "3"
	}
	return "10", "0"
}

// sshd says whether the OpenSSH server is installed.
func (r release) sshd() bool { return r.build >= 26100 }

// skus are OperatingSystemSKU by EditionID, Desktop Experience and Core.
var skus = map[string][2]int{
	"ServerStandard": {7, 7}, "ServerDatacenter": {8, 8}, "ServerSolution": {50, 50}, "ServerStandardEval": {79, 160},
	"ServerDatacenterEval": {80, 159}, "ServerDatacenterACor": {145, 145}, "ServerStandardACor": {146, 146},
	"ServerTurbine": {407, 408}, "ServerAzureCor": {168, 168}, "ServerAzureStackHCICor": {406, 406}, "Professional": {48, 48},
}

// hostSKUs are HostingSystemEditionId by the names that a Config uses.
var hostSKUs = map[string]int{"datacenter": 8, "standard": 7, "evaluation": 80, "azure-local": 406, "hyper-v-server": 42, "azure-edition": 407, "client": 48, "azure": 199}

// targets are the editions that DISM offers an evaluation edition: Standard Core only goes to Datacenter Core.
func targets(edition string, core bool) []string {
	switch {
	case edition == "ServerStandardEval" && core:
		return []string{"ServerDatacenterCor"}
	case edition == "ServerStandardEval":
		return []string{"ServerStandard", "ServerDatacenter"}
	case edition == "ServerDatacenterEval" && core:
		return []string{"ServerDatacenterCor"}
	case edition == "ServerDatacenterEval":
		return []string{"ServerDatacenter"}
	case edition == "ServerStandard" && core:
		return []string{"ServerDatacenterCor"}
	case edition == "ServerStandard":
		return []string{"ServerDatacenter"}
	}
	return nil
}

// editionOf is the EditionID in the registry for the name that DISM uses.
func editionOf(dism string) string {
	switch dism {
	case "ServerDatacenterCor", "ServerStandardCor", "ServerTurbineCor", "ServerDatacenterEvalCor", "ServerStandardEvalCor":
		return strings.TrimSuffix(dism, "Cor")
	}
	return dism
}
