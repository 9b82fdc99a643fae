// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Error is all that is wrong with a catalogue file.
type Error struct {
	Diagnostics hcl.Diagnostics // each with its range in the file
	source      []byte
}

// Error shows each mistake as file:line:column, what is wrong, the source line with a caret, and what is right. Keys
// are masked in the source line: a secret one may stand there by mistake.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the catalogue file is not usable (%s)", count(len(e.Diagnostics)))
	for _, d := range e.Diagnostics {
		b.WriteString("\n")
		if d.Subject == nil {
			fmt.Fprintf(&b, "%s. %s", d.Summary, d.Detail)
			continue
		}
		at := *d.Subject
		fmt.Fprintf(&b, "%s:%d:%d: %s", at.Filename, at.Start.Line, at.Start.Column, d.Summary)
		if line, under := e.snippet(at, d.Extra == masked); line != "" {
			number := fmt.Sprintf("%5d", at.Start.Line)
			fmt.Fprintf(&b, "\n%s | %s\n%s | %s", number, line, strings.Repeat(" ", len(number)), under)
		}
		if d.Detail != "" {
			b.WriteString("\n        " + d.Detail)
		}
	}
	return b.String()
}

func count(n int) string {
	if n == 1 {
		return "1 mistake"
	}
	return fmt.Sprintf("%d mistakes", n)
}

// maskedValue marks a diagnostic whose value is not shown.
type maskedValue struct{}

var masked = maskedValue{}

// snippet is the source line of a range, and the line that underlines it.
func (e *Error) snippet(at hcl.Range, mask bool) (line, under string) {
	if at.Start.Byte > len(e.source) || at.Start.Byte < 0 {
		return "", ""
	}
	begin := bytes.LastIndexByte(e.source[:at.Start.Byte], '\n') + 1
	end := len(e.source)
	if n := bytes.IndexByte(e.source[at.Start.Byte:], '\n'); n >= 0 {
		end = at.Start.Byte + n
	}
	const most = 160
	if at.Start.Byte-begin > most {
		return "", "" // a line that nobody wrote by hand
	}
	end = min(end, begin+8*most)
	before := string(e.source[begin:at.Start.Byte])
	stop := min(max(at.End.Byte, at.Start.Byte), end)
	marked, after := string(e.source[at.Start.Byte:stop]), string(e.source[stop:end])
	if mask {
		marked = maskText(marked)
	}
	line = clean(maskKeys(before + marked + after))
	if len([]rune(line)) > most {
		line = string([]rune(line)[:most]) + "..."
	}
	for _, r := range clean(before) {
		if r == '\t' {
			under += "\t"
		} else {
			under += " "
		}
	}
	return line, under + strings.Repeat("^", min(max(len([]rune(marked)), 1), most))
}

// clean replaces what acts on a terminal; tabs stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r == '\r':
			return -1
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0, r >= 0x202a && r <= 0x202e:
			return '?'
		}
		return r
	}, s)
}

// maskKeys hides whatever has the shape of a product key.
func maskKeys(s string) string {
	const length = 29
	isKey := func(t string) bool {
		for i := range len(t) {
			c := t[i]
			if i%6 == 5 {
				if c != '-' {
					return false
				}
			} else if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
				return false
			}
		}
		return true
	}
	for i := 0; i+length <= len(s); i++ {
		if isKey(s[i : i+length]) {
			s = s[:i] + maskText(s[i:i+length]) + s[i+length:]
		}
	}
	return s
}

func maskText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '"' || r == '-' || r == ' ' {
			return r
		}
		return 'x'
	}, s)
}
