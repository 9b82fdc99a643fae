// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// jsonBody is a body in the JSON syntax whose expressions count. HCL parses the templates in its strings when they are
// evaluated, each time, so there is no tree to put counters into.
type jsonBody struct {
	hcl.Body
	budget *Budget
}

func (b *jsonBody) Content(schema *hcl.BodySchema) (*hcl.BodyContent, hcl.Diagnostics) {
	content, diags := b.Body.Content(schema)
	return b.content(content), bounded(diags)
}

func (b *jsonBody) PartialContent(schema *hcl.BodySchema) (*hcl.BodyContent, hcl.Body, hcl.Diagnostics) {
	content, rest, diags := b.Body.PartialContent(schema)
	return b.content(content), &jsonBody{rest, b.budget}, bounded(diags)
}

func (b *jsonBody) JustAttributes() (hcl.Attributes, hcl.Diagnostics) {
	attrs, diags := b.Body.JustAttributes()
	return b.attributes(attrs), bounded(diags)
}

func (b *jsonBody) content(c *hcl.BodyContent) *hcl.BodyContent {
	if c == nil {
		return nil
	}
	c.Attributes = b.attributes(c.Attributes)
	for i, block := range c.Blocks {
		guarded := *block
		guarded.Body = &jsonBody{block.Body, b.budget}
		c.Blocks[i] = &guarded
	}
	return c
}

func (b *jsonBody) attributes(attrs hcl.Attributes) hcl.Attributes {
	guarded := make(hcl.Attributes, len(attrs))
	for name, attr := range attrs {
		a, weight := *attr, 0
		if name == "for_each" {
			weight = forEachWeight
		}
		a.Expr = &jsonExpr{attr.Expr, b.budget, weight}
		guarded[name] = &a
	}
	return guarded
}

// jsonExpr evaluates as HCL's JSON expressions do, and counts.
type jsonExpr struct {
	hcl.Expression
	budget *Budget
	weight int
}

func (e *jsonExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	return e.budget.evaluate(e, e.weight, func() (cty.Value, hcl.Diagnostics) {
		switch {
		case ctx == nil:
			return e.Expression.Value(nil)
		case e.isList():
			return e.tuple(ctx)
		case e.isMap():
			return e.object(ctx)
		}
		text, ok := e.text()
		if !ok {
			return e.Expression.Value(ctx)
		}
		template, diags := ParseTemplate(e.budget, []byte(text), e.Range().Filename, e.inside())
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		v, more := template.Value(ctx)
		return v, append(diags, more...)
	})
}

func (e *jsonExpr) tuple(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	var diags hcl.Diagnostics
	items := []cty.Value{}
	for _, item := range e.ExprList() {
		v, more := item.Value(ctx)
		items, diags = append(items, v), append(diags, more...)
	}
	return cty.TupleVal(items), diags
}

func (e *jsonExpr) object(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	var diags hcl.Diagnostics
	attrs, known := make(map[string]cty.Value), true
	marks := make(cty.ValueMarks)
	for _, pair := range e.ExprMap() {
		key, more := pair.Key.Value(ctx)
		diags = append(diags, more...)
		value, more := pair.Value.Value(ctx)
		diags = append(diags, more...)
		key, keyMarks := key.Unmark()
		for mark := range keyMarks {
			marks[mark] = struct{}{}
		}
		key, err := convert.Convert(key, cty.String)
		switch {
		case err != nil || key.IsNull():
			diags = append(diags, refuse(pair.Key.Range(), "Invalid object key expression", "The key of an object has to be text.")...)
		case !key.IsKnown():
			known = false
		default:
			name := key.AsString()
			if _, twice := attrs[name]; twice {
				diags = append(diags, refuse(pair.Key.Range(), "Duplicate object attribute", fmt.Sprintf("There are two attributes named %q.", name))...)
			}
			attrs[name] = value
		}
	}
	if !known {
		return cty.DynamicVal.WithMarks(marks), diags
	}
	return cty.ObjectVal(attrs).WithMarks(marks), diags
}

func (e *jsonExpr) Variables() []hcl.Traversal {
	var vars []hcl.Traversal
	switch {
	case e.isList():
		for _, item := range e.ExprList() {
			vars = append(vars, item.Variables()...)
		}
	case e.isMap():
		for _, pair := range e.ExprMap() {
			vars = append(vars, pair.Key.Variables()...)
			vars = append(vars, pair.Value.Variables()...)
		}
	default:
		if text, ok := e.text(); ok {
			if template, diags := ParseTemplate(e.budget, []byte(text), e.Range().Filename, e.inside()); !diags.HasErrors() {
				return template.Variables()
			}
		}
	}
	return vars
}

// What HCL asks of an expression without evaluating it.

func (e *jsonExpr) ExprList() []hcl.Expression {
	list, _ := hcl.ExprList(e.Expression)
	if list == nil {
		return nil
	}
	items := make([]hcl.Expression, len(list))
	for i, item := range list {
		items[i] = &jsonExpr{item, e.budget, 0}
	}
	return items
}

func (e *jsonExpr) ExprMap() []hcl.KeyValuePair {
	list, _ := hcl.ExprMap(e.Expression)
	if list == nil {
		return nil
	}
	items := make([]hcl.KeyValuePair, len(list))
	for i, pair := range list {
		items[i] = hcl.KeyValuePair{Key: &jsonExpr{pair.Key, e.budget, 0}, Value: &jsonExpr{pair.Value, e.budget, 0}}
	}
	return items
}

func (e *jsonExpr) AsTraversal() hcl.Traversal {
	if !e.shallow() {
		return nil
	}
	traversal, _ := hcl.AbsTraversalForExpr(e.Expression)
	return traversal
}

func (e *jsonExpr) ExprCall() *hcl.StaticCall {
	if !e.shallow() {
		return nil
	}
	call, _ := hcl.ExprCall(e.Expression)
	return call
}

// shallow says whether e is text that is safe to read as an expression.
func (e *jsonExpr) shallow() bool {
	text, ok := e.text()
	if !ok {
		return false
	}
	tokens, _ := hclsyntax.LexExpression([]byte(text), "", hcl.InitialPos)
	return nesting(tokens) == nil
}

func (e *jsonExpr) isList() bool {
	list, diags := hcl.ExprList(e.Expression)
	return list != nil && !diags.HasErrors()
}
func (e *jsonExpr) isMap() bool {
	list, diags := hcl.ExprMap(e.Expression)
	return list != nil && !diags.HasErrors()
}

// text is the string as it stands; false where e is no string.
func (e *jsonExpr) text() (string, bool) {
	v, _ := e.Expression.Value(nil)
	if v == cty.NilVal || v.Type() != cty.String || v.IsNull() || !v.IsKnown() {
		return "", false
	}
	return v.AsString(), true
}

// inside is the place after the opening quote.
func (e *jsonExpr) inside() hcl.Pos {
	at := e.Range().Start
	at.Byte++
	at.Column++
	return at
}
