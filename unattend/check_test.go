// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"

	"github.com/spf13/afero"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name      string
		change    func(*Config)
		attribute string
		words     []string
	}{
		{"no release", func(c *Config) { c.Release = "" }, "release", []string{"required"}},
		{"release misspelt", func(c *Config) { c.Release = "2202" }, "release", []string{"2022"}},
		{"edition misspelt", func(c *Config) { c.Edition = "datacnter" }, "edition", []string{"atacenter"}},
		{"evaluation", func(c *Config) { c.Evaluation = "yes" }, "evaluation", []string{"none, keep or convert"}},
		{"firmware", func(c *Config) { c.Firmware = "efi" }, "firmware", []string{"uefi or bios"}},
		{"channel", func(c *Config) { c.Channel = "mak" }, "channel", []string{"avma or gvlk"}},
		{"name of 16 characters", func(c *Config) { c.ComputerName = "ABCDEFGHIJKLMNOP" }, "computer_name", []string{"16 bytes", "15"}},
		{"name of 14 characters and 16 bytes", func(c *Config) { c.ComputerName = "SERVER-BÄCKERÄ" }, "computer_name", []string{"16 bytes"}},
		{"name with underscore is allowed by Windows but not with dot", func(c *Config) { c.ComputerName = "web.01" }, "computer_name", []string{`"."`}},
		{"name with a blank", func(c *Config) { c.ComputerName = "web 01" }, "computer_name", []string{`" "`}},
		{"name of digits", func(c *Config) { c.ComputerName = "12345" }, "computer_name", []string{"digits"}},
		{"organization", func(c *Config) { c.Organization = strings.Repeat("o", 64) }, "organization", []string{"64", "63"}},
		{"IANA time zone", func(c *Config) { c.TimeZone = "Europe/Berlin" }, "time_zone", []string{"W. Europe Standard Time"}},
		{"IANA time zone, new name", func(c *Config) { c.TimeZone = "Europe/Kyiv" }, "time_zone", []string{"FLE Standard Time"}},
		{"time zone misspelt", func(c *Config) { c.TimeZone = "W. Europa Standard Time" }, "time_zone", []string{"W. Europe Standard Time"}},
		{"daylight time", func(c *Config) { c.TimeZone = "Pacific Daylight Time" }, "time_zone", []string{"Pacific Standard Time"}},
		{"city alone", func(c *Config) { c.TimeZone = "New York" }, "time_zone", []string{"Eastern Standard Time"}},
		{"POSIX locale", func(c *Config) { c.UILanguage = "de_DE.UTF-8" }, "ui_language", []string{"de-DE"}},
		{"language without region", func(c *Config) { c.UserLocale = "german" }, "user_locale", []string{"de-DE"}},
		{"keyboard", func(c *Config) { c.InputLocale = "0407:0407" }, "input_locale", []string{"0407:00000407"}},
		{"driver path with slashes", func(c *Config) { c.DriverPaths = []string{"E:/vioscsi"} }, "driver_paths[0]", []string{`E:\vioscsi`}},
		{"driver path relative", func(c *Config) { c.DriverPaths = []string{`E:\a`, `vioscsi\2k22`} }, "driver_paths[1]", []string{"absolute"}},
		{"driver path long", func(c *Config) { c.DriverPaths = []string{`E:\` + strings.Repeat("a", 257)} }, "driver_paths[0]", []string{"260", "259"}},
		{"driver path of a file", func(c *Config) { c.DriverPaths = []string{`E:\a\b.inf`} }, "driver_paths[0]", []string{"folder"}},
		{"user of 21 characters", func(c *Config) { c.Users = []User{{Name: strings.Repeat("u", 21), Password: "x"}} }, "user.name", []string{"21", "20"}},
		{"user with @", func(c *Config) { c.Users = []User{{Name: "a@b", Password: "x"}} }, "user.name", []string{`"@"`}},
		{"user named as the computer", func(c *Config) { c.ComputerName, c.Users = "BUILD", []User{{Name: "build", Password: "x"}} }, "user.name", []string{"computer"}},
		{"user NONE", func(c *Config) { c.Users = []User{{Name: "none", Password: "x"}} }, "user.name", []string{"NONE"}},
		{"user twice", func(c *Config) { c.Users = []User{{Name: "a", Password: "x"}, {Name: "A", Password: "x"}} }, "user[1].name", []string{"second"}},
		{"logon of nobody", func(c *Config) { c.AutoLogon = &AutoLogon{Username: "nobody"} }, "auto_logon.username", []string{"user block"}},
		{"logon without password", func(c *Config) { c.AutoLogon = &AutoLogon{} }, "auto_logon.password", []string{"administrator_password"}},
		{"logon with another password", func(c *Config) { c.AdministratorPassword, c.AutoLogon = "a", &AutoLogon{Password: "b"} }, "auto_logon.password", []string{"not the password"}},
		{"first logon without rights", func(c *Config) {
			c.Users, c.AutoLogon, c.Commands = []User{{Name: "u", Password: "x"}}, &AutoLogon{Username: "u"}, []Command{{CommandLine: "x"}}
		}, "auto_logon.username", []string{"Administrators"}},
		{"small ESP", func(c *Config) { c.Disks = []Disk{{EFISize: new(99)}} }, "disk.efi_size", []string{"99", "100"}},
		{"small recovery", func(c *Config) { c.Disks = []Disk{{WindowsSize: 40000, RecoverySize: 200}} }, "disk.recovery_size", []string{"300"}},
		{"recovery without size of Windows", func(c *Config) { c.Disks = []Disk{{RecoverySize: 600}} }, "disk.windows_size", []string{"required"}},
		{"ESP for BIOS", func(c *Config) { c.Firmware, c.Disks = "bios", []Disk{{EFISize: new(300)}} }, "disk.efi_size", []string{"system_size"}},
		{"system partition for UEFI", func(c *Config) { c.Disks = []Disk{{SystemSize: new(300)}} }, "disk.system_size", []string{"efi_size"}},
		{"size and extend", func(c *Config) {
			c.Disks = []Disk{{Partitions: []Partition{{Size: new(1), Extend: true, Windows: true}}}}
		}, "disk.partition.extend", []string{"size"}},
		{"neither size nor extend", func(c *Config) { c.Disks = []Disk{{Partitions: []Partition{{Windows: true}}}} }, "disk.partition.size", []string{"extend"}},
		{"extend in the middle", func(c *Config) {
			c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Extend: true, Windows: true}, {Size: new(1000)}}}}
		}, "disk.partition[1].extend", []string{"last"}},
		{"EFI on BIOS", func(c *Config) {
			c.Firmware, c.Disks = "bios", []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Extend: true, Windows: true, Active: true}}}}
		}, "disk.partition[0].type", []string{"BIOS"}},
		{"no ESP", func(c *Config) { c.Disks = []Disk{{Partitions: []Partition{{Extend: true, Windows: true}}}} }, "disk.partition", []string{"efi"}},
		{"five primaries", func(c *Config) {
			c.Firmware, c.Disks = "bios", []Disk{{Partitions: []Partition{{Size: new(1), Active: true}, {Size: new(1)}, {Size: new(1)}, {Size: new(1)}, {Extend: true, Windows: true}}}}
		}, "disk.partition", []string{"4"}},
		{"MSR with a label", func(c *Config) {
			c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Type: "msr", Size: new(16), Label: "x"}, {Extend: true, Windows: true}}}}
		}, "disk.partition[1]", []string{"msr"}},
		{"two possible partitions for Windows", func(c *Config) {
			c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Size: new(20480)}, {Extend: true}}}}
		}, "disk", []string{"windows = true"}},
		{"no possible partition for Windows", func(c *Config) {
			c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Extend: true, Format: "fat32"}}}}
		}, "disk", []string{"0 partitions are marked"}},
		{"letter C elsewhere", func(c *Config) {
			c.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260), Letter: "C"}, {Extend: true}}}}
		}, "disk.partition[0].letter", []string{"C stands twice"}},
		{"a logical partition before the extended one", func(c *Config) {
			c.Firmware, c.Disks = "bios", []Disk{{Partitions: []Partition{{Size: new(60000), Active: true}, {Type: "logical", Size: new(1000)}, {Type: "extended", Extend: true}}}}
		}, "disk.partition[1].type", []string{"before it"}},
		{"a primary partition after a full extended one", func(c *Config) {
			c.Firmware, c.Disks = "bios", []Disk{{Partitions: []Partition{{Size: new(60000), Active: true}, {Type: "extended", Extend: true}, {Size: new(1000)}}}}
		}, "disk.partition[2]", []string{"rest of the disk"}},
		{"disk twice", func(c *Config) { c.Disks = []Disk{{ID: new(1)}, {ID: new(1)}} }, "disk[1].id", []string{"twice"}},
		{"address without prefix", func(c *Config) { c.Networks = []Network{{Addresses: []string{"192.0.2.10"}}} }, "network.addresses[0]", []string{"192.0.2.10/24"}},
		{"address with mask", func(c *Config) { c.Networks = []Network{{Addresses: []string{"192.0.2.10/255.255.255.0"}}} }, "network.addresses[0]", []string{"/24"}},
		{"network address", func(c *Config) { c.Networks = []Network{{Addresses: []string{"192.0.2.0/24"}}} }, "network.addresses[0]", []string{"network"}},
		{"broadcast address", func(c *Config) { c.Networks = []Network{{Addresses: []string{"192.0.2.255/24"}}} }, "network.addresses[0]", []string{"broadcast"}},
		{"gateway elsewhere", func(c *Config) {
			c.Networks = []Network{{Addresses: []string{"192.0.2.10/24"}, Gateways: []string{"198.51.100.1"}}}
		}, "network.gateways[0]", []string{"none of the networks"}},
		{"gateway is the machine", func(c *Config) {
			c.Networks = []Network{{Addresses: []string{"192.0.2.10/24"}, Gateways: []string{"192.0.2.10"}}}
		}, "network.gateways[0]", []string{"own address"}},
		{"two gateways", func(c *Config) {
			c.Networks = []Network{{Addresses: []string{"192.0.2.10/24"}, Gateways: []string{"192.0.2.1", "192.0.2.2"}}}
		}, "network.gateways[1]", []string{"second"}},
		{"DNS server with prefix", func(c *Config) { c.Networks = []Network{{DNSServers: []string{"192.0.2.53/24"}}} }, "network.dns_servers[0]", []string{"without prefix"}},
		{"interface twice", func(c *Config) {
			c.Networks = []Network{{DNSServers: []string{"192.0.2.1"}}, {DNSServers: []string{"192.0.2.1"}}}
		}, "network[1].interface", []string{"twice"}},
		{"domain without account", func(c *Config) { c.Domain = &Domain{Name: "corp.example.com"} }, "domain.username", []string{"required"}},
		{"domain without password", func(c *Config) { c.Domain = &Domain{Name: "corp.example.com", Username: "j"} }, "domain.password", []string{"required"}},
		{"domain and workgroup", func(c *Config) { c.Domain = &Domain{Name: "corp.example.com", Workgroup: "W"} }, "domain.workgroup", []string{"or a workgroup"}},
		{"workgroup too long", func(c *Config) { c.Domain = &Domain{Workgroup: "ABCDEFGHIJKLMNOP"} }, "domain.workgroup", []string{"15"}},
		{"OU", func(c *Config) {
			c.Domain = &Domain{Name: "corp.example.com", Username: "j", Password: "p", OU: "Servers"}
		}, "domain.ou", []string{"OU=Servers,DC="}},
		{"deploy domain", func(c *Config) { c.Deploy = &DeploySettings{Domain: &Domain{}} }, "deploy.domain.name", []string{"neither"}},
		{"deploy name", func(c *Config) { c.Deploy = &DeploySettings{ComputerName: "ABCDEFGHIJKLMNOP"} }, "deploy.computer_name", []string{"15"}},
		{"deploy in Windows PE", func(c *Config) {
			c.Deploy = &DeploySettings{Commands: []Command{{Stage: "windowspe", CommandLine: "x"}}}
		}, "deploy.command.stage", []string{"clone"}},
		{"winrm protocol", func(c *Config) { c.WinRM = &WinRM{Protocol: "ssl"} }, "winrm.protocol", []string{"https or http"}},
		{"winrm port", func(c *Config) { c.WinRM = &WinRM{Port: new(70000)} }, "winrm.port", []string{"65535"}},
		{"openssh on 2022 without source", func(c *Config) { c.OpenSSH = &OpenSSH{} }, "openssh.source", []string{"windows-update", ".zip"}},
		{"openssh on 2016 without source", func(c *Config) { c.Release, c.OpenSSH = "2016", &OpenSSH{} }, "openssh.source", []string{"not even to be added"}},
		{"openssh on 2016 from the update", func(c *Config) { c.Release, c.OpenSSH = "2016", &OpenSSH{Source: "windows-update"} }, "openssh.source", []string{".zip"}},
		{"key that is none", func(c *Config) { c.Release, c.OpenSSH = "2025", &OpenSSH{AuthorizedKeys: []string{"AAAA"}} }, "openssh.authorized_keys[0]", []string{"ssh-ed25519"}},
		{"first boot of an evaluation", func(c *Config) { c.Evaluation, c.FirstBoot = "keep", &FirstBoot{} }, "first_boot", []string{"convert"}},
		{"first boot of a KMS client", func(c *Config) { c.Channel, c.FirstBoot = "gvlk", &FirstBoot{} }, "first_boot", []string{"avma"}},
		{"first boot deadline", func(c *Config) { c.FirstBoot = &FirstBoot{Deadline: "30"} }, "first_boot.deadline", []string{"1h30m"}},
		{"command in no stage", func(c *Config) { c.Commands = []Command{{Stage: "boot", CommandLine: "x"}} }, "command.stage", []string{"specialize"}},
		{"limit of a step of Windows' own", func(c *Config) {
			c.Commands = []Command{{Stage: "specialize", CommandLine: "x", Timeout: "5m"}}
		}, "command.timeout", []string{"specialize", "setup_complete"}},
		{"limit below a minute", func(c *Config) { c.Scripts = []Script{{Content: "x", Timeout: "59s"}} }, "script.timeout", []string{"1m to 24h"}},
		{"limit above a day", func(c *Config) { c.Commands = []Command{{CommandLine: "x", Timeout: "24h1s"}} }, "command.timeout", []string{"1m to 24h"}},
		{"script without text", func(c *Config) { c.Scripts = []Script{{}} }, "script.content", []string{"path"}},
		{"script with both", func(c *Config) { c.Scripts = []Script{{Content: "x", Path: "a.ps1"}} }, "script.path", []string{"content"}},
		{"script that is not there", func(c *Config) { c.Scripts = []Script{{Path: "nowhere.ps1"}} }, "script.path", []string{"nowhere.ps1"}},
		{"script that is a folder", func(c *Config) { c.Scripts = []Script{{Path: "folder"}} }, "script.path", []string{"folder"}},
		{"script named like ours", func(c *Config) { c.Scripts = []Script{{Name: "finish.ps1", Content: "x"}} }, "script.name", []string{"itself"}},
		{"two scripts of a name", func(c *Config) { c.Scripts = []Script{{Name: "a.ps1", Content: "x"}, {Name: "A.ps1", Content: "y"}} }, "script[1].name", []string{"second"}},
		{"component in the wrong pass", func(c *Config) {
			c.Components = []Component{{Name: "Microsoft-Windows-LUA-Settings", Pass: "specialize", XML: "<EnableLUA>false</EnableLUA>"}}
		}, "component.pass", []string{"offlineServicing"}},
		{"component mistyped", func(c *Config) {
			c.Components = []Component{{Name: "Microsoft-Windows-LUA-Setings", Pass: "offlineServicing", XML: "<EnableLUA>false</EnableLUA>"}}
		}, "component.name", []string{"Did you mean \"Microsoft-Windows-LUA-Settings\"?"}},
		{"component not well-formed", func(c *Config) {
			c.Components = []Component{{Name: "Microsoft-Windows-LUA-Settings", Pass: "offlineServicing", XML: "<EnableLUA>"}}
		}, "component.xml", nil},
		{"component that stands already", func(c *Config) {
			c.Components = []Component{{Name: "Microsoft-Windows-Shell-Setup", Pass: "oobeSystem", XML: "<OOBE><HideEULAPage>true</HideEULAPage></OOBE>"}}
		}, "component.xml", []string{"already"}},
		{"component with a key", func(c *Config) {
			c.Components = []Component{{Name: "Microsoft-Windows-Shell-Setup", Pass: "specialize", XML: "<ProductKey>W3GNR-8DDXR-2TFRP-H8P33-DV9BG</ProductKey>"}}
		}, "component.xml", []string{"product_key"}},
		{"component of Windows PE for clones", func(c *Config) {
			c.Deploy = &DeploySettings{Components: []Component{{Name: "Microsoft-Windows-LUA-Settings", Pass: "offlineServicing", XML: "<EnableLUA>false</EnableLUA>"}}}
		}, "deploy.component.pass", []string{"clone"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := server()
			c.change(&cfg)
			fs := afero.NewMemMapFs()
			if err := fs.Mkdir("folder", 0o700); err != nil {
				t.Fatal(err)
			}
			ps := Check(cfg, Options{FS: fs})
			wantProblem(t, ps, Error, c.attribute, c.words...)
			if _, err := Generate(cfg, Install, Options{FS: fs}); err == nil {
				t.Error("Generate writes it all the same")
			}
		})
	}
}

func TestCheck_AllProblemsAtOnce(t *testing.T) {
	cfg := Config{Release: "2022", Edition: "datacenter", ComputerName: "ABCDEFGHIJKLMNOP", TimeZone: "Europe/Berlin", UILanguage: "de_DE", Firmware: "x"}
	ps := Check(cfg, Options{})
	if n := len(ps.Only(Error)); n != 4 {
		t.Errorf("%d errors, want 4:\n%s", n, list(ps))
	}
	if text := ps.Error(); !strings.Contains(text, "4 errors") || !strings.Contains(text, "computer_name") || !strings.Contains(text, "time_zone") {
		t.Errorf("the error is %q", text)
	}
}

func TestCheck_UnknownPassesEveryForm(t *testing.T) {
	cfg := full()
	cfg.Release, cfg.Edition, cfg.ProductKey, cfg.ComputerName, cfg.TimeZone, cfg.UILanguage, cfg.InputLocale = Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown
	cfg.Firmware, cfg.Evaluation, cfg.Channel, cfg.SetupKey, cfg.ImageName, cfg.AdministratorPassword = Unknown, Unknown, Unknown, Unknown, Unknown, Unknown
	cfg.DriverPaths = []string{Unknown}
	cfg.Users = []User{{Name: Unknown, Password: Unknown, Groups: []string{Unknown}}}
	cfg.AutoLogon = &AutoLogon{Username: Unknown, Password: Unknown}
	cfg.Networks = []Network{{Interface: Unknown, Addresses: []string{Unknown}, Gateways: []string{Unknown}, DNSServers: []string{Unknown}, DNSSuffix: Unknown}}
	cfg.WinRM, cfg.OpenSSH = &WinRM{Protocol: Unknown}, &OpenSSH{Source: Unknown, AuthorizedKeys: []string{Unknown}}
	cfg.Scripts = []Script{{Path: Unknown, Stage: Unknown}, {Content: Unknown, Type: Unknown, Name: Unknown}}
	cfg.Components = []Component{{Name: Unknown, Pass: Unknown, XML: Unknown}}
	cfg.Disks = []Disk{{Partitions: []Partition{{Type: "efi", Size: new(260)}, {Extend: true, Windows: true, Format: Unknown, Letter: Unknown, TypeID: Unknown}}}}
	cfg.Deploy.Domain = &Domain{Name: Unknown, Username: Unknown, Password: Unknown, OU: Unknown}
	for _, kind := range kinds {
		if r, err := Generate(cfg, kind, Options{}); err != nil {
			t.Errorf("%v: %v", kind, err)
		} else {
			parse(t, r.XML)
		}
	}
}

func TestCheck_SecretsNeverInMessages(t *testing.T) {
	cfg := full()
	secrets := []string{"S3cret\x01One", "S3cret\x01Two", "S3cret\x01Three", "S3cret\x01Four"}
	cfg.AdministratorPassword, cfg.Users[0].Password, cfg.Deploy.Domain.Password, cfg.AutoLogon.Password = secrets[0], secrets[1], secrets[2], secrets[3]
	text := list(Check(cfg, Options{}))
	if strings.Contains(text, "S3cret") {
		t.Errorf("a message holds a password:\n%s", text)
	}
}

// What may hold a secret that nothing marks is private: text of the user's that runs, or stands in the file as it is.
func TestResult_Private(t *testing.T) {
	command, script, component := []Command{{Stage: "specialize", CommandLine: "x"}}, []Script{{Content: "x"}}, []Component{{Name: "Microsoft-Windows-LUA-Settings", Pass: "offlineServicing", XML: "<EnableLUA>false</EnableLUA>"}}
	forClones := []Component{{Name: "Microsoft-Windows-PnpSysprep", Pass: "specialize", XML: "<DoNotCleanUpNonPresentDevices>true</DoNotCleanUpNonPresentDevices>"}}
	for name, c := range map[string]struct {
		change func(*Config)
		want   bool
	}{
		"nothing":                         {func(*Config) {}, false},
		"a name":                          {func(c *Config) { c.Owner = "x" }, false},
		"a clone's name":                  {func(c *Config) { c.Deploy = &DeploySettings{ComputerName: "x"} }, false},
		"a password":                      {func(c *Config) { c.AdministratorPassword = "P" }, true},
		"a command":                       {func(c *Config) { c.Commands = command }, true},
		"a script":                        {func(c *Config) { c.Scripts = script }, true},
		"a component":                     {func(c *Config) { c.Components = component }, true},
		"a command and a script":          {func(c *Config) { c.Commands, c.Scripts = command, script }, true},
		"a command and a component":       {func(c *Config) { c.Commands, c.Components = command, component }, true},
		"a script and a component":        {func(c *Config) { c.Scripts, c.Components = script, component }, true},
		"a clone's command":               {func(c *Config) { c.Deploy = &DeploySettings{Commands: command} }, true},
		"a clone's script":                {func(c *Config) { c.Deploy = &DeploySettings{Scripts: script} }, true},
		"a clone's component":             {func(c *Config) { c.Deploy = &DeploySettings{Components: forClones} }, true},
		"a clone's command and script":    {func(c *Config) { c.Deploy = &DeploySettings{Commands: command, Scripts: script} }, true},
		"a clone's command and component": {func(c *Config) { c.Deploy = &DeploySettings{Commands: command, Components: forClones} }, true},
		"a clone's script and component":  {func(c *Config) { c.Deploy = &DeploySettings{Scripts: script, Components: forClones} }, true},
	} {
		cfg := server()
		c.change(&cfg)
		for _, kind := range kinds {
			if r, err := Generate(cfg, kind, Options{}); err != nil || r.Private != c.want {
				t.Errorf("%s, %v: private %v, want %v: %v", name, kind, r.Private, c.want, err)
			}
		}
	}
}

func TestResult_Sensitive(t *testing.T) {
	cfg := server()
	for _, c := range []struct {
		change func(*Config)
		want   bool
	}{
		{func(*Config) {}, false}, {func(c *Config) { c.AdministratorPassword = "x" }, true},
		{func(c *Config) { c.Domain = &Domain{Name: "a.b", Username: "u", Password: "p"} }, true}, {func(c *Config) { c.ProductKey = gvlk2022DC }, false},
	} {
		own := cfg
		c.change(&own)
		r, err := Generate(own, Install, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Sensitive != c.want {
			t.Errorf("Sensitive is %v, want %v", r.Sensitive, c.want)
		}
	}
}
