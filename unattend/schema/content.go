// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// Kind sorts findings, so that a caller can let some pass.
type Kind string

// The kinds of findings.
const (
	UnknownPass      Kind = "unknown_pass"      // no such configuration pass
	UnknownComponent Kind = "unknown_component" // not in the table: a warning, or an error where the name is a near miss
	UnknownSetting   Kind = "unknown_setting"   // not in the table, which is of 2018: a warning
	WrongPass        Kind = "wrong_pass"        // the setting may not stand in this pass
	Malformed        Kind = "malformed"         // not well-formed XML, or not the inside of a component
	TooLong          Kind = "too_long"
	OutOfRange       Kind = "out_of_range"
	EmptyElement     Kind = "empty_element"
	Repeated         Kind = "repeated"       // a value given twice
	NoListAction     Kind = "no_list_action" // an item of a list without wcm:action="add" (reference rule E4)
	Obsolete         Kind = "obsolete"       // works, but Windows ignores it
)

// Finding is one thing that the table holds against a component.
type Finding struct {
	Kind    Kind
	Warning bool   // Windows takes the file all the same
	Path    string // of the setting below the component; "" for the component as a whole
	Line    int    // in the content, from 1; 0 for the component as a whole
	Summary string
	Detail  string // why, and what to do
}

// CheckContent holds the content of one component, the XML between <component …> and </component>, against the table.
// It gives all findings, in the order of the text.
func CheckContent(pass, component, content string) []Finding {
	c := checker{}
	one, known := ParsePass(pass)
	if !known {
		c.add(Finding{Kind: UnknownPass, Summary: fmt.Sprintf("%q is no configuration pass", pass),
			Detail: "The passes are " + strings.Join(passNames[:], ", ") + ", spelt like that." + meant(pass, passNames[:])})
	}
	table := Lookup(component)
	switch {
	case table == nil:
		c.add(unknownComponent(component))
	case known && table.Passes != 0 && !table.Passes.Has(one):
		c.add(Finding{Kind: WrongPass, Summary: fmt.Sprintf("%s does not belong in the %s pass", table.Name, pass),
			Detail: fmt.Sprintf("Its settings may stand in %s.", table.Passes)})
		one = 0 // said once, not again for each setting
	}
	c.pass, c.passName = one, pass
	c.walk(content, table)
	return c.findings
}

func meant(word string, names []string) string {
	if m := near.Match(word, names); m != "" {
		return fmt.Sprintf(" Did you mean %q?", m)
	}
	return ""
}

// checker goes through the content once.
type checker struct {
	findings []Finding
	pass     Passes // 0: not known, passes are not checked
	passName string
	stack    []*element
}

// element is an open element.
type element struct {
	name    string
	path    string
	line    int
	level   *children // its settings; nil below an unknown one
	setting *Setting  // nil when unknown

	misplaced, obsolete bool // that has been said, of it or of a group around it

	text     strings.Builder
	elements int            // how many it holds
	seen     map[string]int // lower-case name of a value: line where it was first given
}

func (c *checker) add(f Finding) { c.findings = append(c.findings, f) }

func (c *checker) walk(content string, table *Component) {
	top := &element{}
	if table != nil {
		top.level = &table.children
	}
	c.stack = []*element{top}
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		switch t := token.(type) {
		case xml.StartElement:
			if !c.start(t, line, table) {
				return
			}
		case xml.EndElement:
			c.end()
		case xml.CharData:
			c.stack[len(c.stack)-1].text.Write(t)
		case xml.ProcInst, xml.Directive:
			c.add(Finding{Kind: Malformed, Line: line, Summary: "the content holds an XML declaration",
				Detail: "Give only what stands between <component …> and </component>."})
			return
		}
		if err != nil {
			c.finish(err, line)
			return
		}
	}
}

// finish is the end of the content.
func (c *checker) finish(err error, line int) {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		// The text is not shown: it may be a password that lost its element.
		if strings.TrimSpace(c.stack[0].text.String()) != "" {
			c.add(Finding{Kind: Malformed, Line: 1, Summary: "the content holds text outside of any setting",
				Detail: "A component holds elements, such as <TimeZone>UTC</TimeZone>."})
		} else if c.stack[0].elements == 0 {
			c.add(Finding{Kind: Malformed, Line: 1, Summary: "the content holds no setting",
				Detail: "Give the XML between <component …> and </component>, or leave the component out."})
		}
	case errors.As(err, &syntax):
		// What the reader says of it is not shown: it quotes what stands there, which may be a password with a & or a <.
		c.add(Finding{Kind: Malformed, Line: syntax.Line, Summary: fmt.Sprintf("the content is not well-formed XML, in its line %d", syntax.Line),
			Detail: "Every element needs its end; & is written &amp; and < is written &lt;."})
	default:
		c.add(Finding{Kind: Malformed, Line: line, Summary: "the content cannot be read as XML",
			Detail: "It has to be the XML between <component …> and </component>."})
	}
}

// clip shortens a value for a message.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
