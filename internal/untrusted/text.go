// SPDX-License-Identifier: MPL-2.0

package untrusted

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text makes what somebody else said fit to be shown in a sentence: terminal escape sequences, control and format characters
// (bidirectional overrides, zero-width characters, tags) are dropped, line breaks and tabs become a space, what is no
// UTF-8 becomes U+FFFD, product keys lose all but their last group, and more than limit characters are cut with an
// ellipsis. limit 0 or less means no bound.
func Text(s string, limit int) string {
	var b strings.Builder
	n, space := 0, false
	for i := 0; i < len(s); {
		if w := escapeLen(s[i:]); w > 0 {
			i += w
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		i += w
		switch {
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			space = n > 0
			continue
		case !unicode.IsGraphic(r):
			continue
		}
		need := 1
		if space {
			need = 2
		}
		if limit > 0 && n+need > limit {
			return Redact(b.String()) + "…"
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		n += need
	}
	return Redact(b.String())
}

// escapeLen is the length of the terminal escape sequence that s starts with: CSI, OSC, DCS and two-byte forms, with
// ESC or as C1 control. An unterminated one reaches to its last parameter byte.
func escapeLen(s string) int {
	var kind byte
	at := 0
	switch {
	case s[0] == 0x1b:
		if len(s) == 1 {
			return 1
		}
		kind, at = s[1], 2
	case s[0] == 0xc2 && len(s) > 1 && s[1] >= 0x80 && s[1] <= 0x9f: // U+0080..U+009F
		kind, at = s[1]-0x40, 2
	default:
		return 0
	}
	switch kind {
	case '[': // CSI: parameters, then one final byte
		for at < len(s) && s[at] >= 0x20 && s[at] < 0x40 {
			at++
		}
		if at < len(s) && s[at] >= 0x40 && s[at] < 0x7f {
			at++
		}
	case ']', 'P', '_', '^', 'X': // OSC, DCS, APC, PM, SOS: up to BEL or ST, at most one line
		for at < len(s) && s[at] != '\n' && s[at] != '\r' {
			if s[at] == 0x07 {
				return at + 1
			}
			if s[at] == 0x1b {
				if at+1 < len(s) && s[at+1] == '\\' {
					return at + 2
				}
				return at
			}
			at++
		}
	default:
		if s[0] == 0x1b && (kind < 0x20 || kind > 0x7e) {
			return 1 // a lone ESC before something that is handled by itself
		}
	}
	return at
}
