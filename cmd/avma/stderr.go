// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine bounds a line on standard error, in bytes: what a user gave may be of any length, and nobody reads more.
const maxLine = 2000

// messages is standard error. What is said there quotes files and arguments: control characters would act on the
// terminal, and a value of a megabyte would bury the message.
type messages struct {
	w      io.Writer
	colour bool // the colours that our own printers write are let through
	length int  // of the line so far
}

// Write passes text on, line by line: control characters and those that turn the direction of text as ?, lines cut at
// maxLine. A write is of whole characters, as all of ours are.
func (m *messages) Write(p []byte) (int, error) {
	var b strings.Builder
	for rest := string(p); rest != ""; {
		if n := colourAt(rest); n > 0 {
			if m.colour {
				b.WriteString(rest[:n])
			}
			rest = rest[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		switch {
		case r == '\n':
			b.WriteByte('\n')
			m.length = 0
			continue
		case r == '\r' || m.length > maxLine:
			continue
		case r == '\t' || unicode.IsPrint(r) && (r != utf8.RuneError || size > 1):
		case unicode.IsSpace(r):
			r = ' '
		default:
			r = '?'
		}
		if m.length += size; m.length > maxLine {
			b.WriteString("...")
			continue
		}
		b.WriteRune(r)
	}
	if _, err := io.WriteString(m.w, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// colourAt is the length of a sequence that sets a colour at the beginning of s, such as ESC [ 1 ; 31 m; else 0. Any
// other sequence is none of ours.
func colourAt(s string) int {
	after, ok := strings.CutPrefix(s, "\x1b[")
	if !ok {
		return 0
	}
	end := strings.IndexByte(after[:min(len(after), 16)], 'm')
	if end < 0 || strings.Trim(after[:end], "0123456789;") != "" {
		return 0
	}
	return len("\x1b[") + end + 1
}
