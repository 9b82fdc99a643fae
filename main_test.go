// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/zclconf/go-cty/cty"
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

// blocks collects the blocks of a layout, those within blocks too, by name.
func blocks(component string, spec hcldec.ObjectSpec, into map[string]map[string]hcldec.ObjectSpec) {
	for name, s := range spec {
		var nested hcldec.Spec
		switch b := s.(type) {
		case *hcldec.BlockSpec:
			nested = b.Nested
		case *hcldec.BlockListSpec:
			nested = b.Nested
		default:
			continue
		}
		inner, ok := nested.(hcldec.ObjectSpec)
		if !ok {
			continue
		}
		if into[name] == nil {
			into[name] = map[string]hcldec.ObjectSpec{}
		}
		into[name][component] = inner
		blocks(component+", "+name, inner, into)
	}
}

// text writes a block's content with a value for each attribute, and its blocks, three deep.
func text(spec hcldec.ObjectSpec, depth int) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(spec)) {
		switch s := spec[name].(type) {
		case *hcldec.AttrSpec:
			value := map[cty.Type]string{cty.String: `"a"`, cty.Number: "1", cty.Bool: "true"}[s.Type]
			switch {
			case s.Type.IsListType():
				value = `["a"]`
			case s.Type.IsMapType():
				value = `{ a = "b" }`
			}
			fmt.Fprintf(&b, "%s = %s\n", name, value)
		case *hcldec.BlockSpec:
			if inner, ok := s.Nested.(hcldec.ObjectSpec); ok && depth < 3 {
				fmt.Fprintf(&b, "%s {\n%s}\n", name, text(inner, depth+1))
			}
		case *hcldec.BlockListSpec:
			if inner, ok := s.Nested.(hcldec.ObjectSpec); ok && depth < 3 {
				fmt.Fprintf(&b, "%s {\n%s}\n", name, text(inner, depth+1))
			}
		}
	}
	return b.String()
}

// A block that exists twice (in the provisioner, the answer file, a builder) means the same: one that is copied fits. Those
// that say another thing by the same name are named here. The answer file's blocks are those of the command line, too.
func TestBlocksThatExistTwice(t *testing.T) {
	all := map[string]map[string]hcldec.ObjectSpec{}
	for component, spec := range specs() {
		blocks(component, spec, all)
	}
	twice := 0
	for name, in := range all {
		if len(in) < 2 {
			continue
		}
		twice++
		var first cty.Value
		owners := slices.Sorted(maps.Keys(in))
		for i, from := range owners {
			source := text(in[from], 0)
			for _, to := range owners {
				file, diags := hclparse.NewParser().ParseHCL([]byte(source), from+".hcl")
				if diags.HasErrors() {
					t.Fatalf("%s of %s: %v\n%s", name, from, diags, source)
				}
				value, diags := hcldec.Decode(file.Body, in[to], nil)
				if diags.HasErrors() {
					t.Errorf("%s of %s does not fit into %s: %v", name, from, to, diags)
				}
				if i == 0 && to == from {
					first = value
				}
				if !value.RawEquals(first) {
					t.Errorf("%s of %s is another thing in %s:\n%#v\n%#v", name, from, to, first, value)
				}
			}
		}
	}
	if twice < 10 || len(all["first_boot"]) < 3 {
		t.Errorf("only %d blocks exist twice, first_boot in %d places", twice, len(all["first_boot"]))
	}
}
