// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"errors"
	"strings"
	"testing"
)

// lookUp is what a command does: Resolve, then Key.
func lookUp(release, edition string, ch Channel) (Entry, error) {
	t, err := Default().Resolve(release, edition)
	if err != nil {
		return Entry{}, err
	}
	return Default().Key(t, ch)
}

// No key, never a nearest key: the reason and the way out (avma.md section 1).
func TestNoKey(t *testing.T) {
	for name, test := range map[string]struct {
		release, edition string
		channel          Channel
		code             NoKeyCode
		says             []string
	}{
		"2012":                  {"2012", "datacenter", AVMA, NoKeyBeforeAVMA, []string{"2012 R2", "Upgrade the guest"}},
		"2008 R2":               {"2008 R2", "standard", AVMA, NoKeyBeforeAVMA, []string{"2012 R2", "MAK"}},
		"2008 by build":         {"6.0.6003", "standard", AVMA, NoKeyBeforeAVMA, []string{"2008"}},
		"2008 R2 without SP":    {"6.1.7600", "standard", AVMA, NoKeyBeforeAVMA, []string{"7600", "2012 R2"}},
		"Windows 10":            {"Windows 10", "Pro", AVMA, NoKeyClient, []string{"client"}},
		"Windows 11":            {"windows 11 enterprise", "", AVMA, NoKeyClient, []string{"client"}},
		"win11":                 {"win11", "datacenter", AVMA, NoKeyClient, []string{"client"}},
		"11":                    {"11", "pro", AVMA, NoKeyClient, []string{"client"}},
		"multi-session":         {"20H2", "ServerRdsh", AVMA, NoKeyClient, []string{"multi-session"}},
		"2022 Essentials":       {"2022", "essentials", AVMA, NoKeyEdition, []string{"2019", "Standard or Datacenter"}},
		"2025 Essentials":       {"2025", "ServerSolution", AVMA, NoKeyEdition, []string{"2025 Essentials"}},
		"2022 Essentials, GVLK": {"2022", "essentials", GVLK, NoKeyEdition, []string{"GVLK", "2022"}},
		"Azure Stack HCI":       {"Azure Stack HCI", "22H2", AVMA, NoKeyAzureStackHCI, []string{"host", "azure-local"}},
		"Azure Local":           {"azure-local", "datacenter", AVMA, NoKeyAzureStackHCI, []string{"azure-local"}},
		"HCI by EditionID":      {"20348", "ServerAzureStackHCICor", AVMA, NoKeyAzureStackHCI, []string{"azure-local"}},
		"ServerAzureCor":        {"2022", "ServerAzureCor", AVMA, NoKeyAzureServer, []string{"ServerTurbine", "Datacenter: Azure Edition"}},
		"23H2 Standard":         {"23H2", "standard", AVMA, NoKeyNoSuchEdition, []string{"23H2", "datacenter"}},
		"23H2 by EditionID":     {"23H2", "ServerStandardACor", AVMA, NoKeyNoSuchEdition, []string{"23H2"}},
		"23H2, GVLK":            {"23H2", "datacenter", GVLK, NoKeyEdition, []string{"--channel avma"}},
		"2016 Azure Edition":    {"2016", "azure edition", AVMA, NoKeyNoSuchEdition, []string{"2025, 2022"}},
		"20H2 Essentials":       {"20H2", "essentials", AVMA, NoKeyNoSuchEdition, []string{"20H2"}},
		"newer build":           {"89531", "datacenter", AVMA, NoKeyUnknownBuild, []string{"newer", "newer release of this tool", "catalogue file"}},
		"client build":          {"22631", "datacenter", AVMA, NoKeyUnknownBuild, []string{"22631", "catalogue file"}},
		"newer release":         {"Windows Server 2048", "datacenter", AVMA, NoKeyUnknownRelease, []string{"2048", "newer release of this tool", "catalogue file"}},
		"Hyper-V Server":        {"2019", "Hyper-V Server", AVMA, NoKeyEdition, []string{"Hyper-V Server"}},
		"Nano Server":           {"2016", "Datacenter Nano Server", AVMA, NoKeyEdition, []string{"ServerDatacenterNano"}},
		"Storage Server":        {"2016", "ServerStorageStandard", AVMA, NoKeyEdition, []string{"ServerStorageStandard"}},
		"2012, GVLK":            {"2012", "standard", GVLK, NoKeyEdition, []string{"GVLK", "catalogue file"}},
	} {
		e, err := lookUp(test.release, test.edition, test.channel)
		var n *NoKeyError
		if !errors.As(err, &n) || e.Key != "" {
			t.Errorf("%s: %+v, %v", name, e, err)
			continue
		}
		if n.Code != test.code || n.Reason == "" || n.Remedy == "" {
			t.Errorf("%s: code %s: %v", name, n.Code, err)
		}
		for _, s := range test.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: the message does not say %q: %v", name, s, err)
			}
		}
		for _, other := range Default().Entries(Filter{}) {
			if strings.Contains(err.Error(), other.Key) {
				t.Errorf("%s: the message holds a key: %v", name, err)
			}
		}
	}
}

// With a catalogue that lacks the AVMA key of an edition, its KMS client key is the way out that is named.
func TestNoKeyPointsAtOtherChannel(t *testing.T) {
	c := Default().With(Overlay{})
	c.entries = c.Entries(Filter{Channel: GVLK})
	target, _ := c.Resolve("2022", "datacenter")
	_, err := c.Key(target, AVMA)
	if err == nil || !strings.Contains(err.Error(), "--channel gvlk") {
		t.Error(err)
	}
}

// An evaluation edition takes no key; the error names what it takes once converted (avma.md section 5).
func TestEvaluationIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		release, edition string
		channel          Channel
		key, becomes     string
	}{
		"Datacenter":      {"2022", "ServerDatacenterEval", AVMA, "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", "ServerDatacenter "},
		"Datacenter Core": {"2019", "ServerDatacenterEvalCor", AVMA, "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", "ServerDatacenterCor "},
		"Standard":        {"2025", "Standard Evaluation", AVMA, "WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4", "ServerStandard "},
		"Standard Core":   {"2016", "ServerStandardEvalCor", AVMA, "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J", "ServerDatacenterCor "},
		"GVLK":            {"2022", "ServerStandardEval", GVLK, "VDYBN-27WPP-V4HQT-9VMD4-VMK7H", "ServerStandard "},
	} {
		target, err := Default().Resolve(test.release, test.edition)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Default().Key(target, test.channel)
		var n *NoKeyError
		if !errors.As(err, &n) || n.Code != NoKeyEvaluation || n.Converted == nil || n.Converted.Key != test.key {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(err.Error(), test.key) || !strings.Contains(err.Error(), test.becomes) {
			t.Errorf("%s: the message names no way out: %v", name, err)
		}
		if e, err := Default().KeyFor(target, test.channel); err != nil || e.Key != test.key {
			t.Errorf("%s: once converted: %+v, %v", name, e, err)
		}
	}
	target, _ := Default().Resolve("2022", "Essentials Evaluation")
	_, err := Default().Key(target, AVMA)
	var n *NoKeyError
	if !errors.As(err, &n) || n.Code != NoKeyEvaluation || n.Converted != nil {
		t.Errorf("evaluation of what has no key: %v", err)
	}
	// avma.md section 5: Datacenter never becomes Standard, and what is no evaluation stays.
	for _, x := range []Target{{EditionID: "ServerDatacenter", Core: true, Evaluation: true}, {EditionID: "ServerStandard", Core: true}} {
		if got := Converted(x); got.EditionID != x.EditionID || got.Evaluation {
			t.Errorf("%+v becomes %+v", x, got)
		}
	}
}
