// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// vendor begins the name of nearly every component. It says nothing about which one is meant.
const vendor = "microsoft-windows-"

// NearComponent gives the component of the table whose name somebody mistyped; "" when the name is not near to one of
// them. Near is a third of the letters wrong behind "Microsoft-Windows-", at most three, or that beginning left out.
func NearComponent(name string) string {
	short := func(s string) string { return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), vendor) }
	word := short(name)
	limit := min(len(word)/3, 3)
	best := ""
	for _, candidate := range Components() {
		if d := near.Distance(word, short(candidate)); d <= limit {
			best, limit = candidate, d-1
		}
	}
	return best
}

// unknownComponent is what to say of a component that the table lacks. Windows stops at a component that it does not
// have, so a near miss of a known name is an error. Any other may be newer than the table.
func unknownComponent(name string) Finding {
	f := Finding{Kind: UnknownComponent, Summary: fmt.Sprintf("there is no component %q", name)}
	if m := NearComponent(name); m != "" {
		f.Detail = fmt.Sprintf("Windows Setup stops at a component that it does not have. Did you mean %q?", m)
		return f
	}
	f.Warning = true
	f.Summary = fmt.Sprintf("the component %q is not known", name)
	f.Detail = "Microsoft's reference of answer-file settings of 2018 does not list it, and Windows Setup stops at " +
		"a component that it does not have." + meant(name, Components())
	return f
}
