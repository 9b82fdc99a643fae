// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// assign gives the variables their values, as Packer does: the environment over the defaults, variable files over the
// environment, --var over all; of two of a kind the later one. Then it makes the object "var".
func (f *File) assign() (diags hcl.Diagnostics, err error) {
	for _, pair := range f.in.Environ {
		name, value, _ := strings.Cut(pair, "=")
		name, ours := strings.CutPrefix(name, EnvPrefix)
		if v := f.variables[name]; ours && v != nil {
			diags = append(diags, v.assignText(f, value, EnvPrefix+name)...)
		}
	}
	for _, path := range f.in.VarFiles {
		more, err := f.assignFile(path)
		if err != nil {
			return nil, err
		}
		diags = append(diags, more...)
	}
	for _, pair := range f.in.Vars {
		name, value, ok := strings.Cut(pair, "=")
		switch v := f.variables[name]; {
		case !ok:
			// The text is not shown: it may be a value whose name was forgotten.
			diags = append(diags, outside("--var without a value", "Write --var name=value.")...)
		case v == nil:
			diags = append(diags, outside(fmt.Sprintf("There is no variable %q", name),
				fmt.Sprintf("--var sets it, but %s does not declare it.%s", f.Path, f.meant(name)))...)
		default:
			diags = append(diags, v.assignText(f, value, "--var "+name)...)
		}
	}
	values := make(map[string]cty.Value, len(f.variables))
	for _, v := range f.declared() {
		if !v.set {
			values[v.name] = cty.DynamicVal
			diags = append(diags, failure(v.declared, fmt.Sprintf("The variable %q has no value", v.name),
				fmt.Sprintf("Give it with --var %s=VALUE, in a --var-file or in %s%s, or give the variable a default.", v.name, EnvPrefix, v.name))...)
			continue
		}
		values[v.name] = v.value
	}
	f.Context.Variables["var"] = cty.ObjectVal(values)
	if diags.HasErrors() {
		return diags, nil
	}
	for _, v := range f.declared() {
		diags = append(diags, v.validate(f.Context)...)
	}
	return diags, nil
}

// assignFile reads a variable file: attributes, each the name of a variable.
func (f *File) assignFile(path string) (hcl.Diagnostics, error) {
	body, err := f.parse(path)
	if err != nil {
		return nil, err
	}
	attrs, diags := body.JustAttributes()
	for _, attr := range sorted(attrs) {
		v := f.variables[attr.Name]
		if v == nil {
			// As in Packer: one file of values may serve many templates. It is said, and it is no error.
			if len(diags) > MaxShown {
				continue
			}
			diags = append(diags, &hcl.Diagnostic{Severity: hcl.DiagWarning, Subject: attr.NameRange.Ptr(), Extra: own{},
				Summary: fmt.Sprintf("There is no variable %q", attr.Name),
				Detail:  fmt.Sprintf("%s does not declare it, so the value is not used.%s", f.Path, f.meant(attr.Name))})
			continue
		}
		value, more := attr.Expr.Value(nil)
		if diags = append(diags, more...); !more.HasErrors() {
			diags = append(diags, v.assign(f, value, origin{at: attr.Expr.Range().Ptr()})...)
		}
	}
	return diags, nil
}

// declared lists the variables in the order of the file.
func (f *File) declared() []*variable {
	list := make([]*variable, 0, len(f.variables))
	for _, v := range f.variables {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b *variable) int { return a.declared.Start.Byte - b.declared.Start.Byte })
	return list
}

func (f *File) meant(name string) string {
	var names []string
	for _, v := range f.declared() {
		names = append(names, v.name)
	}
	if m := near.Match(name, names); m != "" {
		return fmt.Sprintf(" Did you mean %q?", m)
	}
	if len(names) > 0 && len(names) <= 8 {
		return " It declares " + strings.Join(names, ", ") + "."
	}
	return ""
}

// sorted lists attributes in the order of the file.
func sorted(attrs hcl.Attributes) []*hcl.Attribute {
	list := make([]*hcl.Attribute, 0, len(attrs))
	for _, a := range attrs {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b *hcl.Attribute) int { return a.Range.Start.Byte - b.Range.Start.Byte })
	return list
}

// outside is an error that is not in a file.
func outside(summary, detail string) hcl.Diagnostics {
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: summary, Detail: detail, Extra: own{}}}
}
