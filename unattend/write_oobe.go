// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"net/netip"
	"strings"

	"github.com/beevik/etree"
)

// oobe writes the last pass: languages, pages, accounts, the automatic logon.
func (w *writer) oobe() {
	m := w.m
	w.languages(w.component("oobeSystem", "Microsoft-Windows-International-Core"))
	c := w.component("oobeSystem", "Microsoft-Windows-Shell-Setup")
	w.pages(c)
	w.accounts(c)
	if m.cfg.AutoLogon != nil && m.kind == Install {
		w.autoLogon(c)
	}
	if m.plan.firstLogon {
		runList(c, "FirstLogonCommands", "SynchronousCommand", "CommandLine", []runCommand{{firstLogonCommand, "Run the steps of the first logon in turn"}})
	}
	runList(c, "LogonCommands", "AsynchronousCommand", "CommandLine", m.plan.logon)
}

// pages hides the pages of the first boot that have no more to ask. (reference section 1.8)
func (w *writer) pages(c *etree.Element) {
	o := c.CreateElement("OOBE")
	truth(o, "HideEULAPage", true)
	if w.m.cfg.AdministratorPassword != "" {
		truth(o, "HideLocalAccountScreen", true)
	}
	truth(o, "HideOEMRegistrationScreen", true)
	truth(o, "HideOnlineAccountScreens", true)
	truth(o, "HideWirelessSetupInOOBE", true)
	integer(o, "ProtectYourPC", w.m.protectYourPC())
}

// accounts writes the passwords and local accounts. (reference section 1.7)
func (w *writer) accounts(c *etree.Element) {
	m := w.m
	if m.cfg.AdministratorPassword == "" && len(m.machine.users) == 0 {
		return
	}
	u := c.CreateElement("UserAccounts")
	w.password(u, "AdministratorPassword", m.cfg.AdministratorPassword)
	if len(m.machine.users) == 0 {
		return
	}
	list := u.CreateElement("LocalAccounts")
	for _, user := range m.machine.users {
		a := item(list, "LocalAccount")
		w.password(a, "Password", user.v.Password)
		text(a, "Description", user.v.Description)
		text(a, "DisplayName", user.v.DisplayName)
		groups := user.v.Groups
		if len(groups) == 0 {
			groups = []string{"Users"}
		}
		text(a, "Group", strings.Join(groups, ";"))
		text(a, "Name", user.v.Name)
	}
}

// password writes a password, encoded unless plain_passwords is set.
func (w *writer) password(parent *etree.Element, element, value string) {
	if value == "" {
		return
	}
	p := parent.CreateElement(element)
	if w.m.cfg.PlainPasswords {
		text(p, "Value", value)
		truth(p, "PlainText", true)
		return
	}
	text(p, "Value", encodePassword(value, element))
	truth(p, "PlainText", false)
}

// autoLogon writes who logs on. LogonCount is required; the first logon corrects that Windows counts one too many. With the
// last logon that it counts Windows may forget the password, and a step of the first logon may restart: there is one to spare.
func (w *writer) autoLogon(c *etree.Element) {
	a := w.m.cfg.AutoLogon
	e := c.CreateElement("AutoLogon")
	who, _ := w.m.logonAccount()
	w.password(e, "Password", orElse(a.Password, who.Password))
	text(e, "Domain", a.Domain)
	truth(e, "Enabled", true)
	count := orDefault(a.Count, 1)
	if len(w.m.plan.firstLogonSteps) > 0 {
		count++
	}
	integer(e, "LogonCount", count)
	text(e, "Username", orElse(a.Username, "Administrator"))
}

// hasFamily reports whether one of the addresses is of IPv4 (or IPv6).
func hasFamily(addresses []string, four bool) bool {
	for _, a := range addresses {
		if p, err := netip.ParsePrefix(strings.TrimSpace(a)); err == nil && p.Addr().Is4() == four {
			return true
		}
	}
	return false
}

func isFour(address string) bool {
	a, err := netip.ParseAddr(strings.TrimSpace(address))
	return err != nil || a.Is4()
}
