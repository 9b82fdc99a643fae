// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
)

// Severity is how bad a Problem is.
type Severity string

// The severities. With an Error no file is written; a Warning works but bites; Info is good to know.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Problem is one thing to say about a Config.
type Problem struct {
	Severity Severity
	// Attribute is where it is, as a path of the Config: "computer_name", "command[2].order". Blocks that stand only
	// once have no index. "" is the Config as a whole.
	Attribute string
	Summary   string // what is wrong, in a few words
	Detail    string // why, and what is right
}

// String is the problem on one line.
func (p Problem) String() string {
	text := p.Summary
	if p.Attribute != "" {
		text = p.Attribute + ": " + text
	}
	if p.Detail != "" {
		text += ". " + p.Detail
	}
	return text
}

// Problems are all problems of a Config, in the order of its attributes. It is an error when it HasErrors.
type Problems []Problem

// Error lists the problems that are errors, one a line.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps {
		if p.Severity == Error {
			lines = append(lines, p.String())
		}
	}
	switch len(lines) {
	case 0:
		return "the answer file's configuration has no errors"
	case 1:
		return lines[0]
	}
	return fmt.Sprintf("%d errors in the answer file's configuration:\n* %s", len(lines), strings.Join(lines, "\n* "))
}

// HasErrors reports whether one of the problems is an error.
func (ps Problems) HasErrors() bool {
	for _, p := range ps {
		if p.Severity == Error {
			return true
		}
	}
	return false
}

// Only gives the problems of one severity.
func (ps Problems) Only(s Severity) Problems {
	var out Problems
	for _, p := range ps {
		if p.Severity == s {
			out = append(out, p)
		}
	}
	return out
}

// Err is the problems as an error, or nil if none is one.
func (ps Problems) Err() error {
	if ps.HasErrors() {
		return ps
	}
	return nil
}
