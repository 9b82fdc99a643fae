// SPDX-License-Identifier: MPL-2.0

package untrusted

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for _, c := range []struct {
		in, want string
		limit    int
	}{
		{"HV-01", "HV-01", 0},
		{"  a\t b\r\n c ", "a b c", 0},
		{"\x1b[31mred\x1b[0m \x1b]0;title\x07text \x1b]8;;http://x\x1b\\link", "red text link", 0},
		{"\u009b31mred", "red", 0},
		{"\u202egnp.exe\u2066\u200b\ufeff", "gnp.exe", 0},
		{"nul\x00nul\x7f", "nulnul", 0},
		{"\xffbroken", "\ufffdbroken", 0},
		{"\U000e0041tag", "tag", 0},
		{"한국어 ü", "한국어 ü", 0},
		{"abcdef", "abc…", 3},
		{"abc", "abc", 3},
		{"key AAAAA-BBBBB-CCCCC-DDDDD-EEEEE.", "key XXXXX-XXXXX-XXXXX-XXXXX-EEEEE.", 0},
		{"aaaaa-bbbbb-ccccc-ddddd-eeeee", "XXXXX-XXXXX-XXXXX-XXXXX-eeeee", 0},
		{"S-1-5-21-11111-22222-33333-500", "S-1-5-21-11111-22222-33333-500", 0},
		{"\x1b", "", 0},
		{"\x1b[", "", 0},
	} {
		if got := Text(c.in, c.limit); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"\tkey = \"x\"\r\n":    "\tkey = \"x\"",
		"a\x1b[2Jb\u202ec\x00": "a?[2Jb?c?",
		"\xffx":                "\ufffdx",
		"ü한":                   "ü한",
		"key AAAAA-BBBBB-CCCCC-DDDDD-EEEEE and more": "key XXXXX-XXXXX-XXXXX-XXXXX-EEEEE and more",
		"a\u2028b": "a?b",
	} {
		if got := Line(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := Indent("\tü = "); got != "\t    " {
		t.Errorf("%q", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "plain", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07x", "\u202eevil", "a\u0000b\tc\r\nd", "\xff\xfe", "\u009b31m", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		c := Text(s, limit)
		if c != Text(c, 0) {
			t.Errorf("cleaning %q twice: %q, %q", s, c, Text(c, 0))
		}
		if n := len([]rune(c)); limit > 0 && n > limit+1 {
			t.Errorf("%d characters of at most %d", n, limit)
		}
		if strings.ContainsAny(c, "\x1b\x00\n\r\t\u202e\u2028") {
			t.Errorf("%q", c)
		}
	})
}

func FuzzLine(f *testing.F) {
	f.Add("\tx = \"\x1b[31m\"\r\n")
	f.Add("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\xff")
	f.Fuzz(func(t *testing.T, s string) {
		l := Line(s)
		if l != Line(l) || !utf8.ValidString(l) || strings.ContainsAny(l, "\x1b\x00\u202e\u2028\x7f") {
			t.Errorf("%q: %q", s, l)
		}
		if n := utf8.RuneCountInString(Indent(l)); n != utf8.RuneCountInString(l) {
			t.Errorf("indent of %d for %q", n, l)
		}
	})
}
