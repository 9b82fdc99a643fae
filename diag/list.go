// SPDX-License-Identifier: MPL-2.0

package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// List is what one look found. It is an error when it HasErrors; see [List.Err]. The zero value found nothing.
type List []Diagnostic

// HasErrors reports whether one of the findings is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Only gives the findings of one severity.
func (l List) Only(s Severity) List {
	var out List
	for _, d := range l {
		if d.Severity == s {
			out = append(out, d)
		}
	}
	return out
}

// Err is the list as an error, or nil when none of it is one.
func (l List) Err() error {
	if l.HasErrors() {
		return l
	}
	return nil
}

// Error lists the findings that are errors, one a line.
func (l List) Error() string {
	bad := l.Only(Error)
	switch len(bad) {
	case 0:
		return "no errors"
	case 1:
		return bad[0].String()
	}
	lines := make([]string, len(bad))
	for i, d := range bad {
		lines[i] = d.String()
	}
	return fmt.Sprintf("%d errors:\n* %s", len(bad), strings.Join(lines, "\n* "))
}

// Sort puts the findings in the order of their places, what has no place first. What has the same place stays in the
// order in which it was found.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Byte, b.At.Byte))
	})
}
