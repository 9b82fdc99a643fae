// SPDX-License-Identifier: MPL-2.0

package engine_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
)

// packer is what Packer adds to a block.
var packer = map[string]any{"packer_build_name": "x", "packer_user_variables": map[string]any{"pw": "S3cret", "n": "2"}}

func TestRenderJSON(t *testing.T) {
	block := map[string]any{
		"output": "build/{{build_name}}.iso",
		"files":  []any{"{{user `n`}}.txt", []byte("{{user `n`}}.md")},
		"deploy": map[any]any{
			"administrator_password": "{{user `pw`}}",
			"script":                 []any{map[string]any{"name": "{{build_name}}", "content": "'{0} {{build_name}}' -f 1"}},
			"command":                []any{map[string]any{"command_line": "echo {{build_name}}"}},
			"component":              map[string]any{"xml": "<a>{{build_name}}</a>"},
		},
		"content": map[string]any{"a.j2": "{{ x"},
		"port":    5986,
	}
	placeholders := map[any]any{"PackerRunUUID": "Build_PackerRunUUID. {{", "ID": "Build_ID."}
	out, err := engine.Render([]any{packer, block, placeholders})
	if err != nil {
		t.Fatal(err)
	}
	want := []any{packer, map[string]any{
		"output": "build/x.iso",
		"files":  []any{"2.txt", "2.md"},
		"deploy": map[any]any{
			"administrator_password": "S3cret",
			"script":                 []any{map[string]any{"name": "x", "content": "'{0} {{build_name}}' -f 1"}},
			"command":                []any{map[string]any{"command_line": "echo {{build_name}}"}},
			"component":              map[string]any{"xml": "<a>{{build_name}}</a>"},
		},
		"content": map[string]any{"a.j2": "{{ x"},
		"port":    5986,
	}, placeholders}
	if d := cmp.Diff(want, out); d != "" {
		t.Error(d)
	}
}

func TestRenderHCL(t *testing.T) {
	block := cty.ObjectVal(map[string]cty.Value{
		"output":  cty.StringVal("build/{{build_name}}.iso"),
		"label":   cty.NullVal(cty.String),
		"later":   cty.UnknownVal(cty.String),
		"content": cty.MapVal(map[string]cty.Value{"a.ps1": cty.StringVal("{{build_name}}")}),
		"deploy":  cty.ObjectVal(map[string]cty.Value{"owner": cty.StringVal("{{build_name}}")}),
	})
	out, err := engine.Render([]any{packer, block}, "deploy")
	if err != nil {
		t.Fatal(err)
	}
	got := out[1].(cty.Value).AsValueMap()
	for name, v := range block.AsValueMap() {
		if name == "output" {
			v = cty.StringVal("build/x.iso")
		}
		if !got[name].RawEquals(v) {
			t.Errorf("%s: %#v, want %#v", name, got[name], v)
		}
	}
}

func TestRenderRefusesWhatItDoesNotKnow(t *testing.T) {
	_, err := engine.Render([]any{packer, map[string]any{"output": "{{nosuch}}"}})
	if err == nil || !strings.Contains(err.Error(), "output") || !strings.Contains(err.Error(), "nosuch") || !strings.Contains(err.Error(), "{{`{{`}}") {
		t.Errorf("error: %v", err)
	}
	_, err = engine.Render([]any{packer, map[string]any{"administrator_password": "{{hunter2}}"}})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error: %v", err)
	}
}

func TestRefuse(t *testing.T) {
	for text, refused := range map[string]bool{
		"{{user `pw`}}": true, "x{{ user `pw` }}": true, "{{build_name}}": true, "{{- timestamp -}}": true, "{{isotime}}": true,
		"{{ not a template }}": false, "{{username}}": false, "{{ item.user }}": false, "{user}": false, "${x}": false, "": false,
	} {
		block := cty.ObjectVal(map[string]cty.Value{
			"user":   cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"password": cty.StringVal(text)})}),
			"script": cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"content": cty.StringVal("{{user `x`}}")})}),
		})
		err := engine.Refuse(block)
		if (err != nil) != refused {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil && (!strings.HasPrefix(err.Error(), "password: ") || strings.Contains(err.Error(), "`")) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
