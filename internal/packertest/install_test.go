// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInstall(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		matches, err := filepath.Glob(filepath.Join(p.plugins, filepath.FromSlash(source), "packer-plugin-avma_v*_x5.0_*_SHA256SUM"))
		if err != nil || len(matches) != 1 {
			t.Fatalf("sum files in the plugin folder: %v, %v", matches, err)
		}
		if sum, err := os.ReadFile(matches[0]); err != nil || len(strings.TrimSpace(string(sum))) != 64 {
			t.Errorf("%s holds %q (%v), want 64 hex digits", matches[0], sum, err)
		}
		p.Run(t, "plugins", "installed").Succeeds(t).Shows(t, "packer-plugin-avma_v")
	})
}

func TestDescribe(t *testing.T) {
	used.Store(true)
	b := plugin()
	if b.err != nil {
		t.Fatal(b.err)
	}
	d, err := describe(b.path)
	if err != nil {
		t.Fatal(err)
	}
	if d.APIVersion != "x5.0" || d.ProtocolVersion != "v2" {
		t.Errorf("API %s, protocol %s, want x5.0 and v2", d.APIVersion, d.ProtocolVersion)
	}
	for _, want := range []string{"key", "unattend"} {
		if !slices.Contains(d.Datasources, want) {
			t.Errorf("data sources %v lack %q", d.Datasources, want)
		}
	}
	if !slices.Contains(d.Builders, "iso") {
		t.Errorf("builders %v lack iso", d.Builders)
	}
}

// What HashiCorp's own check of a plugin wants.
func TestPluginCheck(t *testing.T) {
	used.Store(true)
	b := plugin()
	if b.err != nil {
		t.Fatal(b.err)
	}
	dir := t.TempDir()
	if _, err := copyFile(filepath.Join(dir, "packer-plugin-avma"+exe()), b.path); err != nil {
		t.Fatal(err)
	}
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	sdc, err := exec.Command("go", "-C", root, "tool", "-n", "packer-sdc").Output()
	if err != nil {
		t.Fatalf("go tool packer-sdc: %v", err)
	}
	cmd := exec.Command(strings.TrimSpace(string(sdc)), "plugin-check", "packer-plugin-avma"+exe())
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("packer-sdc plugin-check: %v\n%s", err, out)
	}
}

// required is a template's head, as the docs show it.
const required = `
packer {
  required_plugins {
    avma = {
      source  = "github.com/golden-image/avma"
      version = ">= 0.1.0"
    }
  }
}
`
