// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

// Windows Server's first boot stops at the page for the Administrator's password whatever other accounts there are.
func TestSection1_7_FirstBootAsksForThePassword(t *testing.T) {
	admin := User{Name: "packer", Password: "Secret-1", Groups: []string{"Administrators"}}
	const at = "administrator_password"
	for _, c := range []struct {
		name      string
		change    func(*Config)
		want      Severity // "": nothing is said
		attribute string
	}{
		{"nothing", func(*Config) {}, Info, at},
		{"a user", func(c *Config) { c.Users = []User{{Name: "u", Password: "Secret-1"}} }, Info, at},
		{"an administrator", func(c *Config) { c.Users = []User{admin} }, Warning, at},
		{"an administrator and WinRM", func(c *Config) { c.Users, c.WinRM = []User{admin}, &WinRM{} }, Error, at},
		{"an administrator and OpenSSH", func(c *Config) { c.Users, c.OpenSSH = []User{admin}, &OpenSSH{Source: "a.zip"} }, Error, at},
		{"an administrator logs on", func(c *Config) { c.Users, c.AutoLogon = []User{admin}, &AutoLogon{Username: "packer"} }, Error, at},
		{"a user and WinRM", func(c *Config) { c.Users, c.WinRM = []User{{Name: "u", Password: "Secret-1"}}, &WinRM{} }, Error, at},
		{"WinRM alone", func(c *Config) { c.WinRM = &WinRM{} }, Error, at},
		{"the Administrator logs on with a password of its own", func(c *Config) { c.AutoLogon = &AutoLogon{Password: "Secret-1"} }, Error, at},
		{"the Administrator logs on", func(c *Config) { c.WinRM, c.AutoLogon = &WinRM{}, &AutoLogon{} }, Error, "auto_logon.password"},
		{"an administrator of the clone", func(c *Config) { c.AdministratorPassword, c.Deploy = "", &DeploySettings{Users: []User{admin}} }, Warning, at},
		{"with its password", func(c *Config) {
			c.AdministratorPassword, c.Users, c.WinRM, c.AutoLogon = "Secret-1", []User{admin}, &WinRM{}, &AutoLogon{}
		}, "", at},
		{"by a component", func(c *Config) {
			c.WinRM = &WinRM{}
			c.Components = []Component{{Name: "Microsoft-Windows-Shell-Setup", Pass: "oobeSystem", For: "both", XML: "<UserAccounts><AdministratorPassword><Value>Secret-1</Value><PlainText>true</PlainText></AdministratorPassword></UserAccounts>"}}
		}, "", at},
		{"not known yet", func(c *Config) { c.WinRM, c.AdministratorPassword = &WinRM{}, Unknown }, "", at},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := server()
			c.change(&cfg)
			ps := Check(cfg, Options{})
			if c.want != "" {
				wantProblem(t, ps, c.want, c.attribute)
			}
			if errors := len(ps.Only(Error)); errors > 1 || c.want != Error && errors > 0 {
				t.Errorf("%d errors:\n%s", errors, list(ps))
			}
			for _, p := range ps {
				if c.want == "" && p.Attribute == at {
					t.Errorf("there is nothing to say: %s", p)
				}
			}
		})
	}
}
