// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

const chained = `
variable "password" {
  type      = string
  sensitive = true
  default   = "Pa55-of-the-build"
}
data "avma-key" "std" {
  release = "2019"
  edition = "standard"
}
data "avma-unattend" "x" {
  release                = data.avma-key.std.release # "<unknown>" under packer validate
  edition                = data.avma-key.std.edition_id
  administrator_password = var.password
  iso_output             = "out/x.iso"
  content                = { "note.txt" = "{{ not a template }} ${data.avma-key.std.key}" }

  command { # Packer expands no dynamic block in a data source
    stage        = "specialize"
    command_line = "cmd.exe /c echo one {{x"
  }
  command {
    stage        = "specialize"
    command_line = "cmd.exe /c echo two {{x"
  }
  script {
    name    = "tools.ps1"
    content = "'{{ neither }} {{' # ${data.avma-key.std.key}"
  }
}
source "null" "x" {
  communicator = "none"
}
build {
  sources = ["source.null.x"]
  provisioner "shell-local" {
    inline = ["echo ${data.avma-unattend.x.edition_id} ${length(data.avma-unattend.x.content_by_name)} ${data.avma-unattend.x.sensitive}"]
  }
}
`

// Values that one data source takes from another, repeated blocks, braces that are no template, a secret.
func TestUnattend(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "x.pkr.hcl", required+chained)
		p.Run(t, "validate", ".").Succeeds(t).Hides(t, "Pa55")
		if _, err := os.Stat(filepath.Join(p.Dir, "out")); err == nil {
			t.Error("packer validate wrote the ISO")
		}
		p.Run(t, "validate", "-evaluate-datasources", ".").Succeeds(t).Hides(t, "Pa55")
		p.Run(t, "build", ".").Succeeds(t).Hides(t, "Pa55").Shows(t, "ServerStandard 3 true")
		image := openISO(t, filepath.Join(p.Dir, "out", "x.iso"))
		if got := readISO(t, image, "note.txt"); got != "{{ not a template }} TNK62-RXVTB-4P47B-2D623-4GF74" {
			t.Errorf("note.txt holds %q", got)
		}
		if text := readISO(t, image, "Autounattend.xml"); !strings.Contains(text, "echo two {{x") {
			t.Error("the second command is missing")
		}
	})
}

func TestUnattendRefused(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "x.pkr.hcl", `
data "avma-unattend" "x" {
  release                = "2022"
  edition                = "datacenter"
  administrator_password = "Pa55-of-the-build"
  computer_name          = "a-name-of-16-byte"
  time_zone              = "Mars"
}
source "null" "x" {
  communicator = "none"
}
build {
  sources = ["source.null.x"]
}
`)
		for _, args := range [][]string{{"validate", "."}, {"validate", "-evaluate-datasources", "."}} {
			p.Run(t, args...).Fails(t, "computer_name", "time_zone", "x.pkr.hcl line 2").Hides(t, "Pa55")
		}
	})
}

const elsewhere = `
locals {
  release = "2022"
}
data "avma-unattend" "x" {
  release    = %s
  edition    = "datacenter"
  iso_output = "%sbuild/x.iso"
}
source "null" "x" {
  communicator = "none"
}
build {
  sources = ["source.null.x"]
}
`

// What the documentation says of paths and of locals: a path starts from where Packer runs, unless path.root is in front
// of it, and Packer 1.9 has no locals in a data source.
func TestPathsAndLocals(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		for prefix, want := range map[string]string{"": "build/x.iso", "${path.root}/": "module/build/x.iso"} {
			p.Write(t, "module/x.pkr.hcl", required+fmt.Sprintf(elsewhere, `"2022"`, prefix))
			p.Run(t, "validate", "-evaluate-datasources", "module").Succeeds(t)
			if err := os.Remove(filepath.Join(p.Dir, filepath.FromSlash(want))); err != nil {
				t.Errorf("with %q: %v", prefix, err)
			}
		}
		p.Write(t, "module/x.pkr.hcl", required+fmt.Sprintf(elsewhere, "local.release", ""))
		if r := p.Run(t, "validate", "-evaluate-datasources", "module"); strings.HasPrefix(p.Flavor.Release.Version, "1.9.") {
			r.Fails(t, `This object does not have an attribute named "release"`)
		} else {
			r.Succeeds(t)
		}
	})
}

// The same block means the same in a Packer template and in a file of the avma command.
func TestOneConfigurationForBoth(t *testing.T) {
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, "examples", "ws2022.hcl")
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "both.pkr.hcl", asDataSource(t, path))
		p.Run(t, "build", ".").Succeeds(t)
		image := openISO(t, filepath.Join(p.Dir, "out", "both.iso"))
		for name, kind := range map[string]unattend.Kind{"Autounattend.xml": unattend.Install, "avma-deploy.xml": unattend.Deploy} {
			if got, want := readISO(t, image, name), generate(t, path, kind); got != want {
				t.Errorf("%s differs:\n%s\n---\n%s", name, got, want)
			}
		}
	})
}

// generate is what `avma unattend --config` does.
func generate(t *testing.T, path string, kind unattend.Kind) string {
	t.Helper()
	file, err := hclfile.Load(t.Context(), path, hclfile.Input{FS: afero.NewOsFs(), Getenv: func(string) (string, bool) { return "", false }})
	if err != nil {
		t.Fatal(err)
	}
	config, err := file.Config(unattend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	result, err := unattend.Generate(config, kind, unattend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return string(result.XML)
}

// asDataSource wraps the file's attributes and blocks into a data source, and leaves its variables outside.
func asDataSource(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, diags := hclwrite.ParseConfig(b, path, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var variables strings.Builder
	for _, block := range f.Body().Blocks() {
		if block.Type() == "variable" {
			variables.Write(block.BuildTokens(nil).Bytes())
			f.Body().RemoveBlock(block)
		}
	}
	return variables.String() + "data \"avma-unattend\" \"both\" {\n" + string(f.Bytes()) + "\niso_output = \"out/both.iso\"\n}\n" + `
source "null" "x" {
  communicator = "none"
}
build {
  sources = ["source.null.x"]
}
`
}
