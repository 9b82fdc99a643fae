// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"sync"
)

// Definition is one row of the table of reasons. Codes are stable: a code is never given another meaning.
type Definition struct {
	Code     string
	Status   Status   // the status that it leads to when it leads; "" when it only accompanies others
	Severity Severity // when it leads; an accompanying error of an activated guest is shown as a warning
	Summary  string
	Detail   string   // names in braces, such as {host}, are replaced by what was found
	Remedy   string   // what to do; "" when there is nothing to do
	HResults []uint32 // the Windows error numbers that it explains
	HostSide bool     // the cause lies outside the guest: another host cures it, so it may be deferred
}

// Group is a hundred of reason codes.
type Group struct {
	First int // 100, 200, ...
	Title string
}

// Groups names the hundreds of the reason codes.
func Groups() []Group {
	return []Group{
		{100, "Outcome"},
		{200, "Key and edition"},
		{300, "Host"},
		{400, "Data Exchange and virtualization"},
		{500, "Evaluation editions"},
		{600, "Licensing"},
		{700, "Looking at the guest"},
		{800, "Catalogue and expectation"},
	}
}

// Definitions is the table of all reasons, in the order of their codes. The caller owns the slice.
func Definitions() []Definition {
	parts := [][]Definition{
		outcomeReasons(), keyReasons(), keyRefusedReasons(), hostReasons(), exchangeReasons(), platformReasons(),
		evaluationReasons(), conversionReasons(), licensingReasons(), lookingReasons(), expectationReasons(),
	}
	var all []Definition
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var byCode = sync.OnceValue(func() map[string]Definition {
	m := make(map[string]Definition)
	for _, d := range Definitions() {
		m[d.Code] = d
	}
	return m
})

// Define looks a reason up by its code, such as "AVMA-307".
func Define(code string) (Definition, bool) {
	d, ok := byCode()[code]
	return d, ok
}

// finding is a reason that applies to one guest.
type finding struct {
	def    Definition
	reason Reason
}

// found makes a finding. The pairs are names and values of the placeholders in the text; every value is cleaned and
// bounded here, so that nothing a guest said enters a verdict as it was.
func found(code string, pairs ...string) finding {
	d, ok := Define(code)
	if !ok { // a mistake of ours, and still no reason to fall over while judging
		d = Definition{Code: code, Severity: Warning, Summary: "Unnamed reason " + code}
	}
	fill := filler(pairs)
	return finding{def: d, reason: Reason{
		Code: d.Code, Severity: d.Severity, Summary: fill.Replace(d.Summary), Detail: fill.Replace(d.Detail), Remedy: fill.Replace(d.Remedy),
	}}
}

// filler replaces {name} by the cleaned value.
func filler(pairs []string) *strings.Replacer {
	args := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		v := Clean(pairs[i+1], maxShown)
		if v == "" {
			v = "(empty)"
		}
		// What Windows says may end in a full stop of its own.
		args = append(args, "{"+pairs[i]+"}.", strings.TrimRight(v, ". ")+".", "{"+pairs[i]+"}", v)
	}
	return strings.NewReplacer(args...)
}

// with puts a Windows error number and its symbol beside the reason.
func (f finding) with(hr uint32) finding {
	if hr != 0 {
		f.reason.HResult = FormatHResult(hr)
		if info, ok := LookupHResult(hr); ok {
			f.reason.Symbol = info.Symbol
		}
	}
	return f
}

// as gives the finding another severity.
func (f finding) as(s Severity) finding {
	f.reason.Severity = s
	return f
}
