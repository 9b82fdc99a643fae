// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"slices"
	"strings"
	"testing"
)

// avma.md section 2: a host activates guests of its own release and older, of any edition.
func TestMatrix(t *testing.T) {
	c := Default()
	order := []string{"2025", "2022", "2019", "2016", "2012 R2"}
	if got := until2025(c.Hosts()); !slices.Equal(got, append(slices.Clone(order), AzureLocal)) {
		t.Fatalf("hosts %q", got)
	}
	for h, host := range order {
		for g, guest := range order {
			for _, edition := range []string{Datacenter, Standard, Essentials} {
				target, err := c.Resolve(guest, edition)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := c.Key(target, AVMA); err != nil {
					continue // 2022 and 2025 Essentials
				}
				a := c.Activates(host, target)
				if !a.Known || !a.Documented || a.OK != (h <= g) || a.Reason == "" {
					t.Errorf("host %s, guest %s %s: %+v", host, guest, edition, a)
				}
			}
		}
	}
}

func TestActivates(t *testing.T) {
	for _, test := range []struct {
		host, release, edition string
		known, ok, documented  bool
		says                   string
	}{
		{"2019", "20H2", "datacenter", true, true, true, "counts as 2019"},
		{"2016", "20H2", "datacenter", true, false, true, "2019 or newer"},
		{"2016", "1803", "standard", true, true, true, "counts as 2016"},
		{"2012r2", "1709", "standard", true, false, true, "2016 or newer"},
		{"2022", "23H2", "datacenter", true, true, true, "counts as 2022"},
		{"2019", "23H2", "datacenter", true, false, true, "2022 or newer"},
		// Azure Edition: documented for Azure Local and Azure alone; elsewhere undocumented, not wrong.
		{"azure-local", "2022", "azure edition", true, true, true, "Set-VMAutomaticActivation"},
		{"Azure Stack HCI 22H2", "2025", "azure edition", true, true, true, "subscription"},
		{"2025", "2022", "azure edition", true, false, false, "documented for Azure Local and Azure alone"},
		{"azure-local", "2019", "standard", true, true, true, "subscription"},
		// spellings of a host
		{"Windows Server 2022 Datacenter", "2019", "standard", true, true, true, ""},
		{"ws2022", "2022", "standard", true, true, true, ""},
		{"20348", "2022", "standard", true, true, true, ""},
		{"2022 ServerDatacenterCor", "2022", "standard", true, true, true, ""},
		// what never activates
		{"2022 Standard", "2019", "standard", true, false, true, "only Windows Server Datacenter"},
		{"Windows Server 2025 Datacenter Evaluation", "2019", "standard", true, false, true, "evaluation host"},
		{"2012", "2012 R2", "standard", true, false, true, "2012 R2"},
		{"Windows 11", "2022", "standard", true, false, true, "client"},
		{"KVM", "2022", "standard", true, false, true, "only Hyper-V"}, {"VMware ESXi 8", "2022", "standard", true, false, true, "only Hyper-V"},
		{"xen", "2022", "standard", true, false, true, "only Hyper-V"}, {"VirtualBox", "2022", "standard", true, false, true, "only Hyper-V"},
		{"Hyper-V Server 2019", "2019", "standard", true, false, true, "only Hyper-V on"},
		{"azure", "2022", "standard", true, false, true, "0xC004FD02"},
		// a semi-annual host is in no table
		{"20H2", "2019", "standard", true, true, false, "taken as 2019"},
		{"20H2", "2022", "standard", true, false, true, "2022 or newer"},
		// guests that nobody activates
		{"2025", "2022", "essentials", true, false, true, "No host"},
		{"2025", "2012", "standard", true, false, true, "No host"},
		{"azure-local", "2012", "standard", true, false, true, "No host"},
		// an evaluation guest is what it becomes
		{"2022", "2022", "ServerStandardEval", true, true, true, ""},
		// not known
		{"1999", "2022", "standard", false, false, false, "Known hosts: "},
		{"azure-locl", "2022", "standard", false, false, false, `did you mean "azure-local"?`},
		{"", "2022", "standard", false, false, false, "not known"},
		{"2022 blue", "2022", "standard", false, false, false, "not known"},
	} {
		target, err := Default().Resolve(test.release, test.edition)
		if err != nil {
			t.Fatal(err)
		}
		a := Default().Activates(test.host, target)
		if a.Known != test.known || a.OK != test.ok || a.Documented != test.documented || !strings.Contains(a.Reason, test.says) {
			t.Errorf("host %q, guest %s %s: %+v", test.host, test.release, test.edition, a)
		}
	}
	if a := Default().Activates("2022", Target{Release: "2031", Build: 31000}); !a.Known || a.OK {
		t.Errorf("a guest of no release: %+v", a)
	}
	if name, ok := Default().HostName("Windows Server 2022 Datacenter"); name != "2022" || !ok {
		t.Errorf("host name %q", name)
	}
	if name, ok := Default().HostName("2022 Standard"); ok {
		t.Errorf("host name %q", name)
	}
}

// Hosts of an entry and the answers about them agree.
func TestHostsAgreeWithMatrix(t *testing.T) {
	c := Default()
	for _, e := range c.Entries(Filter{Channel: AVMA}) {
		target := Target{Release: e.Release, Build: e.Build, Edition: e.Edition, EditionID: e.EditionID}
		for _, h := range c.Hosts() {
			a := c.Activates(h, target)
			if slices.Contains(e.Hosts, h) != (a.OK && a.Documented) {
				t.Errorf("%s %s on %s: %+v, listed %q", e.Release, e.Edition, h, a, e.Hosts)
			}
		}
	}
}
