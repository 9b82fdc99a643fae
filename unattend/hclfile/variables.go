// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/golden-image/packer-plugin-avma/internal/hclguard"
)

// variable is one variable block.
type variable struct {
	name        string
	ty          cty.Type // cty.DynamicPseudoType: any
	value       cty.Value
	set         bool // by a default or from outside
	sensitive   bool
	validations []validation
	declared    hcl.Range
	origin      origin
}

// origin is where a variable's value comes from: a place in a file, or else the name of what gave it.
type origin struct {
	at   *hcl.Range
	name string // "--var hostname", "AVMA_VAR_hostname"
}

type validation struct {
	condition hcl.Expression
	message   string
}

var variableSchema = &hcl.BodySchema{
	Attributes: []hcl.AttributeSchema{{Name: "type"}, {Name: "default"}, {Name: "description"}, {Name: "sensitive"}},
	Blocks:     []hcl.BlockHeaderSchema{{Type: "validation"}},
}

var validationSchema = &hcl.BodySchema{
	Attributes: []hcl.AttributeSchema{{Name: "condition", Required: true}, {Name: "error_message", Required: true}},
}

// declare reads a variable block.
func (f *File) declare(block *hcl.Block) hcl.Diagnostics {
	v := &variable{name: block.Labels[0], ty: cty.DynamicPseudoType, declared: block.DefRange}
	if first := f.variables[v.name]; first != nil {
		return failure(block.LabelRanges[0], "Variable declared twice",
			fmt.Sprintf("The variable %q is also declared in line %d; leave one of them out.", v.name, first.declared.Start.Line))
	}
	f.variables[v.name] = v
	if !hclsyntax.ValidIdentifier(v.name) {
		return failure(block.LabelRanges[0], "Not a variable name",
			"A name begins with a letter and holds letters, digits, _ and -.")
	}
	content, diags := block.Body.Content(variableSchema)
	attrs := content.Attributes
	if attr := attrs["sensitive"]; attr != nil {
		diags = append(diags, f.constant(attr.Expr, &v.sensitive)...)
	}
	if attr := attrs["type"]; attr != nil {
		ty, more := typeexpr.TypeConstraint(attr.Expr)
		if diags = append(diags, more...); !more.HasErrors() {
			v.ty = ty
		}
	}
	if attr := attrs["default"]; attr != nil && len(attr.Expr.Variables()) > 0 {
		diags = append(diags, failure(attr.Expr.Range(), "The default of a variable is not a constant",
			fmt.Sprintf("It is read before anything else has a value. Write the value itself, or make %q a local, which may use variables: locals { %s = ... }.",
				v.name, v.name))...)
	} else if attr != nil {
		value, more := attr.Expr.Value(f.Context)
		if diags = append(diags, more...); !more.HasErrors() {
			diags = append(diags, v.assign(f, value, origin{at: attr.Expr.Range().Ptr()})...)
		}
	}
	for _, b := range content.Blocks {
		rule, more := b.Body.Content(validationSchema)
		if diags = append(diags, more...); more.HasErrors() {
			continue
		}
		check := validation{condition: rule.Attributes["condition"].Expr}
		diags = append(diags, f.constant(rule.Attributes["error_message"].Expr, &check.message)...)
		v.validations = append(v.validations, check)
	}
	return diags
}

// assign gives v a value; a later one wins.
func (v *variable) assign(f *File, value cty.Value, from origin) hcl.Diagnostics {
	if v.sensitive {
		f.keepSecret(value)
	}
	v.set, v.origin = true, from
	converted, err := convert.Convert(value, v.ty)
	if err == nil {
		err = f.budget.Check(converted)
	}
	if err != nil {
		v.value = cty.UnknownVal(v.ty)
		at, detail := v.declared, fmt.Sprintf("It takes a %s: %v.", typeexpr.TypeString(v.ty), err)
		if from.at != nil {
			at = *from.at
		} else {
			detail += fmt.Sprintf(" The value comes from %s.", from.name)
		}
		return failure(at, fmt.Sprintf("Wrong type of value for the variable %q", v.name), detail)
	}
	if v.sensitive {
		converted = converted.Mark("sensitive")
	}
	v.value = converted
	return nil
}

// assignText gives v the value that text on the command line or in the environment stands for: the text itself where
// v is a string, a number, a bool or of no said type, else an HCL expression. from is its origin in words.
func (v *variable) assignText(f *File, text, from string) hcl.Diagnostics {
	if v.ty == cty.DynamicPseudoType || v.ty.IsPrimitiveType() {
		return v.assign(f, cty.StringVal(text), origin{name: from})
	}
	name, src := fmt.Sprintf("<%s>", from), []byte(text) // which is not shown: no source line stands for it
	if v.sensitive {
		f.keepSecret(cty.StringVal(text))
	}
	v.set, v.value = true, cty.UnknownVal(v.ty)
	expr, diags := hclguard.ParseExpression(f.budget, src, name)
	if diags.HasErrors() {
		return diags
	}
	value, diags := expr.Value(nil)
	if diags.HasErrors() {
		return diags
	}
	return v.assign(f, value, origin{name: from})
}

// validate holds the value against the variable's own rules.
func (v *variable) validate(ctx *hcl.EvalContext) (diags hcl.Diagnostics) {
	for _, rule := range v.validations {
		result, more := rule.condition.Value(ctx)
		diags = append(diags, more...)
		if more.HasErrors() {
			continue
		}
		result, _ = result.Unmark()
		ok, err := convert.Convert(result, cty.Bool)
		if err != nil || ok.IsNull() || !ok.IsKnown() {
			diags = append(diags, failure(rule.condition.Range(), "Not a condition",
				"The condition of a validation has to be true or false.")...)
			continue
		}
		if ok.False() {
			diags = append(diags, v.refuse(rule)...)
		}
	}
	return diags
}

// refuse points at the value where it stands in a file, else at the rule.
func (v *variable) refuse(rule validation) hcl.Diagnostics {
	at := rule.condition.Range()
	detail := fmt.Sprintf("%s The value comes from %s.", rule.message, v.origin.name)
	if v.origin.at != nil {
		detail = fmt.Sprintf("%s (The rule is at %s:%d.)", rule.message, at.Filename, at.Start.Line)
		at = *v.origin.at
	}
	return failure(at, fmt.Sprintf("The value of the variable %q is refused", v.name), detail)
}

// constant evaluates an expression into a bool or a string. (gohcl does the same, and brings hclwrite and go-cmp into
// the program, whose start it doubles.)
func (f *File) constant(expr hcl.Expression, target any) hcl.Diagnostics {
	want := cty.String
	if _, ok := target.(*bool); ok {
		want = cty.Bool
	}
	value, diags := expr.Value(f.Context)
	if diags.HasErrors() {
		return diags
	}
	if value.ContainsMarked() {
		return failure(expr.Range(), "A sensitive value", "This has to be a text that everybody may read.")
	}
	value, err := convert.Convert(value, want)
	switch {
	case err != nil:
		return failure(expr.Range(), "Wrong type of value", fmt.Sprintf("This has to be a %s: %v.", want.FriendlyName(), err))
	case value.IsNull() || !value.IsKnown():
		return failure(expr.Range(), "No value", fmt.Sprintf("This has to be a %s.", want.FriendlyName()))
	}
	switch target := target.(type) {
	case *bool:
		*target = value.True()
	case *string:
		*target = value.AsString()
	}
	return nil
}

// failure is one error at one place.
func failure(at hcl.Range, summary, detail string) hcl.Diagnostics {
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at, Extra: own{}}}
}
