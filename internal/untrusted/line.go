// SPDX-License-Identifier: MPL-2.0

package untrusted

import (
	"strings"
	"unicode"
)

// Line makes one source line fit to be shown with a caret under it: what acts on a terminal becomes a question mark,
// one for one, so that columns stay; tabs stay, a carriage return at the end goes, and product keys lose all but their
// last group. Bytes that are no UTF-8 become U+FFFD.
func Line(s string) string {
	s = strings.TrimRight(s, "\r\n")
	return Redact(strings.Map(func(r rune) rune {
		if r == '\t' || r == ' ' || unicode.IsGraphic(r) && r != '\u2028' && r != '\u2029' {
			return r
		}
		return '?'
	}, strings.ToValidUTF8(s, "\ufffd")))
}

// Indent is as wide as a source line's beginning: tabs stay tabs, everything else is a space.
func Indent(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, s)
}
