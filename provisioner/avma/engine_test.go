// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
)

// filled makes a JSON block of a type, with a call of the template engine in each option, and the value to be had.
func filled(typ reflect.Type, option string) (block any, want reflect.Value) {
	want = reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Pointer:
		b, w := filled(typ.Elem(), option)
		want.Set(reflect.New(typ.Elem()))
		want.Elem().Set(w)
		return b, want
	case reflect.Slice:
		b, w := filled(typ.Elem(), option)
		return []any{b}, reflect.Append(want, w)
	case reflect.Struct:
		out := map[string]any{}
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag, squash := strings.CutSuffix(f.Tag.Get("mapstructure"), ",squash")
			if f.Name == "PackerConfig" || f.PkgPath != "" || tag == "-" || tag == "" && !squash {
				continue
			}
			b, w := filled(f.Type, tag)
			want.Field(i).Set(w)
			if squash {
				for k, v := range b.(map[string]any) {
					out[k] = v
				}
				continue
			}
			out[tag] = b
		}
		return out, want
	case reflect.String:
		if engine.Literal(option) {
			want.SetString("{{user `text`}} {{ braces")
			return want.String(), want
		}
		want.SetString("TEXT-" + option)
		return "TEXT-{{user `" + option + "`}}", want
	case reflect.Bool:
		want.SetBool(true)
		return "{{user `yes`}}", want
	}
	if typ == reflect.TypeFor[time.Duration]() {
		want.SetInt(int64(7 * time.Minute))
		return "{{user `minutes`}}m", want
	}
	if typ.Kind() == reflect.Int {
		want.SetInt(7)
		return "{{user `minutes`}}", want
	}
	panic("an option of a kind that no test knows: " + typ.String())
}

// Each option of the block, of its blocks and of the deploy answer file is filled in where a JSON template calls the
// template engine; scripts, commands and XML are not.
func TestTemplateEngineFillsInEachOption(t *testing.T) {
	block, want := filled(reflect.TypeFor[Config](), "")
	users := map[string]any{"yes": "true", "minutes": "7"}
	var collect func(any)
	collect = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, e := range v {
				collect(e)
			}
		case []any:
			collect(v[0])
		case string:
			if _, name, ok := strings.Cut(v, "TEXT-{{user `"); ok {
				users[strings.TrimSuffix(name, "`}}")] = strings.TrimSuffix(name, "`}}")
			}
		}
	}
	collect(block)
	var c Config
	if err := c.decode(map[string]any{"packer_user_variables": users}, block); err != nil {
		t.Fatal(err)
	}
	w := want.Interface().(Config)
	w.PackerConfig = c.PackerConfig
	if !reflect.DeepEqual(c, w) {
		t.Errorf("decoded\n%+v\n%+v\nwant\n%+v\n%+v", c, c.DeployAnswerFile, w, w.DeployAnswerFile)
	}
}

// In HCL the block's own options are filled in as those of other plugins; the deploy answer file is read as in a data
// source, where nothing is, so a call is refused there.
func TestTemplateEngineInHCL(t *testing.T) {
	names := map[string]any{"packer_build_name": "win"}
	prepare := func(text string) (*Provisioner, error) {
		p := &Provisioner{Getenv: func(string) string { return "" }}
		return p, p.Prepare(block(t, text), names)
	}
	p, err := prepare("report {\n json = \"out/{{build_name}}.json\"\n}\ndeploy_answer_file {\n owner = \"{{ not a call }}\"\n}")
	if err != nil || p.config.Report.JSON != "out/win.json" || p.config.DeployAnswerFile.Owner != "{{ not a call }}" {
		t.Errorf("%v %+v", err, p.config.Report)
	}
	if _, err := prepare("deploy_answer_file {\n administrator_password = \"{{user `pw`}}\"\n}"); err == nil || !strings.Contains(err.Error(), "administrator_password") || !strings.Contains(err.Error(), "var.") {
		t.Errorf("error: %v", err)
	}
}
