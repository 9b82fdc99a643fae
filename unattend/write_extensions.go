// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"

	scripts "github.com/golden-image/packer-plugin-avma/templates/unattend"
)

// escape writes text into XML.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")

// extensions is the element of the project's own namespace that holds the files which the answer file carries. It
// comes after all settings: in the namespace of the answer file Windows would refuse it. (reference rule E1) The
// text goes in as it is, without a tree around it: it is by far the largest part of the file.
func (w *writer) extensions() string {
	if len(w.m.plan.files) == 0 {
		return ""
	}
	var b strings.Builder
	b.Grow(24 << 10)
	b.WriteString("  <Extensions xmlns=\"" + extensionsNamespace + "\">\n    <Extract>")
	_, _ = escape.WriteString(&b, scripts.Text(scripts.Extract))
	b.WriteString("</Extract>\n")
	for _, f := range w.m.plan.files {
		b.WriteString("    <File name=\"" + f.name + "\"")
		switch {
		case f.text == "":
			b.WriteString(" encoding=\"base64\">" + f.b64)
		case f.crlf:
			b.WriteString(" eol=\"crlf\">")
		default:
			b.WriteString(">")
		}
		_, _ = escape.WriteString(&b, f.text)
		b.WriteString("</File>\n")
	}
	b.WriteString("  </Extensions>\n")
	return b.String()
}
