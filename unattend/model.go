// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// model is a Config for one kind of file, checked, with every default filled in.
type model struct {
	cfg      Config
	kind     Kind
	opts     Options
	problems Problems

	target    catalog.Target
	resolved  bool          // target is known
	entry     catalog.Entry // the catalogue's key in the file
	key       string        // the key in the file; "": none
	setupKey  string        // the key for Setup; "": none
	evaluated string        // evaluation, with its default
	sensitive bool          // a password, or a key that is not public

	uefi      bool
	imageName string // "" and no index: Setup asks
	locale    locale
	machine   machine
	raw       []rawComponent
	disks     []diskPlan
	plan      plan
}

// located is a block and where it stands.
type located[T any] struct {
	path string
	v    T
}

// machine is what differs between the machine of the build and a clone.
type machine struct {
	computerName located[string]
	users        []located[User]
	networks     []located[Network]
	domain       *located[Domain]
	commands     []located[Command]
	scripts      []located[Script]
	components   []located[Component]
}

func newModel(cfg Config, kind Kind, opts Options) *model {
	m := &model{cfg: cfg, kind: kind, opts: opts}
	m.machine = m.choose()
	m.checkIdentity()
	m.checkImage()
	m.checkNames()
	m.checkProtection()
	m.checkLocale()
	m.checkDrivers()
	m.checkAccounts()
	m.checkDisks()
	m.checkNetworks()
	m.checkDomain()
	m.checkRemote()
	m.checkComponents()
	m.planSteps()
	return m
}

// choose gathers the blocks that belong to this kind of file.
func (m *model) choose() machine {
	var out machine
	d := m.cfg.Deploy
	own := m.kind == Install || m.opts.Standalone
	if own {
		out.computerName = located[string]{"computer_name", m.cfg.ComputerName}
		out.users = locate("user", m.cfg.Users)
		out.networks = locate("network", m.cfg.Networks)
		out.commands = locate("command", m.cfg.Commands)
		out.scripts = locate("script", m.cfg.Scripts)
		if m.cfg.Domain != nil {
			out.domain = &located[Domain]{"domain", *m.cfg.Domain}
		}
	}
	for _, c := range locate("component", m.cfg.Components) {
		if m.belongs(c, own) {
			out.components = append(out.components, c)
		}
	}
	if m.kind == Install {
		return out
	}
	if d == nil {
		return out
	}
	if d.ComputerName != "" {
		out.computerName = located[string]{"deploy.computer_name", d.ComputerName}
	}
	out.users = append(out.users, locate("deploy.user", d.Users)...)
	out.networks = append(out.networks, locate("deploy.network", d.Networks)...)
	out.commands = append(out.commands, locate("deploy.command", d.Commands)...)
	out.scripts = append(out.scripts, locate("deploy.script", d.Scripts)...)
	out.components = append(out.components, locate("deploy.component", d.Components)...)
	if d.Domain != nil {
		out.domain = &located[Domain]{"deploy.domain", *d.Domain}
	}
	return out
}

// belongs reports whether a component block outside deploy stands in this file. Without "for" it goes where the
// machine's own blocks go.
func (m *model) belongs(c located[Component], own bool) bool {
	switch strings.ToLower(c.v.For) {
	case "", Unknown:
		return own
	case "both":
		return true
	case "install", "deploy":
		return strings.EqualFold(c.v.For, m.kind.String())
	}
	m.fail(c.path+".for", fmt.Sprintf("%q is no kind of answer file", c.v.For), "Use install, deploy or both.")
	return false
}

func locate[T any](name string, items []T) []located[T] {
	out := make([]located[T], len(items))
	for i, v := range items {
		out[i] = located[T]{at(name, i, len(items)), v}
	}
	return out
}

func (m *model) say(s Severity, attribute, summary, detail string) {
	m.problems = append(m.problems, Problem{Severity: s, Attribute: attribute, Summary: summary, Detail: detail})
}

func (m *model) fail(attribute, summary, detail string) { m.say(Error, attribute, summary, detail) }
func (m *model) warn(attribute, summary, detail string) { m.say(Warning, attribute, summary, detail) }
func (m *model) note(attribute, summary, detail string) { m.say(Info, attribute, summary, detail) }

// choice checks a value against a few words, without regard to case, and gives the word as it is written in
// the list. The first is the default.
func (m *model) choice(attribute, value string, words ...string) string {
	if value == "" || unknown(value) {
		return words[0]
	}
	for _, w := range words {
		if strings.EqualFold(strings.TrimSpace(value), w) {
			return w
		}
	}
	m.fail(attribute, fmt.Sprintf("%q is not a value it has", value), "Use "+either(words)+".")
	return words[0]
}

// unknown reports whether a value is not known yet, wholly or in part.
func unknown(s string) bool { return strings.Contains(s, Unknown) }

// either lists words for a sentence: "a, b or c".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
