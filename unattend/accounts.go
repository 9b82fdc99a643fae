// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"slices"
	"strings"
)

// administrator is the built-in account; answer files name it in English whatever the language. (reference section 1.7)
const administrator = "Administrator"

// userNameForbidden cannot stand in an account's name. (reference section 1.7)
const userNameForbidden = "\"/\\[]:|<>+=;,?*%@"

// checkAccounts checks the passwords, the users and the automatic logon.
func (m *model) checkAccounts() {
	m.password("administrator_password", m.cfg.AdministratorPassword)
	m.checkFirstBootAsks()
	seen := map[string]bool{}
	for _, u := range m.machine.users {
		m.checkUser(u)
		name := strings.ToLower(u.v.Name)
		if seen[name] && name != "" && !unknown(name) {
			m.fail(u.path+".name", fmt.Sprintf("there is a second user %q", u.v.Name), "Names are the same in upper and lower case.")
		}
		seen[name] = true
	}
	if d := m.cfg.Deploy; d != nil && m.kind == Deploy {
		for i, name := range d.RemoveUsers {
			m.userName(fmt.Sprintf("deploy.remove_users[%d]", i), name)
			if strings.EqualFold(name, administrator) {
				m.fail(fmt.Sprintf("deploy.remove_users[%d]", i), "the built-in Administrator cannot be removed", "Leave it out.")
			}
		}
	}
	if m.kind == Install {
		m.checkAutoLogon()
	}
	if m.cfg.PlainPasswords && m.sensitive {
		m.warn("plain_passwords", "passwords stand in the file as plain text", "The encoding would be no encryption, but hides them from a glance.")
	}
}

// checkFirstBootAsks says what comes of a first boot that asks for the built-in Administrator's password: Windows
// Server does, whatever other accounts there are, and nothing runs, logs on or listens before it has an answer.
// (reference section 1.7)
func (m *model) checkFirstBootAsks() {
	if m.cfg.AdministratorPassword != "" || m.rawAdministratorPassword() {
		return
	}
	const (
		at  = "administrator_password"
		set = "Set administrator_password; another account does not spare the page."
	)
	install := m.kind == Install
	logon := m.cfg.AutoLogon
	switch {
	case install && logon != nil && logon.Password == "" && logon.Domain == "" && (logon.Username == "" || strings.EqualFold(logon.Username, administrator)):
		// That auto_logon has no password to log on with is said there.
	case install && (m.cfg.WinRM != nil || m.cfg.OpenSSH != nil):
		m.fail(at, "the first boot stops at the page for the Administrator's password, and Packer waits for a connection that never comes", set)
	case install && logon != nil:
		m.fail(at, "the first boot stops at the page for the Administrator's password, so nobody is logged on", set)
	case slices.ContainsFunc(m.machine.users, func(u located[User]) bool { return isAdministrator(u.v) }):
		m.warn(at, "the first boot stops at the page for the Administrator's password", set)
	default:
		m.note(at, "Windows will ask for the Administrator's password at its first boot", "Set administrator_password for a boot that asks nothing.")
	}
}

// rawAdministratorPassword reports whether a raw component sets the password, or may do so once it is known.
func (m *model) rawAdministratorPassword() bool {
	return slices.ContainsFunc(m.machine.components, func(c located[Component]) bool {
		return strings.Contains(strings.ToLower(c.v.XML), "<administratorpassword") || unknown(c.v.XML)
	})
}

func (m *model) checkUser(u located[User]) {
	m.userName(u.path+".name", u.v.Name)
	if strings.EqualFold(u.v.Name, administrator) {
		m.fail(u.path+".name", "the built-in Administrator is there already", "Leave the user block out: its password is administrator_password, and it logs on by auto_logon {}.")
	}
	m.password(u.path+".password", u.v.Password)
	if u.v.Password == "" {
		m.note(u.path+".password", "the account has no password", "Nobody can log on over the network with it.")
	}
	for _, a := range []struct{ name, value string }{{".display_name", u.v.DisplayName}, {".description", u.v.Description}} {
		m.length(u.path+a.name, a.value, 256)
		m.printable(u.path+a.name, a.value)
	}
	for i, g := range u.v.Groups {
		at := fmt.Sprintf("%s.groups[%d]", u.path, i)
		m.printable(at, g)
		switch {
		case strings.TrimSpace(g) == "":
			m.fail(at, "it is empty", "Name a local group, for example Administrators.")
		case strings.Contains(g, ";"):
			m.fail(at, fmt.Sprintf("%q has a semicolon", g), "Each group is an entry of its own.")
		}
	}
	m.length(u.path+".groups", strings.Join(u.v.Groups, ";"), 256)
}

func (m *model) userName(attribute, name string) {
	if unknown(name) {
		return
	}
	m.printable(attribute, name)
	if strings.TrimSpace(name) == "" {
		m.fail(attribute, "it is required", "Name the account.")
		return
	}
	if n := utf16Length(name); n > 20 {
		m.fail(attribute, fmt.Sprintf("%q has %d characters", name, n), "The name of a local account has at most 20.")
	}
	if i := strings.IndexAny(name, userNameForbidden); i >= 0 {
		m.fail(attribute, fmt.Sprintf("%q has the character %q", name, name[i:i+1]), "The name of a local account has none of "+userNameForbidden+".")
	}
	if strings.TrimRight(name, ". ") == "" || strings.HasSuffix(name, ".") {
		m.fail(attribute, fmt.Sprintf("%q ends with a dot", name), "The name of a local account does not.")
	}
	if strings.EqualFold(name, "NONE") {
		m.fail(attribute, "NONE is a name that Windows keeps for itself", "Choose another.")
	}
	if strings.EqualFold(name, m.machine.computerName.v) {
		m.fail(attribute, fmt.Sprintf("%q is the computer's name too", name), "An account must not have the name of its computer.")
	}
}

// password checks a password and notes that there is one. Its text never gets into a message.
func (m *model) password(attribute, value string) {
	if value == "" {
		return
	}
	m.sensitive = true
	if unknown(value) {
		return
	}
	m.printable(attribute, value)
	if n := utf16Length(value); n > 127 {
		m.fail(attribute, fmt.Sprintf("it has %d characters", n), "A password has at most 127.")
	}
}

// checkAutoLogon checks who logs on. (reference section 1.7: LogonCount is required)
func (m *model) checkAutoLogon() {
	a := m.cfg.AutoLogon
	if a == nil {
		return
	}
	m.password("auto_logon.password", a.Password)
	m.printable("auto_logon.domain", a.Domain)
	m.length("auto_logon.domain", a.Domain, 256)
	if a.Count != nil && *a.Count < 1 {
		m.fail("auto_logon.count", fmt.Sprintf("%d is below 1", *a.Count), "It is how many times the account logs on; the default is 1. For none leave the block out.")
	}
	if a.Username != "" && a.Domain == "" {
		m.userName("auto_logon.username", a.Username)
	}
	if a.Domain != "" || unknown(a.Username) {
		return
	}
	who, found := m.logonAccount()
	if !found {
		m.fail("auto_logon.username", fmt.Sprintf("there is no account %q", a.Username), "It is Administrator, or the name of a user block.")
		return
	}
	switch {
	case who.Password == "" && a.Password == "":
		m.fail("auto_logon.password", "the account has no password to log on with", "Set administrator_password, or the password of the user block.")
	case a.Password != "" && who.Password != "" && a.Password != who.Password && !unknown(a.Password) && !unknown(who.Password):
		m.fail("auto_logon.password", "it is not the password of the account", "Leave it out: the account's own is used.")
	}
}

// logonAccount is the account that logs on.
func (m *model) logonAccount() (User, bool) {
	name := m.cfg.AutoLogon.Username
	if name == "" || strings.EqualFold(name, administrator) {
		return User{Name: administrator, Password: m.cfg.AdministratorPassword, Groups: []string{"Administrators"}}, true
	}
	for _, u := range m.machine.users {
		if strings.EqualFold(u.v.Name, name) {
			return u.v, true
		}
	}
	return User{}, false
}
