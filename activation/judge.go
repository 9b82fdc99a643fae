// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"errors"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// Judge holds what a guest said against what is expected of it. It never fails and never panics: what cannot be told
// is Unknown, with a reason. Activated is given only by the rule of success (reference sections 2 and 4): AVMA channel,
// licence status Licensed, the expected key, a trace of the host that activated it, and no platform other than Hyper-V.
func Judge(f Facts, e Expectation) Verdict { return newLook(f, e).judge() }

func (l *look) judge() Verdict {
	v := l.verdict()
	lead := l.lead()
	v.Status = lead.def.Status
	var rest []finding
	if l.e.Defer && l.rightKey() && l.deferrable(lead) {
		rest = append(rest, lead)
		lead = l.found(CodeDeferred)
		v.Status = Deferred
	}
	rest = append(rest, l.notes(v.Status)...)
	v.Reasons = ordered(v.Status, lead, rest)
	return v
}

// deferrable: only the host is missing. A guest that no host would activate is not deferred.
func (l *look) deferrable(lead finding) bool {
	switch lead.def.Status {
	case Pending, NoHost:
	case Failed:
		if !lead.def.HostSide {
			return false
		}
	default:
		return false
	}
	for _, f := range l.blockers() {
		if f.def.Status == Failed && !f.def.HostSide && f.def.Code != CodeActionNoCode && f.def.Code != CodeActionNumber {
			return false
		}
	}
	return true
}

// lead finds the reason that explains the status, in the order in which one rules out the next.
func (l *look) lead() finding {
	for _, step := range []func() (finding, bool){l.leadLooking, l.leadGuest, l.leadEvaluation, l.leadKey} {
		if f, ok := step(); ok {
			return f
		}
	}
	return l.leadLicense()
}

// leadLooking: nothing was seen, or not enough.
func (l *look) leadLooking() (finding, bool) {
	if l.empty() {
		return l.found(CodeNoFacts), true
	}
	if l.has {
		return finding{}, false
	}
	var no *catalog.NoKeyError
	if errors.As(l.guestErr, &no) && no.Code == catalog.NoKeyClient {
		return finding{}, false // certain without its products
	}
	if f, ok := l.constrained(); ok {
		return f, true
	}
	if s := l.serviceFindings(); len(s) > 0 && s[0].def.Status == Failed {
		return s[0], true
	}
	if e, ok := l.errorIn(areaScript); ok && !l.looked() {
		return l.found(CodeScriptFailed, "detail", strings.TrimPrefix(name(e.ID)+": "+or(name(e.Message), "no message"), ": ")).with(e.HResult), true
	}
	if e, ok := l.productsUnread(); ok {
		f := l.lookError(e)
		if f.def.Code != CodeAccessDenied {
			hr := e.HResult
			if hr == 0 {
				hr, _ = ParseHResult(e.ID)
			}
			f = l.found(CodeProductsUnread, "id", or(name(e.ID), "no error id"), "message", or(name(e.Message), "none")).with(hr)
		}
		return f, true
	}
	return finding{}, false
}

func (l *look) constrained() (finding, bool) {
	mode := name(l.f.PowerShell.LanguageMode)
	if mode == "" || strings.EqualFold(mode, "FullLanguage") {
		return finding{}, false
	}
	return l.found(CodeConstrained, "mode", mode), true
}

// leadGuest: it is not known what the guest is, no key exists for it, or another guest was expected.
func (l *look) leadGuest() (finding, bool) {
	foreign := l.has && l.channel != ChannelAVMA
	if f, ok := l.guestFinding(); ok {
		soft := f.def.Code == CodeUnknownGuest || f.def.Code == CodeNoOS || (f.def.Code == CodeNoAVMAKey && partialOf(l.e.PartialKey) != "")
		if !soft || (l.expected == "" && !foreign) {
			return f, true
		}
	}
	return l.expectationFinding()
}

// guestFinding says what is wrong with the guest's identity, whether it leads or not.
func (l *look) guestFinding() (finding, bool) {
	os := l.f.OS
	args := []string{"build", itoa(os.Build)}
	err := l.guestErr
	if os.Build == 0 || (os.EditionID == "" && os.SKU == 0) {
		if os.ProductType != 1 {
			return l.found(CodeNoOS, args...), true
		}
	} else if err == nil {
		err = l.keyErr
	}
	if err == nil {
		return finding{}, false
	}
	why, remedy := noKeyText(err)
	args = append(args, "why", why, "remedy", remedy)
	var no *catalog.NoKeyError
	if errors.As(err, &no) {
		switch no.Code {
		case catalog.NoKeyClient:
			return l.found(CodeClient, args...), true
		case catalog.NoKeyUnknownBuild, catalog.NoKeyUnknownEdition, catalog.NoKeyUnknownRelease, catalog.NoKeyNoSuchEdition:
			return l.found(CodeUnknownGuest, args...), true
		}
	}
	return l.found(CodeNoAVMAKey, args...), true
}

// noKeyText takes the catalogue's error apart.
func noKeyText(err error) (why, remedy string) {
	var no *catalog.NoKeyError
	if errors.As(err, &no) {
		return no.Reason, no.Remedy
	}
	return err.Error(), "\"avma keys\" lists the keys that there are."
}

// expectationFinding: the guest is not the one that was expected.
func (l *look) expectationFinding() (finding, bool) {
	switch {
	case !l.wanted:
		return finding{}, false
	case l.wantErr != nil:
		return l.found(CodeBadExpectation, "why", l.wantErr.Error()), true
	case l.guestErr != nil:
		return finding{}, false
	case l.want.Release != l.guest.Release:
		return l.found(CodeOtherRelease, "want", l.want.Release, "build", itoa(l.f.OS.Build)), true
	case l.want.Edition != l.guest.Edition && !l.guest.Evaluation:
		return l.found(CodeOtherEdition, "want", l.want.Edition), true
	}
	return finding{}, false
}

// leadEvaluation: an evaluation edition, or one on its way out of it.
func (l *look) leadEvaluation() (finding, bool) {
	if !l.guest.Evaluation {
		return finding{}, false
	}
	if c := l.conversionFindings(); len(c) > 0 {
		return c[0], true
	}
	return l.evaluationFindings()[0], true
}

// leadKey: no key, or not the right one.
func (l *look) leadKey() (finding, bool) {
	if l.rightKey() {
		return finding{}, false
	}
	if f, ok := l.actionFinding(); ok && !l.f.Action.Done && strings.EqualFold(name(l.f.Action.Name), "install") {
		if f.def.Status == "" { // what tells nothing of a licence, and yet kept the key out
			f.def.Status = Failed
		}
		return f, true
	}
	if !l.looked() {
		return l.found(CodeQuickLook), true
	}
	if !l.has {
		return l.found(CodeNoKey), true
	}
	if l.channel != ChannelAVMA {
		return l.found(channelCode(l.channel)), true
	}
	if l.expected == "" { // an AVMA key, and nobody knows whether it is the right one
		if f, ok := l.guestFinding(); ok {
			return f, true
		}
		return l.found(CodeUnknownAVMAKey), true
	}
	if l.isCatalogueKey(l.product.PartialProductKey) {
		return l.found(CodeKeyNotAsExpected), true
	}
	if owner := l.ownerOf(l.product.PartialProductKey, catalog.AVMA); owner != "" {
		return l.found(CodeWrongAVMAKey, "owner", owner), true
	}
	return l.found(CodeUnknownAVMAKey), true
}

// leadLicense: the key is right.
func (l *look) leadLicense() finding {
	if l.product.LicenseStatus == licensed {
		return l.leadLicensed()
	}
	if f, ok := l.keyNotOfEdition(); ok {
		return f
	}
	blockers := l.blockers()
	for _, f := range blockers {
		if f.def.Status == Failed && f.def.Code != CodeActionNoCode && f.def.Code != CodeActionNumber {
			return f
		}
	}
	for _, f := range blockers {
		if f.def.Status == Pending {
			return f
		}
	}
	return l.found(CodePending)
}

// keyNotOfEdition: the key that was named is installed, and belongs to another edition or release.
func (l *look) keyNotOfEdition() (finding, bool) {
	if l.keyErr != nil || l.entry.Key == "" || l.isCatalogueKey(l.expected) {
		return finding{}, false
	}
	owner := l.ownerOf(l.expected, catalog.AVMA)
	if owner == "" {
		return finding{}, false
	}
	return l.found(CodeKeyNotOfEdition, "owner", owner), true
}
