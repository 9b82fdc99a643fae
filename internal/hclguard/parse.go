// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
)

// Parse reads a file, as JSON or in the native syntax. What is evaluated of it counts for b.
func Parse(b *Budget, src []byte, name string, asJSON bool) (*hcl.File, hcl.Diagnostics) {
	if len(src) > MaxSource {
		return nil, refuse(hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}, "The file is too large",
			fmt.Sprintf("It has more than %d KiB. Keep long scripts in files of their own.", MaxSource>>10))
	}
	if asJSON {
		if d := jsonNesting(src, name); d != nil {
			return nil, hcl.Diagnostics{d}
		}
		file, diags := json.Parse(src, name)
		if file != nil && !diags.HasErrors() {
			file.Body = &jsonBody{Body: file.Body, budget: b}
		}
		return file, bounded(diags)
	}
	tokens, _ := hclsyntax.LexConfig(src, name, hcl.InitialPos)
	if d := nesting(tokens); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	file, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if body, ok := file.Body.(*hclsyntax.Body); ok && !diags.HasErrors() {
		instrument{b}.body(body)
	}
	return file, bounded(diags)
}

// ParseExpression reads one expression, such as the value of a variable on the command line.
func ParseExpression(b *Budget, src []byte, name string) (hcl.Expression, hcl.Diagnostics) {
	return b.expression(src, name, hcl.InitialPos, hclsyntax.LexExpression, hclsyntax.ParseExpression)
}

// ParseTemplate reads text with ${...} and %{...} in it.
func ParseTemplate(b *Budget, src []byte, name string, at hcl.Pos) (hcl.Expression, hcl.Diagnostics) {
	return b.expression(src, name, at, hclsyntax.LexTemplate, hclsyntax.ParseTemplate)
}

func (b *Budget) expression(src []byte, name string, at hcl.Pos,
	lex func([]byte, string, hcl.Pos) (hclsyntax.Tokens, hcl.Diagnostics),
	parse func([]byte, string, hcl.Pos) (hclsyntax.Expression, hcl.Diagnostics),
) (hcl.Expression, hcl.Diagnostics) {
	if len(src) > MaxSource {
		return nil, refuse(hcl.Range{Filename: name, Start: at, End: at}, "The text is too large",
			fmt.Sprintf("It has more than %d KiB.", MaxSource>>10))
	}
	if !b.spend(1 + len(src)/16) {
		return nil, refuse(hcl.Range{Filename: name, Start: at, End: at}, summary, b.err.Error())
	}
	tokens, _ := lex(src, name, at)
	if d := nesting(tokens); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	expr, diags := parse(src, name, at)
	if diags.HasErrors() {
		return nil, bounded(diags)
	}
	return instrument{b}.root(expr, 1), diags
}

// bounded keeps the first mistakes: a file of 500,000 wrong characters gives as many.
func bounded(diags hcl.Diagnostics) hcl.Diagnostics {
	return diags[:min(len(diags), maxDiagnostics)]
}

func refuse(at hcl.Range, summary, detail string) hcl.Diagnostics {
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at}}
}
