// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldens are configurations that people use; their shapes are those of public answer files for Packer.
var goldens = map[string]Config{
	"minimal":    {Release: "2022", Edition: "datacenter"},
	"everything": full(),
	"hyperv-gen2-winrm-https": {
		Release: "2025", Edition: "datacenter", ComputerName: "BUILD", AdministratorPassword: "P@ssw0rd", TimeZone: "UTC",
		AutoLogon: &AutoLogon{}, WinRM: &WinRM{}, RDP: &RDP{}, DisableServerManager: true,
	},
	"vsphere-pvscsi": {
		Release: "2019", Edition: "standard", AdministratorPassword: "P@ssw0rd", DriverPaths: []string{`E:\Program Files\VMware\VMware Tools\Drivers\pvscsi\Win10\amd64`, `E:\Program Files\VMware\VMware Tools\Drivers\vmxnet3\Win10`},
		AutoLogon: &AutoLogon{}, WinRM: &WinRM{Protocol: "http"},
		Commands: []Command{{CommandLine: `E:\setup64.exe /s /v "/qb REBOOT=R"`, Description: "VMware Tools", Order: new(1)}},
	},
	"qemu-virtio": {
		Release: "2025", Edition: "standard", ImageIndex: new(2), Owner: "Vagrant", Organization: "Vagrant", AdministratorPassword: "vagrant",
		DriverPaths: []string{`E:\viostor\2k25\amd64`, `E:\NetKVM\2k25\amd64`, `E:\Balloon\2k25\amd64`, `E:\vioscsi\2k25\amd64`, `E:\vioserial\2k25\amd64`},
		Users:       []User{{Name: "vagrant", Password: "vagrant", DisplayName: "Vagrant", Groups: []string{"Administrators"}, Keep: true}},
		AutoLogon:   &AutoLogon{Username: "vagrant"}, OpenSSH: &OpenSSH{},
		Components: []Component{{Name: "Microsoft-Windows-LUA-Settings", Pass: "offlineServicing", XML: "<EnableLUA>false</EnableLUA>"}},
	},
	"bios-2012r2": {
		Release: "2012 R2", Edition: "standard", Firmware: "bios", AdministratorPassword: "Passw0rd",
		AutoLogon: &AutoLogon{Count: new(5)}, WinRM: &WinRM{Protocol: "http"}, Disks: []Disk{{SystemSize: new(350)}},
	},
	"server-core":     {Release: "2022", Edition: "datacenter-core", AdministratorPassword: "P@ssw0rd", WinRM: &WinRM{}},
	"evaluation-keep": {Release: "2022", Edition: "standard", Evaluation: "keep", AdministratorPassword: "vagrant", WinRM: &WinRM{}},
	"evaluation-convert": {
		Release: "2025", Edition: "datacenter", Evaluation: "convert", ImageName: "Windows Server 2025 SERVERDATACENTER", AdministratorPassword: "vagrant", WinRM: &WinRM{},
	},
	"azure-edition":   {Release: "2022", Edition: "datacenter-azure-edition", ImageIndex: new(2), AdministratorPassword: "P@ssw0rd"},
	"essentials-2019": {Release: "2019", Edition: "essentials", Organization: "Example Ltd", TimeZone: "GMT Standard Time", UserLocale: "en-GB", AdministratorPassword: "P@ssw0rd"},
	"gvlk":            {Release: "2016", Edition: "datacenter", Channel: "gvlk", SetupKey: "gvlk", AdministratorPassword: "P@ssw0rd"},
	"domain-joined": {
		Release: "2022", Edition: "datacenter", AdministratorPassword: "P@ssw0rd", WinRM: &WinRM{}, Users: []User{{Name: "packer", Password: "packer", Groups: []string{"Administrators"}}},
		Deploy: &DeploySettings{
			ComputerName: "WEB-01", Domain: &Domain{Name: "corp.example.com", Username: "joiner@corp.example.com", Password: "J0in", OU: "OU=Web,OU=Servers,DC=corp,DC=example,DC=com"},
			Networks: []Network{{Addresses: []string{"192.0.2.20/24"}, Gateways: []string{"192.0.2.1"}, DNSServers: []string{"192.0.2.53", "192.0.2.54"}}},
		},
	},
	"static-network": {
		Release: "2022", Edition: "standard", AdministratorPassword: "P@ssw0rd", WinRM: &WinRM{},
		Networks: []Network{{Interface: "00-15-5D-01-02-03", Addresses: []string{"192.0.2.10/24", "2001:db8::10/64"}, Gateways: []string{"192.0.2.1", "2001:db8::1"}, DNSServers: []string{"192.0.2.53", "2001:db8::53"}, DNSSuffix: "example.com", Metric: 10}},
	},
	"german": {
		Release: "2022", Edition: "standard", UILanguage: "de-DE", InputLocale: "0407:00000407", TimeZone: "W. Europe Standard Time", Organization: "Bäckerei Müller", Owner: "Jürgen",
		AdministratorPassword: "Gehe!m äöü", RDP: &RDP{DisableNLA: true},
	},
	"own-partitions": {
		Release: "2022", Edition: "datacenter", AdministratorPassword: "P@ssw0rd",
		Disks: []Disk{
			{Partitions: []Partition{{Type: "efi", Size: new(300), Label: "System"}, {Type: "msr", Size: new(16)}, {Size: new(60000), Windows: true, Label: "Windows"}, {Size: new(700), Label: "WinRE", TypeID: recoveryGPT}, {Extend: true, Label: "Logs", Letter: "L"}}},
			{Label: "Data"},
		},
	},
	"plain-passwords-recovery": {
		Release: "2019", Edition: "datacenter", AdministratorPassword: "P@ssw0rd & <more>", PlainPasswords: true, Disks: []Disk{{WindowsSize: 61440, RecoverySize: 600}},
	},
	"first-boot": {Release: "2025", Edition: "standard-core", AdministratorPassword: "P@ssw0rd", FirstBoot: &FirstBoot{ExpectedHosts: []string{"hv-01"}, Deadline: "1h"}},
	"scripts": {
		Release: "2022", Edition: "datacenter", AdministratorPassword: "P@ssw0rd", AutoLogon: &AutoLogon{},
		Scripts: []Script{
			{Name: "early.ps1", Stage: "specialize", Content: "Set-Content C:\\early.txt 'a & b < c'\n"}, {Name: "done.cmd", Stage: "setup_complete", Content: "@echo off\necho done\n"},
			{Name: "gruss.ps1", Content: "Write-Output 'Grüße & <Küsse>'\n"},
		},
	},
}

func TestGolden(t *testing.T) {
	for name, cfg := range goldens {
		for _, kind := range kinds {
			t.Run(name+"-"+kind.String(), func(t *testing.T) {
				r, err := Generate(cfg, kind, Options{})
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join("testdata", "golden", name+"-"+kind.String()+".xml")
				if *update {
					if err := os.WriteFile(file, r.XML, 0o600); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatalf("%v: run go test ./unattend -run TestGolden -update", err)
				}
				if diff := cmp.Diff(string(want), string(r.XML)); diff != "" {
					t.Errorf("%s differs (-want +got); if that is meant, run go test ./unattend -run TestGolden -update:\n%s", file, diff)
				}
			})
		}
	}
}

func TestGenerate_SameBytes(t *testing.T) {
	for name, cfg := range goldens {
		for _, kind := range kinds {
			a, _ := Generate(cfg, kind, Options{})
			b, _ := Generate(cfg, kind, Options{})
			if string(a.XML) != string(b.XML) {
				t.Errorf("%s, %v: two files of the same configuration differ", name, kind)
			}
		}
	}
}
