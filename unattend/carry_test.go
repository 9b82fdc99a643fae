// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/base64"
	"testing"
)

// A file stands in the answer file as text where its line ends and letters survive that, else as Base64.
func TestCarriedAsTextOrBase64(t *testing.T) {
	for data, want := range map[string]carriedFile{
		"a":             {text: "a"},
		"a\nb\n":        {text: "a\nb\n"},
		"a\r\nb\r\n":    {text: "a\nb\n", crlf: true},
		"\ta ~\x7e\n":   {text: "\ta ~\x7e\n"},
		"a\r\nb\n":      {},
		"a\nb\r\nc\r":   {},
		"a\rb":          {},
		"a\r\r\n":       {},
		"":              {},
		" \r\n":         {},
		"a\x1f":         {},
		"a\x7f":         {},
		"a\x80":         {},
		"a\u00fc\n":     {},
		"a\x00b":        {},
		"a\nb\r":        {},
		"a\r\nb\r\nc":   {text: "a\nb\nc", crlf: true},
		" a\n\n\n":      {text: " a\n\n\n"},
		"\xef\xbb\xbfa": {},
	} {
		want.name = "n"
		if want.text == "" {
			want.b64 = base64.StdEncoding.EncodeToString([]byte(data))
		}
		if got := carried("n", []byte(data)); got != want {
			t.Errorf("%q is carried as %+v, want %+v", data, got, want)
		}
	}
}

// PowerShell takes a file without a mark for the code page of the system; what has a mark, or is no UTF-8, is left alone.
func TestScriptsAsWindowsWantsThem(t *testing.T) {
	for _, c := range []struct{ kind, data, want string }{
		{"powershell", "a\n", "a\n"},
		{"powershell", "\x7f", "\x7f"},
		{"powershell", "ü\n", "\xef\xbb\xbfü\n"},
		{"powershell", "\xef\xbb\xbfü", "\xef\xbb\xbfü"},
		{"powershell", "\xff\xfea\x00", "\xff\xfea\x00"},
		{"powershell", "\xfe\xff\x00a", "\xfe\xff\x00a"},
		{"powershell", "\xe4", "\xe4"},
		{"cmd", "a\nb\r\nc", "a\r\nb\r\nc"},
		{"cmd", "ü\n", "ü\r\n"},
	} {
		if got := string(scriptBytes([]byte(c.data), c.kind)); got != c.want {
			t.Errorf("%s %q becomes %q, want %q", c.kind, c.data, got, c.want)
		}
	}
}

func TestJSONInASCII(t *testing.T) {
	for text, want := range map[string]string{
		`"a\u007f"`: `"a\u007f"`, "\"\x7f\"": "\"\x7f\"", "\"\u0080ü\"": `"\u0080\u00fc"`,
		"\"\uffff\"": `"\uffff"`, "\"\U00010000\"": `"\ud800\udc00"`, "\"a😀\"": `"a\ud83d\ude00"`,
	} {
		if got := string(asciiJSON([]byte(text))); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}

// References stand for what is not ASCII, wherever in a line of whatever length it is.
func TestXMLInASCII(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "a", "a\nb": "a\r\nb", "a\n": "a\r\n", "\n": "\r\n", "ü": "&#252;", "\u0080\x7f": "&#128;\x7f", "1234567ü": "1234567&#252;",
		"12345678ü": "12345678&#252;", "123456789\nü😀\n": "123456789\r\n&#252;&#128512;\r\n",
	} {
		if got := string(asciiCRLF([]byte(text))); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
