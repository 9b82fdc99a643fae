// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

// Where the OpenSSH server comes from depends on the release. (section 1.8)
func TestSection1_8_SourceOfOpenSSH(t *testing.T) {
	const required, noFeature, has = "it is required for Windows Server", "has no such feature", "Windows Server 2025 has OpenSSH"
	for release, want := range map[string]map[string]string{
		"2016":  {"": "not even to be added", "windows-update": noFeature, `E:\fod`: noFeature, "a.zip": "", `E:\A.MSI`: ""},
		"2019":  {"": "Feature on Demand", "windows-update": "", `E:\fod`: "", "a.zip": ""},
		"2022":  {"": required, "windows-update": "", "a.zip": "", "a/b.zip": "has a slash", "a*.zip": "a character that no path has", "a\a.zip": "U+0007", Unknown: ""},
		"2025":  {"": "", "windows-update": has, `E:\fod`: has, "a.zip": "", "a.msi": ""},
		Unknown: {"": "", "windows-update": "", "a.zip": "", "a/b.zip": "has a slash"},
	} {
		for source, says := range want {
			cfg := server()
			cfg.Release, cfg.AdministratorPassword, cfg.OpenSSH = release, "P", &OpenSSH{Source: source}
			wantSaid(t, release+" from "+source, cfg, "openssh", says)
		}
	}
}

func TestAuthorizedKeys(t *testing.T) {
	for key, want := range map[string]string{
		"ssh-ed25519 AAAA": "", "ssh-rsa AAAA me@here": "", "ecdsa-sha2-nistp256 AAAA": "", "sk-ssh-ed25519@openssh.com AAAA": "", Unknown: "",
		"ssh-ed25519": "not a public key", "": "not a public key", "dsa AAAA": "not a public key", "ssh-rsa AAAA\nssh-rsa BBBB": "U+000A",
	} {
		cfg := server()
		cfg.AdministratorPassword, cfg.OpenSSH = "P", &OpenSSH{Source: "a.zip", AuthorizedKeys: []string{key}}
		wantSaid(t, key, cfg, "openssh.authorized_keys[0]", want)
	}
}

// Packer waits in vain where Windows Update is the only way in and cannot be reached.
func TestOpenSSHFromWindowsUpdateAlone(t *testing.T) {
	for _, c := range []struct {
		name  string
		ssh   string
		winrm *WinRM
		want  int
	}{{"alone", " Windows-Update", nil, 1}, {"beside WinRM", "windows-update", &WinRM{}, 0}, {"from a file", "a.zip", nil, 0}} {
		cfg := server()
		cfg.AdministratorPassword, cfg.OpenSSH, cfg.WinRM = "P", &OpenSSH{Source: c.ssh}, c.winrm
		for kind, want := range map[Kind]int{Install: c.want, Deploy: 0} {
			r, err := Generate(cfg, kind, Options{})
			got := 0
			for _, p := range r.Notices {
				if p.Attribute == "openssh.source" {
					got++
				}
			}
			if got != want || err != nil {
				t.Errorf("%s, %v: %d notes, want %d: %v", c.name, kind, got, want, err)
			}
		}
	}
}

// What the scripts in the guest are told of the communicator.
func TestCommunicatorInThePlan(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   []string
	}{
		{"WinRM", func(c *Config) { c.WinRM = &WinRM{} }, []string{`"transport": "HTTPS"`, `"port": 5986`, `"basic": true`, `"openssh": null`}},
		{"WinRM over HTTP", func(c *Config) { c.WinRM = &WinRM{Protocol: " HTTP ", DisableBasic: true} }, []string{`"transport": "HTTP"`, `"port": 5985`, `"basic": false`}},
		{"WinRM with a port", func(c *Config) { c.WinRM = &WinRM{Protocol: "http", Port: new(80)} }, []string{`"transport": "HTTP"`, `"port": 80`}},
		{"OpenSSH", func(c *Config) { c.OpenSSH = &OpenSSH{Source: "a.zip"} }, []string{`"port": 22`, `"authorized_keys": []`, `"winrm": null`}},
		{"OpenSSH with a port", func(c *Config) {
			c.OpenSSH = &OpenSSH{Source: "a.zip", Port: new(2222), AuthorizedKeys: []string{"ssh-rsa A"}}
		}, []string{`"port": 2222`, `"ssh-rsa A"`}},
	} {
		cfg := server()
		cfg.AdministratorPassword = "P"
		c.change(&cfg)
		plan := must(t, cfg, Install).file(planName).Text()
		for _, want := range c.want {
			if !strings.Contains(plan, want) {
				t.Errorf("%s: no %s in\n%s", c.name, want, plan)
			}
		}
		if d := must(t, cfg, Deploy); !strings.Contains(d.file(planName).Text(), `"winrm": null`) || !strings.Contains(d.file(planName).Text(), `"openssh": null`) {
			t.Errorf("%s: a clone opens it", c.name)
		}
	}
}

// A clone closes what the build opened and removes the build's accounts, but for those that it keeps or has itself.
func TestClosingOnAClone(t *testing.T) {
	users := []User{{Name: "packer"}, {Name: "keeper", Keep: true}, {Name: "Both"}, {Name: Unknown}}
	for _, c := range []struct {
		name, want string
		deploy     *DeploySettings
		standalone bool
	}{
		{"by itself", `"users": ["packer","Both"]`, nil, false},
		{"that has one of them", `"users": ["packer"]`, &DeploySettings{Users: []User{{Name: "both"}}}, false},
		{"that removes more", `"users": ["packer","Both","vagrant"]`, &DeploySettings{RemoveUsers: []string{"PACKER", "vagrant", "Vagrant"}}, false},
		{"that keeps the communicator", `"close": null`, &DeploySettings{KeepCommunicator: true}, false},
		{"with a file of its own", `"users": ["vagrant"]`, &DeploySettings{RemoveUsers: []string{"vagrant", "packer"}}, true},
	} {
		cfg := server()
		cfg.AdministratorPassword, cfg.Users, cfg.Deploy = "P", users, c.deploy
		r, err := Generate(cfg, Deploy, Options{Standalone: c.standalone})
		if err != nil {
			t.Fatal(err)
		}
		plan := parse(t, r.XML).file(planName).Text()
		if got := strings.Join(strings.Fields(plan), ""); !strings.Contains(got, strings.ReplaceAll(c.want, " ", "")) {
			t.Errorf("a clone %s: no %s in\n%s", c.name, c.want, plan)
		}
	}
}
