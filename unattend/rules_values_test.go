// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestSection1_4_ImageByNameOrIndex(t *testing.T) {
	cfg := server()
	cfg.ImageIndex = new(4)
	d := must(t, cfg, Install)
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Key", "/IMAGE/INDEX")
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Value", "4")
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallToAvailablePartition", "(none)")
	d.want("windowsPE", "Setup", "UserData/AcceptEula", "true")
	cfg.ImageName = "Windows Server 2022 SERVERDATACENTER"
	wantProblem(t, Check(cfg, Options{}), Error, "image_index", "twice")
	cfg.ImageIndex, cfg.ImageName = nil, "Windows Server 2022 Datacenter (Desktop Experience)"
	wantProblem(t, Check(cfg, Options{}), Warning, "image_name", "SERVERDATACENTER")
	for _, c := range []struct{ release, edition, name string }{
		{"2012 R2", "standard", "Windows Server 2012 R2 SERVERSTANDARD"}, {"2016", "datacenter-core", "Windows Server 2016 SERVERDATACENTERCORE"},
		{"2025", "standard", "Windows Server 2025 SERVERSTANDARD"}, {"2019", "essentials", "Windows Server 2019 SERVERSOLUTION"},
	} {
		must(t, Config{Release: c.release, Edition: c.edition}, Install).want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Value", c.name)
	}
	ps := Check(Config{Release: "2022", Edition: "datacenter-azure-edition"}, Options{})
	wantProblem(t, ps, Warning, "image_name", "Setup will ask")
}

func TestSection1_5_UEFILayout(t *testing.T) {
	cfg := server()
	cfg.Disks = []Disk{{WindowsSize: 40960, RecoverySize: 700}}
	d := must(t, cfg, Install)
	var got []string
	disk := "DiskConfiguration/Disk"
	for _, e := range d.component("windowsPE", "Setup").FindElements(disk + "/CreatePartitions/CreatePartition") {
		size := "rest"
		if s := e.SelectElement("Size"); s != nil {
			size = s.Text()
		}
		if (e.SelectElement("Size") == nil) == (e.SelectElement("Extend") == nil) {
			t.Error("a partition has both Size and Extend, or neither")
		}
		got = append(got, e.SelectElement("Type").Text()+" "+size)
	}
	if s := strings.Join(got, ", "); s != "EFI 260, MSR 16, Primary 40960, Primary 700" {
		t.Errorf("the layout is %s", s)
	}
	for _, e := range d.component("windowsPE", "Setup").FindElements(disk + "/ModifyPartitions/ModifyPartition") {
		if e.SelectElement("PartitionID").Text() == "2" {
			t.Error("the reserved partition is modified")
		}
	}
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallTo/PartitionID", "3")
	d.want("windowsPE", "Setup", disk+"/ModifyPartitions/ModifyPartition[3]/TypeID", recoveryGPT)
}

func TestSection1_5_BIOSLayout(t *testing.T) {
	cfg := server()
	cfg.Firmware = "bios"
	d := must(t, cfg, Install)
	d.want("windowsPE", "Setup", "DiskConfiguration/Disk/ModifyPartitions/ModifyPartition[1]/Active", "true")
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallTo/PartitionID", "2")
	if d.has("<Type>EFI</Type>") || d.has("<Type>MSR</Type>") {
		t.Error("a BIOS layout has EFI or MSR")
	}
	must(t, Config{Release: "2012 R2", Edition: "standard"}, Install).want("windowsPE", "Setup", "DiskConfiguration/Disk/CreatePartitions/CreatePartition[2]/Size", "128")
}

func TestSection1_6_OneShortCommandCarriesLongScripts(t *testing.T) {
	d := must(t, full(), Install)
	for _, e := range d.component("specialize", "Deployment").FindElements("RunSynchronous/RunSynchronousCommand/Path") {
		if n := utf16Length(e.Text()); n > 259 {
			t.Errorf("a command of the specialize pass has %d characters: %s", n, e.Text())
		}
	}
	for _, e := range d.component("windowsPE", "Setup").FindElements("RunSynchronous/RunSynchronousCommand/Path") {
		if utf16Length(e.Text()) > 255 {
			t.Errorf("a command of Windows PE is too long: %s", e.Text())
		}
	}
	first := d.component("oobeSystem", "Shell-Setup").FindElements("FirstLogonCommands/SynchronousCommand")
	if len(first) != 1 || !strings.Contains(first[0].SelectElement("CommandLine").Text(), "first-logon.ps1") {
		t.Errorf("there are %d first logon commands, want one that runs a script", len(first))
	}
	if d.file("big.ps1") == nil || d.file("tools.cmd") == nil || d.file("first-logon.ps1") == nil {
		t.Error("a script is not carried")
	}
	d.want("specialize", "Deployment", "RunSynchronous/RunSynchronousCommand[1]/WillReboot", "Never")
}

func TestSection1_6_Limits(t *testing.T) {
	for stage, limit := range limits {
		for _, extra := range []int{0, 1} {
			cfg := server()
			cfg.Commands = []Command{{Stage: stage, CommandLine: strings.Repeat("x", limit+extra)}}
			ps := Check(cfg, Options{})
			if ps.HasErrors() != (extra > 0) {
				t.Errorf("%s, %d characters: %s", stage, limit+extra, list(ps))
			}
		}
	}
	cfg := server()
	cfg.Commands = []Command{{CommandLine: "a", Order: new(7)}, {CommandLine: "b", Order: new(501)}, {CommandLine: "c"}}
	cfg.Scripts = []Script{{Content: "d", Order: new(7)}}
	ps := Check(cfg, Options{})
	wantProblem(t, ps, Error, "script.order", "7", "command[0]")
	wantProblem(t, ps, Error, "command[1].order", "501")
}

func TestSection1_7_PasswordsAreEncodedWithTheirElementsName(t *testing.T) {
	// The value of a public answer file: "vagrant".
	if got := encodePassword("vagrant", "Password"); got != "dgBhAGcAcgBhAG4AdABQAGEAcwBzAHcAbwByAGQA" {
		t.Errorf("encodePassword is %s", got)
	}
	d := must(t, full(), Install)
	for path, want := range map[string]string{
		"UserAccounts/AdministratorPassword/Value":                  "Geheim 1!AdministratorPassword",
		"UserAccounts/LocalAccounts/LocalAccount[1]/Password/Value": "p&<>\"'Password",
		"AutoLogon/Password/Value":                                  "p&<>\"'Password",
	} {
		if got := decode(t, d.text("oobeSystem", "Shell-Setup", path)); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
		d.want("oobeSystem", "Shell-Setup", strings.TrimSuffix(path, "Value")+"PlainText", "false")
	}
	cfg := full()
	cfg.PlainPasswords = true
	d = must(t, cfg, Install)
	d.want("oobeSystem", "Shell-Setup", "UserAccounts/AdministratorPassword/Value", "Geheim 1!")
	d.want("oobeSystem", "Shell-Setup", "UserAccounts/AdministratorPassword/PlainText", "true")
	wantProblem(t, Check(cfg, Options{}), Warning, "plain_passwords")
}

func decode(t *testing.T, s string) string {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	var units []uint16
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
	}
	return string(utf16.Decode(units))
}

func TestSection1_7_DomainPasswordsAreNeverEncoded(t *testing.T) {
	d := must(t, full(), Deploy)
	id := "Identification/"
	d.want("specialize", "UnattendedJoin", id+"Credentials/Password", "J0in&me")
	d.want("specialize", "UnattendedJoin", id+"Credentials/Domain", "CORP")
	d.want("specialize", "UnattendedJoin", id+"Credentials/Username", "joiner")
	d.want("specialize", "UnattendedJoin", id+"JoinDomain", "corp.example.com")
	d.want("specialize", "UnattendedJoin", id+"MachineObjectOU", "OU=Servers,DC=corp,DC=example,DC=com")
	if must(t, full(), Install).component("specialize", "UnattendedJoin") != nil {
		t.Error("the build's machine joins the clone's domain")
	}
}

func TestSection1_7_AutoLogonCount(t *testing.T) {
	d := must(t, full(), Install)
	// One to spare: with the last logon that it counts Windows may forget the password, and a step may restart.
	d.want("oobeSystem", "Shell-Setup", "AutoLogon/LogonCount", "3")
	alone := full()
	alone.Commands, alone.Scripts = nil, nil
	must(t, alone, Install).want("oobeSystem", "Shell-Setup", "AutoLogon/LogonCount", "2")
	d.want("oobeSystem", "Shell-Setup", "AutoLogon/Username", "packer")
	if plan := d.file("plan.json").Text(); !strings.Contains(plan, `"auto_logon": 2`) {
		t.Errorf("the first logon does not learn the count:\n%s", plan)
	}
	if must(t, full(), Deploy).component("oobeSystem", "Shell-Setup").SelectElement("AutoLogon") != nil {
		t.Error("clones log on by themselves")
	}
}

func TestSection1_8_RemoteDesktopInEveryLanguage(t *testing.T) {
	for _, kind := range kinds {
		d := must(t, full(), kind)
		d.want("specialize", "TerminalServices-LocalSessionManager", "fDenyTSConnections", "false")
		d.want("specialize", "TerminalServices-RDP-WinStationExtensions", "UserAuthentication", "1")
		d.want("specialize", "Networking-MPSSVC-Svc", "FirewallGroups/FirewallGroup/Group", remoteDesktopGroup)
	}
}

func TestSection1_8_PagesOfTheFirstBoot(t *testing.T) {
	d := must(t, full(), Deploy)
	for _, page := range []string{"HideEULAPage", "HideLocalAccountScreen", "HideOEMRegistrationScreen", "HideOnlineAccountScreens", "HideWirelessSetupInOOBE"} {
		d.want("oobeSystem", "Shell-Setup", "OOBE/"+page, "true")
	}
	d.want("oobeSystem", "Shell-Setup", "OOBE/ProtectYourPC", "1")
	must(t, full(), Install).want("oobeSystem", "Shell-Setup", "OOBE/ProtectYourPC", "3")
	for value, text := range map[int]string{0: "", 1: "1", 2: "2", 3: "3", 4: ""} {
		cfg := full()
		cfg.ProtectYourPC = &value
		if text == "" {
			wantProblem(t, Check(cfg, Options{}), Error, "protect_your_pc", "1 (automatic updates)")
			continue
		}
		for _, kind := range kinds {
			must(t, cfg, kind).want("oobeSystem", "Shell-Setup", "OOBE/ProtectYourPC", text)
		}
	}
	for _, obsolete := range []string{"NetworkLocation", "SkipMachineOOBE", "SkipUserOOBE", "ShowWindowsLive"} {
		if d.has(obsolete) {
			t.Errorf("%s is obsolete", obsolete)
		}
	}
	must(t, server(), Install).want("oobeSystem", "Shell-Setup", "OOBE/HideLocalAccountScreen", "(none)")
	wantProblem(t, Check(server(), Options{}), Info, "administrator_password", "will ask")
}

func TestSection1_8_CopiesOfTheAnswerFileAreDeleted(t *testing.T) {
	for _, kind := range kinds {
		d := must(t, full(), kind)
		if d.file("clean.ps1") == nil || !strings.Contains(d.file("plan.json").Text(), `%windir%\\Panther\\unattend*.xml`) {
			t.Errorf("%v: nothing cleans up", kind)
		}
	}
	cfg := full()
	cfg.KeepAnswerFiles = true
	if must(t, cfg, Install).file("clean.ps1") != nil {
		t.Error("it cleans up although keep_answer_files is set")
	}
}

func TestSection1_9_CommunicatorComesLast(t *testing.T) {
	d := must(t, full(), Install)
	if d.file("winrm.ps1") == nil || d.file("openssh.ps1") == nil || d.file("close.ps1") != nil {
		t.Error("install: WinRM and OpenSSH are opened, nothing is closed")
	}
	finish := d.file("finish.ps1").Text()
	if wait, open := strings.Index(finish, "IMAGE_STATE_COMPLETE"), strings.Index(finish, "'openssh', 'winrm'"); wait < 0 || open < wait {
		t.Error("WinRM does not wait for the end of Setup")
	}
	d = must(t, full(), Deploy)
	if d.file("winrm.ps1") != nil || d.file("close.ps1") == nil {
		t.Error("deploy: WinRM is opened, or nothing is closed")
	}
	plan := d.file("plan.json").Text()
	if !strings.Contains(plan, `"packer"`) || !strings.Contains(plan, `"vagrant"`) || strings.Contains(plan, `"keeper"`) {
		t.Errorf("deploy removes the wrong users:\n%s", plan)
	}
	cfg := full()
	cfg.Deploy.KeepCommunicator = true
	if must(t, cfg, Deploy).file("close.ps1") != nil {
		t.Error("deploy closes although keep_communicator is set")
	}
}

func TestKinds_WhatStandsInWhich(t *testing.T) {
	install, deploy := must(t, full(), Install), must(t, full(), Deploy)
	install.want("specialize", "Shell-Setup", "ComputerName", "BUILD-01")
	deploy.want("specialize", "Shell-Setup", "ComputerName", "WEB-01")
	if deploy.component("windowsPE", "Setup") != nil {
		t.Error("deploy has a windowsPE pass")
	}
	install.want("specialize", "TCPIP", "Interfaces/Interface/Identifier", "Ethernet")
	deploy.want("specialize", "TCPIP", "Interfaces/Interface/Identifier", "00-15-5D-01-02-03")
	deploy.want("specialize", "TCPIP", "Interfaces/Interface/Routes/Route/Prefix", "0.0.0.0/0")
	for _, d := range []document{install, deploy} {
		d.want("specialize", "Shell-Setup", "TimeZone", "W. Europe Standard Time")
		d.want("oobeSystem", "International-Core", "UserLocale", "de-DE")
	}
	cfg := full()
	cfg.Deploy = nil
	must(t, cfg, Deploy).want("specialize", "Shell-Setup", "ComputerName", "*")
	r, err := Generate(cfg, Deploy, Options{Standalone: true, DeleteFiles: []string{`D:\own.xml`}})
	if err == nil {
		t.Error("a command of Windows PE is let through in a file of its own for clones")
	}
	cfg.Commands, cfg.Components, cfg.AutoLogon = nil, nil, nil
	r, err = Generate(cfg, Deploy, Options{Standalone: true, DeleteFiles: []string{`D:\own.xml`}})
	if err != nil {
		t.Fatal(err)
	}
	d := parse(t, r.XML)
	d.want("specialize", "Shell-Setup", "ComputerName", "BUILD-01")
	d.want("oobeSystem", "Shell-Setup", "UserAccounts/LocalAccounts/LocalAccount[1]/Name", "packer")
	if !strings.Contains(d.file("plan.json").Text(), `D:\\own.xml`) {
		t.Error("the file itself is not deleted")
	}
}

func TestFirstBoot_InBothFiles(t *testing.T) {
	cfg := server()
	cfg.FirstBoot = &FirstBoot{}
	for _, kind := range kinds {
		d := must(t, cfg, kind)
		if d.file(firstBootName) == nil || !d.has("first_boot.ps1}catch") {
			t.Errorf("%v: the check is not carried", kind)
		}
	}
	off := false
	cfg.FirstBoot.Enabled = &off
	if must(t, cfg, Install).file(firstBootName) != nil {
		t.Error("it is carried although it is not enabled")
	}
	cfg = Config{Release: "2022", Edition: "datacenter", Evaluation: "convert", FirstBoot: &FirstBoot{}}
	if must(t, cfg, Install).file(firstBootName) != nil || must(t, cfg, Deploy).file(firstBootName) == nil {
		t.Error("before the conversion there is nothing to check; after it there is")
	}
}

// Windows' network agent rejects Ipv6Settings/DhcpEnabled (status 0x78, AutomatedLab#1488).
func TestSection1_8_NoDhcpEnabledOfIPv6(t *testing.T) {
	const four, six = "Interfaces/Interface/Ipv4Settings/", "Interfaces/Interface/Ipv6Settings/"
	for _, c := range []struct {
		name                    string
		network                 Network
		dhcp4, metric4, metric6 string
		has6                    bool
	}{
		{"both", Network{Addresses: []string{"192.0.2.10/24", "2001:db8::10/64"}}, "false", "(none)", "(none)", false},
		{"IPv6 alone", Network{Addresses: []string{"2001:db8::10/64"}}, "(none)", "(none)", "(none)", false},
		{"IPv4 alone", Network{Addresses: []string{"192.0.2.10/24"}}, "false", "(none)", "(none)", false},
		{"both with a metric", Network{Addresses: []string{"192.0.2.10/24", "2001:db8::10/64"}, Metric: 7}, "false", "7", "7", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := server()
			cfg.Networks = []Network{c.network}
			d := must(t, cfg, Install)
			d.want("specialize", "TCPIP", four+"DhcpEnabled", c.dhcp4)
			d.want("specialize", "TCPIP", six+"DhcpEnabled", "(none)")
			d.want("specialize", "TCPIP", four+"Metric", c.metric4)
			d.want("specialize", "TCPIP", six+"Metric", c.metric6)
			if d.has("<Ipv6Settings>") != c.has6 {
				t.Errorf("Ipv6Settings stands there: %v, want %v", !c.has6, c.has6)
			}
		})
	}
}

// The name of an interface is a guess, and is said to be one.
func TestSection1_8_InterfaceThatIsGuessed(t *testing.T) {
	cfg := server()
	cfg.Networks = []Network{{DNSServers: []string{"192.0.2.53"}}}
	cfg.Deploy = &DeploySettings{Networks: cfg.Networks}
	ps := Check(cfg, Options{})
	wantProblem(t, ps, Info, "network.interface", "Ethernet0", "MAC address")
	wantProblem(t, ps, Info, "deploy.network.interface", "Ethernet0")
	for _, given := range []string{"Ethernet", "00-15-5D-01-02-03", Unknown} {
		cfg.Networks, cfg.Deploy = []Network{{Interface: given, DNSServers: []string{"192.0.2.53"}}}, nil
		for _, p := range Check(cfg, Options{}) {
			if p.Attribute == "network.interface" {
				t.Errorf("%s was given: %s", given, p)
			}
		}
	}
}

// A step has two hours, or what its timeout says, up to a day; the waits of the scripts end no step.
func TestSteps_Timeouts(t *testing.T) {
	cfg := server()
	cfg.Commands = []Command{{CommandLine: "a"}, {CommandLine: "b", Timeout: "1m"}}
	cfg.Scripts = []Script{{Content: "c", Timeout: "24h"}, {Content: "d", Stage: "setup_complete", Timeout: "90m"}}
	plan := must(t, cfg, Install).file("plan.json").Text()
	for _, n := range []int{120, 1, 1440, 90} {
		if !strings.Contains(plan, fmt.Sprintf(`"minutes": %d`+"\n", n)) {
			t.Errorf("no step has %d minutes:\n%s", n, plan)
		}
	}
}
