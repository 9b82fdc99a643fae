// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// width is where long explanations are wrapped: a terminal of the usual size, and a CI log alike.
const width = 100

// MaxShown is how many problems of one file are shown. A thousand of them come from one loop, nobody reads them, and
// finding and printing the source line of each takes time that grows with their square.
const MaxShown = 100

// Error is what is wrong with a file, with the source lines to show it. No secret stands in it.
type Error struct {
	Diagnostics hcl.Diagnostics
	// More is how many further ones there are beyond MaxShown.
	More  int
	files map[string]*hcl.File
}

// Error is the text of Print without colour.
func (e *Error) Error() string {
	var buf bytes.Buffer
	_ = e.Print(&buf, false)
	return strings.TrimRight(buf.String(), "\n")
}

// Print writes the diagnostics as HCL prints them: what, the line of the file, why and what to do.
func (e *Error) Print(w io.Writer, colour bool) error {
	if err := hcl.NewDiagnosticTextWriter(w, e.files, width, colour).WriteDiagnostics(e.Diagnostics); err != nil || e.More == 0 {
		return err
	}
	_, err := fmt.Fprintf(w, "And %d more. Mend these first; the rest may be of the same kind.\n", e.More)
	return err
}

// error makes the error of these diagnostics; nil when none is an error. Where the evaluation was given up, that is the
// error, whatever else came of it.
func (f *File) error(diags hcl.Diagnostics) error {
	switch {
	case f.budget.Cancelled():
		return f.budget.Err()
	case f.budget.Err() != nil:
		return f.diagnose(f.budget.Diagnostics())
	}
	if !diags.HasErrors() {
		return nil
	}
	return f.diagnose(diags)
}

// diagnose is error without the question whether there is one.
func (f *File) diagnose(diags hcl.Diagnostics) *Error {
	shown := make(hcl.Diagnostics, 0, len(diags))
	for _, d := range diags {
		c := *d
		c.Summary, c.Detail = shorten(f.redact(c.Summary)), shorten(f.redact(c.Detail))
		shown = append(shown, &c)
	}
	// HCL goes through attributes in no order, and says a thing once for each round of a dynamic block.
	slices.SortStableFunc(shown, inOrder)
	shown = slices.CompactFunc(shown, func(a, b *hcl.Diagnostic) bool {
		return a.Summary == b.Summary && a.Detail == b.Detail && inOrder(a, b) == 0
	})
	more := max(0, len(shown)-MaxShown)
	return &Error{Diagnostics: shown[:len(shown)-more], More: more, files: f.sources()}
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

// redact takes the values of sensitive variables out of a text: a function may put its argument into its error.
func (f *File) redact(s string) string {
	for _, secret := range f.secrets {
		s = strings.ReplaceAll(s, secret, "(sensitive value)")
	}
	return s
}

// sources are the files for the source lines, with secrets masked.
func (f *File) sources() map[string]*hcl.File {
	shown := make(map[string]*hcl.File, len(f.files))
	for name, file := range f.files {
		isSecret := f.isSecret
		if file.Body == nil || bytes.Contains(file.Bytes, []byte("sensitive")) {
			// Which default is a sensitive one is not worth a second parser: all are hidden in such a file.
			isSecret = func(name string) bool {
				return f.isSecret(name) || name == "default" || name == "expression"
			}
		}
		shown[name] = &hcl.File{Body: file.Body, Bytes: bytes.ReplaceAll(mask(file.Bytes, isSecret), []byte(escape), []byte("?")), Nav: file.Nav}
	}
	return shown
}

// isSecret says whether an attribute, or a variable of a variable file, holds a secret.
func (f *File) isSecret(name string) bool {
	if isSecretName(name) {
		return true
	}
	v := f.variables[name]
	return v != nil && v.sensitive
}
