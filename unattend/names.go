// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// computerNameForbidden cannot stand in a computer's name. (reference section 1.8)
const computerNameForbidden = "{|}~[\\]^':;<=>?@!\"#$%`()+/.,*& "

// The values of ProtectYourPC: there is no default, the page shows without it. (reference section 1.8)
const (
	protectRecommended = 1 // automatic updates
	protectNot         = 3 // updates are left alone
)

// checkProtection checks what the first boot makes of automatic updates.
func (m *model) checkProtection() {
	if v := m.cfg.ProtectYourPC; v != nil && (*v < protectRecommended || *v > protectNot) {
		m.fail("protect_your_pc", fmt.Sprintf("%d is not a value it has", *v), "Use 1 (automatic updates), 2 (updates only) or 3 (updates are left alone).")
	}
}

// protectYourPC keeps updates out of a build: on 2012 R2 they restart it. A clone gets them.
func (m *model) protectYourPC() int {
	if m.kind == Install {
		return orDefault(m.cfg.ProtectYourPC, protectNot)
	}
	return orDefault(m.cfg.ProtectYourPC, protectRecommended)
}

// checkNames checks the computer's name, the owner and the organization.
func (m *model) checkNames() {
	m.checkComputerName(m.machine.computerName)
	if m.kind == Deploy && m.cfg.ComputerName != "" && m.machine.computerName.v == "" {
		m.note("computer_name", "clones do not get this name", "It is the name of the build's machine; Windows chooses one for each clone. "+
			"A name for the clone is computer_name of the deploy block.")
	}
	for _, a := range []struct{ name, value string }{{"organization", m.cfg.Organization}, {"owner", m.cfg.Owner}} {
		m.length(a.name, a.value, 63)
		m.printable(a.name, a.value)
	}
}

func (m *model) checkComputerName(name located[string]) {
	v := name.v
	if v == "" || v == "*" || unknown(v) {
		return
	}
	if n := len(v); n > 15 {
		m.fail(name.path, fmt.Sprintf("%q has %d bytes", v, n), "A computer name has at most 15; with a longer one Setup stops in the specialize pass. "+
			"Leave it out, or use \"*\", and Windows chooses one.")
	}
	if i := strings.IndexAny(v, computerNameForbidden); i >= 0 {
		m.fail(name.path, fmt.Sprintf("%q has the character %q", v, v[i:i+1]), "A computer name consists of letters, digits and hyphens.")
	} else if i := strings.IndexFunc(v, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }); i >= 0 {
		m.fail(name.path, fmt.Sprintf("%q has a blank or control character", v), "A computer name consists of letters, digits and hyphens.")
	}
	if strings.Trim(v, "0123456789") == "" {
		m.fail(name.path, fmt.Sprintf("%q is digits alone", v), "A computer name needs a letter or a hyphen among them.")
	}
}

// length checks the length as Windows counts it: in UTF-16 units.
func (m *model) length(attribute, value string, limit int) {
	if n := utf16Length(value); n > limit && !unknown(value) {
		m.fail(attribute, fmt.Sprintf("it has %d characters", n), fmt.Sprintf("Windows takes at most %d.", limit))
	}
}

// utf16Length counts UTF-16 units.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// printable checks that a value of one line can stand in XML 1.0.
func (m *model) printable(attribute, value string) {
	for _, r := range value {
		if unicode.IsControl(r) || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF {
			m.fail(attribute, fmt.Sprintf("it has the character U+%04X", r), "Control characters and broken text cannot stand in an answer file.")
			return
		}
	}
}
