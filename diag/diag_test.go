// SPDX-License-Identifier: MPL-2.0

package diag

import (
	"strings"
	"testing"
)

func TestList(t *testing.T) {
	note := Diagnostic{Severity: Info, Summary: "good to know"}
	bad := Diagnostic{Severity: Error, Path: "a[1].b", Summary: "it is wrong", Detail: "It cannot be", Remedy: "Leave it out."}
	for name, c := range map[string]struct {
		list List
		want string // the error; "": none
	}{
		"nothing":    {nil, ""},
		"no error":   {List{note}, ""},
		"one error":  {List{note, bad}, "a[1].b: it is wrong. It cannot be. Leave it out."},
		"two errors": {List{bad, note, {Severity: Error, Summary: "x"}}, "2 errors:\n* a[1].b: it is wrong. It cannot be. Leave it out.\n* x"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.list.Err()
			if (err != nil) != (c.want != "") || err != nil && err.Error() != c.want {
				t.Errorf("%v", err)
			}
		})
	}
	if got := (List{note, bad}).Only(Info); len(got) != 1 || got[0] != note {
		t.Errorf("%v", got)
	}
}

func TestSortKeepsWhatHasOnePlace(t *testing.T) {
	at := func(line, byte int, s string) Diagnostic {
		return Diagnostic{Summary: s, At: Position{File: "f", Line: line, Byte: byte}}
	}
	l := List{at(2, 9, "d"), at(1, 4, "b"), at(1, 4, "c"), {Summary: "a"}}
	l.Sort()
	var got string
	for _, d := range l {
		got += d.Summary
	}
	if got != "abcd" {
		t.Error(got)
	}
}

func TestPrint(t *testing.T) {
	source := "one = 1\n\tname = \"ü\x1b[2J\" # AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\r\n" + strings.Repeat("x", 400) + "\n"
	begin, name := strings.Index(source, "\"ü"), "a.hcl"
	for what, c := range map[string]struct {
		d      Diagnostic
		colour bool
		want   string
	}{
		"with all there is": {
			Diagnostic{Code: "AVMA-1", Severity: Error, Path: "name", At: Position{name, 2, 9, begin}, End: Position{Byte: begin + 8},
				Summary: "no name", Detail: "Why.", Remedy: "Do."}, false,
			"a.hcl:2:9: error: AVMA-1: name: no name\n" +
				"    2 | \tname = \"ü?[2J\" # XXXXX-XXXXX-XXXXX-XXXXX-EEEEE\n" +
				"      | \t       ^^^^^^^\n        Why.\n        Do.\n"},
		"without a place":     {Diagnostic{Severity: Warning, Summary: "x"}, false, "warning: x\n"},
		"with a file alone":   {Diagnostic{Severity: Warning, Summary: "x", At: Position{File: name}}, false, "a.hcl: warning: x\n"},
		"in colour":           {Diagnostic{Severity: Info, Summary: "x"}, true, "\x1b[36minfo\x1b[0m: x\n"},
		"a place that is not": {Diagnostic{Severity: Info, Summary: "x", At: Position{name, 9, 1, 99999}}, false, "a.hcl:9:1: info: x\n"},
		"a long line": {Diagnostic{Severity: Info, Summary: "x", At: Position{name, 3, 1, strings.Index(source, "xx")}}, false,
			"a.hcl:3:1: info: x\n    3 | " + strings.Repeat("x", 160) + "...\n      | ^\n"},
	} {
		t.Run(what, func(t *testing.T) {
			var b strings.Builder
			p := Printer{Colour: c.colour, Source: func(string) []byte { return []byte(source) }}
			if err := p.Print(&b, List{c.d}); err != nil || b.String() != c.want {
				t.Errorf("%v\n%q\n%q", err, b.String(), c.want)
			}
		})
	}
}
