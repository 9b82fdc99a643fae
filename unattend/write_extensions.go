// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"

	"github.com/beevik/etree"

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

// raw merges the raw components. What a generated file has already is not overwritten but reported.
func (w *writer) raw() {
	for _, c := range w.m.machine.components {
		if unknown(c.v.Name) || unknown(c.v.Pass) || unknown(c.v.XML) {
			continue
		}
		content, err := parseContent(c.v.XML)
		if err != nil {
			w.problems = append(w.problems, Problem{Error, c.path + ".xml", "it is not well-formed", err.Error()})
			continue
		}
		into := w.component(passName(c.v.Pass), c.v.Name)
		for _, e := range content.ChildElements() {
			if there := sameChild(into, e.Tag); there == nil {
				into.AddChild(e.Copy())
			} else if strings.EqualFold(e.Tag, "FirewallGroups") {
				for _, g := range e.ChildElements() {
					there.AddChild(g.Copy())
				}
			} else {
				w.problems = append(w.problems, Problem{Error, c.path + ".xml", "<" + e.Tag + "> stands in this component already",
					"It comes from another component block, or from the attributes and blocks of the configuration: use those."})
			}
		}
	}
}

func passName(name string) string {
	for _, p := range passes {
		if strings.EqualFold(p, name) {
			return p
		}
	}
	return name
}

func sameChild(parent *etree.Element, tag string) *etree.Element {
	for _, e := range parent.ChildElements() {
		if strings.EqualFold(e.Tag, tag) {
			return e
		}
	}
	return nil
}
