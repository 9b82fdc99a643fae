// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strconv"
	"strings"
)

const (
	factsSchema   = 1
	verdictSchema = 1
	maxReasons    = 40
)

// verdict is what is said of the guest beside status and reasons. Every text is cleaned.
func (l *look) verdict() Verdict {
	v := Verdict{
		Schema: verdictSchema, Release: l.guest.Release, Build: l.f.OS.Build, Edition: name(l.guest.Edition), EditionID: name(l.f.OS.EditionID),
		Evaluation: l.guest.Evaluation, Core: l.guest.Core, ExpectedKey: l.expected, PhysicalHost: l.host.Name, CheckedUTC: name(l.f.CollectedUTC),
	}
	if l.has {
		v.Channel, v.PartialKey, v.LicenseStatus = l.product.ProductKeyChannel, l.product.PartialProductKey, l.product.LicenseStatus
		v.Host, v.ActivatedUTC = l.product.HostMachineName, l.product.LastActivationUTC
	}
	return v
}

// ordered puts the leading reason first, drops what is said twice, and gives each reason the severity that fits the
// status: an accompanying error is an error only where something failed, and what another reason explains is an info.
func ordered(status Status, lead finding, rest []finding) []Reason {
	switch status {
	case Activated, Deferred:
		lead = lead.as(lead.def.Severity)
	case Pending:
		lead = lead.as(Warning)
	default:
		lead = lead.as(Error)
	}
	out := []Reason{lead.reason}
	seen := map[string]bool{lead.reason.Code: true, "": true}
	switch lead.reason.Code {
	case CodeWaitRestart, CodeConvertRestart:
		seen[CodeRestartPending] = true
		seen[CodeWaitRestart] = true
	}
	for _, f := range weigh(lead, rest) {
		r := f.reason
		key := r.Code
		if key == CodeAreaUnread || key == CodeAccessDenied && lead.reason.Code != CodeAccessDenied {
			key += r.Summary + r.Detail
		}
		if seen[key] || len(out) == maxReasons {
			continue
		}
		if r.Code == CodeWaitRestart {
			seen[CodeRestartPending] = true
		}
		seen[key] = true
		if r.Severity == Error && status != Failed && status != Pending {
			r.Severity = Warning
		}
		out = append(out, r)
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }

// joinBounded lists at most n of the strings.
func joinBounded(in []string, n int) string { return strings.Join(bounded(in, n), ", ") }
