// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"

	"github.com/beevik/etree"

	scripts "github.com/golden-image/packer-plugin-avma/templates/unattend"
)

// extensions writes the files that the answer file carries, in an element of the project's own namespace after all settings:
// in the namespace of the answer file Windows would refuse it. (reference rule E1)
func (w *writer) extensions(root *etree.Element) {
	if len(w.m.plan.files) == 0 {
		return
	}
	e := root.CreateElement("Extensions")
	e.CreateAttr("xmlns", extensionsNamespace)
	e.CreateElement("Extract").SetText(scripts.Text(scripts.Extract))
	for _, f := range w.m.plan.files {
		c := e.CreateElement("File")
		c.CreateAttr("name", f.name)
		if f.b64 != "" || f.text == "" {
			c.CreateAttr("encoding", "base64")
			c.SetText(f.b64)
			continue
		}
		if f.crlf {
			c.CreateAttr("eol", "crlf")
		}
		c.SetText(f.text)
	}
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
