// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

var distinguishedName = sync.OnceValue(func() *regexp.Regexp {
	const value = `(?:[^,\\]|\\.)+` // a comma in a name is escaped: OU=Sales\, EMEA
	return regexp.MustCompile(`(?i)^(OU|CN)=` + value + `(,\s*(OU|CN)=` + value + `)*(,\s*DC=` + value + `)+$`)
})

// joinAccount splits the account of a domain join into what the file wants apart: its domain and its name.
func joinAccount(d Domain) (domain, user string) {
	if i := strings.IndexByte(d.Username, '\\'); i >= 0 {
		return d.Username[:i], d.Username[i+1:]
	}
	if i := strings.LastIndexByte(d.Username, '@'); i >= 0 {
		return d.Username[i+1:], d.Username[:i]
	}
	return d.Name, d.Username
}

// checkDomain checks what is joined. Passwords of a domain are never encoded. (reference section 1.7)
func (m *model) checkDomain() {
	if m.machine.domain == nil {
		return
	}
	path, d := m.machine.domain.path, m.machine.domain.v
	if d.AccountData != "" {
		m.checkAccountData(path, d)
		return
	}
	switch {
	case d.Name != "" && d.Workgroup != "":
		m.fail(path+".workgroup", "it stands beside name", "A machine joins a domain or a workgroup.")
	case d.Name == "" && d.Workgroup == "":
		m.fail(path+".name", "neither name nor workgroup is given", "Name the domain, for example corp.example.com, or leave the block out.")
	case d.Workgroup != "":
		m.checkWorkgroup(path, d)
	default:
		m.checkJoin(path, d)
	}
}

func (m *model) checkWorkgroup(path string, d Domain) {
	if !unknown(d.Workgroup) && (len(d.Workgroup) > 15 || strings.ContainsAny(d.Workgroup, "\"/\\[]:|<>+=;,?*") || strings.TrimSpace(d.Workgroup) == "") {
		m.fail(path+".workgroup", fmt.Sprintf("%q is not the name of a workgroup", d.Workgroup), "It has at most 15 characters, none of \"/\\[]:|<>+=;,?*.")
	}
	m.printable(path+".workgroup", d.Workgroup)
	for _, a := range []struct{ name, value string }{{"username", d.Username}, {"password", d.Password}, {"ou", d.OU}} {
		if a.value != "" {
			m.fail(path+"."+a.name, "a workgroup needs none", "It belongs to the name of a domain.")
		}
	}
}

// checkJoin checks the join of a domain with the credentials of the specialize pass: domain, user and password.
func (m *model) checkJoin(path string, d Domain) {
	m.domainName(path+".name", d.Name)
	if d.Username == "" {
		m.fail(path+".username", "it is required", "The account that may join computers to the domain, for example CORP\\joiner.")
	} else if !unknown(d.Username) {
		m.printable(path+".username", d.Username)
		if dom, user := joinAccount(d); dom == "" || user == "" || strings.ContainsAny(user, `\@`) {
			m.fail(path+".username", fmt.Sprintf("%q is not an account", d.Username), "Write joiner, CORP\\joiner (in HCL \"CORP\\\\joiner\") or joiner@corp.example.com.")
		}
	}
	if d.Password == "" {
		m.fail(path+".password", "it is required", "The password of the account that joins the domain; better through a sensitive variable.")
	} else {
		m.sensitive = true
		m.printable(path+".password", d.Password)
		m.note(path+".password", "the domain password stands in the file as plain text", "Windows takes it in no other form. Use an account that can do nothing else, or account_data.")
	}
	if d.OU != "" && !unknown(d.OU) && !distinguishedName().MatchString(d.OU) {
		m.fail(path+".ou", fmt.Sprintf("%q is not a distinguished name", d.OU), "For example OU=Servers,DC=corp,DC=example,DC=com.")
	}
	m.printable(path+".ou", d.OU)
}

func (m *model) checkAccountData(path string, d Domain) {
	m.sensitive = true
	for _, a := range []struct{ name, value string }{{"name", d.Name}, {"workgroup", d.Workgroup}, {"username", d.Username}, {"password", d.Password}, {"ou", d.OU}} {
		if a.value != "" {
			m.fail(path+"."+a.name, "it stands beside account_data", "The data of an offline join holds everything.")
		}
	}
	if unknown(d.AccountData) {
		return
	}
	if _, err := base64.StdEncoding.DecodeString(strings.TrimSpace(d.AccountData)); err != nil {
		m.fail(path+".account_data", "it is not Base64", "It is the text that djoin /provision ... /savefile writes, without line breaks.")
	}
}
