// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// Decode turns an HCL value into a Config. It is the only decoder: a data source, the provisioner's
// deploy_answer_file and the command line's file mean the same by the same block.
//
// The value is an object with the attributes and blocks of the generated spec. Null and missing ones are zero values, and
// nil where 0 means something. Unknown text becomes "<unknown>", which passes the checks of form; an unknown number or
// truth is as if it were left out. Further attributes at the top (those of an enclosing data source) are ignored; within
// a block they are an error. Whether the Config makes sense is Check's question. With an error of type Problems the Config has all else.
func Decode(v cty.Value) (Config, error) {
	var cfg Config
	if v == cty.NilVal {
		return cfg, nil
	}
	v, _ = v.UnmarkDeep()
	if v.IsNull() || !v.IsKnown() {
		return cfg, nil
	}
	if !v.Type().IsObjectType() && !v.Type().IsMapType() {
		return cfg, fmt.Errorf("an answer file is described by an object with attributes such as release and edition, not by %s", v.Type().FriendlyName())
	}
	d := decoder{}
	tree := d.object("", v, (*FlatConfig)(nil).HCL2Spec(), true)
	if err := mapstructure.Decode(tree, &cfg); err != nil {
		return Config{}, fmt.Errorf("reading the answer file's configuration: %w", err)
	}
	if len(d.errs) > 0 {
		return cfg, d.errs
	}
	return cfg, nil
}

// decoder collects what does not fit the spec.
type decoder struct{ errs Problems }

func (d *decoder) fail(path, summary, detail string) {
	d.errs = append(d.errs, Problem{Severity: Error, Attribute: path, Summary: summary, Detail: detail})
}

func (d *decoder) object(path string, v cty.Value, specs map[string]hcldec.Spec, lenient bool) map[string]any {
	out := make(map[string]any, len(specs))
	for it := v.ElementIterator(); it.Next(); {
		k, value := it.Element()
		name := k.AsString()
		at := name
		if path != "" {
			at = path + "." + name
		}
		spec, ok := specs[name]
		if !ok {
			if !lenient && !value.IsNull() {
				d.fail(at, "there is no such attribute", "Known here are: "+strings.Join(sortedNames(specs), ", ")+".")
			}
			continue
		}
		if value.IsNull() {
			continue
		}
		if got := d.value(at, value, spec); got != nil {
			out[name] = got
		}
	}
	return out
}

func (d *decoder) value(path string, v cty.Value, spec hcldec.Spec) any {
	switch s := spec.(type) {
	case *hcldec.AttrSpec:
		return d.attribute(path, v, s.Type)
	case *hcldec.BlockSpec:
		items := blocks(v)
		if len(items) > 1 {
			d.fail(path, "it may stand only once", fmt.Sprintf("There are %d of them.", len(items)))
			return nil
		}
		if len(items) == 0 {
			return nil
		}
		return d.block(path, items[0], s.Nested)
	case *hcldec.BlockListSpec:
		items := blocks(v)
		out := make([]any, 0, len(items))
		for i, item := range items {
			if got := d.block(at(path, i, len(items)), item, s.Nested); got != nil {
				out = append(out, got)
			}
		}
		return out
	}
	d.fail(path, "it cannot be read", fmt.Sprintf("The specification has a %T here.", spec))
	return nil
}

func (d *decoder) block(path string, v cty.Value, nested hcldec.Spec) any {
	if v.IsNull() || !v.IsKnown() {
		return nil
	}
	spec, ok := nested.(hcldec.ObjectSpec)
	if !ok {
		spec = hcldec.ObjectSpec(map[string]hcldec.Spec{})
	}
	if !v.Type().IsObjectType() && !v.Type().IsMapType() {
		d.fail(path, "it is a block", "It cannot be "+v.Type().FriendlyName()+".")
		return nil
	}
	return d.object(path, v, spec, false)
}

// blocks lists the blocks of a value: a list of objects, or a single object.
func blocks(v cty.Value) []cty.Value {
	if !v.IsKnown() {
		return nil
	}
	if ty := v.Type(); ty.IsObjectType() || ty.IsMapType() || !v.CanIterateElements() {
		return []cty.Value{v}
	}
	return v.AsValueSlice()
}

func (d *decoder) attribute(path string, v cty.Value, want cty.Type) any {
	if want.IsListType() {
		if !v.IsKnown() {
			return []any{Unknown}
		}
		if !v.CanIterateElements() || v.Type().IsObjectType() || v.Type().IsMapType() {
			d.fail(path, "it is a list", "Put the value in brackets: [ ... ].")
			return nil
		}
		out := []any{}
		for i, item := range v.AsValueSlice() {
			if got := d.attribute(fmt.Sprintf("%s[%d]", path, i), item, want.ElementType()); got != nil {
				out = append(out, got)
			}
		}
		return out
	}
	if !v.IsKnown() {
		if want == cty.String {
			return Unknown
		}
		return nil
	}
	if v.IsNull() {
		return nil
	}
	// A placeholder may come as text for a number or a truth too.
	if v.Type() == cty.String && want != cty.String && v.AsString() == Unknown {
		return nil
	}
	if v.Type() == cty.Number && !finite(v) {
		d.fail(path, "it is no usable number", "A number has to be finite, and below 2 to the power of 1024.")
		return nil
	}
	got, err := convert.Convert(v, want)
	if err == nil && want == cty.Number && !finite(got) {
		err = errors.New("beyond all bounds")
	}
	if err != nil {
		d.fail(path, "it is "+article(want), "It cannot be "+v.Type().FriendlyName()+".")
		return nil
	}
	switch want {
	case cty.Bool:
		return got.True()
	case cty.Number:
		n, _ := got.AsBigFloat().Int64()
		if !got.AsBigFloat().IsInt() || int64(int32(n)) != n {
			d.fail(path, "it is a whole number", "It cannot be "+got.AsBigFloat().String()+".")
			return nil
		}
		return int(n)
	}
	return got.AsString()
}

// maxExponent bounds the power of two of a number, as in most computers' arithmetic: beyond it, writing a number out
// takes time without end, and infinity is none.
const maxExponent = 1024

func finite(v cty.Value) bool {
	n := v.AsBigFloat()
	e := n.MantExp(nil)
	return !n.IsInf() && -maxExponent <= e && e <= maxExponent
}

func article(t cty.Type) string {
	switch t {
	case cty.Bool:
		return "true or false"
	case cty.Number:
		return "a number"
	}
	return "text"
}

func sortedNames(specs map[string]hcldec.Spec) []string {
	names := make([]string, 0, len(specs))
	for name := range specs {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// at is the path of block i of n: a block that stands only once has no index.
func at(path string, i, n int) string {
	if n == 1 {
		return path
	}
	return fmt.Sprintf("%s[%d]", path, i)
}
