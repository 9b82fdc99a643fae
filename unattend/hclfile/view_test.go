// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/hclguard"
)

// view gives the viewer of a text, whether it parses or not.
func view(t *testing.T, name, src string) viewer {
	t.Helper()
	f := &File{budget: hclguard.NewBudget(t.Context()), localNames: map[string]bool{"copied": true}, variables: map[string]*variable{"pw": {}}}
	f.Context = &hcl.EvalContext{Functions: f.functions()}
	f.isJSON = map[string]bool{"a.json": true}
	f.valueFiles = map[string]bool{"v.hcl": true}
	file := &hcl.File{Bytes: []byte(src)}
	if name != "a.json" {
		if parsed, diags := hclsyntax.ParseConfig([]byte(src), name, hcl.InitialPos); !diags.HasErrors() {
			file = parsed
		}
	}
	return f.viewer(name, file, f.words())
}

// Each source with the line that is shown of the place marked by @.
func TestLine(t *testing.T) {
	for _, tc := range []struct{ name, file, src, want string }{
		{"a public value", "a.hcl", `release = @"2022"`, `release = "2022"`},
		{"a public number", "a.hcl", `image_index = @-1.5`, `image_index = -1.5`},
		{"public values", "a.hcl", `expected_hosts = @["a", "b"]`, `expected_hosts = ["a", "b"]`},
		{"a public value by a call", "a.hcl", `release = @lower("X")`, `release = lower("****")`},
		{"a public value of a template", "a.hcl", `release = @"a${var.pw}b"`, `release = "****${var.pw}****"`},
		{"a public name without quotes", "a.hcl", `release = @nothing`, `release = nothing`},
		{"a tab", "a.hcl", "\trelease\t=\t@\"2022\"", "\trelease\t=\t\"2022\""},
		{"a comment behind it", "a.hcl", `release = @"2022" # "x"`, `release = "2022"`},
		{"a comment line", "a.hcl", "@# abc\nrelease = 1", `****`},
		{"a comment in it", "a.hcl", "release = [@\"1\", # abc\n\"2\"]", `release = ["1",`},
		{"another line of it", "a.hcl", "release = [\n  \"1\",\n  @\"2\"\n]", `  "2"`},
		{"its last line", "a.hcl", "release = [\n  \"1\"\n@]", `]`},
		{"a password", "a.hcl", `administrator_password = @"abc"`, `administrator_password = "****"`},
		{"a password from a variable", "a.hcl", `administrator_password = @var.pw`, `administrator_password = var.pw`},
		{"a password from a local", "a.hcl", `administrator_password = @upper(local.copied)`, `administrator_password = upper(local.copied)`},
		{"a password by an unknown function", "a.hcl", `administrator_password = @secret(var.pw)`, `administrator_password = ****`},
		{"a password without quotes", "a.hcl", `administrator_password = @abc`, `administrator_password = ****`},
		{"a password of digits", "a.hcl", `administrator_password = @123`, `administrator_password = ****`},
		{"a loop", "a.hcl", `administrator_password = @[for k, v in var.pw : v]`, `administrator_password = [for k, v in var.pw : v]`},
		{"a loop without keys", "a.hcl", `administrator_password = @[for v in var.pw : k]`, `administrator_password = ****`},
		{"a heredoc", "a.hcl", "content = @<<EOT\nabc\nEOT\n", `content = <<...`},
		{"in a heredoc", "a.hcl", "content = <<EOT\na@bc\nEOT\n", `****`},
		{"an unknown name", "a.hcl", `abc = @"def"`, `abc = "****"`},
		{"a block", "a.hcl", "@winrm {\n}\n", `winrm {`},
		{"an indented block", "a.hcl", "deploy {\n  @network {\n  }\n}\n", `  network {`},
		{"in a block", "a.hcl", "winrm {\n  port = @1\n}\n", `  port = 1`},
		{"the end of a block", "a.hcl", "winrm {\n  port = 1\n@}\n", `****`},
		{"a known label", "a.hcl", "@variable \"pw\" {\n}\n", `variable "pw" {`},
		{"an unknown label", "a.hcl", "@variable \"abc\" {\n}\n", `variable "****" {`},
		{"a public name of a local", "a.hcl", "locals {\n  owner = @\"abc\"\n}\n", `  owner = "****"`},
		{"a public name in a local block", "a.hcl", "local \"a\" {\n  owner = @\"abc\"\n}\n", `  owner = "****"`},
		{"a public name of a variable", "a.hcl", "variable \"a\" {\n  owner = @\"abc\"\n}\n", `  owner = "****"`},
		{"a file of values", "v.hcl", `owner = @"abc"`, `owner = "****"`},
		{"a member", "a.hcl", `administrator_password = @var.pw.abc`, `administrator_password = var.pw.abc`},

		{"broken: a public value", "a.hcl", "release = @\"2022\nx", `release = "2022`},
		{"broken: two on a line", "a.hcl", `release = @"2022" owner = "x" (`, `release = ****`},
		{"broken: a password", "a.hcl", "  administrator_password = @\"abc\n", `  administrator_password = ****`},
		{"broken: an unknown name", "a.hcl", "abc = @(\n", `****`},
		{"broken: a block", "a.hcl", "  @winrm {\n", `  winrm {`},
		{"broken: a name alone", "a.hcl", "  @owner\n", `  owner`},
		{"broken: a name with something", "a.hcl", "@owner abc\n", `owner ****`},
		{"broken: with locals", "a.hcl", "locals {\n  owner = @\"abc\n", `  owner = ****`},
		{"broken: system_locale is no local", "a.hcl", "system_locale = @\"en-US\n(", `system_locale = "en-US`},
		{"broken: a file of values", "v.hcl", "owner = @\"abc\n", `owner = ****`},
		{"broken: a call", "a.hcl", "release = @x(\n", `release = ****`},

		{"JSON: a public value", "a.json", `  @"release": "2022",`, `  "release": "2022",`},
		{"JSON: a public number", "a.json", `  @"image_index": 15,`, `  "image_index": 15,`},
		{"JSON: no number", "a.json", `  @"image_index": 1x,`, `  "image_index": ****,`},
		{"JSON: truth", "a.json", `"x": @true, "y": false, "z": null, "a": none`, `"x": true, "y": false, "z": null, "a": ****`},
		{"JSON: a password", "a.json", `  @"administrator_password": "abc"`, `  "administrator_password": "****"`},
		{"JSON: a password of digits", "a.json", `"administrator_password": @123`, `"administrator_password": ****`},
		{"JSON: after a public one", "a.json", `{"release": @"2022", "administrator_password": "abc"}`, `{"release": "2022", "administrator_password": "****"}`},
		{"JSON: a variable", "a.json", `"administrator_password": @"${var.pw}"`, `"administrator_password": "${var.pw}"`},
		{"JSON: a local", "a.json", `"administrator_password": @"${local.a}"`, `"administrator_password": "${local.a}"`},
		{"JSON: another root", "a.json", `"administrator_password": @"${abc.pw}"`, `"administrator_password": "****"`},
		{"JSON: more than a variable", "a.json", `"administrator_password": @"${var.pw} "`, `"administrator_password": "****"`},
		{"JSON: no name of a variable", "a.json", `"administrator_password": @"${var.A}"`, `"administrator_password": "****"`},
		{"JSON: a public template", "a.json", `"owner": @"%{if abc}"`, `"owner": "****"`},
		{"JSON: a public escape", "a.json", `"owner": @"a\"b"`, `"owner": "****"`},
		{"JSON: a key that is no name", "a.json", `@"Abc": 1`, `"****": ****`},
		{"JSON: without an end", "a.json", `"owner": @"abc`, `"owner": "****"`},
		{"JSON: without an end, an escape", "a.json", `"owner": @"abc\`, `"owner": "****"`},
		{"JSON: turned inside out", "a.json", `@owner": "abc`, `****"****"****`},
		{"JSON: with locals", "a.json", "{\"locals\": {\n@\"owner\": \"abc\"", `"owner": "****"`},

		{"nothing", "a.hcl", "@", ""},
		{"an empty line", "a.hcl", "a = 1\n@\nb = 2", "****"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			at := strings.Index(tc.src, "@")
			src := tc.src[:at] + tc.src[at+1:]
			got := view(t, tc.file, src).line(hcl.Range{Start: hcl.Pos{Byte: at}})
			if got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// A place beyond the text has no line, and a long line is cut.
func TestLineBounds(t *testing.T) {
	v := view(t, "a.hcl", "a = 1")
	for at, want := range map[int]string{-1: "", 5: "a = ****", 6: ""} {
		if got := v.line(hcl.Range{Start: hcl.Pos{Byte: at}}); got != want {
			t.Errorf("at %d: %q", at, got)
		}
	}
	for n, want := range map[int]int{maxLine: maxLine, maxLine + 1: maxLine + len("...")} {
		got := view(t, "a.hcl", `owner = "`+strings.Repeat("x", n-10)+`"`).line(hcl.Range{})
		if len(got) != want || strings.HasSuffix(got, "...") != (want > maxLine) {
			t.Errorf("%d characters become %d: %s", n, len(got), got)
		}
	}
}

func TestNames(t *testing.T) {
	for s, want := range map[string]bool{
		"a": true, "z9_-": true, "": false, "A": false, "9a": false, "_a": false, "-": false, "a b": false, "{a": false, "`a": false,
		strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
	} {
		if isName(s) != want {
			t.Errorf("isName(%q) is %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"": false, "1": true, "-1.5e+3": true, "x": false, "1x": false} {
		if isNumber(s) != want {
			t.Errorf("isNumber(%q) is %v", s, !want)
		}
	}
	for r, want := range map[rune]bool{'0': true, '9': true, 'a': true, 'z': true, 'A': true, 'Z': true, 0x80: true, 0x7f: false, '/': false, ':': false, '`': false, '{': false, '@': false, '[': false} {
		if isLetterOrDigit(r) != want {
			t.Errorf("isLetterOrDigit(%q) is %v", r, !want)
		}
	}
	for b, want := range map[byte]bool{'0': true, '9': true, 'a': true, 'z': true, 'A': true, 'Z': true, '_': true, '-': true, '/': false, ':': false, '`': false, '{': false, '@': false, '[': false} {
		if isIdent(b) != want {
			t.Errorf("isIdent(%q) is %v", b, !want)
		}
	}
	for s, want := range map[string]bool{"password": true, "Admin_PASSWORD": true, "product_key": true, "account_data": true, "owner": false, "key": false} {
		if isSecretName(s) != want {
			t.Errorf("isSecretName(%q) is %v", s, !want)
		}
	}
}

func TestWrap(t *testing.T) {
	word := strings.Repeat("x", 49)
	for in, want := range map[string]string{
		"a b":                                    "a b",
		"a\nb":                                   "a\nb",
		word + " " + word + "y z":                word + " " + word + "y\nz", // 49, a blank and 50 are 100
		word + " " + word + "yy z":               word + "\n" + word + "yy z",
		word + " " + word + " a\n" + word + " a": word + " " + word + "\na\n" + word + " a",
		strings.Repeat("x", 200):                 strings.Repeat("x", 200),
	} {
		if got := wrap(in); got != want {
			t.Errorf("%q\nbecomes %q\nwant    %q", in, got, want)
		}
	}
}

// A text is cut at its bound, in characters, and nothing in it acts on a terminal.
func TestShorten(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b[2Jx":                     "?[2Jx",
		strings.Repeat("ü", maxText):   strings.Repeat("ü", maxText),
		strings.Repeat("ü", maxText+1): strings.Repeat("ü", maxText) + "...",
	} {
		if got := shorten(in); got != want {
			t.Errorf("%.40q...: %.40q", in, got)
		}
	}
}

// Strings of a sensitive value leave a text whole and quoted, the longest first; one of two letters stays.
func TestRedact(t *testing.T) {
	f := &File{}
	f.keepSecret(cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("abc"), "b": cty.StringVal("abcde\"f"), "c": cty.StringVal("of"), "d": cty.NullVal(cty.String),
		"e": cty.UnknownVal(cty.String)}).Mark("sensitive"))
	for in, want := range map[string]string{
		"x abc of":       "x (sensitive value) of",
		`x abcde"f y`:    "x (sensitive value) y",
		`x "abcde\"f" y`: "x (sensitive value) y",
	} {
		if got := f.redact(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
