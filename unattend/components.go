// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

// wcmNamespace is the namespace of wcm:action and wcm:keyValue. (reference rule E4)
const wcmNamespace = "http://schemas.microsoft.com/WMIConfig/2002/State"

// against are settings that work against activation. Raw components with them are refused where the file works
// towards AVMA, and warned of elsewhere. (reference rules K12, K13)
var against = map[string]string{
	"skipautoactivation": "It tells Windows not to activate by itself, which AVMA needs and a KMS client does too. (rule K13)",
	"skiprearm":          "It keeps the licence state of the template through sysprep; clones must start afresh. (rule K12)",
}

// checkComponents holds raw components against the table of settings.
func (m *model) checkComponents() {
	for _, c := range m.machine.components {
		if unknown(c.v.Name) || unknown(c.v.Pass) || unknown(c.v.XML) {
			continue
		}
		missing := false
		for _, a := range []struct{ name, value string }{{"name", c.v.Name}, {"pass", c.v.Pass}, {"xml", c.v.XML}} {
			if strings.TrimSpace(a.value) == "" {
				m.fail(c.path+"."+a.name, "it is required", "For example name = \"Microsoft-Windows-LUA-Settings\", pass = \"offlineServicing\", xml = \"<EnableLUA>false</EnableLUA>\".")
				missing = true
			}
		}
		if missing {
			continue
		}
		broken := false
		for _, f := range schema.CheckContent(c.v.Pass, c.v.Name, c.v.XML) {
			m.finding(c, f)
			broken = broken || f.Kind == schema.Malformed
		}
		if m.kind == Deploy && (strings.EqualFold(c.v.Pass, "windowsPE") || strings.EqualFold(c.v.Pass, "offlineServicing")) {
			m.fail(c.path+".pass", c.v.Pass+" does not run on a clone", "The deploy file is for sysprep: its passes are specialize and oobeSystem.")
		}
		if !broken {
			m.read(c)
		}
	}
}

// rawComponent is a raw component that was read.
type rawComponent struct {
	located[Component]
	root *etree.Element
}

func (m *model) finding(c located[Component], f schema.Finding) {
	attribute := c.path + ".xml"
	switch f.Kind {
	case schema.UnknownPass, schema.WrongPass:
		attribute = c.path + ".pass"
	case schema.UnknownComponent:
		attribute = c.path + ".name"
	}
	summary := f.Summary
	if f.Line > 0 && strings.Contains(strings.TrimSpace(c.v.XML), "\n") {
		summary = fmt.Sprintf("line %d: %s", f.Line, summary)
	}
	severity := Error
	if f.Warning {
		severity = Warning
	}
	m.say(severity, attribute, summary, f.Detail)
}

// read parses a raw component, once for the checks and the writer.
func (m *model) read(c located[Component]) {
	root, err := parseContent(c.v.XML)
	if err != nil {
		m.fail(c.path+".xml", "it is not well-formed", notWellFormed(err))
		return
	}
	m.raw = append(m.raw, rawComponent{c, root})
	m.refuse(c, root)
}

// notWellFormed tells the line of a mistake, and not what the XML reader says of it: that quotes what stands there, which
// may be a password with a & or a < in it.
func notWellFormed(err error) string {
	const rule = "write & as &amp; and < as &lt;, and close each element."
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("In line %d: %s", syntax.Line, rule)
	}
	return "W" + rule[1:]
}

// refuse finds settings that work against activation, a key beside the one that the file has, and what the table of
// settings cannot know.
func (m *model) refuse(c located[Component], group *etree.Element) {
	for _, e := range group.ChildElements() {
		if why, ok := against[strings.ToLower(e.Tag)]; ok && strings.EqualFold(strings.TrimSpace(e.Text()), "true") || ok && strings.TrimSpace(e.Text()) == "1" {
			severity := Warning
			if m.towardsAVMA() {
				severity = Error
			}
			m.say(severity, c.path+".xml", "<"+e.Tag+"> works against activation", why+" Leave it out.")
		}
		if strings.EqualFold(e.Tag, "ProductKey") {
			m.fail(c.path+".xml", "a product key has attributes of its own", "Use product_key, or setup_key for Setup.")
		}
		if holdsSecret(e.Tag) {
			m.sensitive = true
		}
		m.checkItems(c, e)
		m.checkEncoded(c, e)
		m.refuse(c, e)
	}
}

// parseContent parses the inside of a component. That it is well-formed the table's check has seen.
func parseContent(content string) (*etree.Element, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromString(`<component xmlns:wcm="` + wcmNamespace + `">` + content + `</component>`); err != nil {
		return nil, fmt.Errorf("reading the settings as XML: %w", err)
	}
	return doc.Root(), nil
}
