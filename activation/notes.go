// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strconv"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// notes are all reasons that accompany the leading one, whatever that is.
func (l *look) notes(status Status) []finding {
	if l.empty() {
		return nil
	}
	activated := l.succeeded()
	var out []finding
	add := func(f finding, ok bool) {
		if ok {
			out = append(out, f)
		}
	}
	if l.guest.Evaluation {
		out = append(out, l.conversionFindings()...)
		out = append(out, l.evaluationFindings()...)
	}
	for _, f := range l.blockers() {
		out = append(out, demoted(f, activated))
	}
	out = append(out, l.keyNotes()...)
	out = append(out, l.hostNotes(activated)...)
	add(eventNote(l.f.Events, activated, l.has && l.product.LicenseStatus == licensed, l.license(), l.vm()))
	if l.has {
		add(licenseNote(l.product))
	}
	out = append(out, l.stateNotes()...)
	out = append(out, l.clockFindings()...)
	add(l.constrained())
	if f, ok := l.expectationFinding(); ok {
		out = append(out, f)
	}
	out = append(out, l.expectationNotes()...)
	return append(out, l.lookErrors()...)
}

// demoted: what would block an activation explains nothing once there is one, and is worth saying all the same: the
// licence is renewed. The platform's finding becomes one that says which of the two was believed.
func demoted(f finding, activated bool) finding {
	if !activated {
		return f
	}
	switch f.def.Code {
	case CodeDeviceMissing: // the host has activated it all the same
		return f.as(Info)
	case CodeKVM, CodeVMware, CodeXen, CodeVirtualBox, CodeAzureVM, CodeOtherHypervisor, CodePhysical, CodePlatformUnclear:
		return finding{} // hostNotes says it
	}
	if f.def.Status == Pending && f.def.HostSide {
		return f.as(Info)
	}
	return f
}

func (l *look) keyNotes() []finding {
	var out []finding
	if n := len(l.products); n > 1 {
		var names []string
		for _, p := range l.products {
			c := p.cleaned()
			names = append(names, or(c.ProductKeyChannel, "no channel")+" "+c.PartialProductKey+" ("+or(c.LicenseFamily, "no family")+", "+LicenseStatusName(c.LicenseStatus)+")")
		}
		out = append(out, l.found(CodeTwoProducts, "n", strconv.Itoa(n), "products", joinBounded(names, 6)))
	}
	empty := 0
	for _, p := range l.f.Products {
		if name(p.PartialProductKey) == "" {
			empty++
		}
	}
	if empty > 0 {
		out = append(out, l.found(CodeKeyWithoutPartial, "n", strconv.Itoa(empty)))
	}
	if l.has && l.channel != ChannelAVMA && !l.guest.Evaluation {
		out = append(out, l.found(channelCode(l.channel)))
	}
	if l.has && l.channel == ChannelGVLK {
		if owner := l.ownerOf(l.product.PartialProductKey, catalog.GVLK); owner != "" {
			out = append(out, l.found(CodeGVLKOtherRelease, "owner", owner))
		}
	}
	if l.entry.Standing == catalog.Inferred && l.keyErr == nil && l.isCatalogueKey(l.expected) {
		out = append(out, l.found(CodeInferredKey))
	}
	if l.entry.Key != "" && l.expected != "" && !l.isCatalogueKey(l.expected) {
		out = append(out, l.found(CodeExpectsOtherKey, "catalogue", l.entry.PartialKey()))
	}
	return out
}

// lapsingMinutes is how much of a licence's time is little: the first-boot check has the same number.
const lapsingMinutes = 24 * 60

func (l *look) hostNotes(activated bool) []finding {
	var out []finding
	if activated {
		switch {
		case l.platform == PlatformUnknown && l.host.Values == 0:
			out = append(out, l.found(CodePlatformOdd))
		case l.platform == PlatformUnknown && machine(l.f.Virtualization) != "":
			out = append(out, l.found(CodePlatformOdd).as(Info))
		case l.host.Name != "" && l.product.HostMachineName != "" && !l.isHere(l.product.HostMachineName):
			out = append(out, l.found(CodeMoved))
		}
	}
	if left := l.product.GraceMinutes; activated && left > 0 && left < lapsingMinutes {
		out = append(out, l.found(CodeLapsing, "why", "Of this time, "+span(time.Duration(left)*time.Minute)+" are left."))
	}
	if !l.valuesOfToday() && l.host.Name != "" && !activated {
		out = append(out, l.found(CodeStaleParameters))
	}
	if l.host.Nested > 0 && !l.platform.isElsewhere() {
		out = append(out, l.found(CodeHostNested, "level", strconv.Itoa(l.host.Nested)))
	}
	if f, ok := l.deviceFinding(); ok && f.def.Code == CodeDeviceWorks && !activated && l.has && l.channel == ChannelAVMA {
		out = append(out, f)
	}
	return out
}

// stateNotes: Setup, restart, session, engine.
func (l *look) stateNotes() []finding {
	var out []finding
	if why := l.f.pendingRestart(); why != "" {
		f := l.found(CodeRestartPending, "why", why)
		if stops, _ := l.f.SysprepPending(); len(stops) == 0 {
			f = f.as(Info)
		}
		out = append(out, f)
	}
	if l.notElevated() {
		out = append(out, l.found(CodeNotElevated))
	}
	if v := name(l.f.PowerShell.Version); v != "" {
		major, _, _ := strings.Cut(v, ".")
		if n, err := strconv.Atoi(major); err == nil && n < 4 {
			out = append(out, l.found(CodeOldPowerShell, "version", v))
		}
	}
	if l.f.Schema > factsSchema {
		out = append(out, l.found(CodeNewerFacts, "n", strconv.Itoa(l.f.Schema), "known", strconv.Itoa(factsSchema)))
	}
	return out
}

// notElevated is true only where the session was read: facts without it say nothing.
func (l *look) notElevated() bool {
	s := l.f.Session
	return !s.Elevated && !s.System && name(s.UserSID) != "" && !l.unread(areaSession)
}

func (l *look) expectationNotes() []finding {
	var out []finding
	if f, ok := l.guestFinding(); ok { // it did not lead, because the expectation says which key is right
		out = append(out, f.as(Warning))
	}
	if l.wanted && l.wantErr == nil && l.guestErr == nil && strings.TrimSpace(l.e.Edition) != "" && l.want.Core != l.guest.Core && l.want.Edition == l.guest.Edition {
		kind := map[bool]string{true: "Server Core", false: "Desktop Experience"}
		out = append(out, l.found(CodeOtherInstallation, "is", kind[l.guest.Core], "want", kind[l.want.Core]).as(Info))
	}
	os := l.f.OS
	if id, ok := catalog.LookupEditionID(name(os.EditionID)); ok && os.SKU != 0 {
		if sku, known := catalog.EditionOfSKU(os.SKU); known && (sku.Edition != id.Edition || sku.Evaluation != id.Evaluation) {
			out = append(out, l.found(CodeSKUConflict, "sku", strconv.Itoa(os.SKU), "skuedition", sku.ID))
		}
	}
	return out
}
