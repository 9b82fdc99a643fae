// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog/spelling"
)

// refusal is why an edition has no key of any channel.
type refusal struct {
	code           NoKeyCode
	reason, remedy string
}

// unsupported: the editions for which no AVMA key exists whatever the release (avma.md section 1).
func (c *Catalog) unsupported(editionID string) *refusal {
	switch editionID {
	case "ServerAzureCor":
		return &refusal{NoKeyAzureServer, "ServerAzureCor is an edition that runs inside Azure, not \"Datacenter: Azure Edition\" (that is ServerTurbine), and no key exists for it.",
			"Install Datacenter: Azure Edition (" + c.withKey(DatacenterAzure) + ") or Datacenter instead."}
	case "ServerAzureStackHCICor":
		return &refusal{NoKeyAzureStackHCI, "Azure Stack HCI (Azure Local) is a host, licensed through Azure: no AVMA key exists for it.",
			"Name the release of the guest that runs on it; as a host it is azure-local."}
	case "ServerRdsh":
		return &refusal{NoKeyClient, "Windows Enterprise multi-session (ServerRdsh) is a Windows client, and no AVMA key exists for any.",
			"It is licensed through Azure Virtual Desktop."}
	case "ServerHyperCore":
		return &refusal{NoKeyEdition, "Hyper-V Server is free of charge and takes no key, and it activates no guests.",
			"Use a Windows Server Datacenter host."}
	case "ServerDatacenterNano", "ServerStandardNano", "ServerStorageStandard", "ServerStorageWorkgroup", "ServerWinFoundation", "ServerWeb":
		return &refusal{NoKeyEdition, "No AVMA key is published for the edition " + editionID + ".",
			c.keysExist()}
	}
	return nil
}

func clientError(t Target) *NoKeyError {
	return &NoKeyError{Code: NoKeyClient, Target: t, Channel: AVMA,
		Reason: "No AVMA key exists for any Windows client: automatic virtual machine activation is for Windows Server guests.",
		Remedy: "Activate the client with a subscription, a MAK or a KMS host."}
}

func (c *Catalog) unknownEdition(t Target) *NoKeyError {
	return &NoKeyError{Code: NoKeyUnknownEdition, Target: t, Channel: AVMA,
		Reason: fmt.Sprintf("The edition %s is not in this catalogue, so no key is known for it.", quote(t.EditionID)),
		Remedy: c.keysExist() + " A newer release of this tool, or a catalogue file (--catalog), may know more."}
}

// wrongCombination: build and edition are known, but not together.
func (c *Catalog) wrongCombination(t Target) *NoKeyError {
	return &NoKeyError{Code: NoKeyNoSuchEdition, Target: t, Channel: AVMA,
		Reason: fmt.Sprintf("No Windows Server of build %d with the edition %s is in this catalogue, so no key is known for it.", t.Build, t.EditionID),
		Remedy: "Check what the guest says (EditionID and CurrentBuildNumber); a newer release of this tool, or a catalogue file (--catalog), may know it."}
}

func (c *Catalog) unknownBuild(build int) *NoKeyError {
	n := &NoKeyError{Code: NoKeyUnknownBuild, Target: Target{Build: build}, Channel: AVMA,
		Reason: fmt.Sprintf("Build %d is no Windows Server that this catalogue knows, and the key of a neighbouring build would be refused.", build),
		Remedy: "Check the number; a newer release of this tool may know it, or a catalogue file (--catalog) can add it."}
	if first := c.firstWithAVMA(); build > 0 && build < first.Build {
		n.Code = NoKeyBeforeAVMA
		n.Reason = fmt.Sprintf("Build %d is older than %s (build %d), and %s.", build, first.Title, first.Build, beforeAVMA)
		n.Remedy = "Upgrade the guest to " + first.Name + " or newer, or license it with a MAK or a KMS host."
		return n
	}
	newest := 0
	for _, r := range c.releases {
		newest = max(newest, r.Build)
	}
	if build > newest {
		n.Reason = fmt.Sprintf("Build %d is newer than this catalogue, whose newest Windows Server is build %d, and the key of an older one would be refused.", build, newest)
		n.Remedy = "Use a newer release of this tool, or add the release and its key with a catalogue file (--catalog)."
	}
	return n
}

// notServer knows what people ask for that is no Windows Server guest: clients, Azure Local, releases to come.
func (c *Catalog) notServer(text string) error {
	s := spelling.Fold(text)
	for _, p := range []string{"microsoft", "windows", "win", "w"} {
		s = strings.TrimPrefix(s, p)
	}
	for _, hci := range []string{"azurestackhci", "azurelocal", "azshci", "hci"} {
		if strings.HasPrefix(s, hci) {
			r := c.unsupported("ServerAzureStackHCICor")
			return &NoKeyError{Code: r.code, Target: Target{Edition: "Azure Stack HCI", EditionID: "ServerAzureStackHCICor"}, Channel: AVMA, Reason: r.reason, Remedy: r.remedy}
		}
	}
	if strings.HasPrefix(s, "hypervserver") { // "Hyper-V Server 2019" is not Windows Server 2019
		r := c.unsupported("ServerHyperCore")
		return &NoKeyError{Code: r.code, Target: Target{Edition: "Hyper-V Server", EditionID: "ServerHyperCore"}, Channel: AVMA, Reason: r.reason, Remedy: r.remedy}
	}
	for _, client := range []string{"12", "11", "10", "8 1", "81", "8", "7", "vista", "xp"} {
		if rest, ok := strings.CutPrefix(s, client); ok && !startsWithDigit(rest) && isClient(text, rest) {
			return clientError(Target{Edition: strings.TrimSpace(text)})
		}
	}
	s = strings.TrimPrefix(s, "server")
	if year, err := strconv.Atoi(s); err == nil && year > c.newestYear() && year < c.newestYear()+25 {
		return &NoKeyError{Code: NoKeyUnknownRelease, Channel: AVMA,
			Reason: fmt.Sprintf("Windows Server %d is not in this catalogue, so no key is known for it, and the key of an older release would be refused.", year),
			Remedy: "Use a newer release of this tool, or add the release and its key with a catalogue file (--catalog)."}
	}
	return nil
}

// isClient tells "Windows 11 Pro" and "11" from a typing error in a release's name.
func isClient(text, rest string) bool {
	if strings.Contains(strings.ToLower(text), "server") {
		return false
	}
	switch rest {
	case "", "pro", "professional", "home", "enterprise", "education", "enterpriseltsc", "iotenterprise", "ltsc", "multisession", "enterprisemultisession":
		return true
	}
	return strings.Contains(strings.ToLower(text), "windows")
}
