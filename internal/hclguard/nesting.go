// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// frame is one bracket, quote or template sequence that is open.
type frame struct {
	lines  bool // a line end ends what stands in it
	pieces int  // of text
	chain  int  // operators since the last separator: "!!!!x" and "1+1+1" nest as much as brackets do
}

// nesting says where the tokens nest deeper than MaxDepth, or where a number is longer than MaxDigits; nil: nowhere.
// It may count too much, never too little: whatever makes the parser or the evaluation recurse is counted, and what
// ends a sequence for certain resets the count.
func nesting(tokens hclsyntax.Tokens) *hcl.Diagnostic {
	stack := []frame{{lines: true}}
	depth := 0 // the chains of all frames and the frames themselves
	for i, t := range tokens {
		top := &stack[len(stack)-1]
		switch t.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc,
			hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth += control(tokens, i, top)
			lines := t.Type == hclsyntax.TokenOBrace && !isFor(tokens, i+1)
			stack = append(stack, frame{lines: lines})
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc,
			hclsyntax.TokenTemplateSeqEnd:
			if len(stack) == 1 {
				continue // a closing bracket too many is the parser's to say
			}
			depth -= top.chain + 1
			stack = stack[:len(stack)-1]
			if t.Type == hclsyntax.TokenCBrack || t.Type == hclsyntax.TokenCParen {
				stack[len(stack)-1].chain++ // x[0][0][0] nests to the left
				depth++
			}
		case hclsyntax.TokenNewline:
			if top.lines {
				depth -= top.chain
				top.chain = 0
			}
		case hclsyntax.TokenComma:
			depth -= top.chain
			top.chain = 0
		case hclsyntax.TokenIdent, hclsyntax.TokenComment, hclsyntax.TokenEOF:
		case hclsyntax.TokenQuotedLit, hclsyntax.TokenStringLit:
			if top.pieces++; top.pieces > MaxPieces {
				return &hcl.Diagnostic{Severity: hcl.DiagError, Subject: t.Range.Ptr(), Summary: "The text is too long",
					Detail: fmt.Sprintf("It has more than %d lines, or pieces between $ and %%. Keep it in a file of its own, and read it with file().", MaxPieces)}
			}
		case hclsyntax.TokenNumberLit:
			if len(t.Bytes) > MaxDigits || hugeExponent(string(t.Bytes)) {
				return tooLarge(t.Range)
			}
		default: // operators, dots, and whatever else
			top.chain++
			depth++
		}
		if depth > MaxDepth {
			return &hcl.Diagnostic{Severity: hcl.DiagError, Subject: t.Range.Ptr(), Summary: "Nested too deeply",
				Detail: fmt.Sprintf("Brackets, operators and templates are more than %d inside each other here. Take it apart with locals.", MaxDepth)}
		}
	}
	return nil
}

// control gives what a template's directive adds to the frame around it: "if" and "for" nest until their end.
func control(tokens hclsyntax.Tokens, i int, top *frame) int {
	if tokens[i].Type != hclsyntax.TokenTemplateControl || i+1 >= len(tokens) {
		return 0
	}
	switch string(tokens[i+1].Bytes) {
	case "endif", "endfor":
		if top.chain > 0 {
			top.chain--
			return -1
		}
		return 0
	}
	top.chain++
	return 1
}

// isFor says whether a loop begins at token i, in which line ends mean nothing.
func isFor(tokens hclsyntax.Tokens, i int) bool {
	for i < len(tokens) && (tokens[i].Type == hclsyntax.TokenNewline || tokens[i].Type == hclsyntax.TokenComment) {
		i++
	}
	return i < len(tokens) && tokens[i].Type == hclsyntax.TokenIdent && string(tokens[i].Bytes) == "for"
}

func tooLarge(at hcl.Range) *hcl.Diagnostic {
	return &hcl.Diagnostic{Severity: hcl.DiagError, Subject: &at, Summary: "Not a usable number", Detail: errNumber.Error() + "."}
}
