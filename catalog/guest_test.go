// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"
	"testing"
)

// avma.md section 3: build and EditionID together say what a guest is.
func TestGuest(t *testing.T) {
	for name, test := range map[string]struct {
		g    GuestID
		want Target
	}{
		"2022 Datacenter":       {GuestID{20348, "ServerDatacenter", "Server", 3, 8}, Target{"2022", 20348, Datacenter, "ServerDatacenter", false, false}},
		"2022 Core":             {GuestID{20348, "ServerDatacenter", "Server Core", 3, 8}, Target{"2022", 20348, Datacenter, "ServerDatacenter", true, false}},
		"Core as DISM says":     {GuestID{20348, "ServerStandardCor", "", 0, 0}, Target{"2022", 20348, Standard, "ServerStandard", true, false}},
		"domain controller":     {GuestID{14393, "ServerStandard", "Server", 2, 7}, Target{"2016", 14393, Standard, "ServerStandard", false, false}},
		"17763 is 2019":         {GuestID{17763, "ServerDatacenter", "Server", 3, 8}, Target{"2019", 17763, Datacenter, "ServerDatacenter", false, false}},
		"17763 is 1809":         {GuestID{17763, "ServerDatacenterACor", "Server Core", 3, 145}, Target{"1809", 17763, Datacenter, "ServerDatacenterACor", true, false}},
		"20H2":                  {GuestID{19042, "ServerStandardACor", "Server Core", 3, 146}, Target{"20H2", 19042, Standard, "ServerStandardACor", true, false}},
		"23H2":                  {GuestID{25398, "ServerDatacenterACor", "Server Core", 3, 145}, Target{"23H2", 25398, Datacenter, "ServerDatacenterACor", true, false}},
		"evaluation":            {GuestID{26100, "ServerStandardEval", "Server", 3, 79}, Target{"2025", 26100, Standard, "ServerStandard", false, true}},
		"evaluation Core":       {GuestID{26100, "ServerDatacenterEval", "Server Core", 3, 80}, Target{"2025", 26100, Datacenter, "ServerDatacenter", true, true}},
		"Azure Edition":         {GuestID{20348, "ServerTurbine", "Server", 3, 407}, Target{"2022", 20348, DatacenterAzure, "ServerTurbine", false, false}},
		"Azure Edition Core":    {GuestID{26100, "ServerTurbineCor", "Server Core", 3, 408}, Target{"2025", 26100, DatacenterAzure, "ServerTurbine", true, false}},
		"Essentials":            {GuestID{9600, "ServerSolution", "Server", 3, 50}, Target{"2012 R2", 9600, Essentials, "ServerSolution", false, false}},
		"EditionID in any case": {GuestID{17763, "SERVERSTANDARD", "Server", 3, 7}, Target{"2019", 17763, Standard, "ServerStandard", false, false}},
		"SKU alone":             {GuestID{20348, "", "", 3, 7}, Target{"2022", 20348, Standard, "ServerStandard", false, false}},
		"SKU alone, Core eval":  {GuestID{20348, "", "", 3, 159}, Target{"2022", 20348, Datacenter, "ServerDatacenter", true, true}},
		"SKU 147 on a SAC":      {GuestID{18363, "", "", 3, 147}, Target{"1909", 18363, Datacenter, "ServerDatacenterACor", true, false}},
		"2012":                  {GuestID{9200, "ServerDatacenter", "Server", 3, 8}, Target{"2012", 9200, Datacenter, "ServerDatacenter", false, false}},
	} {
		if got, err := Default().Guest(test.g); err != nil || got != test.want {
			t.Errorf("%s: %+v, %v\nwant %+v", name, got, err, test.want)
		}
	}
}

// What is no Windows Server of the catalogue is refused, never taken for its neighbour.
func TestGuestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		g    GuestID
		code NoKeyCode
		says string
	}{
		"client":                  {GuestID{26100, "Professional", "Client", 1, 48}, NoKeyClient, "client"},
		"client by EditionID":     {GuestID{26100, "Enterprise", "", 0, 0}, NoKeyClient, "client"},
		"workstation type wins":   {GuestID{26100, "ServerStandard", "Server", 1, 7}, NoKeyClient, "client"},
		"multi-session":           {GuestID{19042, "ServerRdsh", "Client", 3, 175}, NoKeyClient, "multi-session"},
		"Azure Stack HCI 22H2":    {GuestID{20349, "ServerAzureStackHCICor", "Server Core", 3, 406}, NoKeyAzureStackHCI, "azure-local"},
		"HCI on a server's build": {GuestID{25398, "ServerAzureStackHCICor", "Server Core", 3, 406}, NoKeyAzureStackHCI, "azure-local"},
		"HCI by SKU":              {GuestID{26100, "", "", 3, 406}, NoKeyAzureStackHCI, "azure-local"},
		"ServerAzureCor":          {GuestID{20348, "ServerAzureCor", "Server Core", 3, 168}, NoKeyAzureServer, "ServerTurbine"},
		"newer build":             {GuestID{89531, "ServerDatacenter", "Server", 3, 8}, NoKeyUnknownBuild, "newer than this catalogue"},
		"build between":           {GuestID{20349, "ServerDatacenter", "Server", 3, 8}, NoKeyUnknownBuild, "20349"},
		"no build":                {GuestID{0, "ServerDatacenter", "Server", 3, 8}, NoKeyUnknownBuild, "Build 0"},
		"unknown edition":         {GuestID{20348, "ServerFuture", "Server", 3, 999}, NoKeyUnknownEdition, "ServerFuture"},
		"unknown SKU alone":       {GuestID{20348, "", "Server", 3, 999}, NoKeyUnknownEdition, ""},
		"no such pair":            {GuestID{20348, "ServerDatacenterACor", "Server Core", 3, 145}, NoKeyNoSuchEdition, "20348"},
		"long-term on a SAC":      {GuestID{19042, "ServerDatacenter", "Server", 3, 8}, NoKeyNoSuchEdition, "19042"},
	} {
		got, err := Default().Guest(test.g)
		if noKeyCode(err) != test.code || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	// What the release lacks is the business of Key.
	for _, g := range []GuestID{{20348, "ServerSolution", "Server", 3, 50}, {14393, "ServerTurbine", "Server", 3, 407}, {25398, "ServerStandardACor", "Server Core", 3, 146}} {
		target, err := Default().Guest(g)
		if err != nil {
			t.Errorf("%+v: %v", g, err)
		}
		if e, err := Default().Key(target, AVMA); err == nil {
			t.Errorf("%+v takes %s", g, e.Key)
		}
	}
}

// Core spellings are mapped one by one: stripping "Cor" would break three of them (avma.md section 3).
func TestEditionIDs(t *testing.T) {
	for id, want := range map[string]struct {
		base string
		core bool
	}{
		"ServerDatacenterCor":    {"ServerDatacenter", true},
		"ServerStandardEvalCor":  {"ServerStandard", true},
		"ServerDatacenterACor":   {"ServerDatacenterACor", true},
		"ServerAzureCor":         {"ServerAzureCor", true},
		"ServerAzureStackHCICor": {"ServerAzureStackHCICor", true},
		"ServerTurbineCor":       {"ServerTurbine", true},
		"serverturbine":          {"ServerTurbine", false},
	} {
		if e, ok := LookupEditionID(id); !ok || e.Base != want.base || e.Core != want.core {
			t.Errorf("%s: %+v", id, e)
		}
	}
	if _, ok := LookupEditionID("Server"); ok {
		t.Error("Server is an EditionID")
	}
	// avma.md section 3, OperatingSystemSKU; both ways.
	for sku, id := range map[int]string{7: "ServerStandard", 8: "ServerDatacenter", 50: "ServerSolution", 79: "ServerStandardEval", 80: "ServerDatacenterEval",
		160: "ServerStandardEvalCor", 159: "ServerDatacenterEvalCor", 145: "ServerDatacenterACor", 146: "ServerStandardACor", 147: "ServerDatacenterCor", 148: "ServerStandardCor",
		407: "ServerTurbine", 408: "ServerTurbineCor", 168: "ServerAzureCor", 406: "ServerAzureStackHCICor"} {
		e, ok := EditionOfSKU(sku)
		if !ok || e.ID != id {
			t.Errorf("SKU %d: %+v, want %s", sku, e, id)
		}
		back, _ := LookupEditionID(id)
		found := false
		for _, n := range back.SKUs {
			found = found || n == sku
		}
		if !found {
			t.Errorf("%s does not name SKU %d", id, sku)
		}
	}
	if e, ok := EditionOfSKU(0); ok {
		t.Errorf("SKU 0 is %s", e.ID)
	}
}

// avma.md section 6: HostingSystemEditionId. Any other number is unknown, never "not Datacenter".
func TestClassifyHost(t *testing.T) {
	for text, want := range map[string]HostClass{
		"8": HostDatacenter, "12": HostDatacenter, "145": HostDatacenter, "147": HostDatacenter,
		"7": HostStandard, "13": HostStandard, "146": HostStandard, "148": HostStandard,
		"407": HostAzureEdition, "408": HostAzureEdition, "79": HostEvaluation, "80": HostEvaluation, "159": HostEvaluation, "160": HostEvaluation,
		"406": HostHCI, "42": HostHyperVServer,
		"4": HostClient, "48": HostClient, "72": HostClient, "101": HostClient, "121": HostClient, "125": HostClient, "161": HostClient, "164": HostClient, "175": HostClient,
		"168": HostAzure, "199": HostAzure, "3": HostUnknown, "5": HostUnknown, "49": HostUnknown, "167": HostUnknown, "169": HostUnknown, "200": HostUnknown, " 8 ": HostDatacenter, " 199 ": HostAzure,
		"": HostUnknown, "0": HostUnknown, "9": HostUnknown, "-8": HostUnknown, "0x8": HostUnknown, "99999999999999999999": HostUnknown,
	} {
		if got := ClassifyHost(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
