// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

func BenchmarkConfig(b *testing.B) {
	fsys := afero.NewMemMapFs()
	if err := afero.WriteFile(fsys, "a.hcl", []byte(native), 0o644); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		f, err := hclfile.Load(b.Context(), "a.hcl", hclfile.Input{FS: fsys})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.Config(unattend.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
