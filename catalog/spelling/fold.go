// SPDX-License-Identifier: MPL-2.0

package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a text in the form that texts are compared in: lower case, composed letters, full-width forms as plain
// ones, and nothing of what separates words, except that two numbers stay apart by one space ("2019 (1809)" is
// "2019 1809"). All else is kept, whatever its script: letters, digits, and signs such as < and !. A dash at the
// beginning or the end separates nothing and is kept too ("2022-" may mean "and later"). What was folded once stays
// the same.
func Fold(text string) string {
	text = strings.TrimFunc(text, invisible)
	var b strings.Builder
	b.Grow(len(text))
	last, apart := rune(0), false
	plain := ascii(text)
	if !plain {
		text = strings.Map(narrow, text)
	}
	for i, r := range text {
		edge := i == 0 || i+utf8.RuneLen(r) == len(text)
		if separates(r) && !(edge && unicode.Is(unicode.Dash, r)) {
			apart = true
			continue
		}
		r = unicode.ToLower(r)
		if apart && unicode.IsDigit(last) && unicode.IsDigit(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, apart = r, false
	}
	if plain {
		return b.String()
	}
	return norm.NFC.String(b.String())
}

// narrow makes a full-width form, which input methods of East Asia write, the plain character.
func narrow(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	case r == 0x3000:
		return ' '
	}
	return r
}

// separates says whether a character only stands between words or around them.
func separates(r rune) bool {
	switch r {
	case '_', '.', ',', ':', '/', '(', ')', '[', ']', '"', '\'', '’', '‘', '“', '”', '„', '«', '»', '「', '」', '【', '】', '、', '®', '™', '©':
		return true
	}
	return invisible(r) || unicode.Is(unicode.Dash, r)
}

// invisible is white space, and what clings to text that was copied from a window.
func invisible(r rune) bool {
	switch r {
	case '\ufeff', '\u200b', '\u200e', '\u200f', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Odd says whether a text has a sign that neither separates words nor belongs to one, such as < or !.
func Odd(text string) bool {
	for i, r := range Fold(text) {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && (r != ' ' || i == 0) {
			return true
		}
	}
	return false
}
