// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Each limit at its boundary and one beyond.

func TestFactsAsLongAsTheyMayBe(t *testing.T) {
	doc := `{"schema":1,"os":{"build":20348}`
	at := doc + strings.Repeat(" ", MaxFactsSize-len(doc)-1) + "}"
	if _, err := ParseFacts([]byte(at)); err != nil || len(at) != MaxFactsSize {
		t.Errorf("%d bytes: %v", len(at), err)
	}
	if _, err := ParseFacts([]byte(at + " ")); err == nil {
		t.Errorf("%d bytes are taken", len(at)+1)
	}
	item := `<INSTANCE><PROPERTY NAME="Name"><VALUE>x</VALUE></PROPERTY></INSTANCE>`
	item += strings.Repeat(" ", maxKVPItem-len(item))
	if _, err := ParseKVPItem(item); err != nil {
		t.Errorf("an item of %d bytes: %v", len(item), err)
	}
	if _, err := ParseKVPItem(item + " "); err == nil {
		t.Errorf("an item of %d bytes is taken", len(item)+1)
	}
	for _, n := range []int{MaxKVPValue, MaxKVPValue + 1} {
		for char, units := range map[string]int{"a": 1, "\U0001F600": 2} {
			text := strings.Repeat(char, n/units)
			got := cut(text, MaxKVPValue)
			if want := min(len(text), MaxKVPValue/units*len(char)); len(got) != want {
				t.Errorf("%d of %q: %d bytes stay, want %d", n/units, char, len(got), want)
			}
		}
	}
}

func TestNumbersAsLargeAsTheyMayBe(t *testing.T) {
	for text, want := range map[string]bool{"4294967295": true, "4294967296": false, "-2147483648": true, "-2147483649": false} {
		_, err := ParseFacts([]byte(`{"schema":1,"products":[{"license_status_reason":` + text + `}]}`))
		if (err == nil) != want {
			t.Errorf("license_status_reason %s: %v", text, err)
		}
	}
	for text, want := range map[string]bool{"1": true, "0": false} {
		if _, err := ParseFacts([]byte(`{"schema":` + text + `}`)); (err == nil) != want {
			t.Errorf("schema %s: %v", text, err)
		}
	}
	for n, want := range map[uint32]string{6: "ExtendedGrace", 7: "status 7"} {
		if got := LicenseStatusName(n); got != want {
			t.Errorf("status %d: %s", n, got)
		}
	}
	for n, want := range map[uint32]bool{0x7FFFFFFF: false, 0x80000000: true} {
		if IsFailure(n) != want {
			t.Errorf("%08X", n)
		}
	}
	for code, want := range map[int]string{0: "0", -1: "-1", 1<<30 - 1: "1073741823", 1 << 30: "0x40000000", -2: "0xFFFFFFFE"} {
		if got, _ := ExitText(code); got != want {
			t.Errorf("exit %d: %s", code, got)
		}
	}
}

func TestTheClockMayBeADayOff(t *testing.T) {
	has := func(v Verdict, code string) bool { return strings.Contains(fmt.Sprint(codes(v)), code) }
	for off, want := range map[time.Duration]bool{24 * time.Hour: false, 24*time.Hour + time.Second: true, -24 * time.Hour: false, -24*time.Hour - time.Second: true} {
		if v := Judge(good(), Expectation{Now: now.Add(off)}); has(v, CodeClockOff) != want || v.Status != Activated {
			t.Errorf("%s: %v", off, codes(v))
		}
	}
	for late, want := range map[time.Duration]bool{24 * time.Hour: false, 24*time.Hour + time.Second: true} {
		at := now.Add(late)
		if v := Judge(good(func(f *Facts) { f.OS.InstallDate = at.Unix() }), Expectation{}); has(v, CodeClockInconsistent) != want {
			t.Errorf("installed %s later: %v", late, codes(v))
		}
		if v := Judge(good(product(func(p *Product) { p.LastActivationUTC = at.Format(time.RFC3339) })), Expectation{}); has(v, CodeClockInconsistent) != want {
			t.Errorf("activated %s later: %v", late, codes(v))
		}
	}
	for d, want := range map[time.Duration]string{
		2*time.Minute - time.Second: "119 seconds", 2 * time.Minute: "2 minutes", 2*time.Hour - time.Second: "119 minutes", 2 * time.Hour: "2 hours",
		48*time.Hour - time.Second: "47 hours", 48 * time.Hour: "2 days", 730*24*time.Hour - time.Second: "729 days", 730 * 24 * time.Hour: "2 years",
	} {
		if got := span(d); got != want {
			t.Errorf("%s: %s, want %s", d, got, want)
		}
	}
}

func TestAnEvaluationEndsWhenItEnds(t *testing.T) {
	for after, want := range map[time.Duration]string{0: CodeEvaluation, time.Second: CodeEvaluationExpired} {
		f := good(evaluation("ServerDatacenterEval", 80), product(func(p *Product) { p.EvaluationEndUTC = now.Add(-after).Format(time.RFC3339) }))
		if v := Judge(f, Expectation{}); v.Lead().Code != want {
			t.Errorf("%s after its end: %v", after, codes(v))
		}
	}
}

// What is listed is listed up to a number, and the rest is said to be there.
func TestListsAreBounded(t *testing.T) {
	for n, want := range map[int]string{8: "h7", 9: "…"} {
		var hosts []string
		for i := range n {
			hosts = append(hosts, fmt.Sprintf("h%d", i))
		}
		detail := Judge(good(), Expectation{Hosts: hosts}).Lead().Detail
		if !strings.Contains(detail, want) || strings.Contains(detail, "h8") || strings.Contains(detail, "…") != (n > 8) {
			t.Errorf("%d hosts: %s", n, detail)
		}
	}
	for n, more := range map[int]bool{5: false, 6: true} {
		f := good()
		for i := range n {
			f.Errors = append(f.Errors, LookError{Area: fmt.Sprintf("area%d", i), ID: "x"})
		}
		v := Judge(f, Expectation{})
		if got := strings.Contains(fmt.Sprint(codes(v)), CodeMoreErrors); got != more {
			t.Errorf("%d errors: %v", n, codes(v))
		}
	}
	if got := Clean(strings.Repeat("x", maxShown), maxShown); len(got) != maxShown {
		t.Errorf("%d characters", len(got))
	}
	if got := Clean(strings.Repeat("x", maxShown+1), maxShown); !strings.HasSuffix(got, "x…") || len([]rune(got)) != maxShown+1 {
		t.Errorf("%d characters: %s", len(got), got)
	}
	lead, rest := found(CodePending), []finding{}
	for i := range maxReasons + 5 {
		f := found(CodeAreaUnread, "area", fmt.Sprint(i), "id", "x", "message", "x")
		rest = append(rest, f)
	}
	if got := len(ordered(Pending, lead, rest[:maxReasons-1])); got != maxReasons {
		t.Errorf("%d reasons, want %d", got, maxReasons)
	}
	if got := len(ordered(Pending, lead, rest)); got != maxReasons {
		t.Errorf("%d reasons, want %d", got, maxReasons)
	}
}

// Whoever is sent to the host may have nobody there but whoever runs it.
func TestAdviceAboutTheHostCanBeHandedOn(t *testing.T) {
	for _, d := range Definitions() {
		for _, word := range []string{"Get-VM", "Set-VM", "Enable-VM", "On the host:", "on the host that it", "every node"} {
			if strings.Contains(d.Remedy, word) && !strings.Contains(d.Remedy, "If somebody else runs the host") {
				t.Errorf("%s names %q and no way for a tenant: %s", d.Code, word, d.Remedy)
			}
		}
	}
}
