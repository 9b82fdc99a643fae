// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"slices"
	"time"
)

// CouldNotLook is the verdict where there are no facts at all: code is one of CodeAnswerCut, CodeNoPowerShell,
// CodeScriptFailed, CodeUnreachable, CodeBadFacts, CodeConstrained, CodeAccessDenied, CodeUnfinished or CodeOtherMachine,
// detail the error's text.
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
	passed := found(CodeDeadline, "waited", span(waited), "vm", "as the host calls it").reason
	if v.Status != Pending {
		passed.Remedy = "Cure the cause named above; more time would not."
	}
	v.Reasons = append(slices.Clone(v.Reasons), passed)
	return v
}

// Unfinished says in a verdict that the build ended, or may yet end, before whoever acts on the guest was through.
func (v Verdict) Unfinished() Verdict {
	v.Reasons = append(slices.Clone(v.Reasons), found(CodeUnfinished).reason)
	return v
}

// KeyUndone is the verdict on a guest that held another key again after the right one was installed that often. What
// led until now only informs: its advice was followed.
func (v Verdict) KeyUndone(times int) Verdict {
	v.Reasons = slices.Clone(v.Reasons)
	for i := range v.Reasons {
		v.Reasons[i].Severity = Info
	}
	v.Status = Failed
	v.Reasons = slices.Insert(v.Reasons, 0, found(CodeKeyUndone, "n", itoa(times), "key", or(v.PartialKey, "no key")).reason)
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
