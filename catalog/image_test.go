// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// avma.md section 3: the NAME of the images, both ways.
func TestImageNames(t *testing.T) {
	for _, test := range []struct {
		release, edition, want string
	}{
		{"2025", "datacenter", "Windows Server 2025 SERVERDATACENTER"},
		{"2025", "standard-core", "Windows Server 2025 SERVERSTANDARDCORE"},
		{"2022", "datacenter-core", "Windows Server 2022 SERVERDATACENTERCORE"},
		{"2022", "ServerStandardEval", "Windows Server 2022 SERVERSTANDARD"},
		{"2019", "standard", "Windows Server 2019 SERVERSTANDARD"},
		{"2019", "essentials", "Windows Server 2019 SERVERSOLUTION"},
		{"2016", "essentials", "Windows Server 2016 SERVERSOLUTION"},
		{"2016", "datacenter core", "Windows Server 2016 SERVERDATACENTERCORE"},
		{"2012 R2", "standard", "Windows Server 2012 R2 SERVERSTANDARD"},
		{"1709", "datacenter", "Windows Server 2016 SERVERDATACENTERACORE"},
		{"1803", "standard", "Windows Server 2016 SERVERSTANDARDACORE"},
	} {
		target, err := Default().Resolve(test.release, test.edition)
		if err != nil {
			t.Fatal(err)
		}
		name, err := Default().ImageName(target)
		if err != nil || name != test.want {
			t.Errorf("%s %s: %q, %v; want %q", test.release, test.edition, name, err, test.want)
		}
		if strings.Contains(name, "ACORE") {
			continue // two releases carry it
		}
		back, err := Default().ResolveImage(name)
		target.Evaluation = false // the name does not say so
		if err != nil || back != target {
			t.Errorf("%q is read as %+v, %v; want %+v", name, back, err, target)
		}
	}
	target, _ := Default().Resolve("2025", "standard evaluation")
	names, err := Default().ImageNames(target)
	if err != nil || !slices.Equal(names, []string{"Windows Server 2025 SERVERSTANDARD", "Windows Server 2025 Standard Evaluation (Desktop Experience)"}) {
		t.Errorf("evaluation media of 2025: %q, %v", names, err)
	}
	for _, q := range [][2]string{{"2022", "azure edition"}, {"2012 R2", "essentials"}, {"20H2", "datacenter"}, {"23H2", "datacenter"}, {"2022", "ServerAzureCor"}} {
		target, _ := Default().Resolve(q[0], q[1])
		if name, err := Default().ImageName(target); err == nil || !strings.Contains(err.Error(), "image_index") {
			t.Errorf("%s: %q, %v", q, name, err)
		}
	}
}

func TestResolveImage(t *testing.T) {
	for name, want := range map[string]Target{
		"Windows Server 2022 SERVERDATACENTERCORE":                           {"2022", 20348, Datacenter, "ServerDatacenter", true, false},
		"windows server 2022 serverdatacenter":                               {"2022", 20348, Datacenter, "ServerDatacenter", false, false},
		"Windows Server 2022 Datacenter (Desktop Experience)":                {"2022", 20348, Datacenter, "ServerDatacenter", false, false},
		"Windows Server 2022 Datacenter":                                     {"2022", 20348, Datacenter, "ServerDatacenter", true, false},
		"Windows Server 2022 Standard Evaluation (Desktop Experience)":       {"2022", 20348, Standard, "ServerStandard", false, true},
		"Windows Server 2025 Standard Evaluation (Desktop Experience)":       {"2025", 26100, Standard, "ServerStandard", false, true},
		"Windows Server 2025 Standard Evaluation":                            {"2025", 26100, Standard, "ServerStandard", true, true},
		"Windows Server 2025 Datacenter Evaluation":                          {"2025", 26100, Datacenter, "ServerDatacenter", true, true},
		"Windows Server 2022 Datacenter: Azure Edition (Desktop Experience)": {"2022", 20348, DatacenterAzure, "ServerTurbine", false, false},
		"Windows Server 2022 Datacenter Azure Edition":                       {"2022", 20348, DatacenterAzure, "ServerTurbine", true, false},
		"Windows Server 2022 SERVERTURBINE":                                  {"2022", 20348, DatacenterAzure, "ServerTurbine", false, false},
		"Windows Server 2022 SERVERTURBINECOR":                               {"2022", 20348, DatacenterAzure, "ServerTurbine", true, false},
		"Windows Server 2016 SERVERSOLUTION":                                 {"2016", 14393, Essentials, "ServerSolution", false, false},
		"Windows Server 2019 Essentials":                                     {"2019", 17763, Essentials, "ServerSolution", false, false},
		"Windows Server 2012 R2 Standard (Server with a GUI)":                {"2012 R2", 9600, Standard, "ServerStandard", false, false},
		"Windows Server 2012 R2 Datacenter (Server Core Installation)":       {"2012 R2", 9600, Datacenter, "ServerDatacenter", true, false},
		"Windows Server 2012 R2 SERVERSTANDARDCORE":                          {"2012 R2", 9600, Standard, "ServerStandard", true, false},
		"Windows Server 2012 R2 Standard Evaluation (Server with a GUI)":     {"2012 R2", 9600, Standard, "ServerStandard", false, true},
		"Windows Server 2012 R2 Standard":                                    {"2012 R2", 9600, Standard, "ServerStandard", false, false}, // no display name; Core is always said there
		"Windows Server, version 20H2 Datacenter":                            {"20H2", 19042, Datacenter, "ServerDatacenterACor", true, false},
	} {
		if got, err := Default().ResolveImage(name); err != nil || got != want {
			t.Errorf("%q: %+v, %v\nwant %+v", name, got, err, want)
		}
	}
	for name, says := range map[string]string{
		"Windows Server 2016 SERVERDATACENTERACORE": "1803, 1709",
		"Windows Server 2019 SERVERSTANDARDACORE":   "20H2",
		"Windows Server 2022":                       "names no edition",
		"Windows Server 2022 SERVERDATACENTOR":      "wiminfo",
		"Windows 10 Pro":                            "client",
		"Windows 11 Enterprise Evaluation":          "client",
		"Hyper-V Server 2019 SERVERHYPERCORE":       "",
		"":                                          "",
	} {
		got, err := Default().ResolveImage(name)
		var re *ResolveError
		if err == nil || (!errors.As(err, &re) && noKeyCode(err) == "") || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
}
