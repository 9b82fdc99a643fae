// SPDX-License-Identifier: MPL-2.0

package schema

import "strings"

// Passes is a set of configuration passes. The zero value is the empty set; in a Setting it stands for "any pass",
// where the reference page names none.
type Passes uint8

// The configuration passes, in the order in which Windows may run them (reference rule E2).
const (
	WindowsPE Passes = 1 << iota
	OfflineServicing
	Generalize
	Specialize
	AuditSystem
	AuditUser
	OOBESystem
)

var passNames = [...]string{
	"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem",
}

// PassNames lists the passes as an answer file spells them.
func PassNames() []string { return passNames[:] }

// ParsePass gives the pass of that name. Windows compares it to the letter (reference rule E2).
func ParsePass(name string) (Passes, bool) {
	for i, n := range passNames {
		if n == name {
			return 1 << i, true
		}
	}
	return 0, false
}

// Has says whether all of other is in the set.
func (p Passes) Has(other Passes) bool { return p&other == other }

// Names lists the passes of the set in their order.
func (p Passes) Names() []string {
	var names []string
	for i, n := range passNames {
		if p&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return names
}

// String is "specialize", "specialize or oobeSystem", "windowsPE, specialize or oobeSystem"; "any pass" when empty.
func (p Passes) String() string {
	names := p.Names()
	switch len(names) {
	case 0:
		return "any pass"
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
