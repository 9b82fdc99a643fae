// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
)

// Locate gives the place in the file of an attribute such as "release", "disk.recovery_size", "command[2].order" or
// "driver_paths[0]" (counted from 0). Where the attribute is left out it is the place of the innermost block that is
// there; nil when that is the file as a whole.
func (f *File) Locate(attribute string, spec hcldec.Spec) *hcl.Range {
	return locate(f.expanded(), spec, strings.Split(attribute, "."), false)
}

// locate is Locate; exact gives no block in place of what is left out of it.
func locate(body hcl.Body, spec hcldec.Spec, path []string, exact bool) *hcl.Range {
	object, ok := spec.(hcldec.ObjectSpec)
	if !ok || len(path) == 0 {
		return nil
	}
	name, index := splitIndex(path[0])
	switch s := object[name].(type) {
	case *hcldec.AttrSpec:
		return attribute(body, s.Name, index)
	case *hcldec.BlockSpec:
		return block(body, s.TypeName, index, s.Nested, path[1:], exact)
	case *hcldec.BlockListSpec:
		return block(body, s.TypeName, index, s.Nested, path[1:], exact)
	}
	return nil
}

func attribute(body hcl.Body, name string, index int) *hcl.Range {
	content, _, _ := body.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: name}}})
	attr := content.Attributes[name]
	if attr == nil {
		return nil
	}
	at := attr.Expr.Range()
	if items, diags := hcl.ExprList(attr.Expr); !diags.HasErrors() && index >= 0 && index < len(items) {
		at = items[index].Range()
	}
	if at.Start.Line != at.End.Line {
		return attr.NameRange.Ptr() // a heredoc would print the whole script
	}
	return &at
}

func block(body hcl.Body, name string, index int, nested hcldec.Spec, rest []string, exact bool) *hcl.Range {
	content, _, _ := body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: name}}})
	index = max(index, 0)
	if index >= len(content.Blocks) {
		return nil
	}
	found := content.Blocks[index]
	if at := locate(found.Body, nested, rest, exact); at != nil || exact && len(rest) > 0 {
		return at
	}
	return found.DefRange.Ptr()
}

// splitIndex gives "command", 2 of "command[2]"; the index is -1 where there is none.
func splitIndex(part string) (name string, index int) {
	name, rest, ok := strings.Cut(part, "[")
	if !ok {
		return part, -1
	}
	index, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if err != nil {
		return name, -1
	}
	return name, index
}
