// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/base64"
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
		{"1.7 nothing but the suffix", shell, oobe, logon(encodePassword("", "Password"), "false"), ""},
		{"1.7 less than the suffix", shell, oobe, logon("QQA=", "false"), "is not encoded as Windows encodes it"},
		{"1.7 Base64 that ends badly", shell, oobe, logon(encodePassword("Pa55-of-it1", "Password")+"!", "false"), "is not encoded as Windows encodes it"},
		{"1.7 half a letter", shell, oobe, logon(base64.StdEncoding.EncodeToString(append(decoded(encodePassword("Pa55", "Password")), 0)), "false"), "is not encoded as Windows encodes it"},
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

func decoded(text string) []byte {
	data, _ := base64.StdEncoding.DecodeString(text)
	return data
}

// What is missing, broken or not known yet is said once, or not at all.
func TestRawComponentsSayOneThing(t *testing.T) {
	const lua, xml = "Microsoft-Windows-LUA-Settings", "<EnableLUA>false</EnableLUA>"
	for _, c := range []struct {
		test, name, pass, xml string
		want                  string // the whole
	}{
		{"right", lua, "offlineServicing", xml, ""},
		{"name not known", Unknown, "offlineServicing", xml, ""},
		{"pass not known", lua, Unknown, xml, ""},
		{"xml not known", lua, "offlineServicing", "<EnableLUA>" + Unknown, ""},
		{"no name", " ", "offlineServicing", xml, "component.name it is required."},
		{"no pass", lua, "", xml, "component.pass it is required."},
		{"no xml", lua, "offlineServicing", "\n", "component.xml it is required."},
		{"broken", lua, "offlineServicing", "<EnableLUA>", "component.xml the content is not well-formed XML"},
		{"broken in a line", lua, "offlineServicing", "<EnableLUA>false</EnableLUA>\n<A b=1/>", "component.xml line 2: the content is not well-formed XML"},
		{"a line of several", lua, "offlineServicing", "\n" + xml + "\n<Qq>1</Qq>\n", "component.xml line 3: the setting Qq is not known"},
		{"the one line", lua, "offlineServicing", "\n<Qq>1</Qq>\n", "component.xml the setting Qq is not known"},
		{"of the component as a whole", lua, "specialize", xml + "\n" + "<!-- c -->\n", "component.pass Microsoft-Windows-LUA-Settings does not belong"},
		{"a key", shellName, "auditSystem", "<ProductKey>" + avma2022DC + "</ProductKey>", "component.pass ProductKey may not stand in"},
	} {
		got := said(raw(c.name, c.pass, c.xml), "component")
		first, rest, _ := strings.Cut(got, "\n")
		if c.want == "" && got != "" || !strings.HasPrefix(first, c.want) || c.test != "a key" && rest != "" {
			t.Errorf("%s: it says %q, want %q alone", c.test, got, c.want)
		}
	}
	wantSaid(t, "a key", raw(shellName, "specialize", "<ProductKey>"+avma2022DC+"</ProductKey>"), "component.xml", "a product key has attributes of its own")
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
