// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// instrument puts counters into a syntax tree.
type instrument struct{ b *Budget }

// counter evaluates an expression and counts. To the rest of HCL it is a pair of parentheses, so that whatever walks
// the tree finds what is inside.
type counter struct {
	*hclsyntax.ParenthesesExpr
	b      *Budget
	weight int // steps for an element of the value
}

const (
	// forEachWeight is the weight of what a dynamic block repeats: each element becomes a block.
	forEachWeight = 16
	// numberWeight is that of a number that is written out, to be text or to be compared.
	numberWeight = 10
)

func (i instrument) wrap(e hclsyntax.Expression) hclsyntax.Expression { return i.weigh(e, 0) }

func (i instrument) weigh(e hclsyntax.Expression, weight int) hclsyntax.Expression {
	i.expr(e)
	return &counter{ParenthesesExpr: &hclsyntax.ParenthesesExpr{Expression: e, SrcRange: e.Range()}, b: i.b, weight: weight}
}

// root is the whole of an attribute's expression.
func (i instrument) root(e hclsyntax.Expression, weight int) hclsyntax.Expression {
	i.expr(e)
	return &rootCounter{counter{ParenthesesExpr: &hclsyntax.ParenthesesExpr{Expression: e, SrcRange: e.Range()}, b: i.b, weight: weight}}
}

func (c *counter) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	return c.b.evaluate(c.Expression, c.weight, func() (cty.Value, hcl.Diagnostics) { return c.Expression.Value(ctx) })
}

// rootCounter lets what looks at an attribute's expression without evaluating it (types, keywords, lists) see through.
type rootCounter struct{ counter }

// UnwrapExpression is what hcl.UnwrapExpression asks.
func (c *rootCounter) UnwrapExpression() hcl.Expression { return c.Expression }

// evaluate counts what fn does. After the end of the budget it gives unknown values without a word: loops that are
// under way run dry, and Err says why.
func (b *Budget) evaluate(e hcl.Expression, weight int, fn func() (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	if !b.spend(1) {
		b.place(e)
		return cty.DynamicVal, nil
	}
	v, diags := fn()
	if len(diags) > 0 {
		b.spend(100 * len(diags)) // they pile up
	}
	s, err := b.measure(v)
	b.spend(weight * s.elements)
	b.make(s.bytes)
	if b.err != nil {
		b.place(e)
		return cty.DynamicVal, nil
	}
	if err != nil {
		return cty.DynamicVal, append(diags, refuse(e.Range(), "Not a usable value", sentence(err))...)
	}
	return v, diags
}

// place notes where the budget came to its end.
func (b *Budget) place(e hcl.Expression) {
	if b.at == nil {
		b.at = e.Range().Ptr()
	}
}

func (i instrument) body(body *hclsyntax.Body) {
	for name, attr := range body.Attributes {
		weight := 0
		if name == "for_each" {
			weight = forEachWeight
		}
		attr.Expr = i.root(attr.Expr, weight)
	}
	for _, block := range body.Blocks {
		i.body(block.Body)
	}
}

// expr goes through a tree. Counters go where something can repeat (loops, splats), grow (templates), or become a
// number that the next operation would choke on.
func (i instrument) expr(e hclsyntax.Expression) {
	switch e := e.(type) {
	case *hclsyntax.ForExpr:
		e.CollExpr, e.ValExpr = i.wrap(e.CollExpr), i.wrap(e.ValExpr)
		if e.KeyExpr != nil {
			e.KeyExpr = i.wrap(e.KeyExpr)
		}
		if e.CondExpr != nil {
			e.CondExpr = i.wrap(e.CondExpr)
		}
	case *hclsyntax.SplatExpr:
		i.expr(e.Source)
		e.Each = i.wrap(e.Each)
	case *hclsyntax.TemplateExpr:
		for n, part := range e.Parts {
			if _, ok := part.(*hclsyntax.LiteralValueExpr); !ok {
				e.Parts[n] = i.weigh(part, numberWeight)
			}
		}
	case *hclsyntax.TemplateJoinExpr:
		i.expr(e.Tuple)
	case *hclsyntax.TemplateWrapExpr:
		i.expr(e.Wrapped)
	case *hclsyntax.BinaryOpExpr:
		switch e.Op {
		case hclsyntax.OpModulo:
			e.LHS, e.RHS = i.operand(e.LHS), i.operand(e.RHS)
		case hclsyntax.OpEqual, hclsyntax.OpNotEqual, hclsyntax.OpGreaterThanOrEqual, hclsyntax.OpLessThanOrEqual:
			e.LHS, e.RHS = i.weigh(e.LHS, numberWeight), i.weigh(e.RHS, numberWeight)
		default:
			e.LHS, e.RHS = i.wrap(e.LHS), i.wrap(e.RHS)
		}
	case *hclsyntax.UnaryOpExpr:
		e.Val = i.wrap(e.Val)
	case *hclsyntax.ConditionalExpr:
		i.expr(e.Condition)
		e.TrueResult, e.FalseResult = i.wrap(e.TrueResult), i.wrap(e.FalseResult)
	case *hclsyntax.IndexExpr:
		i.expr(e.Collection)
		e.Key = i.wrap(e.Key)
	case *hclsyntax.ParenthesesExpr:
		i.expr(e.Expression)
	case *hclsyntax.RelativeTraversalExpr:
		i.expr(e.Source)
	case *hclsyntax.FunctionCallExpr:
		for _, arg := range e.Args {
			i.expr(arg)
		}
	case *hclsyntax.TupleConsExpr:
		for _, item := range e.Exprs {
			i.expr(item)
		}
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			i.expr(item.KeyExpr)
			i.expr(item.ValueExpr)
		}
	case *hclsyntax.ObjectConsKeyExpr:
		i.expr(e.Wrapped)
	}
}

// operand wraps what the remainder of a division takes: text that HCL would turn into a number is looked at first, as
// the quotient is written out as a whole number.
func (i instrument) operand(e hclsyntax.Expression) hclsyntax.Expression {
	i.expr(e)
	inner := &hclsyntax.ParenthesesExpr{Expression: e, SrcRange: e.Range()}
	return &operand{counter{ParenthesesExpr: inner, b: i.b}}
}

type operand struct{ counter }

func (o *operand) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := o.counter.Value(ctx)
	if err := textNumber(v); err != nil {
		return cty.DynamicVal, append(diags, refuse(o.Range(), "Not a usable number", sentence(err))...)
	}
	return v, diags
}

// textNumber refuses text that is a number beyond the bounds.
func textNumber(v cty.Value) error {
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if v.Type() != cty.String || v.IsNull() || !v.IsKnown() {
		return nil
	}
	if s := v.AsString(); isDecimal(s) && (len(s) > MaxDigits || hugeExponent(s)) {
		return errNumber
	}
	return nil
}

// isDecimal says whether HCL would read s as a number: digits, and an exponent of either kind.
func isDecimal(s string) bool {
	s = strings.TrimLeft(s, "+-")
	mantissa := s
	if i := strings.IndexAny(s, "eEpP"); i >= 0 {
		mantissa = s[:i]
		if exponent := strings.TrimLeft(s[i+1:], "+-"); exponent == "" || strings.Trim(exponent, "0123456789") != "" {
			return false
		}
	}
	return mantissa != "" && strings.Trim(mantissa, "0123456789._") == ""
}
