// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"errors"
	"fmt"
	"maps"

	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// errResult is what a function is refused with that would make more than one value may hold.
var errResult = fmt.Errorf("the result would be too large: %w", errValue)

// Functions gives functions that count, by the names that bound them (see estimate).
func (b *Budget) Functions(all map[string]function.Function) map[string]function.Function {
	guarded := maps.Clone(all)
	for name, f := range all {
		guarded[name] = b.function(name, f)
	}
	return guarded
}

// function wraps f. The wrapper takes everything, so that f's own rules for null, unknown and marked arguments apply;
// its type is left open, because finding the type of some functions (try, jsondecode) is doing the work once more.
func (b *Budget) function(name string, f function.Function) function.Function {
	open := func(p function.Parameter) function.Parameter {
		p.AllowNull, p.AllowUnknown, p.AllowDynamicType, p.AllowMarked = true, true, true, true
		return p
	}
	spec := &function.Spec{
		Type: function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if err := b.before(name, args); err != nil {
				return cty.DynamicVal, err
			}
			v, err := f.Call(args)
			if err != nil {
				return cty.DynamicVal, withoutSecret(err, args)
			}
			if b.err != nil { // swallowed by can() or try()
				return cty.DynamicVal, b.err
			}
			s, err := b.measure(v)
			if err != nil {
				return cty.DynamicVal, err
			}
			if name == "range" {
				b.spend(numberWeight * s.numbers)
			}
			if !b.make(s.bytes) {
				return cty.DynamicVal, b.err
			}
			return v.WithMarks(closureMarks(args)), nil
		},
	}
	for _, p := range f.Params() {
		spec.Params = append(spec.Params, open(p))
	}
	if p := f.VarParam(); p != nil {
		rest := open(*p)
		spec.VarParam = &rest
	}
	return function.New(spec)
}

// closureMarks are the marks of the variables in arguments that the function evaluates itself. A can() tells whether a
// sensitive value has a form; without them nobody would know that it does.
func closureMarks(args []cty.Value) cty.ValueMarks {
	marks := make(cty.ValueMarks)
	for _, arg := range args {
		if arg.Type() != customdecode.ExpressionClosureType || arg.IsNull() || !arg.IsKnown() {
			continue
		}
		closure := customdecode.ExpressionClosureFromVal(arg)
		for _, used := range closure.Expression.Variables() {
			if v, diags := used.TraverseAbs(closure.EvalContext); !diags.HasErrors() {
				_, more := v.UnmarkDeep()
				for mark := range more {
					marks[mark] = struct{}{}
				}
			}
		}
	}
	return marks
}

// before charges for a call, and refuses one whose result would be too large.
func (b *Budget) before(name string, args []cty.Value) error {
	steps := 1
	plain := make([]cty.Value, len(args))
	for i, arg := range args {
		s, err := b.measure(arg)
		if err != nil {
			return err
		}
		steps += s.elements/8 + s.numbers*numberWeight + s.bytes/128
		if plain[i] = arg; arg.ContainsMarked() {
			plain[i], _ = arg.UnmarkDeep()
		}
		if !plain[i].IsWhollyKnown() {
			plain = nil // nothing will be made
			break
		}
	}
	if !b.spend(steps) {
		return b.err
	}
	if check := estimates[name]; check != nil && plain != nil {
		return check(b, plain)
	}
	return nil
}

// errHidden takes the place of a function's own error, which may quote its arguments.
var errHidden = errors.New("the reason is not shown, because a sensitive value takes part in it")

// withoutSecret gives err, or less where it may tell a sensitive value.
func withoutSecret(err error, args []cty.Value) error {
	for _, arg := range args {
		if !arg.ContainsMarked() {
			continue
		}
		var of function.ArgError
		if errors.As(err, &of) {
			return function.NewArgError(of.Index, errHidden)
		}
		return errHidden
	}
	return err
}
