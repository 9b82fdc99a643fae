// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// jsonNesting is nesting for the JSON syntax: brackets outside of strings, numbers, and each string as the template
// that HCL takes it for.
func jsonNesting(src []byte, name string) *hcl.Diagnostic {
	at := hcl.Pos{Line: 1, Column: 1}
	depth := 0
	for i := 0; i < len(src); {
		at.Byte = i
		start := i
		switch c := src[i]; {
		case c == '"':
			i = stringEnd(src, i)
			if d := templateNesting(src[start:i], name, at); d != nil {
				return d
			}
		case c == '-' || c >= '0' && c <= '9':
			for i++; i < len(src) && isNumeric(src[i]); {
				i++
			}
			if i-start > MaxDigits || hugeExponent(string(src[start:i])) {
				return tooLarge(span(name, at, i-start))
			}
		default:
			i++
			switch c {
			case '{', '[':
				depth++
			case '}', ']':
				depth = max(depth-1, 0)
			case '\n':
				at.Line, at.Column = at.Line+1, 0
			}
			if depth > MaxDepth {
				at := span(name, at, 1)
				return &hcl.Diagnostic{Severity: hcl.DiagError, Subject: &at, Summary: "Nested too deeply",
					Detail: fmt.Sprintf("Arrays and objects are more than %d inside each other here.", MaxDepth)}
			}
		}
		at.Column += i - start
	}
	return nil
}

// jsonShape is how deep the arrays and objects of a JSON text are inside each other, and how many values it has at most.
func jsonShape(src []byte) (depth, values int) {
	open := 0
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '"':
			i = stringEnd(src, i) - 1
		case '{', '[':
			open++
			values++
		case '}', ']':
			open--
		case ',':
			values++
		}
		depth = max(depth, open)
	}
	return depth, values + 1
}

// stringEnd gives the place after the string that begins at i; one without an end goes to the end of the text.
func stringEnd(src []byte, i int) int {
	for i++; i < len(src) && src[i] != '"'; i++ {
		if src[i] == '\\' {
			i++
		}
	}
	return min(i+1, len(src))
}

// templateNesting looks at a quoted string of a JSON file.
func templateNesting(quoted []byte, name string, at hcl.Pos) *hcl.Diagnostic {
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return nil // the parser says what is wrong with it
	}
	tokens, _ := hclsyntax.LexTemplate([]byte(text), name, at)
	d := nesting(tokens)
	if d != nil {
		at := span(name, at, len(quoted))
		d.Subject = &at
	}
	return d
}

func isNumeric(c byte) bool {
	return c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-'
}

func span(name string, at hcl.Pos, length int) hcl.Range {
	end := at
	end.Byte, end.Column = at.Byte+length, at.Column+length
	return hcl.Range{Filename: name, Start: at, End: end}
}

// jsonNumbers says whether a JSON text has a number beyond the bounds.
func jsonNumbers(src []byte) bool {
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"':
			i = stringEnd(src, i) - 1
		case c == '-' || c >= '0' && c <= '9':
			start := i
			for i+1 < len(src) && isNumeric(src[i+1]) {
				i++
			}
			if n := i + 1 - start; n > MaxDigits || hugeExponent(string(src[start:i+1])) {
				return true
			}
		}
	}
	return false
}
