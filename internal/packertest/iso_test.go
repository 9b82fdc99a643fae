// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

const isoTemplate = `
variable "password" {
  type      = string
  sensitive = true
  default   = "Pa55-of-the-build"
}
data "avma-key" "dc" {
  release = "2022"
  edition = "datacenter"
}
source "avma-iso" "answers" {
  output  = "out/answers.iso"
  label   = "OEMDRV"
  files   = ["scripts"]
  content = {
    "key.txt"        = data.avma-key.dc.key
    "template.ps1"   = "'{{ not a template }} {{' # ${var.password}"
    "deep/er/ünï.txt" = "x"
  }
}
build {
  sources = ["source.avma-iso.answers"]
  provisioner "shell-local" {
    inline = ["echo iso=${build.ISOPath} sum=${build.ISOSHA256}"]
  }
  post-processor "manifest" {
    output = "manifest.json"
  }
}
`

// openISO opens an ISO that Packer made, with the project's own reader; other readers are tried in media/iso9660.
func openISO(t *testing.T, path string) fs.FS {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	image, err := iso9660.Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return image
}

func readISO(t *testing.T, image fs.FS, name string) string {
	t.Helper()
	b, err := fs.ReadFile(image, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestISO(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "iso.pkr.hcl", required+isoTemplate)
		p.Write(t, "scripts/sub/setup.cmd", "rem")
		path := filepath.Join(p.Dir, "out", "answers.iso")

		p.Run(t, "validate", ".").Succeeds(t) // the key is <unknown> here
		if _, err := os.Stat(path); err == nil {
			t.Fatal("packer validate wrote the ISO")
		}
		r := p.Run(t, "build", ".").Succeeds(t).Hides(t, "Pa55-of-the-build")
		r.Shows(t, "iso="+filepath.Join("out", "answers.iso")+" sum=", "answer ISO")

		image := openISO(t, path)
		for name, want := range map[string]string{
			"key.txt":         "W3GNR-8DDXR-2TFRP-H8P33-DV9BG",
			"template.ps1":    "'{{ not a template }} {{' # Pa55-of-the-build",
			"deep/er/ünï.txt": "x",
			"sub/setup.cmd":   "rem",
		} {
			if got := readISO(t, image, name); got != want {
				t.Errorf("%s holds %q, want %q", name, got, want)
			}
		}
		manifest, err := os.ReadFile(filepath.Join(p.Dir, "manifest.json"))
		if err != nil || !strings.Contains(string(manifest), `"artifact_id": "sha256:`) {
			t.Errorf("the manifest says %s (%v)", manifest, err)
		}

		before, _ := os.ReadFile(path)
		p.Run(t, "build", ".").Fails(t, "exists already", "-force")
		p.Run(t, "build", "-force", ".").Succeeds(t)
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Error("the same template gives other bytes")
		}
	})
}

func TestISORefused(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "iso.pkr.hcl", `
source "avma-iso" "x" {
  output = "x.iso"
  files  = ["missing.xml"]
}
build {
  sources = ["source.avma-iso.x"]
}
`)
		p.Run(t, "validate", ".").Fails(t, "missing.xml")
	})
}

func TestISOHasNoGuest(t *testing.T) {
	p := Newest(t).Install(t)
	p.Write(t, "iso.pkr.hcl", `
source "avma-iso" "x" {
  output  = "x.iso"
  content = { "a" = "b" }
}
build {
  sources = ["source.avma-iso.x"]
  provisioner "file" {
    source      = "iso.pkr.hcl"
    destination = "C:/iso.pkr.hcl"
  }
}
`)
	p.Run(t, "build", ".").Fails(t, "has no machine to work on")
	if _, err := os.Stat(filepath.Join(p.Dir, "x.iso")); err == nil {
		t.Error("the ISO of a failed build is left")
	}
}
