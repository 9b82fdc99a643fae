// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/spf13/afero"

	datasource "github.com/golden-image/packer-plugin-avma/datasource/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// A block of a Packer template works in a configuration file unchanged: of every example, the data source and the
// command give the same files.
func TestExamplesMeanTheSameInPacker(t *testing.T) {
	templates, err := filepath.Glob(filepath.Join("..", "..", "examples", "*", "*.pkr.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, template := range templates {
		src, err := os.ReadFile(template)
		if err != nil {
			t.Fatal(err)
		}
		for name, config := range configurations(t, template, src) {
			t.Run(filepath.Base(template)+" "+name, func(t *testing.T) { compareWithPacker(t, config) })
			compared++
		}
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "cli", "*.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".vars.hcl") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(file), func(t *testing.T) { compareWithPacker(t, string(src)) })
		compared++
	}
	if compared < 3 {
		t.Errorf("only %d examples were found", compared)
	}
}

// configurations gives the inside of each data "avma-unattend" block, with the template's variables and locals.
func configurations(t *testing.T, path string, src []byte) map[string]string {
	t.Helper()
	file, diags := hclsyntax.ParseConfig(src, path, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var shared strings.Builder
	found := make(map[string]string)
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		switch {
		case b.Type == "variable" || b.Type == "locals" || b.Type == "local":
			shared.Write(src[b.TypeRange.Start.Byte:b.CloseBraceRange.End.Byte])
			shared.WriteString("\n")
		case b.Type == "data" && b.Labels[0] == "avma-unattend":
			inside := bytes.Clone(src[b.OpenBraceRange.End.Byte:b.CloseBraceRange.Start.Byte])
			for _, name := range []string{"iso_output", "files", "content", "label"} { // of the ISO, not of the answer file
				if a := b.Body.Attributes[name]; a != nil {
					at := b.OpenBraceRange.End.Byte
					for i := a.SrcRange.Start.Byte - at; i < a.SrcRange.End.Byte-at; i++ {
						inside[i] = ' '
					}
				}
			}
			found[b.Labels[1]] = string(inside)
		}
	}
	for name, inside := range found {
		found[name] = shared.String() + inside
	}
	return found
}

func compareWithPacker(t *testing.T, config string) {
	w := newWorld(t, map[string]string{"examples/cli/config.hcl": config})
	copyExamples(t, w.fs)
	var vars []string
	if strings.Contains(config, `variable "hostname"`) {
		vars = []string{"hostname=web01"}
	}
	file, err := hclfile.Load(t.Context(), "examples/cli/config.hcl", hclfile.Input{FS: w.fs, Vars: vars})
	if err != nil {
		t.Fatal(err)
	}
	source := &datasource.Datasource{FS: w.fs, Getenv: func(string) string { return "" }}
	value, err := file.Value(source.ConfigSpec())
	if err != nil {
		t.Fatal(err)
	}
	if err := source.Configure(value); err != nil {
		t.Fatal(err)
	}
	out, err := source.Execute()
	if err != nil {
		t.Fatal(err)
	}
	for kind, attribute := range map[string]string{"install": "content", "deploy": "deploy_content"} {
		w.out.Reset()
		args := []string{"unattend", "--config", "examples/cli/config.hcl", "--for", kind}
		for _, v := range vars {
			args = append(args, "--var", v)
		}
		if status := w.call(t, args...); status != 0 {
			t.Fatalf("%q: exit status %d: %s", args, status, w.err.String())
		}
		want := out.GetAttr(attribute).AsString()
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(w.out.String(), "\n")); diff != "" {
			t.Errorf("%s (-Packer +avma)\n%s", kind, diff)
		}
	}
}

// Every example of the command line works, as it stands and with its values.
func TestExamples(t *testing.T) {
	for _, args := range [][]string{
		{"--config", "examples/cli/web.hcl", "--var", "hostname=web01"},
		{"--config", "examples/cli/web.hcl", "--var-file", "examples/cli/web01.vars.hcl"},
		{"--config", "examples/cli/minimal.json"},
		{"--config", "examples/ws2022.hcl"},
	} {
		for _, kind := range []string{"install", "deploy"} {
			w := newWorld(t, nil)
			w.env["OPS_PASSWORD"] = secret
			copyExamples(t, w.fs)
			if ok, _ := afero.Exists(w.fs, args[1]); !ok {
				t.Errorf("%s is missing", args[1])
				continue
			}
			if status := w.call(t, append(slices.Concat([]string{"unattend", "--for", kind}, args), "-o", "out.xml")...); status != 0 {
				t.Errorf("avma unattend %q: exit status %d: %s", args, status, w.err.String())
				continue
			}
			w.answerFile(t, "out.xml")
		}
	}
}
