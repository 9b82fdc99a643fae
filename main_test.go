// SPDX-License-Identifier: MPL-2.0

package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"
)

// specs are the layouts of all components, under the names that templates use.
func specs() map[string]hcldec.ObjectSpec {
	out := map[string]hcldec.ObjectSpec{}
	set := components()
	for name, d := range set.Datasources {
		out["data avma-"+name] = d.ConfigSpec()
	}
	for name, b := range set.Builders {
		out["source avma-"+name] = b.ConfigSpec()
	}
	for name, p := range set.Provisioners {
		if strings.HasPrefix(name, "-packer-default") {
			out["provisioner avma"] = p.ConfigSpec()
			continue
		}
		out["provisioner avma-"+name] = p.ConfigSpec()
	}
	return out
}

func TestComponents(t *testing.T) {
	got := slices.Sorted(maps.Keys(specs()))
	for _, want := range []string{"data avma-key", "data avma-unattend", "source avma-iso", "provisioner avma"} {
		if !slices.Contains(got, want) {
			t.Errorf("the plugin has %v, want %s among it", got, want)
		}
	}
}

// Packer takes these for itself, and the plugin never sees them.
func TestNoComponentUsesAReservedName(t *testing.T) {
	for component, spec := range specs() {
		for _, name := range []string{"name", "timeout", "pause_before", "max_retries", "continue_on_error", "override", "only", "except"} {
			if _, ok := spec[name]; ok {
				t.Errorf("%s has an attribute %q, which is Packer's own", component, name)
			}
		}
	}
}
