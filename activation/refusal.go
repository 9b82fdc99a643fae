// SPDX-License-Identifier: MPL-2.0

package activation

import "strings"

// hresultFinding is the reason for a failing number that Windows gave as the cause.
func (l *look) hresultFinding(hr uint32) (finding, bool) {
	if hr == 0 || !IsFailure(hr) {
		return finding{}, false
	}
	info, ok := LookupHResult(hr)
	if hr == hrValidityOver && !l.guest.Evaluation {
		info.Code = CodeLicenseLapsed // an AVMA licence is limited in time, too
	}
	if ok && info.Code != "" {
		return l.found(info.Code, "area", "licensing", "what", "Windows reports that the clock was moved.", "mode", or(name(l.f.Service.StartMode), "not read"),
			"end", or(l.product.EvaluationEndUTC, "the date is not given")).with(hr), true
	}
	meaning := "The number is not in the table of known causes."
	if ok {
		meaning = "It means: " + info.Meaning + "."
	}
	return l.found(CodeUnknownNumber, "number", FormatHResult(hr), "meaning", meaning).with(hr), true
}

// hresultOf is the number that an action failed with: the field, else what stands in the id, else in the message.
func (a *Action) hresultOf() uint32 {
	if a.HResult != 0 {
		return a.HResult
	}
	for _, s := range []string{a.ErrorID, a.Message} {
		if hr, ok := ParseHResult(s); ok {
			return hr
		}
	}
	return 0
}

// actionFinding is the reason for what an action of a script ran into: it failed, or it was done and the activation that
// it then asked for failed. Conversions have reasons of their own.
func (l *look) actionFinding() (finding, bool) {
	a := l.f.Action
	if a == nil || strings.HasPrefix(strings.ToLower(name(a.Name)), "convert") {
		return finding{}, false
	}
	if a.HResult == 0 && a.ErrorID == "" && a.Message == "" {
		return finding{}, false
	}
	hr := a.hresultOf()
	args := []string{"action", "The script's action " + or(name(a.Name), "(unnamed)"), "id", or(name(a.ErrorID), "none"), "message", or(name(a.Message), "none"), "number", FormatHResult(hr)}
	if hr == 0 {
		return l.found(CodeActionNoCode, args...), true
	}
	f, ok := l.hresultFinding(hr)
	if !ok || f.def.Code == CodeUnknownNumber {
		return l.found(CodeActionNumber, args...).with(hr), true
	}
	return failing(f), true
}

// failing: being denied access while acting is certain, where being denied a look tells nothing.
func failing(f finding) finding {
	if f.def.Status == Unknown {
		f.def.Status = Failed
	}
	return f
}

// lookErrors are the reasons for what could not be read.
func (l *look) lookErrors() []finding {
	const shown = 5
	var out []finding
	var more []string
	for i, e := range l.f.Errors {
		if i >= shown {
			more = append(more, name(e.Area))
			continue
		}
		out = append(out, l.lookError(e))
	}
	if len(more) > 0 {
		out = append(out, l.found(CodeMoreErrors, "n", itoa(len(more)), "areas", joinBounded(more, 8)))
	}
	return out
}

func (l *look) lookError(e LookError) finding {
	hr := e.HResult
	if hr == 0 {
		hr, _ = ParseHResult(e.ID)
	}
	args := []string{"area", or(name(e.Area), "not named"), "id", or(name(e.ID), "No error id"), "message", or(name(e.Message), "no message")}
	if hr == hrAccessDenied || hr == hrNotAdmin {
		return l.found(CodeAccessDenied, args...).with(hr)
	}
	return l.found(CodeAreaUnread, args...).with(hr)
}
