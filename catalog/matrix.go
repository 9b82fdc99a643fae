// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog/spelling"
)

// AzureLocal is the name of Azure Local (once Azure Stack HCI) as a host.
const AzureLocal = "azure-local"

// Host is an explicit answer of a catalogue file: which guests a host activates. It stands in place of the rule.
type Host struct {
	Name      string
	Activates []string // canonical release names of the guests
	Standing  Standing // "": Documented
	Source    string
}

// Answer says whether a host activates a guest.
type Answer struct {
	Known      bool   // the host is known; false: nothing can be said
	OK         bool   // it activates the guest, as far as is known
	Documented bool   // Microsoft's documentation says so; false beside OK false: it does not say that it works
	Reason     string // one or two sentences
}

// Hosts names the hosts of the matrix, newest first, azure-local last. A release stands for its Datacenter edition.
func (c *Catalog) Hosts() []string {
	var out []string
	for _, r := range c.releases {
		if !r.NoHost {
			out = append(out, r.Name)
		}
	}
	for _, h := range c.hosts {
		if h.Name != AzureLocal && !slices.Contains(out, h.Name) {
			out = append(out, h.Name)
		}
	}
	return append(out, AzureLocal)
}

// Activates says whether a Hyper-V host activates a guest. The host is a release, as people write it, with or without
// "Datacenter", or azure-local; what never activates (a Standard host, KVM, VMware, ...) is known too. That the host is
// itself activated, and that Data Exchange is on, is assumed. An evaluation guest is taken as what it becomes once
// converted. (avma.md section 2)
func (c *Catalog) Activates(host string, guest Target) Answer {
	h, a := c.findHost(host)
	if h == "" {
		return a
	}
	guest = Converted(guest)
	guestName := c.describe(Target{Release: guest.Release, Build: guest.Build, Edition: guest.Edition})
	if c.find(guest, AVMA) == nil {
		return Answer{Known: true, Documented: true, Reason: "No host activates it by AVMA. " + c.noKey(guest, AVMA).Error()}
	}
	o := c.rule(h, guest)
	hr, fam := c.title(h), c.family(guest.Release)
	if fam != guest.Release {
		guestName += fmt.Sprintf(" (counts as %s)", fam)
	}
	switch o {
	case byFile, notByFile:
		a.Reason = fmt.Sprintf("The catalogue file lists which guests a host %s activates: %s", h, map[outcome]string{byFile: "this one is among them.", notByFile: "this one is not among them."}[o])
	case yesAzureLocal:
		a.Reason = fmt.Sprintf("Azure Local activates %s where the Windows Server subscription is on, or a Datacenter key is set on each node with Set-VMAutomaticActivation.", guestName)
	case noAzureEdition:
		a.Reason = fmt.Sprintf("Datacenter: Azure Edition is documented for Azure Local and Azure alone: nothing says that a %s host activates it, and nothing says that it does not.", hr)
	case tooOld:
		a.Reason = fmt.Sprintf("A host activates guests of its own release and older: a %s host does not activate %s. The host has to be %s or newer.", hr, guestName, fam)
	case yesSemiAnnual:
		a.Reason = fmt.Sprintf("The documented matrix lists no semi-annual or annual host; a %s host is taken as %s, which activates %s.", hr, c.family(h), guestName)
	default:
		a.Reason = fmt.Sprintf("A %s Datacenter host activates %s.", hr, guestName)
	}
	a.Known, a.OK, a.Documented = true, o.ok(), o.documented()
	return a
}

// outcome is the bare answer of the matrix.
type outcome int

const (
	yes outcome = iota
	yesAzureLocal
	yesSemiAnnual  // inferred: the host is a semi-annual release
	tooOld         // the guest is newer than the host
	noAzureEdition // undocumented, which is not "wrong"
	byFile         // a catalogue file says yes
	notByFile      // a catalogue file says no
)

func (o outcome) ok() bool {
	return o == yes || o == yesAzureLocal || o == yesSemiAnnual || o == byFile
}
func (o outcome) documented() bool { return o != yesSemiAnnual && o != noAzureEdition }

// rule: host release >= guest release; Azure Edition on Azure Local only. Host and guest are canonical and known.
func (c *Catalog) rule(host string, guest Target) outcome {
	for _, x := range c.hosts {
		if x.Name != host {
			continue
		}
		if slices.Contains(x.Activates, guest.Release) {
			return byFile
		}
		return notByFile
	}
	switch {
	case host == AzureLocal:
		return yesAzureLocal
	case guest.EditionID == "ServerTurbine" || guest.Edition == DatacenterAzure:
		return noAzureEdition
	case c.familyBuild(host) < c.familyBuild(guest.Release):
		return tooOld
	case c.family(host) != host:
		return yesSemiAnnual
	}
	return yes
}

// family is the release as which one counts; its own name where it is not known.
func (c *Catalog) family(release string) string {
	if r := c.release(release); r != nil {
		return r.Family()
	}
	return release
}

func (c *Catalog) familyBuild(release string) int {
	if r := c.release(c.family(release)); r != nil {
		return r.Build
	}
	return 0
}

func (c *Catalog) title(release string) string {
	if r := c.release(release); r != nil {
		return r.Title
	}
	return release
}

// findHost gives a host's canonical name, or the answer for what is none.
func (c *Catalog) findHost(text string) (string, Answer) {
	for _, h := range c.hosts {
		if strings.EqualFold(h.Name, strings.TrimSpace(text)) {
			return h.Name, Answer{}
		}
	}
	s := spelling.Fold(text)
	switch {
	case isAzureLocal(s):
		return AzureLocal, Answer{}
	case neverHost(s) != "":
		return "", Answer{Known: true, Documented: true, Reason: neverHost(s)}
	}
	r, rest, err := c.findRelease(text)
	if err != nil {
		if nk, ok := err.(*NoKeyError); ok && nk.Code == NoKeyClient {
			return "", Answer{Known: true, Documented: true, Reason: "Hyper-V of a Windows client does not activate guests: the host has to be Windows Server Datacenter."}
		}
		return "", c.unknownHost(text)
	}
	if rest != "" {
		sp, ok := lookupSpelling(rest)
		switch {
		case !ok:
			return "", c.unknownHost(text)
		case sp.id.Evaluation:
			return "", Answer{Known: true, Documented: true, Reason: "An evaluation host activates no guests: it has to be an activated Windows Server Datacenter."}
		case sp.id.Edition != Datacenter:
			return "", Answer{Known: true, Documented: true, Reason: fmt.Sprintf("A host of the edition %s activates no guests: only Windows Server Datacenter does.", sp.id.Edition)}
		}
	}
	if r.NoAVMA != "" {
		return "", Answer{Known: true, Documented: true, Reason: fmt.Sprintf("A %s host activates no guests: %s.", r.Title, r.NoAVMA)}
	}
	return r.Name, Answer{}
}

// isAzureLocal understands "azure-local", "Azure Stack HCI, version 23H2", "Microsoft Azure Local 2411".
func isAzureLocal(s string) bool {
	s = strings.TrimPrefix(s, "microsoft")
	for _, name := range []string{"azurelocal", "azurestackhci", "azshci", "hci"} {
		version, ok := strings.CutPrefix(s, name)
		version = strings.TrimPrefix(strings.TrimPrefix(version, "os"), "version")
		if !ok {
			continue
		}
		year, half, isHalf := strings.Cut(version, "h")
		switch {
		case version == "", isHalf && len(year) == 2 && len(half) == 1, !isHalf && len(version) == 4:
			return strings.Trim(year+half, "0123456789") == ""
		}
	}
	return false
}

func (c *Catalog) unknownHost(text string) Answer {
	hosts := c.Hosts()
	meant := ""
	if near := nearest(spelling.Fold(text), hosts); len(near) > 0 {
		meant = fmt.Sprintf("; did you mean %s?", quote(near[0]))
	}
	return Answer{Reason: fmt.Sprintf("The host %s is not known%s Known hosts: %s.", quote(text), cmp.Or(meant, "."), strings.Join(hosts, ", "))}
}

// HostName gives the canonical name of a host ("2022" for "Windows Server 2022 Datacenter"); false where it is none
// that activates guests.
func (c *Catalog) HostName(text string) (string, bool) {
	h, _ := c.findHost(text)
	return h, h != ""
}

// neverHost: the platforms that never activate a guest by AVMA.
func neverHost(s string) string {
	for _, p := range []struct{ name, title string }{
		{"vmware", "VMware"}, {"esxi", "VMware ESXi"}, {"vsphere", "VMware vSphere"}, {"kvm", "KVM"}, {"qemu", "QEMU"}, {"proxmox", "Proxmox VE"},
		{"nutanix", "Nutanix AHV"}, {"xen", "Xen"}, {"virtualbox", "VirtualBox"}, {"hypervserver", "Hyper-V Server"},
	} {
		if strings.Contains(s, p.name) {
			return p.title + " does not activate guests by AVMA: only Hyper-V on an activated Windows Server Datacenter, and Azure Local, do."
		}
	}
	if s == "azure" || s == "azurevm" {
		return "Virtual machines in Azure are licensed through Azure: AVMA answers 0xC004FD02 there."
	}
	if s == "standard" || s == "datacenterevaluation" || s == "standardevaluation" || s == "evaluation" {
		return "Only an activated Windows Server Datacenter host activates guests: a Standard or an evaluation host does not."
	}
	return ""
}
