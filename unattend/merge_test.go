// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

const (
	setupName      = "Microsoft-Windows-Setup"
	shellName      = "Microsoft-Windows-Shell-Setup"
	deploymentName = "Microsoft-Windows-Deployment"
)

func runs(orders ...string) string {
	var b strings.Builder
	for _, o := range orders {
		b.WriteString(`<RunSynchronousCommand wcm:action="add"><Path>raw ` + o + `</Path>`)
		if o != "" {
			b.WriteString(`<Order>` + o + `</Order>`)
		}
		b.WriteString(`<WillReboot>Always</WillReboot></RunSynchronousCommand>`)
	}
	return "<RunSynchronous>" + b.String() + "</RunSynchronous>"
}

// Raw XML gets into every element that the file writes itself, in each pass and each kind of file.
func TestRawMerges(t *testing.T) {
	share := `<ImageInstall><OSImage><InstallFrom><Path>\\server\share\install.wim</Path><Credentials><Domain>CORP</Domain><Username>u</Username><Password>p</Password></Credentials></InstallFrom></OSImage></ImageInstall>`
	for _, c := range []struct {
		test, name, pass, xml string
		both                  bool // a clone's file has the component too
		want                  []string
	}{
		{"ProtectYourPC", shellName, "oobeSystem", "<OOBE><ProtectYourPC>2</ProtectYourPC></OOBE>", true, []string{"OOBE/ProtectYourPC is 2", "OOBE/HideEULAPage is true"}},
		{"VMModeOptimizations", shellName, "oobeSystem", "<OOBE><VMModeOptimizations><SkipNotifyUILanguageChange>true</SkipNotifyUILanguageChange></VMModeOptimizations></OOBE>", true,
			[]string{"OOBE/VMModeOptimizations/SkipNotifyUILanguageChange is true", "OOBE/HideEULAPage is true"}},
		{"DomainAccounts", shellName, "oobeSystem", `<UserAccounts><DomainAccounts><DomainAccountList wcm:action="add"><Domain>corp</Domain><DomainAccount wcm:action="add"><Name>ops</Name><Group>Administrators</Group></DomainAccount></DomainAccountList></DomainAccounts></UserAccounts>`, true,
			[]string{"UserAccounts/DomainAccounts/DomainAccountList/DomainAccount/Name is ops", "UserAccounts/AdministratorPassword/PlainText is false"}},
		{"another user", shellName, "oobeSystem", `<UserAccounts><LocalAccounts><LocalAccount wcm:action="add"><Name>raw</Name><Group>Users</Group></LocalAccount></LocalAccounts></UserAccounts>`, false,
			[]string{"UserAccounts/LocalAccounts/LocalAccount[1]/Name is packer", "UserAccounts/LocalAccounts/LocalAccount[2]/Name is keeper", "UserAccounts/LocalAccounts/LocalAccount[3]/Name is raw"}},
		{"an image from a share", setupName, "windowsPE", share, false, []string{`ImageInstall/OSImage/InstallFrom/Path is \\server\share\install.wim`, "ImageInstall/OSImage/InstallFrom/Credentials/Username is u",
			"ImageInstall/OSImage/InstallFrom/MetaData/Value is Windows Server 2022 SERVERDATACENTER", "ImageInstall/OSImage/InstallTo/DiskID is 0"}},
		{"a second image key", setupName, "windowsPE", `<ImageInstall><OSImage><InstallFrom><MetaData wcm:action="add"><Key>/IMAGE/DESCRIPTION</Key><Value>d</Value></MetaData></InstallFrom></OSImage></ImageInstall>`, false,
			[]string{"ImageInstall/OSImage/InstallFrom/MetaData[1]/Key is /IMAGE/NAME", "ImageInstall/OSImage/InstallFrom/MetaData[2]/Key is /IMAGE/DESCRIPTION"}},
		{"a leaf of a disk", setupName, "windowsPE", `<DiskConfiguration><Disk wcm:action="add"><DiskID>0</DiskID><ForceUseLegacy>true</ForceUseLegacy></Disk></DiskConfiguration>`, false,
			[]string{"DiskConfiguration/Disk/DiskID is 0", "DiskConfiguration/Disk/WillWipeDisk is true", "DiskConfiguration/Disk/ForceUseLegacy is true"}},
		{"a leaf of a partition", setupName, "windowsPE", `<DiskConfiguration><Disk wcm:action="add"><DiskID>0</DiskID><ModifyPartitions><ModifyPartition wcm:action="add"><Order>9</Order><PartitionID>1</PartitionID><Letter>S</Letter></ModifyPartition></ModifyPartitions></Disk></DiskConfiguration>`, false,
			[]string{"DiskConfiguration/Disk/ModifyPartitions/ModifyPartition[1]/Letter is S", "DiskConfiguration/Disk/ModifyPartitions/ModifyPartition[1]/Order is 1"}},
		{"another disk", setupName, "windowsPE", `<DiskConfiguration><Disk wcm:action="add"><DiskID>7</DiskID><WillWipeDisk>false</WillWipeDisk></Disk></DiskConfiguration>`, false,
			[]string{"DiskConfiguration/Disk[1]/DiskID is 0", "DiskConfiguration/Disk[2]/DiskID is 7"}},
		{"commands of Windows PE", setupName, "windowsPE", runs("5", "2"), false, []string{"RunSynchronous/RunSynchronousCommand[1]/Order is 1", "RunSynchronous/RunSynchronousCommand[2]/Order is 2", "RunSynchronous/RunSynchronousCommand[2]/Path is raw 2",
			"RunSynchronous/RunSynchronousCommand[2]/WillReboot is Always", "RunSynchronous/RunSynchronousCommand[3]/Path is raw 5", "RunSynchronous/RunSynchronousCommand[3]/Order is 3"}},
		{"commands without an order", setupName, "windowsPE", runs(""), false, []string{"RunSynchronous/RunSynchronousCommand[2]/Order is 2"}},
		{"commands of the logon", shellName, "oobeSystem", `<LogonCommands><AsynchronousCommand wcm:action="add"><CommandLine>raw</CommandLine><Order>1</Order></AsynchronousCommand></LogonCommands>`, false,
			[]string{"LogonCommands/AsynchronousCommand[1]/Order is 1", "LogonCommands/AsynchronousCommand[2]/CommandLine is raw", "LogonCommands/AsynchronousCommand[2]/Order is 2"}},
		{"commands of the first logon", shellName, "oobeSystem", `<FirstLogonCommands><SynchronousCommand wcm:action="add"><CommandLine>raw</CommandLine><Order>1</Order></SynchronousCommand></FirstLogonCommands>`, false,
			[]string{"FirstLogonCommands/SynchronousCommand[1]/Order is 1", "FirstLogonCommands/SynchronousCommand[2]/CommandLine is raw", "FirstLogonCommands/SynchronousCommand[2]/Order is 2"}},
		{"drivers", "Microsoft-Windows-PnpCustomizationsWinPE", "windowsPE", `<DriverPaths><PathAndCredentials wcm:action="add" wcm:keyValue="1"><Path>\\server\drivers</Path><Credentials><Domain>d</Domain><Username>u</Username><Password>p</Password></Credentials></PathAndCredentials></DriverPaths>`, false,
			[]string{`DriverPaths/PathAndCredentials[3]/Path is \\server\drivers`, "DriverPaths/PathAndCredentials[3]/Credentials/Username is u", `DriverPaths/PathAndCredentials[@wcm:keyValue='3']/Path is \\server\drivers`}},
		{"a route", "Microsoft-Windows-TCPIP", "specialize", `<Interfaces><Interface wcm:action="add"><Identifier>Ethernet</Identifier><Routes><Route wcm:action="add"><Identifier>0</Identifier><Prefix>10.0.0.0/8</Prefix></Route></Routes></Interface></Interfaces>`, false,
			[]string{"Interfaces/Interface/Routes/Route[3]/Identifier is 2", "Interfaces/Interface/Routes/Route[3]/Prefix is 10.0.0.0/8"}},
		{"another name server", "Microsoft-Windows-DNS-Client", "specialize", `<Interfaces><Interface wcm:action="add"><Identifier>Ethernet</Identifier><DNSServerSearchOrder><IpAddress wcm:action="add" wcm:keyValue="1">192.0.2.99</IpAddress></DNSServerSearchOrder></Interface></Interfaces>`, false,
			[]string{"Interfaces/Interface/DNSServerSearchOrder/IpAddress[1] is 192.0.2.53", "Interfaces/Interface/DNSServerSearchOrder/IpAddress[@wcm:keyValue='2'] is 192.0.2.99"}},
		{"firewall groups", "Networking-MPSSVC-Svc", "specialize", `<FirewallGroups><FirewallGroup wcm:action="add" wcm:keyValue="RemoteDesktop"><Active>true</Active><Group>@FirewallAPI.dll,-28502</Group></FirewallGroup></FirewallGroups>`, true,
			[]string{"FirewallGroups/FirewallGroup[1]/Group is @FirewallAPI.dll,-28752", "FirewallGroups/FirewallGroup[@wcm:keyValue='1']/Group is @FirewallAPI.dll,-28502"}},
		{"a leaf beside those that are there", shellName, "specialize", "<CopyProfile>true</CopyProfile>", true, []string{"CopyProfile is true"}},
		{"a leaf of the join", "Microsoft-Windows-UnattendedJoin", "specialize", "<Identification><DebugJoin>true</DebugJoin></Identification>", true, []string{"Identification/DebugJoin is true"}},
		{"another pass", "Microsoft-Windows-PnpSysprep", "generalize", "<PersistAllDeviceInstalls>true</PersistAllDeviceInstalls>", true, []string{"PersistAllDeviceInstalls is true"}},
	} {
		for _, kind := range kinds {
			if kind == Deploy && !c.both {
				continue
			}
			t.Run(c.test+" "+kind.String(), func(t *testing.T) {
				cfg := full()
				cfg.Components = []Component{{Name: c.name, Pass: c.pass, XML: c.xml, For: "both"}}
				if !c.both {
					cfg.Components[0].For = "install"
				}
				d := must(t, cfg, kind)
				for _, w := range c.want {
					path, value, _ := strings.Cut(w, " is ")
					d.want(c.pass, c.name, path, value)
				}
			})
		}
	}
}

// A setting that the file has is a conflict, which names what to use.
func TestRawConflicts(t *testing.T) {
	one := 1
	for _, c := range []struct{ test, name, pass, xml, says string }{
		{"what is always set", shellName, "oobeSystem", "<OOBE><HideEULAPage>false</HideEULAPage></OOBE>", "OOBE/HideEULAPage stands in this component already. The file always sets it; leave it out."},
		{"protect_your_pc is set", shellName, "oobeSystem", "<OOBE><ProtectYourPC>2</ProtectYourPC></OOBE>", "what protect_your_pc is for"},
		{"the same value", setupName, "windowsPE", "<UserData><FullName>Jörg</FullName></UserData>", "what owner is for"},
		{"image", setupName, "windowsPE", `<ImageInstall><OSImage><InstallFrom><MetaData wcm:action="add"><Key>/IMAGE/INDEX</Key><Value>2</Value></MetaData></InstallFrom></OSImage></ImageInstall>`, "MetaData/Key, ImageInstall/OSImage/InstallFrom/MetaData/Value stands in this component already. It is what image_name or image_index is for"},
		{"disk", setupName, "windowsPE", `<DiskConfiguration><Disk wcm:action="add"><DiskID>0</DiskID><WillWipeDisk>false</WillWipeDisk></Disk></DiskConfiguration>`, "what disk is for"},
		{"partition", setupName, "windowsPE", `<DiskConfiguration><Disk wcm:action="add"><DiskID>0</DiskID><ModifyPartitions><ModifyPartition wcm:action="add"><Order>1</Order><PartitionID>1</PartitionID><Label>x</Label></ModifyPartition></ModifyPartitions></Disk></DiskConfiguration>`, "what partition is for"},
		{"user", shellName, "oobeSystem", `<UserAccounts><LocalAccounts><LocalAccount wcm:action="add"><Name>PACKER</Name><Password><Value>x</Value><PlainText>true</PlainText></Password></LocalAccount></LocalAccounts></UserAccounts>`, "what user is for"},
		{"password", shellName, "oobeSystem", "<UserAccounts><AdministratorPassword><Value>x</Value><PlainText>true</PlainText></AdministratorPassword></UserAccounts>", "what administrator_password is for"},
		{"firewall", "Networking-MPSSVC-Svc", "specialize", `<FirewallGroups><FirewallGroup wcm:action="add" wcm:keyValue="1"><Active>false</Active><Group>@FirewallAPI.dll,-28752</Group></FirewallGroup></FirewallGroups>`, "what rdp is for"},
		{"a group where a value is", shellName, "specialize", "<TimeZone><A>1</A></TimeZone>", "what time_zone is for"},
		{"a value where a group is", setupName, "windowsPE", "<UserData>x</UserData>", "UserData stands in this component already"},
		{"case", strings.ToUpper(shellName), "specialize", "<timezone>UTC</timezone>", "what time_zone is for"},
	} {
		t.Run(c.test, func(t *testing.T) {
			cfg := full()
			cfg.ProtectYourPC = &one
			cfg.Components = []Component{{Name: c.name, Pass: c.pass, XML: c.xml}}
			ps := Check(cfg, Options{})
			wantProblem(t, ps, Error, "component.xml", c.says)
			if n := len(ps.Only(Error)); n != 1 {
				t.Errorf("%d errors, want one: %v", n, ps)
			}
			if _, err := Generate(cfg, Install, Options{}); err == nil {
				t.Error("it is written all the same")
			}
		})
	}
	cfg := full()
	cfg.Deploy.Components = []Component{{Name: shellName, Pass: "specialize", XML: "<ComputerName>X</ComputerName>"}}
	wantProblem(t, Check(cfg, Options{}), Error, "deploy.component.xml", "what deploy.computer_name is for")
	cfg = server()
	cfg.ComputerName, cfg.Components = "A", []Component{{Name: shellName, Pass: "specialize", XML: "<ComputerName>X</ComputerName>"}}
	wantProblem(t, Check(cfg, Options{Standalone: true}), Error, "component.xml", "what computer_name is for")
}

// Two blocks of one component merge as well.
func TestRawBlocksMerge(t *testing.T) {
	cfg := server()
	cfg.Components = []Component{{Name: deploymentName, Pass: "auditUser", XML: runs("4", "1")}, {Name: strings.ToLower(deploymentName), Pass: "auditUser", XML: runs("3", "2") + "<Reseal><Mode>OOBE</Mode></Reseal>"}}
	d := must(t, cfg, Install)
	var got []string
	for _, e := range d.component("auditUser", deploymentName).FindElements("RunSynchronous/RunSynchronousCommand") {
		got = append(got, e.SelectElement("Path").Text()+" at "+e.SelectElement("Order").Text())
	}
	if strings.Join(got, ", ") != "raw 4 at 4, raw 1 at 1, raw 2 at 5, raw 3 at 6" {
		t.Errorf("the commands are %v", got)
	}
	cfg.Components[0].XML += "<Reseal><Mode>Audit</Mode></Reseal>"
	wantProblem(t, Check(cfg, Options{}), Error, "component[1].xml", "Reseal/Mode", "component[0].xml sets it too")
	cfg.Components = []Component{{Name: shellName, Pass: "oobeSystem", XML: "<OOBE><X>1</X><X>2</X></OOBE>"}}
	wantProblem(t, Check(cfg, Options{}), Error, "component.xml", "OOBE/X", "gives it twice")
	cfg.Components = []Component{{Name: shellName, Pass: "oobeSystem", XML: "<OOBE><ProtectYourPC>2</ProtectYourPC></OOBE>"}, {Name: shellName, Pass: "oobeSystem", XML: "<OOBE><ProtectYourPC>3</ProtectYourPC></OOBE>"}}
	wantProblem(t, Check(cfg, Options{}), Error, "component[1].xml", "component[0].xml sets it too")
	cfg.Components = []Component{{Name: deploymentName, Pass: "auditUser", XML: runs("499")}, {Name: deploymentName, Pass: "auditUser", XML: runs("1")}}
	if ps := Check(cfg, Options{}); ps.HasErrors() {
		t.Errorf("the 500th place is refused: %v", ps)
	}
	cfg.Components[1].XML = runs("1", "2")
	wantProblem(t, Check(cfg, Options{}), Error, "component[1].xml", "would have the order 501", "500 is the last")
}

// Each attribute that is to be used instead is named, and items of one block go by their order, those without one last.
func TestRawConflictsAndPlaces(t *testing.T) {
	cfg := raw(shellName, "specialize", "<RegisteredOwner>a</RegisteredOwner><TimeZone>UTC</TimeZone><RegisteredOrganization>b</RegisteredOrganization>")
	cfg.Owner, cfg.Organization = "o", "p"
	ps := Check(cfg, Options{}).Only(Error)
	for _, use := range []string{"owner", "time_zone", "organization"} {
		wantProblem(t, ps, Error, "component.xml", "what "+use+" is for")
	}
	if len(ps) != 3 {
		t.Errorf("%d errors, want 3: %v", len(ps), ps)
	}
	cfg = raw(setupName, "windowsPE", runs("", "2"))
	cfg.Commands = []Command{{Stage: "windowspe", CommandLine: "own"}}
	var got []string
	for _, e := range must(t, cfg, Install).component("windowsPE", setupName).FindElements("RunSynchronous/RunSynchronousCommand/Path") {
		got = append(got, e.Text())
	}
	if strings.Join(got, ",") != "own,raw 2,raw " {
		t.Errorf("the commands are %q", got)
	}
	cfg = raw("Microsoft-Windows-TCPIP", "specialize", `<Interfaces><Interface wcm:action="add"><Identifier>Ethernet</Identifier><Routes><Route wcm:action="add"><Identifier>7</Identifier><Prefix>10.0.0.0/8</Prefix></Route></Routes></Interface></Interfaces>`)
	cfg.Networks = []Network{{Addresses: []string{"192.0.2.10/24"}, Gateways: []string{"192.0.2.1"}}}
	must(t, cfg, Install).want("specialize", "TCPIP", "Interfaces/Interface/Routes/Route[2]/Identifier", "1")
	g := merger{w: &writer{m: &model{}}, component: shellName}
	for path, want := range map[string]string{"TimeZone": "time_zone", "timezone": "time_zone", "TimeZoneOffset": "", "AutoLogon/Password/Value": "auto_logon", "AutoLogonCount": "", "OOBE": ""} {
		if got := g.attribute(path); got != want {
			t.Errorf("%s is what %q sets, want %q", path, got, want)
		}
	}
}

// Whatever value the file writes, giving it a second time is refused with the attribute that sets it: the table of
// attributes has no gap. What no attribute sets is listed here.
func TestRawConflictsNameAnAttribute(t *testing.T) {
	always := map[string]bool{"AcceptEula": true, "WillShowUI": true, "HideEULAPage": true, "HideOEMRegistrationScreen": true, "HideOnlineAccountScreens": true, "HideWirelessSetupInOOBE": true}
	named := map[string]bool{}
	for _, kind := range kinds {
		cfg := full()
		cfg.Components = nil
		d := must(t, cfg, kind)
		for _, leaf := range d.root.FindElements("settings//*") {
			if hasChildren(leaf) || isItem(leaf) || strings.TrimSpace(leaf.Text()) == "" {
				continue
			}
			g := merger{w: &writer{m: &model{kind: kind}}}
			path := leaf.Tag
			for e := leaf.Parent(); e.Tag != "component"; e = e.Parent() {
				path = e.Tag + "/" + path
			}
			for e := leaf; e.Tag != "unattend"; e = e.Parent() {
				g.component = e.SelectAttrValue("name", g.component)
			}
			use := g.attribute(path)
			if (use == "") != always[leaf.Tag] {
				t.Errorf("%v: %s %s: the attribute is %q", kind, g.component, path, use)
			}
			named[strings.TrimPrefix(use, "deploy.")] = true
		}
	}
	if len(named) < 20 {
		t.Errorf("only %d attributes: %v", len(named), named)
	}
	for _, a := range attributes {
		if a.path != "" && schema.Find("Microsoft-Windows-"+a.component, a.path) == nil && schema.Find(a.component, a.path) == nil {
			t.Errorf("%s has no %s", a.component, a.path)
		}
	}
}
