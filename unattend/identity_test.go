// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

func TestIdentityIsRequired(t *testing.T) {
	for _, c := range []struct{ release, edition, at, want string }{
		{"", "datacenter", "release", "it is required"},
		{"2022", "", "edition", "it is required"},
		{Unknown, "", "edition", "it is required"},
		{Unknown, "nonsense", "edition", ""},
		{"2022", Unknown, "release", ""},
		{"2022", "datacenter", "release", ""},
		{"nonsense", "datacenter", "release", "not a Windows Server"},
		{"2022", "nonsense", "edition", "not a Windows Server"},
	} {
		cfg := Config{Release: c.release, Edition: c.edition}
		wantSaid(t, c.release+" "+c.edition, cfg, c.at, c.want)
		if got := said(cfg, ""); strings.Contains(got, "\n") {
			t.Errorf("%q %q: more than one thing is said:\n%s", c.release, c.edition, got)
		}
	}
}

// A value that is none is said once, and the rest is held against the default.
func TestWrongWordIsSaidOnce(t *testing.T) {
	cfg := server()
	cfg.Firmware, cfg.Disks = "efi", []Disk{{EFISize: new(300)}}
	if got := said(cfg, ""); !strings.HasPrefix(got, "firmware") || strings.Contains(got, "\n") {
		t.Errorf("it says %s", got)
	}
}

// Where nothing can be said of Setup's key yet, or it has been said, there is nothing about it.
func TestSetupKeyWithoutIdentity(t *testing.T) {
	for _, cfg := range []Config{{Release: Unknown, Edition: "datacenter"}, {Release: "2022", Edition: "ServerDatacenterEval"}} {
		for _, p := range Check(cfg, Options{}) {
			if p.Attribute == "setup_key" {
				t.Errorf("%s %s: %s", cfg.Release, cfg.Edition, p)
			}
		}
	}
}

// The key of a release that Microsoft's list does not name is inferred, and said to be.
func TestInferredKey(t *testing.T) {
	for release, want := range map[string]string{"20H2": "the key for version 20H2 is inferred", "2022": ""} {
		cfg := Config{Release: release, Edition: "datacenter-core"}
		wantSaid(t, release, cfg, "release", want)
	}
}

// What is wrong with one of the two files keeps the other from being written, too; alone, it does not.
func TestBothFilesOrNone(t *testing.T) {
	clone, build := server(), server()
	clone.Deploy = &DeploySettings{RemoveUsers: []string{"Administrator"}}
	build.AdministratorPassword, build.AutoLogon = "P", &AutoLogon{Username: "nobody"}
	for _, kind := range kinds {
		for name, cfg := range map[string]Config{"clone's": clone, "build's": build} {
			if _, err := Generate(cfg, kind, Options{}); err == nil {
				t.Errorf("%v is written although the %s file is wrong", kind, name)
			}
		}
	}
	if _, err := Generate(build, Deploy, Options{Standalone: true}); err != nil {
		t.Errorf("a clone's file alone: %v", err)
	}
	cfg := server()
	cfg.Commands = []Command{{Stage: "windowspe", CommandLine: "x"}}
	if ps := Check(cfg, Options{Standalone: true}); !ps.HasErrors() {
		t.Error("Windows PE runs on a clone")
	}
}

// A raw component is held against the rest of the file only where that is right.
func TestConflictsComeLast(t *testing.T) {
	cfg := raw(shellName, "specialize", "<TimeZone>UTC</TimeZone>")
	wantSaid(t, "alone", cfg, "", "component.xml TimeZone stands in this component already")
	cfg.ComputerName = "web.01"
	if got := said(cfg, ""); !strings.HasPrefix(got, "computer_name") || strings.Contains(got, "\n") {
		t.Errorf("it says %s", got)
	}
}

func TestConversionOfEvaluations(t *testing.T) {
	for _, c := range []struct{ evaluation, edition, at, want string }{
		{"convert", "standard-core", "evaluation", "can only become Datacenter"},
		{"convert", "standard", "evaluation", ""},
		{"convert", "datacenter-core", "evaluation", ""},
		{"keep", "standard-core", "evaluation", ""},
		{"convert", "ServerStandardEval", "evaluation", ""},
		{"none", "ServerStandardEval", "evaluation", "is an evaluation edition"},
		{"keep", "datacenter", "release", ""},
	} {
		wantSaid(t, c.evaluation+" "+c.edition, Config{Release: "2022", Edition: c.edition, Evaluation: c.evaluation}, c.at, c.want)
	}
	// What a Standard evaluation of Server Core becomes takes the key of that.
	cfg := Config{Release: "2022", Edition: "standard-core", Evaluation: "convert", ProductKey: avma2022DC}
	wantSaid(t, "the key of Datacenter", cfg, "product_key", "")
	cfg.Edition = "standard"
	wantSaid(t, "the key of Datacenter for Standard", cfg, "product_key", "not of 2022 Standard")
}

// The key that the file has is the catalogue's where it is in it, and public; another one is the user's secret.
func TestKeyOfTheFile(t *testing.T) {
	for _, c := range []struct {
		name, key, notice string
		cfg               Config
		sensitive         bool
	}{
		{"from the catalogue", avma2022DC, "", Config{Release: "2022", Edition: "datacenter"}, false},
		{"from the catalogue, given", gvlk2022DC, "", Config{Release: "2022", Edition: "datacenter", ProductKey: gvlk2022DC}, false},
		{"of a KMS client", gvlk2022DC, "", Config{Release: "2022", Edition: "datacenter", Channel: "gvlk"}, false},
		{"of the user", "", "the key is not in the catalogue", Config{Release: "2022", Edition: "datacenter", ProductKey: unlistedKey}, true},
		{"of an evaluation", "", "", Config{Release: "2022", Edition: "datacenter", Evaluation: "keep"}, false},
		{"not known", "", "", Config{Release: "2022", Edition: "datacenter", ProductKey: Unknown}, false},
		{"of a release that is not known", "", "", Config{Release: Unknown, Edition: "datacenter", ProductKey: avma2022DC}, false},
	} {
		r, err := Generate(c.cfg, Install, Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if r.Key.Key != c.key || r.Sensitive != c.sensitive {
			t.Errorf("%s: the key is %q, sensitive %v; want %q, %v", c.name, r.Key.Key, r.Sensitive, c.key, c.sensitive)
		}
		var noticed []string
		for _, p := range r.Notices {
			if p.Attribute == "product_key" || p.Attribute == "release" {
				noticed = append(noticed, p.Summary)
			}
		}
		if got := strings.Join(noticed, ", "); got != c.notice {
			t.Errorf("%s: the notices are %q, want %q", c.name, got, c.notice)
		}
	}
	cfg := Config{Release: "2022", Edition: "datacenter", Evaluation: "convert", ProductKey: unlistedKey}
	for _, kind := range kinds {
		r, err := Generate(cfg, kind, Options{})
		if err != nil || r.Sensitive != (kind == Deploy) || strings.Contains(string(r.XML), unlistedKey) != (kind == Deploy) {
			t.Errorf("%v of a conversion: sensitive %v, %v", kind, r.Sensitive, err)
		}
	}
}

func TestImageNames(t *testing.T) {
	for _, c := range []struct{ name, image, want string }{
		{"none", "", ""},
		{"the image of the edition", "Windows Server 2022 SERVERDATACENTER", ""},
		{"in another case", "windows server 2022 serverdatacenter", ""},
		{"a name that nobody knows", "My own image", ""},
		{"not known", Unknown, ""},
		{"blank", " ", "it is blank"},
		{"of another edition", "Windows Server 2022 SERVERSTANDARD", "it is an image of Windows Server 2022 Standard"},
		{"of another release", "Windows Server 2019 SERVERDATACENTER", "it is an image of Windows Server 2019 Datacenter"},
		{"as Setup displays it", "Windows Server 2022 Datacenter (Desktop Experience)", "the name that Setup displays"},
		{"of an evaluation", "Windows Server 2022 Datacenter Evaluation (Desktop Experience)", "which takes no product key"},
	} {
		cfg := server()
		cfg.ImageName = c.image
		wantSaid(t, c.name, cfg, "image_name", c.want)
	}
	azure := Config{Release: "2022", Edition: "datacenter-azure-edition", ImageName: "Windows Server 2022 Datacenter: Azure Edition (Desktop Experience)"}
	wantSaid(t, "an image whose name is not known", azure, "image_name", "")
	azure.ImageName = ""
	wantSaid(t, "no image", azure, "image_name", "Setup will ask which image to install")
	if r, err := Generate(azure, Deploy, Options{}); err != nil || strings.Contains(list(r.Notices), "image_name") {
		t.Errorf("a clone installs an image: %v %s", err, list(r.Notices))
	}
	azure.ImageIndex = new(1)
	wantSaid(t, "an image by its index", azure, "image", "")
	cfg := server()
	cfg.ImageName, cfg.Evaluation = "Windows Server 2022 Datacenter Evaluation (Desktop Experience)", "keep"
	if got := said(cfg, "image_name"); strings.Contains(got, "takes no product key") {
		t.Errorf("of an evaluation that is kept: %s", got)
	}
	cfg = Config{Release: Unknown, Edition: "datacenter", ImageName: "Windows Server 2019 SERVERSTANDARD"}
	wantSaid(t, "of a release that is not known", cfg, "image_name", "")
	must(t, cfg, Install).want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Value", cfg.ImageName)
	cfg = Config{Release: Unknown, Edition: "datacenter"}
	must(t, cfg, Install).want("windowsPE", "Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Value", "(none)")
}

// The comment at the top says which file it is.
func TestTitleOfTheFile(t *testing.T) {
	for want, cfg := range map[string]Config{
		"<!-- Windows Server 2022 Datacenter, licensed media (no evaluation), install file": server(),
		"<!-- Windows Server 2022 Datacenter (Server Core), evaluation, install file":       {Release: "2022", Edition: "datacenter-core", Evaluation: "keep"},
		"<!-- Windows Server 2022 Standard, evaluation, install file":                       {Release: "2022", Edition: "ServerStandardEval", Evaluation: "convert"},
		"<!-- Windows Server 2022 Datacenter, install file":                                 {Release: "2022", Edition: "datacenter", SetupKey: "none"},
		"<!-- Windows Server, install file":                                                 {Release: Unknown, Edition: "datacenter"},
	} {
		if d := must(t, cfg, Install); !d.has(want) {
			t.Errorf("the title is %.120q, want %q", d.raw[40:], want)
		}
	}
	if d := must(t, server(), Deploy); !d.has("<!-- Windows Server 2022 Datacenter, deploy file: for sysprep /generalize /oobe /unattend: -->") {
		t.Errorf("the title of a clone's file is %.160q", d.raw[40:])
	}
}
