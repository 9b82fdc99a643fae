// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"
)

func TestPrepareRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		a    attrs
		want []string
	}{
		{"everything missing, at once", attrs{}, []string{"output:", "files, content:"}},
		{"a file that is not there", attrs{"output": "a.iso", "files": []string{"gone.xml"}}, []string{"gone.xml"}},
		{"a label that is too long", attrs{"output": "a.iso", "content": attrs{"a": ""}, "label": "SEVENTEEN-LETTERS"}, []string{"label"}},
		{"names that Windows takes for one", attrs{"output": "a.iso", "content": attrs{"a.xml": "", "A.XML": ""}}, []string{"a.xml", "A.XML"}},
		{"a folder for the ISO", attrs{"output": "build/", "content": attrs{"a": ""}}, []string{"output: build/ is a folder", "answers.iso"}},
		{"a misspelt attribute", attrs{"output": "a.iso", "contents": attrs{"a": ""}}, []string{"contents"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := builder(afero.NewMemMapFs()).Prepare(c.a)
			if err == nil {
				t.Fatal("Prepare succeeds")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
		})
	}
}

// The error of a valid block is nil itself: a nil *MultiError in an error is none.
func TestPrepareGivesNoTypedNil(t *testing.T) {
	generated, _, err := builder(afero.NewMemMapFs()).Prepare(attrs{"output": "a.iso", "content": attrs{"a": ""}})
	if err != nil {
		t.Errorf("Prepare: %#v", err)
	}
	if !slices.Contains(generated, isoPath) {
		t.Errorf("Prepare promises %v, want %s among it", generated, isoPath)
	}
}

// Under packer validate a text of a data source reads "<unknown>", and a list or map is empty but not null.
func TestPrepareLetsUnknownPass(t *testing.T) {
	for name, a := range map[string]attrs{
		"text":   {"output": "a.iso", "content": attrs{"Autounattend.xml": "<unknown>"}},
		"path":   {"output": "<unknown>", "files": []string{"<unknown>"}},
		"label":  {"output": "a.iso", "content": attrs{"a": ""}, "label": "<unknown>"},
		"map":    {"output": "a.iso", "content": attrs{}},
		"list":   {"output": "a.iso", "files": []string{}},
		"within": {"output": "a.iso", "files": []string{"there", "<unknown>"}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := builder(afero.NewMemMapFs()).Prepare(a); err != nil {
				t.Errorf("Prepare: %v", err)
			}
		})
	}
}

// The same as Packer sends it: an empty map is told from a missing one after its way through the SDK too.
func TestPrepareTellsEmptyFromNull(t *testing.T) {
	block := func(content cty.Value) cty.Value {
		values := map[string]cty.Value{}
		for name, spec := range new(Config).FlatMapstructure().HCL2Spec() {
			values[name] = cty.NullVal(specType(t, spec))
		}
		values["output"], values["content"] = cty.StringVal("a.iso"), content
		return cty.ObjectVal(values)
	}
	if _, _, err := builder(afero.NewMemMapFs()).Prepare(block(cty.MapValEmpty(cty.String))); err != nil {
		t.Errorf("an empty map: %v", err)
	}
	if _, _, err := builder(afero.NewMemMapFs()).Prepare(block(cty.NullVal(cty.Map(cty.String)))); err == nil {
		t.Error("a missing map passes")
	}
}

func TestPrepareTwiceForgetsTheFirst(t *testing.T) {
	fsys := afero.NewMemMapFs()
	b := prepared(t, fsys, attrs{"output": "first.iso", "content": attrs{"a": "1"}, "label": "FIRST"})
	if _, _, err := b.Prepare(attrs{"output": "second.iso", "content": attrs{"b": "2"}}); err != nil {
		t.Fatal(err)
	}
	artifact, err := b.Run(t.Context(), newUI(), hook(nothing))
	if err != nil {
		t.Fatal(err)
	}
	if f := artifact.Files(); f[0] != "second.iso" || strings.Contains(artifact.String(), "FIRST") {
		t.Errorf("artifact %v, %s", f, artifact)
	}
	read(t, fsys, "second.iso", "b")
}

func TestTemplatesInContentAreText(t *testing.T) {
	fsys := afero.NewMemMapFs()
	text := "{{ not a template }} {{"
	if _, err := prepared(t, fsys, attrs{"output": "a.iso", "content": attrs{"a.ps1": text}}).Run(t.Context(), newUI(), hook(nothing)); err != nil {
		t.Fatal(err)
	}
	if got := read(t, fsys, "a.iso", "a.ps1"); got != text {
		t.Errorf("a.ps1 holds %q, want %q", got, text)
	}
}

func TestReservedNames(t *testing.T) {
	for _, name := range []string{"name", "only", "except", "override", "timeout", "pause_before", "max_retries", "continue_on_error", "type"} {
		if _, ok := new(Config).FlatMapstructure().HCL2Spec()[name]; ok {
			t.Errorf("the attribute %q is Packer's own", name)
		}
	}
}
