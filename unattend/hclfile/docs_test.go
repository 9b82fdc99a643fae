// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/doctest"
	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// Each configuration that the page on answer files shows makes both kinds of file, without a warning.
func TestDocumentedConfigurations(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "answer-file.md"))
	if err != nil {
		t.Fatal(err)
	}
	shown, merged := 0, ""
	for _, fence := range doctest.Fences(string(data)) {
		text := strings.Join(fence.Lines, "\n") + "\n"
		if fence.Lang != "hcl" || !strings.HasPrefix(text, "release ") {
			continue
		}
		shown++
		fs := afero.NewMemMapFs()
		if err := afero.WriteFile(fs, "shown.hcl", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := hclfile.Load(t.Context(), "shown.hcl", hclfile.Input{FS: fs})
		if err != nil {
			t.Fatalf("line %d: %v", fence.Line, err)
		}
		cfg, err := f.Config(unattend.Options{})
		if err != nil {
			t.Fatalf("line %d: %v", fence.Line, err)
		}
		for _, kind := range []unattend.Kind{unattend.Install, unattend.Deploy} {
			r, err := unattend.Generate(cfg, kind, unattend.Options{})
			if err != nil {
				t.Errorf("line %d, %v: %v", fence.Line, kind, err)
			}
			if ps := r.Notices.Only(unattend.Warning); len(ps) > 0 {
				t.Errorf("line %d, %v: %v", fence.Line, kind, ps)
			}
			if strings.Contains(text, "VMModeOptimizations") {
				merged += string(r.XML)
			}
		}
	}
	if shown < 5 {
		t.Errorf("only %d configurations found", shown)
	}
	for _, want := range []string{`<Path>\\server\images\install.wim</Path>`, "<Username>reader</Username>", "<Value>Windows Server 2022 SERVERDATACENTER</Value>", "<WillReboot>Always</WillReboot>"} {
		if strings.Count(merged, want) != 1 {
			t.Errorf("%s stands there %d times, want once", want, strings.Count(merged, want))
		}
	}
	if n := strings.Count(merged, "<SkipNotifyUILanguageChange>true"); n != 2 {
		t.Errorf("the setting for both files stands there %d times", n)
	}
}
