// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"
)

// limit is a bound of a Config: the last value that is taken, and the first that is not.
type limit struct {
	name       string
	attribute  string
	severity   Severity // of what is said beyond it; "": Error
	last, next int
	set        func(c *Config, n int)
}

func word(n int) string { return strings.Repeat("x", n) }

// astral has n UTF-16 units, two for each letter.
func astral(n int) string { return strings.Repeat("😀", n/2) + word(n%2) }

var textLimits = []limit{
	{"computer name", "computer_name", "", 15, 16, func(c *Config, n int) { c.ComputerName = word(n) }},
	{"computer name in bytes", "computer_name", "", 15, 17, func(c *Config, n int) { c.ComputerName = strings.Repeat("ä", n/2) + word(n%2) }},
	{"clone's name", "deploy.computer_name", "", 15, 16, func(c *Config, n int) { c.Deploy = &DeploySettings{ComputerName: word(n)} }},
	{"organization", "organization", "", 63, 64, func(c *Config, n int) { c.Organization = word(n) }},
	{"owner", "owner", "", 63, 64, func(c *Config, n int) { c.Owner = word(n) }},
	{"owner in UTF-16 units", "owner", "", 63, 64, func(c *Config, n int) { c.Owner = astral(n) }},
	{"password", "administrator_password", "", 127, 128, func(c *Config, n int) { c.AdministratorPassword = word(n) }},
	{"user's name", "user.name", "", 20, 21, func(c *Config, n int) { c.Users = []User{{Name: word(n)}} }},
	{"user's password", "user.password", "", 127, 128, func(c *Config, n int) { c.Users = []User{{Name: "u", Password: word(n)}} }},
	{"display name", "user.display_name", "", 256, 257, func(c *Config, n int) { c.Users = []User{{Name: "u", DisplayName: word(n)}} }},
	{"user's description", "user.description", "", 256, 257, func(c *Config, n int) { c.Users = []User{{Name: "u", Description: word(n)}} }},
	{"groups", "user.groups", "", 256, 257, func(c *Config, n int) { c.Users = []User{{Name: "u", Groups: []string{word(100), word(n - 101)}}} }},
	{"name of an account to remove", "deploy.remove_users[0]", "", 20, 21, func(c *Config, n int) { c.Deploy = &DeploySettings{RemoveUsers: []string{word(n)}} }},
	{"password of the logon", "auto_logon.password", "", 127, 128, func(c *Config, n int) {
		c.AdministratorPassword, c.AutoLogon = "P", &AutoLogon{Domain: "CORP", Username: "u", Password: word(n)}
	}},
	{"domain of the logon", "auto_logon.domain", "", 256, 257, func(c *Config, n int) {
		c.AdministratorPassword, c.AutoLogon = "P", &AutoLogon{Domain: word(n), Username: "u", Password: "P"}
	}},
	{"label", "disk.label", "", 32, 33, func(c *Config, n int) { c.Disks = []Disk{{Label: word(n)}} }},
	{"label of a partition", "disk.partition[1].label", "", 32, 33, func(c *Config, n int) {
		c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Extend: true, Label: word(n)}}}}
	}},
	{"label of a data disk", "disk[1].label", "", 32, 33, func(c *Config, n int) { c.Disks = []Disk{{}, {Label: word(n)}} }},
	{"interface", "network.interface", "", 256, 257, func(c *Config, n int) {
		c.Networks = []Network{{Interface: word(n), DNSServers: []string{"192.0.2.53"}}}
	}},
	{"DNS suffix", "network.dns_suffix", "", 255, 256, func(c *Config, n int) { c.Networks = []Network{{DNSSuffix: name(n)}} }},
	{"label of a DNS name", "network.dns_suffix", "", 63, 64, func(c *Config, n int) { c.Networks = []Network{{DNSSuffix: word(n) + ".example.com"}} }},
	{"workgroup", "domain.workgroup", "", 15, 16, func(c *Config, n int) { c.Domain = &Domain{Workgroup: word(n)} }},
	{"driver path", "driver_paths[0]", "", 259, 260, func(c *Config, n int) { c.DriverPaths = []string{`E:\` + word(n-3)} }},
	{"description of a command", "command.description", "", 256, 257, func(c *Config, n int) { c.Commands = []Command{{CommandLine: "x", Description: word(n)}} }},
	{"name of a script", "script.name", "", 64, 65, func(c *Config, n int) { c.Scripts = []Script{{Name: word(n-4) + ".ps1", Content: "x"}} }},
	{"script", "script.content", "", maxScript, maxScript + 1, func(c *Config, n int) { c.Scripts = []Script{{Content: word(n)}} }},
	{"script in a file", "script.path", "", maxScript, maxScript + 1, func(c *Config, n int) { c.Scripts = []Script{{Path: fmt.Sprintf("%d.ps1", n)}} }},
	{"command of windowspe", "command.command_line", "", 255, 256, func(c *Config, n int) { c.Commands = []Command{{Stage: "windowspe", CommandLine: word(n)}} }},
	{"command of specialize", "command.command_line", "", 259, 260, func(c *Config, n int) { c.Commands = []Command{{Stage: "specialize", CommandLine: word(n)}} }},
	{"command of specialize in UTF-16 units", "command.command_line", "", 259, 260, func(c *Config, n int) { c.Commands = []Command{{Stage: "specialize", CommandLine: astral(n)}} }},
	{"command of specialize on a clone", "deploy.command.command_line", "", 259, 260, func(c *Config, n int) {
		c.Deploy = &DeploySettings{Commands: []Command{{Stage: "specialize", CommandLine: word(n)}}}
	}},
	{"command of setup_complete", "command.command_line", "", 8191, 8192, func(c *Config, n int) { c.Commands = []Command{{Stage: "setup_complete", CommandLine: word(n)}} }},
	{"command of first_logon", "command.command_line", "", 8191, 8192, func(c *Config, n int) { c.Commands = []Command{{CommandLine: word(n)}} }},
	{"command of logon", "command.command_line", "", 1024, 1025, func(c *Config, n int) { c.Commands = []Command{{Stage: "logon", CommandLine: word(n)}} }},
}

// name is a DNS name of n letters.
func name(n int) string {
	return strings.Repeat("abcdefg.", n/8+1)[:n-1] + "x"
}

var numberLimits = []limit{
	{"disk, least", "disk.id", "", 0, -1, func(c *Config, n int) { c.Disks = []Disk{{ID: &n}} }},
	{"image index, least", "image_index", "", 1, 0, func(c *Config, n int) { c.ImageIndex = &n }},
	{"EFI system partition, least", "disk.efi_size", "", 100, 99, func(c *Config, n int) { c.Disks = []Disk{{EFISize: &n}} }},
	{"EFI partition block, least", "disk.partition[0].size", "", 100, 99, func(c *Config, n int) {
		c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: &n}, {Extend: true}}}}
	}},
	{"partition, least", "disk.partition[2].size", "", 1, 0, func(c *Config, n int) {
		c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Size: new(40000)}, {Size: &n}}}}
	}},
	{"reserved partition, least", "disk.msr_size", "", 16, 15, func(c *Config, n int) { c.Disks = []Disk{{MSRSize: &n}} }},
	{"system partition, least", "disk.system_size", "", 100, 99, func(c *Config, n int) { c.Firmware, c.Disks = "bios", []Disk{{SystemSize: &n}} }},
	{"Windows partition, least", "disk.windows_size", "", 1, -1, func(c *Config, n int) { c.Disks = []Disk{{WindowsSize: n}} }},
	{"Windows partition, enough", "disk.windows_size", Warning, 20480, 20479, func(c *Config, n int) { c.Disks = []Disk{{WindowsSize: n}} }},
	{"recovery partition, least", "disk.recovery_size", "", 300, 299, func(c *Config, n int) { c.Disks = []Disk{{WindowsSize: 40000, RecoverySize: n}} }},
	{"recovery partition, enough", "disk.recovery_size", Warning, 750, 749, func(c *Config, n int) { c.Disks = []Disk{{WindowsSize: 40000, RecoverySize: n}} }},
	{"primary partitions of a BIOS disk", "disk.partition", "", 4, 5, func(c *Config, n int) {
		c.Firmware, c.Disks = "bios", []Disk{{Partitions: append(slices.Repeat([]Partition{{Size: new(1)}}, n-1), Partition{Extend: true, Active: true, Windows: true})}}
	}},
	{"metric, most", "network.metric", "", 9999, 10000, func(c *Config, n int) { c.Networks = []Network{{Metric: n, DNSServers: []string{"192.0.2.1"}}} }},
	{"metric, least", "network.metric", "", 0, -1, func(c *Config, n int) { c.Networks = []Network{{Metric: n, DNSServers: []string{"192.0.2.1"}}} }},
	{"prefix of IPv4, most", "network.addresses[0]", "", 32, 33, func(c *Config, n int) { c.Networks = []Network{{Addresses: []string{fmt.Sprintf("192.0.2.9/%d", n)}}} }},
	{"prefix of IPv4, least", "network.addresses[0]", "", 1, 0, func(c *Config, n int) { c.Networks = []Network{{Addresses: []string{fmt.Sprintf("192.0.2.9/%d", n)}}} }},
	{"prefix of IPv6, most", "network.addresses[0]", "", 128, 129, func(c *Config, n int) {
		c.Networks = []Network{{Addresses: []string{fmt.Sprintf("2001:db8::9/%d", n)}}}
	}},
	{"network address, longest prefix that has one", "network.addresses[0]", "", 31, 30, func(c *Config, n int) { c.Networks = []Network{{Addresses: []string{fmt.Sprintf("192.0.2.8/%d", n)}}} }},
	{"port of WinRM, most", "winrm.port", "", 65535, 65536, func(c *Config, n int) { c.AdministratorPassword, c.WinRM = "P", &WinRM{Port: &n} }},
	{"port of WinRM, least", "winrm.port", "", 1, 0, func(c *Config, n int) { c.AdministratorPassword, c.WinRM = "P", &WinRM{Port: &n} }},
	{"port of OpenSSH, most", "openssh.port", "", 65535, 65536, func(c *Config, n int) { c.AdministratorPassword, c.OpenSSH = "P", &OpenSSH{Port: &n, Source: "a.zip"} }},
	{"port of OpenSSH, least", "openssh.port", "", 1, 0, func(c *Config, n int) { c.AdministratorPassword, c.OpenSSH = "P", &OpenSSH{Port: &n, Source: "a.zip"} }},
	{"count of logons, least", "auto_logon.count", "", 1, 0, func(c *Config, n int) { c.AdministratorPassword, c.AutoLogon = "P", &AutoLogon{Count: &n} }},
	{"order, most", "command.order", "", 500, 501, func(c *Config, n int) { c.Commands = []Command{{CommandLine: "x", Order: &n}} }},
	{"order, least", "command.order", "", 1, 0, func(c *Config, n int) { c.Commands = []Command{{CommandLine: "x", Order: &n}} }},
	{"order of a script, most", "script.order", "", 500, 501, func(c *Config, n int) { c.Scripts = []Script{{Content: "x", Order: &n}} }},
	{"commands of a stage", "command[500]", "", 500, 501, func(c *Config, n int) {
		c.Commands = slices.Repeat([]Command{{Stage: "windowspe", CommandLine: "x"}}, n)
	}},
	// The closing command of the deploy file and the extraction of what it carries are among the 500.
	{"commands of the specialize pass, with those of the file", "command", "", 498, 499, func(c *Config, n int) {
		c.Deploy = &DeploySettings{Commands: slices.Repeat([]Command{{Stage: "specialize", CommandLine: "x"}}, n)}
	}},
	{"deadline of the first boot, least", "first_boot.deadline", "", 60, 59, func(c *Config, n int) { c.FirstBoot = &FirstBoot{Interval: "1m", Deadline: fmt.Sprintf("%ds", n)} }},
	{"deadline of the first boot, as long as the interval", "first_boot.deadline", "", 300, 299, func(c *Config, n int) { c.FirstBoot = &FirstBoot{Deadline: fmt.Sprintf("%ds", n)} }},
	{"deadline of the first boot, most", "first_boot.deadline", "", 86400, 86401, func(c *Config, n int) { c.FirstBoot = &FirstBoot{Deadline: fmt.Sprintf("%ds", n)} }},
	{"interval of the first boot, least", "first_boot.interval", "", 60, 59, func(c *Config, n int) { c.FirstBoot = &FirstBoot{Interval: fmt.Sprintf("%ds", n)} }},
	{"interval of the first boot, most", "first_boot.interval", "", 86400, 86401, func(c *Config, n int) { c.FirstBoot = &FirstBoot{Interval: fmt.Sprintf("%ds", n)} }},
	{"automatic updates, least", "protect_your_pc", "", 1, 0, func(c *Config, n int) { c.ProtectYourPC = &n }},
	{"automatic updates, most", "protect_your_pc", "", 3, 4, func(c *Config, n int) { c.ProtectYourPC = &n }},
}

// Every limit is held at its boundary and one beyond.
func TestLimits(t *testing.T) {
	for _, l := range slices.Concat(textLimits, numberLimits) {
		t.Run(l.name, func(t *testing.T) {
			fs := afero.NewMemMapFs()
			for _, n := range []int{l.last, l.next} {
				if l.attribute != "script.path" {
					break
				}
				if err := afero.WriteFile(fs, fmt.Sprintf("%d.ps1", n), []byte(word(n)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			severity := l.severity
			if severity == "" {
				severity = Error
			}
			cfg := server()
			l.set(&cfg, l.last)
			for _, p := range Check(cfg, Options{FS: fs}) {
				if p.Severity == severity || p.Severity == Error {
					t.Errorf("%d is refused: %s", l.last, p)
				}
			}
			cfg = server()
			l.set(&cfg, l.next)
			wantProblem(t, Check(cfg, Options{FS: fs}), severity, l.attribute)
		})
	}
}

// A number of a logon has no upper limit but that of the decoder, which is that of Windows' own integers.
func TestLimits_Numbers(t *testing.T) {
	for n, ok := range map[int64]bool{9999: true, 10000: true, 1<<31 - 1: true, 1 << 31: false} {
		v := cty.ObjectVal(map[string]cty.Value{
			"release": cty.StringVal("2022"), "edition": cty.StringVal("datacenter"), "administrator_password": cty.StringVal("P"),
			"auto_logon": cty.ObjectVal(map[string]cty.Value{"count": cty.NumberIntVal(n)}),
		})
		cfg, err := Decode(v)
		if err == nil {
			err = Check(cfg, Options{}).Err()
		}
		if (err == nil) != ok {
			t.Errorf("%d: %v", n, err)
		}
		if ok {
			must(t, cfg, Install).want("oobeSystem", "Shell-Setup", "AutoLogon/LogonCount", fmt.Sprint(n))
		}
	}
}

// What is said of a command that is too long can be done in its stage.
func TestSection1_6_AdviceForLongCommands(t *testing.T) {
	for stage, says := range map[string]string{
		"windowspe": "answer CD", "specialize": "Use a script block", "setup_complete": "Use a script block", "first_logon": "Use a script block", "logon": "no script blocks in this stage",
	} {
		cfg := server()
		cfg.Commands = []Command{{Stage: stage, CommandLine: word(9000)}}
		wantProblem(t, Check(cfg, Options{}), Error, "command.command_line", says)
		cfg.Commands, cfg.Scripts = nil, []Script{{Stage: stage, Content: "x"}}
		if refused := Check(cfg, Options{}).HasErrors(); refused == (says == "Use a script block") {
			t.Errorf("%s: a script is refused: %v", stage, refused)
		}
	}
}

// A comma in the name of an organizational unit is escaped.
func TestDomain_OU(t *testing.T) {
	for ou, ok := range map[string]bool{
		"OU=Servers,DC=corp,DC=example,DC=com":                 true,
		`OU=Sales\, EMEA,OU=Servers,DC=corp,DC=example,DC=com`: true,
		`CN=Computers,DC=corp,DC=example,DC=com`:               true,
		`OU=a\2Cb,DC=corp`:                                     true,
		`OU=Sales, EMEA,DC=corp,DC=example,DC=com`:             false,
		`OU=Servers\,DC=corp`:                                  false,
		`OU=Servers`:                                           false,
		`DC=corp,DC=example,DC=com`:                            false,
		`OU=Back\\slash,DC=corp`:                               true,
		`OU=,DC=corp`:                                          false,
		`OU=Servers,DC=corp,`:                                  false,
	} {
		cfg := server()
		cfg.Domain = &Domain{Name: "corp.example.com", Username: "j", Password: "P", OU: ou}
		if refused := Check(cfg, Options{}).HasErrors(); refused == ok {
			t.Errorf("%s: refused: %v", ou, refused)
		}
	}
}

// Evaluation media of 2025 names its images in more than one way.
func TestSection1_4_ImageNamesOf2025Evaluations(t *testing.T) {
	for _, c := range []struct {
		release, evaluation string
		said                bool
	}{{"2025", "keep", true}, {"2025", "convert", true}, {"2025", "none", false}, {"2022", "keep", false}} {
		ps := Check(Config{Release: c.release, Edition: "standard", Evaluation: c.evaluation}, Options{})
		said := slices.ContainsFunc(ps, func(p Problem) bool {
			return p.Attribute == "image_name" && p.Severity == Info
		})
		if said {
			wantProblem(t, ps, Info, "image_name", "Windows Server 2025 Standard Evaluation (Desktop Experience)")
		}
		if said != c.said {
			t.Errorf("%s %s: said: %v\n%s", c.release, c.evaluation, said, list(ps))
		}
	}
}
