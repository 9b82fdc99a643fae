// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/zclconf/go-cty/cty"
)

// call is a call of a function of the engine. Other braces are somebody else's, and text.
var call = regexp.MustCompile(`\{\{-?\s*(user|env|build_name|build_type|build|isotime|strftime|timestamp|uuid|pwd|template_dir|packer_version|` +
	`consul_key|vault|aws_secretsmanager|aws_secretsmanager_raw|split|sed|replace|replace_all|upper|lower|clean_resource_name)[\s}|(]`)

// Refuse is an error when an option of an HCL block calls a function of the template engine, which nobody would fill in
// there. Options named in only are looked at alone; without one, all are.
func Refuse(block cty.Value, only ...string) error {
	_, err := cty.Transform(block, func(path cty.Path, v cty.Value) (cty.Value, error) {
		names := steps(path)
		if len(names) == 0 || len(only) > 0 && !slices.Contains(only, names[0]) {
			return v, nil
		}
		text, ok := plain(v)
		if m := call.FindStringSubmatch(text); ok && m != nil && !slices.ContainsFunc(names, Literal) {
			return v, fmt.Errorf("%s: it calls {{%s}} of Packer's template engine, which JSON templates know and this block does not; "+
				"in HCL write var.NAME, local.NAME, source.name or a function such as upper()", names[len(names)-1], m[1])
		}
		return v, nil
	})
	return err
}

// transform changes the texts of a block.
func transform(block cty.Value, except []string, f func(option, text string) (string, error)) (cty.Value, error) {
	return cty.Transform(block, func(path cty.Path, v cty.Value) (cty.Value, error) {
		names := steps(path)
		if len(names) == 0 || slices.Contains(except, names[0]) || slices.ContainsFunc(names, Literal) {
			return v, nil
		}
		text, ok := plain(v)
		if !ok {
			return v, nil
		}
		out, err := f(names[len(names)-1], text)
		if err != nil {
			return v, err
		}
		return cty.StringVal(out), nil
	})
}

// steps are the names on the way to a value; places in lists are none, keys of maps are.
func steps(path cty.Path) []string {
	var names []string
	for _, step := range path {
		switch s := step.(type) {
		case cty.GetAttrStep:
			names = append(names, s.Name)
		case cty.IndexStep:
			if text, ok := plain(s.Key); ok {
				names = append(names, text)
			}
		}
	}
	return names
}

func plain(v cty.Value) (string, bool) {
	if v.IsMarked() || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}
