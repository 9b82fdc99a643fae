// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

func raw(name, pass, xml string) Config {
	cfg := server()
	cfg.Components = []Component{{Name: name, Pass: pass, XML: xml}}
	return cfg
}

func TestRawComponentValues(t *testing.T) {
	const shell, oobe = "Microsoft-Windows-Shell-Setup", "oobeSystem"
	commands := func(a, b string) string {
		item := `<RunSynchronousCommand wcm:action="add"><Order>%</Order><Path>x</Path></RunSynchronousCommand>`
		return "<RunSynchronous>" + strings.Replace(item, "%", a, 1) + strings.Replace(item, "%", b, 1) + "</RunSynchronous>"
	}
	logon := func(value, plain string) string {
		return "<AutoLogon><Enabled>true</Enabled><LogonCount>1</LogonCount><Username>Administrator</Username><Password><Value>" + value + "</Value><PlainText>" + plain + "</PlainText></Password></AutoLogon>"
	}
	domains := func(a, b string) string {
		return `<DNSSuffixSearchOrder><DomainName wcm:action="add" wcm:keyValue="` + a + `">a</DomainName><DomainName wcm:action="add" wcm:keyValue="` + b + `">b</DomainName></DNSSuffixSearchOrder>`
	}
	for _, c := range []struct{ test, name, pass, xml, says string }{
		{"1.6 order twice", "Microsoft-Windows-Deployment", "specialize", commands("1", "01"), "have the order 1"},
		{"1.6 a gap", "Microsoft-Windows-Deployment", "specialize", commands("1", "3"), ""},
		{"E4 keyValue twice", "Microsoft-Windows-DNS-Client", "specialize", domains("1", "1"), `have the keyValue "1"`},
		{"E4 keyValues", "Microsoft-Windows-DNS-Client", "specialize", domains("1", "2"), ""},
		{"1.7 right suffix", shell, oobe, logon(encodePassword("Pa55-of-it", "Password"), "false"), ""},
		{"1.7 suffix of another element", shell, oobe, logon(encodePassword("Pa55-of-it", "AdministratorPassword"), "false"), ""}, // it ends in Password, too: a password all the same
		{"1.7 no suffix", shell, oobe, logon(encodePassword("Pa55-of-it", ""), "false"), "is not encoded as Windows encodes it"},
		{"1.7 no Base64", shell, oobe, logon("Pa55-of-it", "false"), "is not encoded as Windows encodes it"},
		{"1.7 plain", shell, oobe, logon("Pa55-of-it", "true"), ""},
	} {
		t.Run(c.test, func(t *testing.T) {
			ps := Check(raw(c.name, c.pass, c.xml), Options{}).Only(Error)
			if c.says == "" && len(ps) > 0 {
				t.Errorf("refused: %v", ps)
			}
			if c.says != "" {
				wantProblem(t, ps, Error, "component.xml", c.says)
			}
			if strings.Contains(ps.Error(), "Pa55") {
				t.Error("the password is shown")
			}
		})
	}
}

// The table of settings is of 2018: what it lacks is written all the same, and said.
func TestRawUnknownIsWritten(t *testing.T) {
	for _, c := range []struct{ name, xml, attribute, says string }{
		{"Microsoft-Windows-LUA-Settings", "<EnableUAC>false</EnableUAC>", "component.xml", `Did you mean "EnableLUA"?`},
		{"Contoso-Agent", "<Mode>1</Mode>", "component.name", "not known"},
	} {
		cfg := raw(c.name, "offlineServicing", c.xml)
		r, err := Generate(cfg, Install, Options{})
		if err != nil || !strings.Contains(string(r.XML), c.xml) {
			t.Errorf("%s %s is not written: %v", c.name, c.xml, err)
		}
		wantProblem(t, r.Notices, Warning, c.attribute, c.says)
	}
}

// A file with a secret in a raw component is written for its owner's eyes only, too.
func TestRawSecretsAreSensitive(t *testing.T) {
	for xml, want := range map[string]bool{
		"<OfflineUserAccounts><OfflineAdministratorPassword><Value>x</Value><PlainText>true</PlainText></OfflineAdministratorPassword></OfflineUserAccounts>": true,
		"<RegisteredOwner>me</RegisteredOwner>": false,
	} {
		cfg := raw("Microsoft-Windows-Shell-Setup", "offlineServicing", xml)
		cfg.AdministratorPassword = ""
		r, err := Generate(cfg, Install, Options{})
		if err != nil || r.Sensitive != want {
			t.Errorf("%s: sensitive %t, %v", xml, r.Sensitive, err)
		}
	}
}
