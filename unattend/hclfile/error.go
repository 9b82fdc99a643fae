// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// width is where long explanations are wrapped: a terminal of the usual size, and a CI log alike.
const width = 100

// Error is what is wrong with a file, with the source lines to show it.
type Error struct {
	Diagnostics hcl.Diagnostics
	files       map[string]*hcl.File
}

// Error is the text of Print without colour.
func (e *Error) Error() string {
	var buf bytes.Buffer
	_ = e.Print(&buf, false)
	return strings.TrimRight(buf.String(), "\n")
}

// Print writes the diagnostics as HCL prints them: what, the line of the file, why and what to do.
func (e *Error) Print(w io.Writer, colour bool) error {
	return hcl.NewDiagnosticTextWriter(w, e.files, width, colour).WriteDiagnostics(e.Diagnostics)
}
