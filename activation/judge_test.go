// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// judged is one row: facts and expectation, and what has to come of them.
type judged struct {
	name   string
	f      Facts
	e      Expectation
	status Status
	lead   string
	also   []string // codes that accompany it
	not    []string // codes that must not be there
	text   string   // stands in the leading reason
}

func judgedCases() []judged {
	var all []judged
	for _, part := range [][]judged{outcomeCases(), keyCases(), refusedCases(), hostCases(), exchangeCases(), platformCases(),
		evaluationCases(), conversionCases(), licensingCases(), lookingCases(), expectationCases(), inferredCases()} {
		all = append(all, part...)
	}
	return all
}

func codes(v Verdict) []string {
	var out []string
	for _, r := range v.Reasons {
		out = append(out, r.Code)
	}
	return out
}

func TestJudge(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range judgedCases() {
		if seen[c.name] {
			t.Errorf("two cases are called %q", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			v := Judge(c.f, c.e)
			lead := v.Lead()
			if v.Status != c.status || lead.Code != c.lead {
				t.Errorf("%s, %s (%s); want %s, %s\nall: %v", v.Status, lead.Code, lead.Summary, c.status, c.lead, codes(v))
			}
			for _, code := range c.also {
				if !slices.Contains(codes(v), code) {
					t.Errorf("%s is missing in %v", code, codes(v))
				}
			}
			for _, code := range c.not {
				if slices.Contains(codes(v), code) {
					t.Errorf("%s is there: %v", code, codes(v))
				}
			}
			if all := lead.Summary + "\n" + lead.Detail + "\n" + lead.Remedy + "\n" + lead.HResult + " " + lead.Symbol; !strings.Contains(all, c.text) {
				t.Errorf("%q is not in: %s", c.text, all)
			}
			checkVerdict(t, c.f, c.e, v)
		})
	}
}

// checkVerdict holds for every verdict, whatever the facts.
func checkVerdict(t *testing.T, f Facts, e Expectation, v Verdict) {
	t.Helper()
	if len(v.Reasons) == 0 {
		t.Fatal("a verdict without a reason")
	}
	if len(v.Reasons) > maxReasons {
		t.Errorf("%d reasons", len(v.Reasons))
	}
	if !slices.Contains(Statuses(), v.Status) {
		t.Errorf("status %q", v.Status)
	}
	for _, r := range v.Reasons {
		d, ok := Define(r.Code)
		if !ok {
			t.Errorf("reason %q is not in the table", r.Code)
		}
		if r.Summary == "" || r.Detail == "" {
			t.Errorf("%s says nothing", r.Code)
		}
		for _, s := range []string{r.Summary, r.Detail, r.Remedy} {
			if s != Clean(s, 0) {
				t.Errorf("%s is not clean: %q", r.Code, s)
			}
			if len(s) > 20000 {
				t.Errorf("%s has %d bytes", r.Code, len(s))
			}
		}
		for _, s := range []string{d.Summary, d.Detail, d.Remedy} {
			_ = s
		}
	}
	if v.Status == Activated && !rule(f, e, v) {
		t.Errorf("activated against the rule of success: %+v", v)
	}
	if v.Status == Deferred && !e.Defer {
		t.Error("deferred, and nobody asked for it")
	}
}

// rule is the rule of success, written down a second time and without the judge: one product with the AVMA channel,
// licensed, with the expected last five and a trace of a host; not on a platform that is known and not Hyper-V.
func rule(f Facts, e Expectation, v Verdict) bool {
	want := v.ExpectedKey
	if want == "" {
		return false
	}
	for _, p := range f.Products {
		avma := strings.EqualFold(name(p.ProductKeyChannel), "VT:IA") || name(p.ProductKeyChannel) == "" && strings.Contains(strings.ToUpper(name(p.Description)), "VIRTUAL_MACHINE_ACTIVATION")
		if avma && p.LicenseStatus == 1 && strings.EqualFold(Clean(name(p.PartialProductKey), 5), want) && (name(p.HostMachineName) != "" || name(p.HostDigitalPid2) != "" || shown(p.LastActivationUTC)) {
			platform, _ := PlatformOf(f.Virtualization)
			if platform == PlatformAzure && f.DataExchange.Parameters["HostingSystemEditionId"] == "406" || platform == PlatformPhysical && len(f.Errors) > 0 {
				return true
			}
			for _, elsewhere := range []Platform{PlatformAzure, PlatformKVM, PlatformVMware, PlatformXen, PlatformVirtualBox, PlatformOther, PlatformPhysical} {
				if platform == elsewhere {
					return false
				}
			}
			return true
		}
	}
	return false
}

func shown(at string) bool {
	when, err := time.Parse(time.RFC3339, name(at))
	return err == nil && when.UTC().Year() > 1601
}

// Every reason code is given by at least one case here or in the steps, and no placeholder stays unfilled.
func TestEveryReasonIsCovered(t *testing.T) {
	got := map[string]bool{}
	note := func(r Reason) {
		got[r.Code] = true
		for _, s := range []string{r.Summary, r.Detail, r.Remedy} {
			if i := strings.IndexByte(s, '{'); i >= 0 && strings.Contains(s[i:], "}") {
				t.Errorf("%s has a placeholder left: %s", r.Code, s)
			}
		}
	}
	for _, c := range judgedCases() {
		for _, r := range Judge(c.f, c.e).Reasons {
			note(r)
		}
	}
	for _, c := range stepCases() {
		note(NextStep(c.f, c.e, c.p).Reason)
	}
	for _, v := range unlookedCases() {
		for _, r := range v.Reasons {
			note(r)
		}
	}
	got[CodeInherited] = true // of the first-boot check, which knows the template; its scenarios hold it
	for _, d := range Definitions() {
		if !got[d.Code] {
			t.Errorf("no case gives %s (%s)", d.Code, d.Summary)
		}
	}
}

func TestDefinitionsAreSound(t *testing.T) {
	seen, last := map[string]bool{}, ""
	numbers := map[uint32]string{}
	for _, d := range Definitions() {
		if seen[d.Code] {
			t.Errorf("%s stands twice", d.Code)
		}
		seen[d.Code] = true
		if len(d.Code) != 8 || !strings.HasPrefix(d.Code, "AVMA-") || d.Code <= last {
			t.Errorf("%s after %s", d.Code, last)
		}
		last = d.Code
		if d.Status != "" && !slices.Contains(Statuses(), d.Status) {
			t.Errorf("%s: status %q", d.Code, d.Status)
		}
		if d.Severity != Error && d.Severity != Warning && d.Severity != Info {
			t.Errorf("%s: severity %q", d.Code, d.Severity)
		}
		if d.Severity != Info && d.Remedy == "" && d.Code != CodeAreaUnread && d.Code != CodeMoreErrors && d.Code != CodeOldPowerShell &&
			!strings.HasPrefix(d.Code, "AVMA-61") {
			t.Errorf("%s tells nobody what to do", d.Code)
		}
		if strings.HasSuffix(d.Summary, ".") || !strings.HasSuffix(d.Detail, ".") && !strings.HasSuffix(d.Detail, "}") {
			t.Errorf("%s: a summary has no full stop, a detail has one", d.Code)
		}
		for _, hr := range d.HResults {
			if _, ok := LookupHResult(hr); !ok {
				t.Errorf("%s: %s has no entry in the table of numbers", d.Code, FormatHResult(hr))
			}
			numbers[hr] = d.Code
		}
	}
	for _, h := range HResults() {
		if h.Code == "" {
			continue
		}
		d, ok := Define(h.Code)
		if !ok || !slices.Contains(d.HResults, h.Value) {
			t.Errorf("%s leads to %s, which does not list it", FormatHResult(h.Value), h.Code)
		}
	}
}

// Each number of reference section 4 has a reason and a symbol.
func TestEveryDocumentedNumberHasAReason(t *testing.T) {
	for _, hr := range []uint32{
		0xC004FD00, 0xC004FD01, 0xC004FD02, 0xC004FD03, 0xC004FD04, 0xC004F069, 0xC004F050, 0xC004F010, 0xC004E016, 0xC004F015, 0xC004F014, 0xC004F210,
		0xC004F051, 0xC004F07D, 0xC004F033, 0xC004F06A, 0xC004F061, 0xC004F009, 0xC004F200, 0xC004D307, 0xC004F074, 0x4004FC04, 0x80070005,
	} {
		h, ok := LookupHResult(hr)
		if !ok || h.Code == "" || h.Symbol == "" || h.Meaning == "" {
			t.Errorf("%s: %+v", FormatHResult(hr), h)
		}
	}
}
