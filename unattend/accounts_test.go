// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

func TestAccountNames(t *testing.T) {
	for name, want := range map[string]string{
		"packer": "", "a b": "", "Jörg": "", "a.b": "", "nonesuch": "", "BUILD2": "", strings.Repeat("😀", 10): "", Unknown: "",
		strings.Repeat("😀", 11): "has 22 characters", "a.": "ends with a dot", ". .": "ends with a dot", "": "it is required", " ": "it is required", "a\x01": "U+0001",
		"a;b": `has the character ";"`, ";a": `has the character ";"`, "None": "keeps for itself", "build": "the computer's name too", "ADMINISTRATOR": "is there already",
	} {
		cfg := server()
		cfg.ComputerName, cfg.AdministratorPassword, cfg.Users = "BUILD", "P", []User{{Name: name, Password: "P"}}
		wantSaid(t, name, cfg, "user", want)
	}
	for name, want := range map[string]string{"vagrant": "", "administrator": "cannot be removed", "a.": "ends with a dot", "Build": "", "web-01": "the computer's name too"} {
		cfg := server()
		cfg.ComputerName, cfg.Deploy = "BUILD", &DeploySettings{ComputerName: "WEB-01", RemoveUsers: []string{"first", name}}
		wantSaid(t, "remove "+name, cfg, "deploy.remove_users[1]", want)
	}
	for names, want := range map[[2]string]string{{"a", "b"}: "", {"a", "A"}: "user[1].name there is a second user", {Unknown, Unknown}: ""} {
		cfg := server()
		cfg.Users = []User{{Name: names[0], Password: "P"}, {Name: names[1], Password: "P"}}
		wantSaid(t, strings.Join(names[:], " and "), cfg, "user", want)
	}
	cfg := server()
	cfg.Users = []User{{}, {}}
	if got := said(cfg, "user"); strings.Contains(got, "second user") {
		t.Errorf("two users without a name: %s", got)
	}
}

func TestAccountDetails(t *testing.T) {
	for _, c := range []struct {
		name, want string
		user       User
	}{
		{"all", "", User{DisplayName: "Ü", Description: "d", Groups: []string{"Administrators", "Remote Desktop Users"}}},
		{"an empty group", "user.groups[1] it is empty", User{Groups: []string{"Users", " "}}},
		{"two groups in one", "user.groups[0] \"a;b\" has a semicolon", User{Groups: []string{"a;b"}}},
		{"a control character in a group", "user.groups[0] it has the character U+0007", User{Groups: []string{"a\a"}}},
		{"a control character in the display name", "user.display_name it has", User{DisplayName: "a\a"}},
		{"a control character in the description", "user.description it has", User{Description: "a\n"}},
		{"a control character in the password", "user.password it has the character U+0000", User{Password: "a\x00"}},
		{"a long password that is not known", "", User{Password: Unknown + word(127)}},
	} {
		cfg := server()
		c.user.Name, c.user.Password = "u", orElse(c.user.Password, "P")
		cfg.Users = []User{c.user}
		wantSaid(t, c.name, cfg, "user", c.want)
	}
	for password, n := range map[string]int{"": 1, "P": 0} {
		cfg := server()
		cfg.Users = []User{{Name: "u", Password: password}}
		count := 0
		for _, p := range Check(cfg, Options{}) {
			if p.Attribute == "user.password" && p.Severity == Info {
				count++
			}
		}
		if count != n {
			t.Errorf("password %q: %d notes, want %d", password, count, n)
		}
	}
}

func TestPlainPasswordsWarnWhereThereAreAny(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(*Config)
	}{
		{"no password", "", func(c *Config) { c.PlainPasswords = true }},
		{"plain", "as plain text", func(c *Config) { c.PlainPasswords, c.AdministratorPassword = true, "P" }},
		{"encoded", "", func(c *Config) { c.AdministratorPassword = "P" }},
	} {
		cfg := server()
		c.change(&cfg)
		wantSaid(t, c.name, cfg, "plain_passwords", c.want)
	}
}

func TestWhoLogsOn(t *testing.T) {
	users := []User{{Name: "packer", Password: "P", Groups: []string{"administrators"}}, {Name: "plain", Password: "P", Groups: []string{"Users"}}, {Name: "later", Password: "P", Groups: []string{Unknown}}, {Name: "open"}}
	for _, c := range []struct {
		name, want string
		logon      AutoLogon
		steps      bool
	}{
		{"the Administrator", "", AutoLogon{}, true},
		{"the Administrator by name", "", AutoLogon{Username: "administrator"}, true},
		{"a user", "", AutoLogon{Username: "PACKER"}, true},
		{"with the same password", "", AutoLogon{Username: "packer", Password: "P"}, false},
		{"with another password", "not the password of the account", AutoLogon{Username: "packer", Password: "p"}, false},
		{"with a password that is not known", "", AutoLogon{Username: "packer", Password: Unknown}, false},
		{"without one", "no password to log on with", AutoLogon{Username: "open"}, false},
		{"with one where the account has none", "", AutoLogon{Username: "open", Password: "P"}, false},
		{"nobody", `there is no account "nobody"`, AutoLogon{Username: "nobody"}, true},
		{"not known", "", AutoLogon{Username: Unknown}, false},
		{"of a domain", "", AutoLogon{Domain: "CORP", Username: "nobody", Password: "P"}, true},
		{"of a domain with a character that local names lack", "", AutoLogon{Domain: "CORP", Username: "n@corp", Password: "P"}, false},
		{"with a bad name", `has the character ";"`, AutoLogon{Username: "a;b"}, false},
		{"without rights", `"plain" is no administrator`, AutoLogon{Username: "plain"}, true},
		{"without rights, and none needed", "", AutoLogon{Username: "plain"}, false},
		{"with rights that are not known", "", AutoLogon{Username: "later"}, true},
		{"a control character in the domain", "auto_logon.domain it has", AutoLogon{Domain: "a\a", Username: "u", Password: "P"}, false},
		{"once", "", AutoLogon{Count: new(1)}, false},
	} {
		cfg := server()
		cfg.AdministratorPassword, cfg.Users, cfg.AutoLogon = "Secret", users, &c.logon
		if c.steps {
			cfg.Commands = []Command{{CommandLine: "x"}}
		}
		wantSaid(t, c.name, cfg, "auto_logon", c.want)
		if got := said(cfg, "auto_logon"); strings.Contains(got, "\n") && c.logon.Username != "a;b" {
			t.Errorf("%s: more than one thing is said:\n%s", c.name, got)
		}
	}
	cfg := server()
	cfg.AdministratorPassword, cfg.AutoLogon = "Secret", &AutoLogon{Domain: "CORP", Username: "u", Password: "P"}
	d := must(t, cfg, Install)
	d.want("oobeSystem", "Shell-Setup", "AutoLogon/Domain", "CORP")
	d.want("oobeSystem", "Shell-Setup", "AutoLogon/Username", "u")
	d.want("oobeSystem", "Shell-Setup", "AutoLogon/Enabled", "true")
}

func TestUsersInTheFile(t *testing.T) {
	cfg := server()
	cfg.Users = []User{{Name: "a", Password: "P", DisplayName: "A. B.", Description: "builds", Groups: []string{"Administrators", "Users"}}, {Name: "b"}}
	d := must(t, cfg, Install)
	for path, want := range map[string]string{
		"[1]/Name": "a", "[1]/DisplayName": "A. B.", "[1]/Description": "builds", "[1]/Group": "Administrators;Users",
		"[2]/Name": "b", "[2]/DisplayName": "(none)", "[2]/Description": "(none)", "[2]/Group": "Users", "[2]/Password": "(none)",
	} {
		d.want("oobeSystem", "Shell-Setup", "UserAccounts/LocalAccounts/LocalAccount"+path, want)
	}
}

// A clone's file of its own opens nothing, so nothing waits for the Administrator's password but somebody at the console.
func TestFirstBootOfACloneAlone(t *testing.T) {
	cfg := server()
	cfg.WinRM, cfg.AutoLogon = &WinRM{}, &AutoLogon{Username: "u"}
	if ps := Check(cfg, Options{Standalone: true}); ps.HasErrors() {
		t.Errorf("it is refused: %s", list(ps))
	}
}

// The first logon's steps wait for somebody where nobody logs on by himself, and that is said.
func TestStepsOfTheFirstLogonWait(t *testing.T) {
	note := func(cfg Config, attribute string) string {
		for _, p := range Check(cfg, Options{}).Only(Info) {
			if p.Attribute == attribute {
				return p.Detail
			}
		}
		return ""
	}
	cfg := server()
	cfg.AdministratorPassword, cfg.Commands = "P", []Command{{CommandLine: "x"}}
	if got := note(cfg, "command.stage"); !strings.HasSuffix(got, "use setup_complete, or add an auto_logon block.") {
		t.Errorf("without a logon: %q", got)
	}
	cfg.AutoLogon = &AutoLogon{}
	if got := note(cfg, "command.stage"); got != "" {
		t.Errorf("with a logon: %q", got)
	}
	cfg.Commands, cfg.Deploy = nil, &DeploySettings{Commands: []Command{{CommandLine: "x"}}}
	if got := note(cfg, "deploy.command.stage"); !strings.HasSuffix(got, "use setup_complete.") {
		t.Errorf("on a clone: %q", got)
	}
}
