// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclparse"
)

// A number that is given as 0 is not one that is left out.
func TestZeroIsNotAbsent(t *testing.T) {
	const base = "release = \"2022\"\nedition = \"datacenter\"\nadministrator_password = \"Secret-1\"\n"
	for _, c := range []struct{ hcl, attribute, says string }{
		{"disk { id = 0 }\ndisk { id = 0 }", "disk[1].id", "disk 0 stands twice"},
		{"disk {}\ndisk { id = 0 }", "disk[1].id", "disk 0 stands twice"},
		{"disk { id = -1 }", "disk.id", "-1 is below 0"},
		{"image_index = 0", "image_index", "0 is below 1"},
		{"image_index = 0\nimage_name = \"x\"", "image_index", "chosen twice"},
		{"auto_logon { count = 0 }", "auto_logon.count", "0 is below 1"},
		{"disk { efi_size = 0 }", "disk.efi_size", "0 MB are too few"},
		{"disk { msr_size = 0 }", "disk.msr_size", "0 MB are too few"},
		{"firmware = \"bios\"\ndisk { system_size = 0 }", "disk.system_size", "0 MB are too few"},
		{"disk {\n efi_size = 0\n partition {\n extend = true\n }\n}", "disk.efi_size", "usual layout"},
		{"disk {\n partition {\n size = 0\n }\n}", "disk.partition.size", "0 MB are none"},
		{"disk {\n partition {\n size = 0\n extend = true\n }\n}", "disk.partition.extend", "beside size"},
		{"winrm { port = 0 }", "winrm.port", "0 is not a port"},
		{"openssh { port = 0 }", "openssh.port", "0 is not a port"},
		{"command {\n command_line = \"x\"\n order = 0\n}", "command.order", "0 is out of range"},
		{"script {\n content = \"x\"\n order = 0\n}", "script.order", "0 is out of range"},
		{"deploy {\n command {\n command_line = \"x\"\n order = 0\n }\n}", "deploy.command.order", "0 is out of range"},
	} {
		t.Run(strings.ReplaceAll(c.hcl, "\n", " "), func(t *testing.T) {
			cfg, err := fromHCL(t, base+c.hcl)
			if err != nil {
				t.Fatal(err)
			}
			wantProblem(t, Check(cfg, Options{}), Error, c.attribute, c.says)
		})
	}
	// Where the documentation says what 0 means, it means that.
	cfg, err := fromHCL(t, base+"disk {\n id = 0\n windows_size = 0\n recovery_size = 0\n}\nnetwork {\n dns_servers = [\"192.0.2.53\"]\n metric = 0\n}\n")
	if err != nil {
		t.Fatal(err)
	}
	if ps := Check(cfg, Options{}); ps.HasErrors() {
		t.Error(list(ps))
	}
}

// Null is what Packer hands over for an attribute that is left out, and what a variable without a value gives.
func TestNullIsAbsent(t *testing.T) {
	f, diags := hclparse.NewParser().ParseHCL([]byte("release = \"2022\"\nedition = \"datacenter\"\nimage_index = null\ndisk { id = null }\ndisk {}\n"), "test.hcl")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	v, diags := hcldec.Decode(f.Body, hcldec.ObjectSpec((&Config{}).FlatMapstructure().HCL2Spec()), &hcl.EvalContext{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	cfg, err := Decode(v)
	if err != nil {
		t.Fatal(err)
	}
	d := must(t, cfg, Install)
	d.want("windowsPE", "Setup", "DiskConfiguration/Disk[1]/DiskID", "0")
	d.want("windowsPE", "Setup", "DiskConfiguration/Disk[2]/DiskID", "1")
	d.want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Key", "/IMAGE/NAME")
}
