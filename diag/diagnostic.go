// SPDX-License-Identifier: MPL-2.0

package diag

import "fmt"

// Severity is how bad a finding is.
type Severity string

// The severities. After an Error nothing is done; a Warning works but bites; Info is good to know.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Position is a place in a file. The zero value is no place; without a File the place is that of a text that has no
// name. Line and Column count from 1, Column in characters (not bytes, not columns of a terminal); Byte counts from 0.
type Position struct {
	File   string
	Line   int
	Column int
	Byte   int
}

// Known reports whether there is a place at all.
func (p Position) Known() bool { return p.Line > 0 }

// String is the place as compilers and editors write it: file:line:column.
func (p Position) String() string {
	if !p.Known() {
		return p.File
	}
	text := fmt.Sprintf("%d:%d", p.Line, p.Column)
	if p.File != "" {
		text = p.File + ":" + text
	}
	return text
}

// Diagnostic is one finding. Only Severity and Summary are always there.
type Diagnostic struct {
	Code     string // stable name of the rule, such as "AVMA-303"; "": the rule has none
	Severity Severity
	// Path is where it is in the thing that was looked at: an attribute ("command[2].order"), an XML path. "": the
	// thing as a whole.
	Path    string
	At      Position // where the text begins that it is about; zero: not from a file
	End     Position // where that text ends; zero: only the beginning is known
	Summary string   // what is wrong, in a few words
	Detail  string   // why, and what is right; may be ""
	Remedy  string   // what to do, where that is not in Detail; may be ""
}

// String is the finding on one line, without its severity: "path: summary. Detail. Remedy".
func (d Diagnostic) String() string {
	text := d.Summary
	if d.Path != "" {
		text = d.Path + ": " + text
	}
	for _, more := range []string{d.Detail, d.Remedy} {
		if more != "" {
			text += ". " + more
		}
	}
	return text
}
