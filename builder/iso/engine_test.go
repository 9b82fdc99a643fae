// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"reflect"
	"testing"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
)

// Each option is filled in where it calls Packer's template engine, but for content.
func TestTemplateEngineFillsInEachOption(t *testing.T) {
	typ := reflect.TypeFor[Config]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		option := f.Tag.Get("mapstructure")
		if f.Name == "PackerConfig" {
			continue
		}
		var raw, want any = "a-{{build_name}}", "a-win"
		switch f.Type {
		case reflect.TypeFor[[]string]():
			raw, want = []any{raw}, []string{"a-win"}
		case reflect.TypeFor[map[string]string]():
			if !engine.Literal(option) {
				t.Errorf("%s: a map of options that no test knows", option)
			}
			raw, want = attrs{"a": "{{build_name}} {{"}, map[string]string{"a": "{{build_name}} {{"}
		}
		var c Config
		if err := c.decode(attrs{"packer_build_name": "win"}, attrs{option: raw}); err != nil {
			t.Fatalf("%s: %v", option, err)
		}
		if got := reflect.ValueOf(c).Field(i).Interface(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", option, got, want)
		}
	}
}
