// SPDX-License-Identifier: MPL-2.0

package overlay

import (
	"strings"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

const newer = `
release "2031" {
  build    = 39999
  editions = ["Datacenter"]
}
`

func TestLoad(t *testing.T) {
	fsys := afero.NewMemMapFs()
	_ = afero.WriteFile(fsys, "newer.hcl", []byte(newer), 0o644)
	_ = afero.WriteFile(fsys, "bad.hcl", []byte("release {"), 0o644)
	for _, c := range []struct {
		name, path, env string
		known           bool   // knows the release of the file
		err             string // part of the error
	}{
		{name: "neither: the built-in one"},
		{name: "by attribute", path: "newer.hcl", known: true},
		{name: "by the environment", env: "newer.hcl", known: true},
		{name: "the attribute wins", path: "newer.hcl", env: "bad.hcl", known: true},
		{name: "a bad file, by attribute", path: "bad.hcl", err: `catalog = "bad.hcl"`},
		{name: "a missing file, by the environment", env: "gone.hcl", err: `AVMA_CATALOG = "gone.hcl"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Load(fsys, func(string) string { return c.env }, c.path)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("Load: %v, want %q in it", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, known := got.Release("2031"); known != c.known {
				t.Errorf("the release of the file is known: %v, want %v", known, c.known)
			}
			if !c.known && got != catalog.Default() {
				t.Error("not the built-in catalogue")
			}
		})
	}
}
