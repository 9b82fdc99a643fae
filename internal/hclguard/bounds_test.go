// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func functions(b *Budget) map[string]function.Function {
	return b.Functions(map[string]function.Function{
		"format": stdlib.FormatFunc, "indent": stdlib.IndentFunc, "join": stdlib.JoinFunc, "jsondecode": stdlib.JSONDecodeFunc,
		"parseint": stdlib.ParseIntFunc, "range": stdlib.RangeFunc, "replace": stdlib.ReplaceFunc, "setproduct": stdlib.SetProductFunc,
		"split": stdlib.SplitFunc, "upper": stdlib.UpperFunc, "regexall": stdlib.RegexAllFunc, "regex_replace": stdlib.RegexReplaceFunc,
		"csvdecode": stdlib.CSVDecodeFunc, "distinct": stdlib.DistinctFunc, "concat": stdlib.ConcatFunc,
	})
}

// evaluate gives the attribute "x" of a file, with s, a text, and list, a list.
func evaluate(ctx context.Context, src string, variables map[string]cty.Value) (cty.Value, error) {
	b := NewBudget(ctx)
	file, diags := Parse(b, []byte(src), "a.hcl", false)
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	attrs, diags := file.Body.JustAttributes()
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	v, diags := attrs["x"].Expr.Value(&hcl.EvalContext{Functions: functions(b), Variables: variables})
	if b.Err() != nil {
		return cty.NilVal, b.Err()
	}
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	return v, nil
}

// Each bound holds what is at it, and refuses one beyond.
func TestBounds(t *testing.T) {
	text := func(n int) cty.Value { return cty.StringVal(strings.Repeat("a", n)) }
	list := func(n int) cty.Value {
		items := make([]cty.Value, n)
		for i := range items {
			items[i] = cty.True
		}
		return cty.TupleVal(items)
	}
	around := func(left, right string, n int) string {
		return strings.Repeat(left, n) + "1" + strings.Repeat(right, n)
	}
	for _, tc := range []struct {
		name  string
		at    int
		expr  func(n int) string
		value func(n int) cty.Value // of v
	}{
		// The depth of "x = " is 1: an operator.
		{"parentheses", MaxDepth - 1, func(n int) string { return around("(", ")", n) }, nil},
		{"lists", MaxDepth - 1, func(n int) string { return around("[", "]", n) }, nil},
		{"operators", MaxDepth - 1, func(n int) string { return strings.Repeat("-", n) + "1" }, nil},
		{"a sum", MaxDepth - 1, func(n int) string { return "1" + strings.Repeat("+1", n) }, nil},
		{"digits", MaxDigits, func(n int) string { return "1." + strings.Repeat("0", n-2) }, nil},
		{"pieces", MaxPieces, func(n int) string { return "<<EOT\n" + strings.Repeat("\n", n) + "EOT" }, nil},
		{"a text", MaxBytes, func(int) string { return "v" }, text},
		{"a list", MaxElements - 1, func(int) string { return "v" }, list},
		{"a width", maxWidth, func(n int) string { return fmt.Sprintf(`format("%%%ds", "x")`, n) }, nil},
		{"a precision", maxWidth, func(n int) string { return fmt.Sprintf(`format("%%.%df", 1.5)`, n) }, nil},
		{"parseint", 300, func(n int) string { return `parseint("1` + strings.Repeat("0", n) + `", 10) > 1` }, nil},
		{"split", MaxElements - 1, func(int) string { return `split("a", v)` }, func(n int) cty.Value { return text(n - 1) }},
		{"indent", MaxBytes - 3, func(n int) string { return fmt.Sprintf(`indent(%d, "a\nb") == ""`, n) }, nil},
		{"join", 4096, func(int) string { return `join(format("%4096s", ""), [for x in v : ""]) == ""` }, func(n int) cty.Value { return list(n) }},
		{"replace", 4095, func(int) string { return `replace(v, "a", format("%4096s", "")) == ""` }, text},
		{"setproduct", 182, func(int) string { return "setproduct(v, v)" }, list},
	} {
		for _, n := range []int{tc.at, tc.at + 1} {
			t.Run(fmt.Sprintf("%s/%d", tc.name, n), func(t *testing.T) {
				variables := map[string]cty.Value{}
				if tc.value != nil {
					variables["v"] = tc.value(n)
				}
				if tc.name == "parseint" && n > tc.at {
					n = 310 // 2 to the power of 1024 has 309 digits
				}
				_, err := evaluate(t.Context(), "x = "+tc.expr(n)+"\n", variables)
				if refused := n > tc.at; (err != nil) != refused {
					t.Errorf("refused %v, want %v: %.300v", err != nil, refused, err)
				}
			})
		}
	}
}

func TestNumberBounds(t *testing.T) {
	for expr, refused := range map[string]bool{
		"1.7e308":                    false,
		"1.8e308":                    true,
		"1e200 * 1e100":              false,
		"1e200 * 1e200":              true,
		"-1e200 * 1e200":             true,
		"1e-300 / 1e10":              true,
		"1 / 0":                      true,
		`"1e400" + 1`:                true,
		`format("%d", "1e99999999")`: true,
		`"1e99999999"`:               false, // text, as long as it stays so
	} {
		t.Run(expr, func(t *testing.T) {
			if v, err := evaluate(t.Context(), "x = "+expr+"\n", nil); (err != nil) != refused {
				t.Errorf("%#v, %v", v, err)
			}
		})
	}
}

// The sum of all work is bounded, not each part alone; and what failed for that is not taken for an answer.
func TestBudget(t *testing.T) {
	b := NewBudget(t.Context())
	if !b.spend(maxSteps) || b.spend(1) || !errors.Is(b.Err(), errSteps) || len(b.Diagnostics()) != 1 {
		t.Errorf("steps: %v", b.Err())
	}
	b = NewBudget(t.Context())
	if !b.make(maxTotal) || b.make(1) || !errors.Is(b.Err(), errTotal) {
		t.Errorf("bytes: %v", b.Err())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b = NewBudget(ctx)
	if b.spend(1) || !b.Cancelled() || b.Diagnostics() != nil {
		t.Errorf("cancelled: %v", b.Err())
	}
}

// A sensitive value stays one through each function, and no function tells it in its error.
func TestMarksTravel(t *testing.T) {
	secret := map[string]cty.Value{"v": cty.StringVal("Hunter2(").Mark("sensitive")}
	for _, expr := range []string{"v", "upper(v)", `"a ${v}"`, `join("", [v])`, `{a = v}`, `[for c in [1] : v]`, `format("%s", v)`, `split("u", v)`} {
		v, err := evaluate(t.Context(), "x = "+expr+"\n", secret)
		if err != nil || !v.ContainsMarked() {
			t.Errorf("%s: %v %v", expr, err, v == cty.NilVal || v.ContainsMarked())
		}
	}
	for _, expr := range []string{"parseint(v, 10)", "jsondecode(v)", `regexall(v, "x")`, "range(v)"} {
		_, err := evaluate(t.Context(), "x = "+expr+"\n", secret)
		if err == nil || strings.Contains(err.Error(), "unter2") {
			t.Errorf("%s: %v", expr, err)
		}
	}
}

// Whatever the text, looking at it ends, and what it lets through the parser reads without overflowing the stack.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"x = ((1))", "x = \"${[for a in [1] : \"%{if a}b%{endif}\"]}\"", "a \"b\" {\n c = <<EOT\nx\nEOT\n}", `{"x": ["${1}", {"a": -1e5}]}`} {
		f.Add([]byte(s), strings.HasPrefix(s, "{"))
	}
	f.Fuzz(func(t *testing.T, src []byte, asJSON bool) {
		b := NewBudget(t.Context())
		file, diags := Parse(b, src, "a", asJSON)
		if len(diags) > maxDiagnostics {
			t.Errorf("%d mistakes", len(diags))
		}
		if diags.HasErrors() || file == nil {
			return
		}
		attrs, _ := file.Body.JustAttributes()
		for _, a := range attrs {
			v, diags := a.Expr.Value(&hcl.EvalContext{Functions: functions(b)})
			if b.Err() == nil && !diags.HasErrors() {
				if err := b.Check(v); err != nil && b.Err() == nil {
					t.Errorf("let through: %v", err)
				}
			}
		}
	})
}
