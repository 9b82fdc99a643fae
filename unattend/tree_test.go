// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// document is a generated file for a test to look into.
type document struct {
	t    *testing.T
	raw  []byte
	root *etree.Element
}

func parse(t *testing.T, data []byte) document {
	t.Helper()
	for dec := xml.NewDecoder(bytes.NewReader(data)); ; {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the file is not well-formed: %v\n%s", err, data)
		}
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(data); err != nil {
		t.Fatalf("the file is not well-formed: %v\n%s", err, data)
	}
	return document{t, data, doc.Root()}
}

// must generates a file that has to be possible.
func must(t *testing.T, cfg Config, kind Kind) document {
	t.Helper()
	r, err := Generate(cfg, kind, Options{})
	if err != nil {
		t.Fatalf("Generate(%v): %v", kind, err)
	}
	return parse(t, r.XML)
}

// component is a component of a pass; nil when there is none.
func (d document) component(pass, name string) *etree.Element {
	for _, s := range d.root.SelectElements("settings") {
		if s.SelectAttrValue("pass", "") != pass {
			continue
		}
		for _, c := range s.SelectElements("component") {
			if c.SelectAttrValue("name", "") == "Microsoft-Windows-"+name || c.SelectAttrValue("name", "") == name {
				return c
			}
		}
	}
	return nil
}

// text is the text of a setting; "(none)" when it is not there.
func (d document) text(pass, component, path string) string {
	c := d.component(pass, component)
	if c == nil {
		return "(none)"
	}
	e := c.FindElement(path)
	if e == nil {
		return "(none)"
	}
	return e.Text()
}

func (d document) want(pass, component, path, want string) {
	d.t.Helper()
	if got := d.text(pass, component, path); got != want {
		d.t.Errorf("%s / %s / %s is %q, want %q", pass, component, path, got, want)
	}
}

// has reports whether the text stands anywhere in the file.
func (d document) has(s string) bool { return bytes.Contains(d.raw, []byte(s)) }

// file is a carried file.
func (d document) file(name string) *etree.Element {
	for _, f := range d.root.FindElements("Extensions/File") {
		if f.SelectAttrValue("name", "") == name {
			return f
		}
	}
	return nil
}

// wantProblem checks that one problem of an attribute holds all the words.
func wantProblem(t *testing.T, ps Problems, s Severity, attribute string, words ...string) {
	t.Helper()
	for _, p := range ps {
		if p.Attribute != attribute || p.Severity != s {
			continue
		}
		ok := true
		for _, w := range words {
			ok = ok && strings.Contains(p.String(), w)
		}
		if ok {
			return
		}
	}
	t.Errorf("no %s about %q with %q; there are:\n%s", s, attribute, words, list(ps))
}

func list(ps Problems) string {
	var lines []string
	for _, p := range ps {
		lines = append(lines, string(p.Severity)+" "+p.String())
	}
	return strings.Join(lines, "\n")
}

// server is a small Config that is right.
func server() Config { return Config{Release: "2022", Edition: "datacenter"} }

// full is a Config with nearly everything in it.
func full() Config {
	return Config{
		Release: "2022", Edition: "datacenter", SetupKey: "gvlk", ComputerName: "BUILD-01", Organization: "Bäckerei", Owner: "Jörg",
		TimeZone: "W. Europe Standard Time", UILanguage: "de-DE", AdministratorPassword: "Geheim 1!", DriverPaths: []string{`E:\vioscsi\2k22\amd64`, `E:\NetKVM\2k22\amd64`},
		DisableServerManager: true, DisableIEESC: true,
		Users:     []User{{Name: "packer", Password: "p&<>\"'", Groups: []string{"Administrators"}}, {Name: "keeper", Password: "k", Keep: true}},
		AutoLogon: &AutoLogon{Username: "packer", Count: new(2)},
		Disks:     []Disk{{WindowsSize: 40000, RecoverySize: 600}},
		Networks:  []Network{{Addresses: []string{"192.0.2.10/24", "2001:db8::10/64"}, Gateways: []string{"192.0.2.1", "fe80::1"}, DNSServers: []string{"192.0.2.53"}, DNSSuffix: "example.com"}},
		RDP:       &RDP{}, WinRM: &WinRM{}, OpenSSH: &OpenSSH{Source: "OpenSSH-Win64.zip"},
		Commands: []Command{
			{Stage: "windowspe", CommandLine: "wpeutil.exe DisableFirewall"}, {Stage: "specialize", CommandLine: "cmd.exe /c md C:\\Temp & echo <ü>"},
			{CommandLine: "echo first"}, {Stage: "logon", CommandLine: "cmd.exe /c echo hello"},
		},
		Scripts: []Script{
			{Name: "big.ps1", Stage: "specialize", Content: strings.Repeat("Write-Output 'more than 259 characters'\n", 40)},
			{Name: "tools.cmd", Stage: "setup_complete", Content: "@echo off\ngoto end\n:end\n"},
			{Content: "Write-Output \"Grüße\"\r\n"},
		},
		Components: []Component{
			{Name: "Microsoft-Windows-LUA-Settings", Pass: "offlineServicing", XML: "<EnableLUA>false</EnableLUA>"},
			{Name: "Networking-MPSSVC-Svc", Pass: "specialize", XML: `<FirewallGroups><FirewallGroup wcm:action="add" wcm:keyValue="FPS"><Active>true</Active><Group>@FirewallAPI.dll,-28502</Group><Profile>all</Profile></FirewallGroup></FirewallGroups>`},
		},
		Deploy: &DeploySettings{
			ComputerName: "WEB-01", RemoveUsers: []string{"vagrant"},
			Networks: []Network{{Interface: "00:15:5d:01:02:03", Addresses: []string{"198.51.100.7/28"}, Gateways: []string{"198.51.100.1"}}},
			Domain:   &Domain{Name: "corp.example.com", Username: `CORP\joiner`, Password: "J0in&me", OU: "OU=Servers,DC=corp,DC=example,DC=com"},
			Commands: []Command{{Stage: "setup_complete", CommandLine: "cmd.exe /c echo deployed", Order: new(5)}},
			Scripts:  []Script{{Name: "role.ps1", Stage: "setup_complete", Content: "Install-WindowsFeature Web-Server", Order: new(2)}},
		},
	}
}
