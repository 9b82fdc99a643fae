// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
)

const (
	unattendNamespace   = "urn:schemas-microsoft-com:unattend" // reference rule E1
	extensionsNamespace = "urn:golden-image:packer-plugin-avma:answer-file"
)

const rootEnd = "</unattend>\n"

// passes in the order in which Windows runs them. (reference rule E2: the order in the file is free)
var passes = []string{"windowsPE", "offlineServicing", "generalize", "specialize", "auditSystem", "auditUser", "oobeSystem"}

// writer builds the document of one model.
type writer struct {
	m        *model
	settings map[string]*etree.Element
	problems Problems
}

// build makes the tree of the answer file. Its problems are raw components that stand in the way of what is generated.
func build(m *model) *writer {
	w := &writer{m: m, settings: map[string]*etree.Element{}}
	if m.kind == Install {
		w.windowsPE()
	}
	w.specialize()
	w.oobe()
	w.raw()
	return w
}

// write makes the answer file. The error is a Problems where build has some.
func write(m *model) ([]byte, error) {
	w := build(m)
	if len(w.problems) > 0 {
		return nil, w.problems
	}
	return w.bytes()
}

// component finds or makes a component: none stands twice in a pass. (reference rules E2, E3)
func (w *writer) component(pass, name string) *etree.Element {
	s := w.settings[pass]
	if s == nil {
		s = etree.NewElement("settings")
		s.CreateAttr("pass", pass)
		w.settings[pass] = s
	}
	for _, token := range s.Child {
		if c, ok := token.(*etree.Element); ok && strings.EqualFold(c.Attr[0].Value, name) {
			return c
		}
	}
	c := s.CreateElement("component")
	c.Attr = make([]etree.Attr, 0, 6)
	c.CreateAttr("name", name)
	c.CreateAttr("processorArchitecture", "amd64")
	c.CreateAttr("publicKeyToken", "31bf3856ad364e35")
	c.CreateAttr("language", "neutral")
	c.CreateAttr("versionScope", "nonSxS")
	c.CreateAttr("xmlns:wcm", wcmNamespace)
	return c
}

// text adds an element with a value; without a value there is no element. (reference rule E8)
func text(parent *etree.Element, name, value string) {
	if value != "" {
		parent.CreateElement(name).SetText(value)
	}
}

func integer(parent *etree.Element, name string, value int) { text(parent, name, strconv.Itoa(value)) }

func truth(parent *etree.Element, name string, value bool) {
	text(parent, name, strconv.FormatBool(value))
}

// item adds an item of a list. (reference rule E4)
func item(parent *etree.Element, name string) *etree.Element {
	e := parent.CreateElement(name)
	e.CreateAttr("wcm:action", "add")
	return e
}

// keyed adds an item of a list that has a key too. (reference rule E4)
func keyed(parent *etree.Element, name, key string) *etree.Element {
	e := item(parent, name)
	e.CreateAttr("wcm:keyValue", key)
	return e
}

// bytes writes the document: ASCII, CRLF, no value touched by indentation. (reference rules E6, E7)
func (w *writer) bytes() ([]byte, error) {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="utf-8"`)
	doc.CreateComment(w.title())
	root := doc.CreateElement("unattend")
	root.CreateAttr("xmlns", unattendNamespace)
	for _, pass := range passes {
		if s := w.settings[pass]; s != nil {
			root.AddChild(s)
		}
	}
	doc.Indent(2)
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	var buf bytes.Buffer
	buf.Grow(32 << 10)
	if _, err := doc.WriteTo(&buf); err != nil {
		return nil, fmt.Errorf("writing the answer file: %w", err)
	}
	body, ok := bytes.CutSuffix(buf.Bytes(), []byte(rootEnd))
	if !ok {
		return nil, errors.New("writing the answer file: it has no end")
	}
	return asciiCRLF(append(append(body, w.extensions()...), rootEnd...)), nil
}

// title is the comment at the top. It tells the files apart and holds nothing secret.
func (w *writer) title() string {
	what := "Windows Server"
	if t := w.m.target; w.m.resolved {
		what += " " + t.Release + " " + t.Edition
		if t.Core {
			what += " (Server Core)"
		}
		switch {
		case w.m.evaluated != evalNone || t.Evaluation:
			what += ", evaluation"
		case w.m.setupKey != "":
			what += ", licensed media (no evaluation)"
		}
	}
	use := "install file: Autounattend.xml in the root of a medium"
	if w.m.kind == Deploy {
		use = "deploy file: for sysprep /generalize /oobe /unattend:"
	}
	return " " + what + ", " + use + " "
}

// asciiCRLF ends lines with CRLF and writes what is not ASCII as references. Only text and attribute values can
// hold such letters here: names are the reference's.
func asciiCRLF(data []byte) []byte {
	out := make([]byte, 0, len(data)+len(data)/16)
	for _, r := range string(data) {
		switch {
		case r == '\n':
			out = append(out, '\r', '\n')
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		default:
			out = fmt.Appendf(out, "&#%d;", r)
		}
	}
	return out
}
