// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"time"
)

// CouldNotLook is the verdict where there are no facts at all: code is one of CodeAnswerCut, CodeNoPowerShell,
// CodeScriptFailed, CodeUnreachable, CodeBadFacts, CodeConstrained or CodeAccessDenied, detail the error's text.
func CouldNotLook(code, detail string, e Expectation) Verdict {
	f := found(code, "detail", detail, "area", detail, "mode", or(detail, "a restricted"))
	v := newLook(Facts{}, e).verdict()
	v.Status = Unknown
	v.Reasons = ordered(Unknown, f, nil)
	if !e.Now.IsZero() {
		v.CheckedUTC = e.Now.UTC().Format(time.RFC3339)
	}
	return v
}

// AtDeadline says in a verdict that waiting ended without success, after that long. Activated and deferred ones are
// returned as they are.
func (v Verdict) AtDeadline(waited time.Duration) Verdict {
	if v.Status == Activated || v.Status == Deferred {
		return v
	}
	reasons := append([]Reason(nil), v.Reasons...)
	v.Reasons = append(reasons, found(CodeDeadline, "waited", span(waited)).reason)
	return v
}

// Lead is the reason that explains the status. A verdict made elsewhere without reasons gives the zero value.
func (v Verdict) Lead() Reason {
	if len(v.Reasons) == 0 {
		return Reason{}
	}
	return v.Reasons[0]
}

// OK says that the guest is activated, or that the proof was left to its first boot as asked.
func (v Verdict) OK() bool { return v.Status == Activated || v.Status == Deferred }
