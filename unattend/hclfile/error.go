// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// MaxShown is how many problems of one file are shown. A thousand of them come from one loop, nobody reads them, and
// finding and printing the source line of each takes time that grows with their square.
const MaxShown = 100

// Error is what is wrong with a file, with the source lines to show it. No secret stands in it.
type Error struct {
	Diagnostics hcl.Diagnostics
	// More is how many further ones there are beyond MaxShown.
	More  int
	lines []sourceLine // of each diagnostic
}

// Error is the text of Print without colour.
func (e *Error) Error() string {
	var buf bytes.Buffer
	_ = e.Print(&buf, false)
	return strings.TrimRight(buf.String(), "\n")
}

// error makes the error of these diagnostics; nil when none is an error. Where the evaluation was given up, that is the
// error, whatever else came of it.
func (f *File) error(diags hcl.Diagnostics) error {
	if err := f.exhausted(); err != nil {
		return err
	}
	if !diags.HasErrors() {
		return nil
	}
	return f.diagnose(diags)
}

// exhausted is why the evaluation was given up; nil where it was not.
func (f *File) exhausted() error {
	switch {
	case f.budget.Cancelled():
		return f.budget.Err()
	case f.budget.Err() != nil:
		return f.diagnose(f.budget.Diagnostics())
	}
	return nil
}

// diagnose is error without the question whether there is one.
func (f *File) diagnose(diags hcl.Diagnostics) *Error {
	shown, words := make(hcl.Diagnostics, 0, len(diags)), f.words()
	for _, d := range diags {
		c := *d
		c.Expression, c.EvalContext = nil, nil // HCL would show the values of variables
		f.scrub(&c, words)
		c.Summary, c.Detail = shorten(f.redact(c.Summary)), shorten(f.redact(c.Detail))
		shown = append(shown, &c)
	}
	// HCL goes through attributes in no order, and says a thing once for each round of a dynamic block.
	slices.SortStableFunc(shown, inOrder)
	shown = slices.CompactFunc(shown, func(a, b *hcl.Diagnostic) bool {
		return a.Summary == b.Summary && a.Detail == b.Detail && inOrder(a, b) == 0
	})
	more := max(0, len(shown)-MaxShown)
	shown = shown[:len(shown)-more]
	return &Error{Diagnostics: shown, More: more, lines: f.lines(shown, words)}
}

// escape begins what acts on a terminal. A file that is quoted must not.
const escape = "\x1b"

// maxText bounds a summary and an explanation, in characters: a value of the file may stand in them.
const maxText = 2000

func shorten(s string) string {
	s = strings.ReplaceAll(s, escape, "?")
	if len(s) <= maxText {
		return s
	}
	if r := []rune(s); len(r) > maxText {
		return string(r[:maxText]) + "..."
	}
	return s
}

// inOrder compares by place; what has none comes first.
func inOrder(a, b *hcl.Diagnostic) int {
	if a.Subject == nil || b.Subject == nil {
		return cmp.Compare(boolInt(a.Subject != nil), boolInt(b.Subject != nil))
	}
	return cmp.Or(cmp.Compare(a.Subject.Filename, b.Subject.Filename), cmp.Compare(a.Subject.Start.Byte, b.Subject.Start.Byte))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// redact takes sensitive values out of a text: the last resort, after what keeps them from getting there.
func (f *File) redact(s string) string {
	for _, secret := range f.secrets {
		s = strings.ReplaceAll(s, secret, "(sensitive value)")
		if q := strconv.Quote(secret); len(q) > len(secret)+2 {
			s = strings.ReplaceAll(s, q, "(sensitive value)")
		}
	}
	return s
}
