// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplitArguments(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []string
	}{
		{"blanks", `a  b	c`, []string{"a", "b", "c"}},
		{"quotes", `-File "C:\Program Files\avma\x.ps1"`, []string{"-File", `C:\Program Files\avma\x.ps1`}},
		{"backslashes before a quote", `a\\\"b "c\\" d`, []string{`a\"b`, `c\`, "d"}},
		{"doubled quote", `"a""b"`, []string{`a"b`}},
		{"empty", `"" x`, []string{"", "x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, splitArguments(c.line)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSplitCmd(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []cmdPart
	}{
		{"operators", `a && b || c & d`, []cmdPart{{text: "a"}, {after: "&&", text: "b"}, {after: "||", text: "c"}, {after: "&", text: "d"}}},
		{"quoted operators", `p -Command "a;b | c & d > e"`, []cmdPart{{text: `p -Command "a;b | c & d > e"`}}},
		{"escaped", `echo a^&b`, []cmdPart{{text: "echo a&b"}}},
		{"append", `echo QUJD >> "C:\t.tmp"`, []cmdPart{{text: "echo QUJD", to: `C:\t.tmp`, appendTo: true}}},
		{"stderr", `a 2>nul`, []cmdPart{{text: "a"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, splitCmd(c.line), cmp.AllowUnexported(cmdPart{})); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSplitPowerShellLine(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []string
		simple     bool
	}{
		{"plain", `powershell -NoProfile "a 'b' c"`, []string{"powershell", "-NoProfile", "a 'b' c"}, true},
		{"a variable is empty", `powershell "x$y.z"`, []string{"powershell", "x.z"}, true},
		{"backtick", "powershell \"a`\"b\"", []string{"powershell", `a"b`}, true},
		{"single quotes", `powershell 'it''s $x'`, []string{"powershell", "it's $x"}, true},
		{"two commands", `powershell a; exit 1`, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, simple := splitPS(c.line)
			if d := cmp.Diff(c.want, got); d != "" || simple != c.simple {
				t.Error(simple, d)
			}
		})
	}
}

func TestSplitBash(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []string
		fails      bool
	}{
		{"double quotes keep a backslash", `powershell "a\b 'c'"`, []string{"powershell", `a\b 'c'`}, false},
		{"and escape four characters", `x "\$a \"b\" \\"`, []string{"x", `$a "b" \`}, false},
		{"a variable is empty", `x "a$PATH.b"`, []string{"x", "a.b"}, false},
		{"a bare backslash", `x C:\Windows`, []string{"x", "C:Windows"}, false},
		{"an operator", `x; y`, nil, true},
		{"an open quote", `x "y`, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := splitBash(c.line)
			if d := cmp.Diff(c.want, got); !c.fails && d != "" || (err != nil) != c.fails {
				t.Error(err, d)
			}
		})
	}
}

func TestParsePowerShell(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       psCall
		fails      bool
	}{
		{"command", `-NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "a b" c`, psCall{command: "a b c"}, false},
		{"short names", `-nop -noni -ep Bypass -c x`, psCall{command: "x"}, false},
		{"bare text", `-NoProfile Get-Date -Format o`, psCall{command: "Get-Date -Format o"}, false},
		{"encoded", `-e ` + encodeUTF16("ü"), psCall{command: "ü", encoded: true}, false},
		{"file", `-File "C:\a b.ps1" -x 1`, psCall{file: `C:\a b.ps1`, args: []string{"-x", "1"}}, false},
		{"standard input", `-Command -`, psCall{command: "-", stdin: true}, false},
		{"misspelt", `-NoProfle x`, psCall{}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parsePowerShell(splitArguments(c.line))
			if d := cmp.Diff(c.want, got, cmp.AllowUnexported(psCall{})); !c.fails && d != "" || (err != nil) != c.fails {
				t.Error(err, d)
			}
		})
	}
}

func FuzzTokenizers(f *testing.F) {
	for _, s := range []string{`powershell -Command "a 'b'"`, `echo x >> "y"`, `a\\"b`, `"`, "`", `x $y ${z}`, `a^`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		splitArguments(s)
		splitCmd(s)
		splitPS(s)
		splitBash(s)
		parsePowerShell(strings.Fields(s))
		ParseScenario([]byte(s))
	})
}

func TestMadeUpKeysAreWellFormed(t *testing.T) {
	for _, k := range []string{MAKKey, RetailKey, OEMKey} {
		if len(k) != 29 || strings.Count(strings.ReplaceAll(k, "-", ""), "N") != 1 {
			t.Errorf("%q", k)
		}
	}
}
