// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strconv"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// evaluationFindings says how an evaluation edition stands: the first one leads.
func (l *look) evaluationFindings() []finding {
	end := l.product.EvaluationEndUTC
	args := []string{"end", or(end, "the date is not given")}
	var out []finding
	if l.succeeded() {
		out = append(out, l.found(CodeEvaluationActive, args...))
	}
	if l.evaluationOver() {
		hr := uint32(0)
		if l.product.LicenseStatusReason == 0xC004FC07 {
			hr = l.product.LicenseStatusReason
		}
		out = append(out, l.found(CodeEvaluationExpired, args...).with(hr))
	}
	out = append(out, l.found(CodeEvaluation, args...))
	switch n := l.f.Service.RearmCount; {
	case n == 0 && l.rearmRead():
		out = append(out, l.found(CodeRearmUsedUp))
	case n > 0:
		out = append(out, l.found(CodeEvaluationRearms, append(args, "n", strconv.Itoa(n))...))
	}
	if l.product.LicenseStatusReason == 0x4004FC04 {
		out = append(out, l.found(CodeEvaluationTime).with(0x4004FC04))
	}
	return out
}

// rearmRead says that a rearm count of 0 was read, and is not just the zero value of facts that do not have it.
func (l *look) rearmRead() bool {
	return l.f.Service.Version != "" && !l.unread("service") && l.looked()
}

// evaluationOver: the end has passed by the guest's own clock, which is the one that Windows goes by, or Windows says so.
func (l *look) evaluationOver() bool {
	if l.product.LicenseStatusReason == 0xC004FC07 {
		return true
	}
	end, err := time.Parse(time.RFC3339, l.product.EvaluationEndUTC)
	now, ok := l.collected()
	return err == nil && ok && end.Year() > 1601 && now.After(end)
}

// conversionFindings says how a conversion that a script ran stands, while the edition is still an evaluation.
func (l *look) conversionFindings() []finding {
	a := l.f.Action
	if a == nil || !strings.HasPrefix(strings.ToLower(name(a.Name)), "convert") {
		return nil
	}
	message := or(name(a.Message), "It gave no message.")
	if id := name(a.ErrorID); id != "" {
		message = id + ". " + message
	}
	exit, hr := ExitText(a.ExitCode)
	args := []string{"exit", exit, "target", or(name(a.Target), "the full edition"), "time", or(name(a.StartedUTC), "a moment ago"),
		"message", message, "want", targetName(l.becomes), "targets", or(joinBounded(a.Targets, 12), "none"), "area", "conversion", "why", or(l.f.pendingRestart(), "servicing")}
	one := func(code string) []finding { return []finding{l.found(code, args...)} }
	switch strings.ToLower(name(a.Skipped)) { // why convert_start did nothing
	case "domain_controller":
		return one(CodeConvertDomain)
	case "target_not_offered":
		return one(CodeConvertNoTarget)
	case "restart_pending":
		return one(CodeWaitRestart)
	case "not_elevated":
		return []finding{failing(l.found(CodeAccessDenied, args...).with(a.HResult))}
	}
	failed := CodeConvertFailed
	switch {
	case a.ExitCode == 87:
		failed = CodeConvertBusy
	case win32(a.ExitCode) == 1168:
		failed = CodeConvertMedia
	case isKeyExit(a.ExitCode):
		failed = CodeConvertKey
	}
	if hr == 0 {
		hr = a.hresultOf()
	}
	switch strings.ToLower(name(a.Phase)) {
	case "running":
		return one(CodeConvertRunning)
	case "restart_needed":
		return one(CodeConvertRestart)
	case "failed":
		return []finding{l.found(failed, args...).with(hr)}
	case "done":
		if l.f.servicingPending() {
			return one(CodeConvertRestart)
		}
		return one(CodeConvertNoChange)
	}
	if !a.Done && (a.HResult != 0 || a.ErrorID != "" || a.Message != "") {
		return []finding{l.found(failed, args...).with(hr)}
	}
	return nil
}

// ExitText writes a program's exit status as it is looked up: one that is an HRESULT in hexadecimal, with what it means
// where that is known. hr is that HRESULT, 0 for a small number.
func ExitText(code int) (text string, hr uint32) {
	if code >= 0 && code < 1<<30 || code == -1 {
		return strconv.Itoa(code), 0
	}
	hr = uint32(int64(code))
	text = FormatHResult(hr)
	if info, ok := LookupHResult(hr); ok {
		text += " (" + info.Meaning + ")"
	}
	return text, hr
}

// win32 is the number of Windows itself in an exit status: as it is, or inside an HRESULT (0x8007....).
func win32(code int) int {
	if hr := uint32(int64(code)); hr>>16 == 0x8007 {
		return int(hr & 0xFFFF)
	}
	return code
}

// isKeyExit says that DISM did not take the key: 1605, its own two numbers for it, or one of the licensing service. The
// 87 that some versions give for it is also that of two sessions at once.
func isKeyExit(code int) bool {
	hr := uint32(int64(code))
	return win32(code) == 1605 || hr == hrDISMKey || hr == hrDISMAPIKey || hr>>12 == 0xC004E || hr>>12 == 0xC004F
}

// CheckConversion holds a conversion against the limits of reference section 5 before anything is touched. guest is
// the evaluation, want what it is to become. The zero Reason and true mean that nothing is known to stand in the way.
func CheckConversion(f Facts, e Expectation) (Reason, bool) {
	if bad, ok := newLook(f, e).convertible(); !ok {
		return bad.reason, false
	}
	return Reason{}, true
}

func (l *look) convertible() (finding, bool) {
	guest, want := l.guest, l.becomes
	args := []string{"want", targetName(want)}
	azure := func(t catalog.Target) bool { return t.EditionID == "ServerTurbine" }
	switch {
	case l.f.OS.ProductType == 2:
		return l.found(CodeConvertDomain, args...), false
	case azure(guest), azure(want):
		return l.found(CodeConvertAzure, args...), false
	case want.Edition != catalog.Datacenter && want.Edition != catalog.Standard:
		return l.found(CodeConvertOtherTarget, args...), false
	case guest.Edition == catalog.Datacenter && want.Edition == catalog.Standard:
		return l.found(CodeConvertDown, args...), false
	case guest.Edition == catalog.Standard && guest.Core && want.Edition != catalog.Datacenter:
		return l.found(CodeConvertCore, args...), false
	}
	if a := l.f.Action; a != nil && len(a.Targets) > 0 {
		if _, ok := ChooseTarget(a.Targets, want, guest.Core); !ok {
			return l.found(CodeConvertNoTarget, "want", targetName(want), "targets", strings.Join(bounded(a.Targets, 12), ", ")), false
		}
	}
	return finding{}, true
}

// ChooseTarget picks from the editions that DISM lists (/Get-TargetEditions) the one to set. The target is never
// computed: Core names end in "Cor" on some releases and not on others, so the spelling comes from the list.
func ChooseTarget(targets []string, want catalog.Target, core bool) (string, bool) {
	first := ""
	for _, t := range targets {
		id, ok := catalog.LookupEditionID(name(t))
		if !ok || id.Evaluation || id.Base != want.EditionID {
			continue
		}
		if id.Core == core {
			return id.ID, true
		}
		if first == "" {
			first = id.ID
		}
	}
	return first, first != ""
}
