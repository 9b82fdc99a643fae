// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestMessages(t *testing.T) {
	for name, tc := range map[string]struct {
		in, want string
		colour   bool
	}{
		"plain":              {"avma: Grüße, 日本\n", "avma: Grüße, 日本\n", false},
		"control characters": {"a\x1b]0;title\x07b\x00c\u009bd\u202ee\x7f", "a?]0;title?b?c?d?e?", true},
		"spaces":             {"a\tb\r\nc\u00a0d", "a\tb\nc d", false},
		"colour":             {"\x1b[1;31mError\x1b[0m", "\x1b[1;31mError\x1b[0m", true},
		"no colour":          {"\x1b[1;31mError\x1b[0m", "Error", false},
		"other sequences":    {"\x1b[2J\x1b[?25l\x1b[", "?[2J?[?25l?[", true},
		"no text":            {"\xff\xfe", "??", false},
		"the longest line":   {strings.Repeat("x", maxLine) + "\n", strings.Repeat("x", maxLine) + "\n", false},
		"one more":           {strings.Repeat("x", maxLine+1) + "yz\nnext\n", strings.Repeat("x", maxLine) + "...\nnext\n", false},
	} {
		var out bytes.Buffer
		m := &messages{w: &out, colour: tc.colour}
		if n, err := m.Write([]byte(tc.in)); n != len(tc.in) || err != nil || out.String() != tc.want {
			t.Errorf("%s: %q, %d, %v; want %q", name, out.String(), n, err, tc.want)
		}
	}
	var out bytes.Buffer // a line in pieces
	m := &messages{w: &out}
	for range 3 {
		_, _ = m.Write([]byte(strings.Repeat("x", 1500)))
	}
	if out.Len() != maxLine+3 {
		t.Errorf("%d bytes", out.Len())
	}
}

// What a message quotes neither acts on the terminal nor buries the message.
func TestMessagesOfUntrustedText(t *testing.T) {
	long := strings.Repeat("long ", 20_000) // 100 KB
	for _, tc := range []struct {
		config string
		args   []string
	}{
		{"release = \"20\x1b[31m22\" wrong\n", []string{"unattend", "-c", "a.hcl"}},
		{"release = \"2022\"\nedition = \"datacenter\"\ncomputer_name = \"" + long + "\"\n", []string{"unattend", "-c", "a.hcl"}},
		{"owner = \"\x1b[2J\"\nrelease = upper(nothing.here)\n", []string{"unattend", "-c", "a.hcl"}},
		{"", []string{"unattend", "--release", "2022", "--edition", "datacenter", "--computer-name", long, "--input-locale", long}},
		{"", []string{long}},
		{"", []string{"key", "--" + long}},
		{"", []string{"key", "--channel", long}},
		{"", []string{"verify", "--facts", "\x1b[2J" + long}},
		{"", []string{"media", "create", "-o", "a.iso", "\x1b[2J" + long}},
	} {
		for _, terminal := range []bool{false, true} {
			w := newWorld(t, map[string]string{"a.hcl": tc.config})
			w.stderrIsTerminal = terminal
			w.call(t, tc.args...)
			got := w.err.String()
			if got == "" || len(got) > 5*maxLine || strings.Contains(got, "\x1b[2J") || strings.Contains(got, "\x1b[31m22") || !terminal && strings.Contains(got, "\x1b") {
				t.Errorf("avma %.60q: %d bytes: %.300q", tc.args, len(got), got)
			}
		}
	}
}

// A file that is not there: by which flag it came, and what to do.
func TestMissingFiles(t *testing.T) {
	for _, tc := range []struct{ args, says string }{
		{"unattend -c wbe.hcl", "avma: --config wbe.hcl: there is no such file; did you mean web.hcl?\n"},
		{"unattend -c web.hcl --var-file zzz.hcl", "avma: --var-file zzz.hcl: there is no such file; check the name, a relative path starts at the current folder\n"},
		{"unattend --release 2022 --edition dc --administrator-password-file pw.txt", "avma: --administrator-password-file pw.txt: there is no such file"},
		{"unattend --release 2022 --edition dc --product-key-file nowhere/pw.txt", "avma: --product-key-file nowhere/pw.txt: there is no such file, nor the folder nowhere; a relative"},
		{"keys --catalog zzz.hcl", "avma: --catalog zzz.hcl: there is no such file"},
		{"verify --facts zzz.json", "avma: --facts zzz.json: there is no such file"},
	} {
		newWorld(t, map[string]string{"web.hcl": "release = \"2022\"\nedition = \"datacenter\"\n"}).want(t, exitFailed, "", tc.says, strings.Fields(tc.args)...)
	}
	w := newWorld(t, nil)
	w.env["AVMA_CATALOG"] = "zzz.hcl"
	w.want(t, exitFailed, "", "avma: AVMA_CATALOG zzz.hcl: there is no such file", "keys")
}

func TestCheckKeyReadsUTF16(t *testing.T) {
	wide := func(order binary.AppendByteOrder, s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	for name, in := range map[string]string{
		"UTF-8":              "\n" + keyOf2022 + "\r\n",
		"UTF-8 with mark":    "\ufeff" + keyOf2022,
		"UTF-16":             wide(binary.LittleEndian, "\ufeff"+keyOf2022+"\r\n"),
		"UTF-16 big endian":  wide(binary.BigEndian, "\ufeff"+keyOf2022+"\r\n"),
		"UTF-16, no mark":    wide(binary.LittleEndian, keyOf2022+"\r\n"),
		"as much as is read": keyOf2022 + strings.Repeat("\n", maxKeyInput-len(keyOf2022)),
	} {
		w := newWorld(t, nil)
		w.stdin = strings.NewReader(in)
		if status := w.call(t, "check-key", "-"); status != 0 || !strings.Contains(w.out.String(), "known: it is an AVMA key") {
			t.Errorf("%s: %d, %s%s", name, status, w.out.String(), w.err.String())
		}
	}
	w := newWorld(t, nil)
	w.stdin = strings.NewReader(strings.Repeat("x", maxKeyInput+1))
	w.want(t, exitUsage, "", "standard input holds more than 4096 bytes; it has to hold one product key", "check-key", "-")
}

// The default of a variable that uses another one is told what it is and what to write, not that the other is unknown.
func TestDefaultIsNoConstant(t *testing.T) {
	const config = "variable \"a\" {\n  default = var.b\n}\nvariable \"b\" {\n  default = \"x\"\n}\nrelease = \"2022\"\nedition = \"datacenter\"\n"
	w := newWorld(t, map[string]string{"a.hcl": config})
	w.want(t, exitUsage, "", "Error: The default of a variable is not a constant\n\n  on a.hcl line 2", "unattend", "-c", "a.hcl")
	if got := w.err.String(); !strings.Contains(got, "locals { a = ... }") || strings.Contains(got, "no variable named") {
		t.Errorf("stderr is %s", got)
	}
}
