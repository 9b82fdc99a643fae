// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// own marks a diagnostic of this package, whose text has names in it and no values. HCL's own texts may quote anything.
type own struct{}

var quoted = regexp.MustCompile(`"[^"\n]*"`)

// candid are the functions that tell no more in an error than the path of a file, or nothing of their arguments.
var candid = set("file filebase64 fileexists templatefile abspath pathexpand base64decode textdecodebase64 textencodebase64 " +
	"cidrhost cidrnetmask sum alltrue anytrue index length format formatlist join split range setproduct indent replace " +
	"concat merge zipmap element lookup flatten distinct keys values slice chunklist contains coalesce coalescelist")

// scrub takes what may be a value out of a text of HCL: each quoted word that is no name, and the reason why a function
// refused its arguments, unless the function is known to keep them to itself.
func (f *File) scrub(d *hcl.Diagnostic, words map[string]bool) {
	if _, ours := d.Extra.(own); ours {
		return
	}
	if call, ok := d.Extra.(hclsyntax.FunctionCallDiagExtra); ok && call.FunctionCallError() != nil && !candid[call.CalledFunctionName()] {
		name := call.CalledFunctionName()
		if reason := call.FunctionCallError().Error(); !safeReason(reason) {
			d.Detail = fmt.Sprintf("The function %s does not take this. Its reason may quote a value, so it is not shown.", name)
		}
	}
	at := f.namesAt(d)
	hide := func(text string) string {
		return quoted.ReplaceAllStringFunc(text, func(q string) string {
			if inner := q[1 : len(q)-1]; words[inner] || at[inner] || !strings.ContainsFunc(inner, isLetterOrDigit) {
				return q
			}
			return "(not shown)"
		})
	}
	summary, detail := hide(d.Summary), hide(d.Detail)
	if detail != d.Detail && (d.Summary == "Unknown variable" || d.Summary == "Variables not allowed") {
		detail += " Text has to stand in quotes."
	}
	d.Summary, d.Detail = summary, detail
}

// safeReason says whether a function's reason is one of hclguard's, which has no value in it.
func safeReason(reason string) bool {
	return strings.HasPrefix(reason, "the reason is not shown") || strings.Contains(reason, "too large") ||
		strings.HasPrefix(reason, "a value may have") || strings.HasPrefix(reason, "a number has to be")
}

// namesAt are the names that stand where d points: of an attribute or a block, or behind a dot. They are no values.
func (f *File) namesAt(d *hcl.Diagnostic) map[string]bool {
	if d.Subject == nil {
		return nil
	}
	file := f.files[d.Subject.Filename]
	if file == nil || file.Body == nil || !d.Subject.CanSliceBytes(file.Bytes) {
		return nil
	}
	text := string(d.Subject.SliceBytes(file.Bytes))
	body, native := file.Body.(*hclsyntax.Body)
	switch {
	case len(text) > 200:
	case strings.HasPrefix(text, "."):
		return map[string]bool{text[1:]: true}
	case !native:
		after := bytes.TrimLeft(file.Bytes[d.Subject.End.Byte:], " \t\r\n")
		if name := strings.Trim(text, `"`); isName(name) && len(text) == len(name)+2 && bytes.HasPrefix(after, []byte(":")) {
			return map[string]bool{name: true}
		}
	default:
		attr, block, _ := find(body, d.Subject.Start.Byte)
		if attr != nil && attr.NameRange == *d.Subject || block != nil && block.TypeRange == *d.Subject {
			return map[string]bool{text: true}
		}
	}
	return nil
}

func isLetterOrDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f
}
