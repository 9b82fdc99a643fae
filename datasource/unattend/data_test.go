// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"encoding/xml"
	"io/fs"
	"log"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// block decodes the inside of a block as Packer does.
func block(t *testing.T, text string) cty.Value {
	t.Helper()
	f, diags := hclsyntax.ParseConfig([]byte(text), "test.pkr.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	v, diags := hcldec.Decode(f.Body, new(Datasource).ConfigSpec(), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return v
}

func source(fsys afero.Fs) *Datasource {
	return &Datasource{FS: fsys, Getenv: func(string) string { return "" }}
}

// execute configures and runs a block.
func execute(t *testing.T, fsys afero.Fs, text string) cty.Value {
	t.Helper()
	d := source(fsys)
	if err := d.Configure(block(t, text)); err != nil {
		t.Fatal(err)
	}
	out, err := d.Execute()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const dc2022 = `
release = "2022"
edition = "datacenter"
`

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err != nil {
			if err.Error() != "EOF" {
				t.Errorf("%s: %v", name, err)
			}
			return
		}
	}
}

func TestGenerates(t *testing.T) {
	out := execute(t, afero.NewMemMapFs(), dc2022+`content = { "a.ps1" = "exit" }`)
	for name, want := range map[string]string{
		"key": "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", "release": "2022", "edition": "Datacenter", "edition_id": "ServerDatacenter",
		"standing": "documented", "iso_path": "", "iso_sha256": "",
	} {
		if got := out.GetAttr(name).AsString(); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	byName := out.GetAttr("content_by_name").AsValueMap()
	for name, attr := range map[string]string{installName: "content", deployName: "deploy_content"} {
		text := out.GetAttr(attr).AsString()
		wellFormed(t, name, text)
		if !strings.Contains(text, "W3GNR-8DDXR-2TFRP-H8P33-DV9BG") {
			t.Errorf("%s lacks the key", attr)
		}
		if byName[name].AsString() != text {
			t.Errorf("content_by_name[%q] is not %s", name, attr)
		}
	}
	if got := byName["a.ps1"].AsString(); got != "exit" || len(byName) != 3 {
		t.Errorf("content_by_name holds %d names, a.ps1 = %q", len(byName), got)
	}
}

// A number that is given as 0 arrives as such: it is not one that is left out.
func TestZeroIsNotAbsent(t *testing.T) {
	for text, says := range map[string]string{
		"disk {\n  id = 0\n}\ndisk {\n  id = 0\n}\n": "disk[1].id: disk 0 stands twice",
		"image_index = 0\n":                          "image_index: 0 is below 1",
		"winrm {\n  port = 0\n}\n":                   "winrm.port: 0 is not a port",
	} {
		err := source(afero.NewMemMapFs()).Configure(block(t, dc2022+"administrator_password = \"Secret-1\"\n"+text))
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	execute(t, afero.NewMemMapFs(), dc2022+"disk {}\ndisk {}\n")
}

func TestEvaluation(t *testing.T) {
	for _, c := range []struct {
		evaluation      string
		install, deploy bool // carries the key
	}{{"none", true, true}, {"keep", false, false}, {"convert", false, true}} {
		out := execute(t, afero.NewMemMapFs(), dc2022+`evaluation = "`+c.evaluation+`"`)
		key := "W3GNR-8DDXR-2TFRP-H8P33-DV9BG"
		install := strings.Contains(out.GetAttr("content").AsString(), key)
		deploy := strings.Contains(out.GetAttr("deploy_content").AsString(), key)
		if install != c.install || deploy != c.deploy {
			t.Errorf("%s: the key is in install: %v, deploy: %v", c.evaluation, install, deploy)
		}
		if got := out.GetAttr("key").AsString(); (got == key) != (c.install || c.deploy) {
			t.Errorf("%s: key = %q", c.evaluation, got)
		}
	}
}

func TestISO(t *testing.T) {
	fsys := afero.NewMemMapFs()
	_ = afero.WriteFile(fsys, "drivers/net/a.inf", []byte("inf"), 0o644)
	text := dc2022 + `
iso_output = "build/answers.iso"
label      = "OEMDRV"
files      = ["drivers"]
content    = { "scripts/a.ps1" = "{{ not a template }} {{" }
`
	out := execute(t, fsys, strings.ReplaceAll(text, "{{", "{{"))
	path := out.GetAttr("iso_path").AsString()
	raw, err := afero.ReadFile(fsys, path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := fsys.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v), want 0600: an answer file holds passwords", info.Mode(), err)
	}
	image, err := iso9660.Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		installName:     out.GetAttr("content").AsString(),
		deployName:      out.GetAttr("deploy_content").AsString(),
		"net/a.inf":     "inf",
		"scripts/a.ps1": "{{ not a template }} {{",
	} {
		if got, err := fs.ReadFile(image, name); err != nil || string(got) != want {
			t.Errorf("%s on the ISO: %q, %v", name, got, err)
		}
	}

	again := execute(t, fsys, text)
	if raw2, _ := afero.ReadFile(fsys, path); !bytes.Equal(raw, raw2) || !again.GetAttr("iso_sha256").RawEquals(out.GetAttr("iso_sha256")) {
		t.Error("the same block gives another ISO")
	}
}

// What Setup would ignore on the ISO is a notice: a data source has nothing else to say it with.
func TestISONotices(t *testing.T) {
	fsys := afero.NewMemMapFs()
	_ = fsys.MkdirAll("none", 0o755)
	out := execute(t, fsys, dc2022+"iso_output = \"a.iso\"\nfiles = [\"none\"]\n")
	for _, n := range out.GetAttr("notices").AsValueSlice() {
		if strings.HasPrefix(n.AsString(), "iso_output: none holds no file") {
			return
		}
	}
	t.Errorf("notices %#v", out.GetAttr("notices"))
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"all problems at once", dc2022 + "computer_name = \"a-name-of-16-byte\"\ntime_zone = \"Mars\"", []string{"computer_name", "time_zone"}},
		{"no release", "edition = \"datacenter\"", []string{"release"}},
		{"files without an ISO", dc2022 + `files = ["x"]`, []string{"files:", "iso_output"}},
		{"a label without an ISO", dc2022 + `label = "X"`, []string{"label:", "iso_output"}},
		{"the name of an answer file", dc2022 + `content = { "autounattend.XML" = "" }`, []string{"content:", "autounattend.XML"}},
		{"a file that is not there", dc2022 + "iso_output = \"a.iso\"\nfiles = [\"gone\"]", []string{"gone"}},
		{"a catalogue that is not there", dc2022 + `catalog = "gone.hcl"`, []string{`catalog = "gone.hcl"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := source(afero.NewMemMapFs()).Configure(block(t, c.text))
			if err == nil {
				t.Fatal("Configure succeeds")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
		})
	}
}

func TestConfigureWritesNothing(t *testing.T) {
	fsys := afero.NewMemMapFs()
	if err := source(fsys).Configure(block(t, dc2022+`iso_output = "a.iso"`)); err != nil {
		t.Fatal(err)
	}
	if exists, _ := afero.Exists(fsys, "a.iso"); exists {
		t.Error("packer validate would write the ISO")
	}
}

func TestConfigureTwiceForgetsTheFirst(t *testing.T) {
	fsys := afero.NewMemMapFs()
	d := source(fsys)
	for _, text := range []string{dc2022 + "iso_output = \"a.iso\"\nevaluation = \"keep\"", "release = \"2019\"\nedition = \"standard\""} {
		if err := d.Configure(block(t, text)); err != nil {
			t.Fatal(err)
		}
	}
	out, err := d.Execute()
	if err != nil || out.GetAttr("key").AsString() != "TNK62-RXVTB-4P47B-2D623-4GF74" || out.GetAttr("iso_path").AsString() != "" {
		t.Errorf("Execute = %#v, %v", out, err)
	}
}

// Under packer validate values of other data sources are placeholders.
func TestUnknownPasses(t *testing.T) {
	for name, text := range map[string]string{
		"release":  "release = \"<unknown>\"\nedition = \"<unknown>\"",
		"password": dc2022 + `administrator_password = "<unknown>"`,
		"name":     dc2022 + `computer_name = "<unknown>"`,
		"key":      dc2022 + `product_key = "<unknown>"`,
		"files":    dc2022 + "iso_output = \"<unknown>\"\nlabel = \"<unknown>\"\nfiles = [\"<unknown>\"]",
		"catalog":  dc2022 + `catalog = "<unknown>"`,
		"script":   dc2022 + "script {\n content = \"<unknown>\"\n}",
	} {
		if err := source(afero.NewMemMapFs()).Configure(block(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Packer puts the outputs of all blocks of a type into one map, which panics where their types differ.
func TestOutputTypeIsAlwaysTheSame(t *testing.T) {
	want := hcldec.ImpliedType(new(Datasource).OutputSpec())
	for _, more := range []string{"", `evaluation = "keep"`, `content = { "a" = "b" }`, `iso_output = "x.iso"`} {
		out := execute(t, afero.NewMemMapFs(), dc2022+more)
		if !out.Type().Equals(want) {
			t.Errorf("%q: type %#v, want %#v", more, out.Type(), want)
		}
		for name, v := range out.AsValueMap() {
			if v.IsNull() { // length(null) is an error in a template
				t.Errorf("%q: %s is null", more, name)
			}
		}
	}
}

func TestSecretsAreNotLogged(t *testing.T) {
	var logged bytes.Buffer
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)

	out := execute(t, afero.NewMemMapFs(), dc2022+`
administrator_password = "Pa55-of-the-build"
domain {
  name     = "example.org"
  username = "joiner"
  password = "Pa55-of-the-domain"
}
`)
	if !out.GetAttr("sensitive").True() {
		t.Error("sensitive = false for a file with a password")
	}
	for _, n := range out.GetAttr("notices").AsValueSlice() {
		logged.WriteString(n.AsString())
	}
	if strings.Contains(logged.String(), "Pa55") {
		t.Errorf("logged: %s", &logged)
	}
	err := source(afero.NewMemMapFs()).Configure(block(t, dc2022+"time_zone = \"Mars\"\nadministrator_password = \"Pa55-of-the-build\""))
	if err == nil || strings.Contains(err.Error(), "Pa55") {
		t.Errorf("Configure: %v", err)
	}
}
