// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

// raw merges the raw components into what is generated, on every level: items of lists come after those that are there,
// settings that are not there are added, and what is there already is reported, never overwritten.
func (w *writer) raw() {
	if len(w.m.raw) == 0 {
		return
	}
	owners := map[*etree.Element]string{}
	for _, c := range w.m.raw {
		g := merger{w: w, block: c.located, pass: passName(c.v.Pass), component: c.v.Name, owners: owners}
		g.merge(w.component(g.pass, g.component), c.root, "")
		w.problems = append(w.problems, g.problems()...)
	}
}

// merger merges one raw component.
type merger struct {
	w         *writer
	block     located[Component]
	pass      string
	component string
	owners    map[*etree.Element]string // where what a raw component brought comes from: its attribute
	conflicts []conflict
}

// merge merges the settings in from, which stand at path below the component, into a group that is there.
func (g *merger) merge(into, from *etree.Element, path string) {
	for _, e := range byPlace(from.ChildElements()) {
		at := e.Tag
		if path != "" {
			at = path + "/" + e.Tag
		}
		if isItem(e) {
			g.item(into, e, at)
			continue
		}
		there := childNamed(into, e.Tag)
		switch {
		case there == nil:
			g.add(into, e)
		case hasChildren(e) && (hasChildren(there) || there.Text() == ""):
			g.merge(there, e, at)
		case hasChildren(there) && strings.TrimSpace(e.Text()) == "":
			// An empty group says nothing about one that is there.
		case g.owners[there] == "" && g.yields(at):
			there.SetText(e.Text())
			g.owners[there] = g.block.path + ".xml"
		default:
			g.conflict(there, at)
		}
	}
}

// add adds a copy of a setting and remembers whose it is.
func (g *merger) add(into, e *etree.Element) *etree.Element {
	added := e.Copy()
	into.AddChild(added)
	g.owners[added] = g.block.path + ".xml"
	return added
}

// item merges an item of a list: into the one that it is by its name or number, or behind those that are there.
func (g *merger) item(list, e *etree.Element, at string) {
	key := identities[strings.ToLower(e.Tag)]
	var alike []*etree.Element
	for _, there := range list.ChildElements() {
		if !strings.EqualFold(there.Tag, e.Tag) {
			continue
		}
		if id := identity(e, key); id != "" && id == identity(there, key) {
			g.merge(there, without(e, there, key), at)
			return
		}
		alike = append(alike, there)
	}
	g.number(g.add(list, e), alike, at)
}

// identities is the setting that tells the items of a list apart. Those of the other lists have nothing but their
// place.
var identities = map[string]string{
	"disk": "DiskID", "modifypartition": "PartitionID", "interface": "Identifier", "localaccount": "Name",
	"domainaccountlist": "Domain", "domainaccount": "Name", "metadata": "Key", "firewallgroup": "Group",
}

// identity is the value that tells an item from its like; "" when it has none. An image is chosen once, by its number
// or by its name.
func identity(e *etree.Element, key string) string {
	c := childNamed(e, key)
	if c == nil {
		return ""
	}
	id := strings.ToLower(strings.TrimSpace(c.Text()))
	if id == "/image/index" || id == "/image/name" {
		return "/image/"
	}
	return id
}

// without is an item without what says which one it is, and without its place, which it has.
func without(e, there *etree.Element, key string) *etree.Element {
	rest := e.Copy()
	for _, tag := range []string{key, "Order"} {
		c, same := childNamed(rest, tag), childNamed(there, tag)
		if c == nil {
			continue
		}
		if tag == "Order" || same != nil && strings.EqualFold(strings.TrimSpace(c.Text()), strings.TrimSpace(same.Text())) {
			rest.RemoveChild(c)
		}
	}
	return rest
}

// isItem reports whether an element is an item of a list.
func isItem(e *etree.Element) bool {
	if _, ok := schema.AsListItem(e.Tag); ok {
		return true
	}
	return slices.ContainsFunc(e.Attr, func(a etree.Attr) bool { return a.Key == "action" })
}

func hasChildren(e *etree.Element) bool {
	return slices.ContainsFunc(e.Child, func(t etree.Token) bool { _, ok := t.(*etree.Element); return ok })
}

func passName(name string) string {
	for _, p := range passes {
		if strings.EqualFold(p, name) {
			return p
		}
	}
	return name
}
