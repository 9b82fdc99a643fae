// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
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
