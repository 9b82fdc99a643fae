// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
)

// No option takes a call of Packer's template engine for its value: nobody fills it in, in a data source.
func TestTemplateEngineIsRefusedInEachOption(t *testing.T) {
	for option, spec := range new(Datasource).ConfigSpec() {
		a, ok := spec.(*hcldec.AttrSpec)
		if !ok || engine.Literal(option) {
			continue
		}
		text := `"{{user ` + "`x`" + `}}"`
		switch {
		case a.Type == cty.List(cty.String):
			text = "[" + text + "]"
		case a.Type != cty.String:
			continue
		}
		lines := []string{"release = \"2022\"", "edition = \"datacenter\""}
		for i, l := range lines {
			if strings.HasPrefix(l, option+" ") {
				lines[i] = ""
			}
		}
		err := source(afero.NewMemMapFs()).Configure(block(t, strings.Join(append(lines, option+" = "+text), "\n")))
		if err == nil || !strings.Contains(err.Error(), option+": it calls {{user}}") {
			t.Errorf("%s: %v", option, err)
		}
	}
}

func TestAFolderIsNoISO(t *testing.T) {
	fs := afero.NewMemMapFs()
	if err := fs.Mkdir("there", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"there", "build/"} {
		err := source(fs).Configure(block(t, "release = \"2022\"\nedition = \"datacenter\"\niso_output = \""+path+"\""))
		if err == nil || !strings.Contains(err.Error(), "iso_output: "+path+" is a folder") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
