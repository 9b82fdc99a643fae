// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

var update = flag.Bool("update", false, "write the golden files")

func spec() hcldec.Spec {
	return hcldec.ObjectSpec((&unattend.FlatConfig{}).HCL2Spec())
}

// Each file under testdata/errors has one thing wrong; beside it stands what the user is told. A first line
// "# vars: a=b" is what --var gives. No message may show a secret, which is always Secret something.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.[hj][cs]*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var vars []string
			if line, _, _ := strings.Cut(string(src), "\n"); strings.HasPrefix(line, "# vars: ") {
				vars = strings.Fields(line)[2:]
			}
			f, err := hclfile.Load(t.Context(), filepath.ToSlash(file), hclfile.Input{FS: afero.NewOsFs(), Vars: vars})
			if err == nil {
				_, err = f.Value(spec())
			}
			var diagnostics *hclfile.Error
			if !errors.As(err, &diagnostics) {
				t.Fatalf("error %T %v, want *hclfile.Error", err, err)
			}
			got := strings.ReplaceAll(err.Error(), `\`, "/") + "\n"
			if strings.Contains(got, "Secret") {
				t.Errorf("the message shows a secret")
			}
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
