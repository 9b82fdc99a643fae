// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog/spelling"
)

// EditionID is one EditionID of Windows Server, as the registry (CurrentVersion\EditionID) or DISM spells it, with what
// it means. Names are mapped one by one: "Cor" at the end is not always a suffix (ServerDatacenterACor, ServerAzureCor).
type EditionID struct {
	ID         string // "ServerDatacenterEvalCor"
	Edition    string // "Datacenter"
	Base       string // the EditionID that keys are listed under: "ServerDatacenter"
	Core       bool   // a spelling of Server Core
	Evaluation bool
	SKUs       []int // OperatingSystemSKU numbers; none: not known
}

// editionIDs: avma.md section 3. The order matters where one SKU has two names: the first wins.
var editionIDs = []EditionID{
	{ID: "ServerDatacenter", Edition: Datacenter, Base: "ServerDatacenter", SKUs: []int{8}},
	{ID: "ServerDatacenterCor", Edition: Datacenter, Base: "ServerDatacenter", Core: true, SKUs: []int{12, 147}},
	{ID: "ServerDatacenterEval", Edition: Datacenter, Base: "ServerDatacenter", Evaluation: true, SKUs: []int{80}},
	{ID: "ServerDatacenterEvalCor", Edition: Datacenter, Base: "ServerDatacenter", Core: true, Evaluation: true, SKUs: []int{159}},
	{ID: "ServerDatacenterACor", Edition: Datacenter, Base: "ServerDatacenterACor", Core: true, SKUs: []int{145}},
	{ID: "ServerStandard", Edition: Standard, Base: "ServerStandard", SKUs: []int{7}},
	{ID: "ServerStandardCor", Edition: Standard, Base: "ServerStandard", Core: true, SKUs: []int{13, 148}},
	{ID: "ServerStandardEval", Edition: Standard, Base: "ServerStandard", Evaluation: true, SKUs: []int{79}},
	{ID: "ServerStandardEvalCor", Edition: Standard, Base: "ServerStandard", Core: true, Evaluation: true, SKUs: []int{160}},
	{ID: "ServerStandardACor", Edition: Standard, Base: "ServerStandardACor", Core: true, SKUs: []int{146}},
	{ID: "ServerTurbine", Edition: DatacenterAzure, Base: "ServerTurbine", SKUs: []int{407}},
	{ID: "ServerTurbineCor", Edition: DatacenterAzure, Base: "ServerTurbine", Core: true, SKUs: []int{408}},
	{ID: "ServerSolution", Edition: Essentials, Base: "ServerSolution", SKUs: []int{50}},
	// Known, and without any key: their reasons stand in nokey.go.
	{ID: "ServerAzureCor", Edition: "Azure Server Core", Base: "ServerAzureCor", Core: true, SKUs: []int{168}},
	{ID: "ServerAzureStackHCICor", Edition: "Azure Stack HCI", Base: "ServerAzureStackHCICor", Core: true, SKUs: []int{406}},
	{ID: "ServerHyperCore", Edition: "Hyper-V Server", Base: "ServerHyperCore", Core: true, SKUs: []int{42}},
	{ID: "ServerDatacenterNano", Edition: "Datacenter (Nano Server)", Base: "ServerDatacenterNano", Core: true},
	{ID: "ServerStandardNano", Edition: "Standard (Nano Server)", Base: "ServerStandardNano", Core: true},
	{ID: "ServerStorageStandard", Edition: "Storage Server Standard", Base: "ServerStorageStandard"},
	{ID: "ServerStorageWorkgroup", Edition: "Storage Server Workgroup", Base: "ServerStorageWorkgroup"},
	{ID: "ServerWinFoundation", Edition: "Foundation", Base: "ServerWinFoundation"},
	{ID: "ServerWeb", Edition: "Web", Base: "ServerWeb"},
	{ID: "ServerRdsh", Edition: "Enterprise multi-session", Base: "ServerRdsh", SKUs: []int{175}}, // a client that calls itself a server
}

// EditionIDs lists every EditionID that is known, those without a key among them.
func EditionIDs() []EditionID {
	return append([]EditionID(nil), editionIDs...)
}

// LookupEditionID finds an EditionID as Windows or DISM spells it; upper and lower case are the same.
func LookupEditionID(id string) (EditionID, bool) {
	for _, e := range editionIDs {
		if strings.EqualFold(e.ID, id) {
			return e, true
		}
	}
	return EditionID{}, false
}

// EditionOfSKU finds the EditionID that belongs to an OperatingSystemSKU number.
func EditionOfSKU(sku int) (EditionID, bool) {
	for _, e := range editionIDs {
		for _, n := range e.SKUs {
			if n == sku {
				return e, true
			}
		}
	}
	return EditionID{}, false
}

// editionNames are the folded names that people write for the editions with keys, without what says Core, Desktop
// Experience or evaluation.
var editionNames = []struct{ name, base string }{
	{"datacenter", "ServerDatacenter"}, {"datacentre", "ServerDatacenter"}, {"dc", "ServerDatacenter"},
	{"standard", "ServerStandard"}, {"std", "ServerStandard"},
	{"datacenterazureedition", "ServerTurbine"}, {"datacenterazure", "ServerTurbine"}, {"azureedition", "ServerTurbine"}, {"turbine", "ServerTurbine"},
	{"essentials", "ServerSolution"}, {"serveressentials", "ServerSolution"}, {"essential", "ServerSolution"},
	{"azurestackhci", "ServerAzureStackHCICor"}, {"hypervserver", "ServerHyperCore"}, {"foundation", "ServerWinFoundation"}, {"web", "ServerWeb"},
	{"datacenternano", "ServerDatacenterNano"}, {"datacenternanoserver", "ServerDatacenterNano"},
	{"standardnano", "ServerStandardNano"}, {"standardnanoserver", "ServerStandardNano"},
}

// spelt is what an edition's spelling said.
type spelt struct {
	id      EditionID
	exact   bool // an EditionID was written, not a name
	core    bool // Server Core was said, or the EditionID is one of it
	desktop bool // Desktop Experience was said
}

// said names the edition in a message.
func (s spelt) said() string {
	if s.exact {
		return s.id.ID
	}
	name := s.id.Edition
	if s.id.Evaluation {
		name += " Evaluation"
	}
	if s.core {
		name += " (Server Core)"
	}
	if s.desktop {
		name += " (Desktop Experience)"
	}
	return name
}

// lookupSpelling understands an edition as people and Setup write it: an EditionID, an image's spelling of one, or a
// name with what stands behind it ("Datacenter (Server Core)", "standard-eval", "Standard (Desktopdarstellung)"). What
// is left over makes it no edition: it may be a "not", or say evaluation in a language that is not known here.
func lookupSpelling(text string) (spelt, bool) {
	s := spelling.Fold(text)
	for _, e := range editionIDs {
		if strings.EqualFold(s, e.ID) || (e.Core && strings.HasSuffix(e.ID, "Cor") && strings.EqualFold(strings.TrimSuffix(s, "e"), e.ID)) {
			return spelt{id: e, exact: true, core: e.Core}, true
		}
	}
	said := map[spelling.Says]bool{}
	for {
		for _, n := range editionNames {
			if n.name != s && "server"+n.name != s {
				continue
			}
			core, desktop := said[spelling.Core], said[spelling.Desktop]
			return spelt{id: variant(n.base, core, said[spelling.Evaluation]), core: core, desktop: desktop}, !core || !desktop
		}
		rest, says, ok := spelling.Cut(s)
		if !ok {
			return spelt{}, false
		}
		said[says], s = true, rest
	}
}

// variant is the EditionID of a base with these properties; the flags are kept where no such EditionID is listed.
func variant(base string, core, eval bool) EditionID {
	var found EditionID
	for _, e := range editionIDs {
		if e.Base != base {
			continue
		}
		if e.Core == core && e.Evaluation == eval {
			return e
		}
		if found.ID == "" {
			found = e
		}
	}
	found.Core, found.Evaluation, found.SKUs = found.Core || core, eval, nil
	return found
}
