// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Every HCL block that README and docs show parses, and uses no attribute or block that our components do not have.
func TestDocumentedBlocks(t *testing.T) {
	all, seen := specs(), 0
	for _, path := range documents(t) {
		for _, b := range fences(t, path, "hcl") {
			seen++
			f, diags := hclsyntax.ParseConfig([]byte(b.text), path, hcl.Pos{Line: b.line, Column: 1})
			if diags.HasErrors() {
				t.Errorf("%v", diags)
				continue
			}
			checkBody(t, all, f.Body.(*hclsyntax.Body))
		}
	}
	if seen == 0 {
		t.Error("no document shows an HCL block")
	}
}

func TestExampleBlocks(t *testing.T) {
	paths, err := filepath.Glob("examples/*/*.pkr.hcl")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	all := specs()
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, diags := hclsyntax.ParseConfig(text, path, hcl.InitialPos)
		if diags.HasErrors() {
			t.Errorf("%v", diags)
			continue
		}
		checkBody(t, all, f.Body.(*hclsyntax.Body))
	}
}

// checkBody looks for blocks of our components, at any depth, and holds them against their layout.
func checkBody(t *testing.T, all map[string]hcldec.ObjectSpec, body *hclsyntax.Body) {
	t.Helper()
	for _, block := range body.Blocks {
		if len(block.Labels) > 0 {
			if spec, ok := all[block.Type+" "+block.Labels[0]]; ok {
				checkBlock(t, spec, block)
				continue
			}
			if strings.HasPrefix(block.Labels[0], "avma") && block.Type != "variable" {
				t.Errorf("%s: there is no %s %q", block.DefRange(), block.Type, block.Labels[0])
			}
		}
		checkBody(t, all, block.Body)
	}
}

// reserved are what Packer itself takes in any block.
var reserved = map[string]bool{"name": true, "timeout": true, "pause_before": true, "max_retries": true, "only": true, "except": true, "override": true}

func checkBlock(t *testing.T, spec hcldec.Spec, block *hclsyntax.Block) {
	t.Helper()
	attributes := map[string]bool{}
	for _, a := range hcldec.ImpliedSchema(spec).Attributes {
		attributes[a.Name] = true
	}
	for name, a := range block.Body.Attributes {
		if !attributes[name] && !reserved[name] {
			t.Errorf("%s: %s has no attribute %q", a.NameRange, block.Type, name)
		}
	}
	nested := hcldec.ChildBlockTypes(spec)
	for _, b := range block.Body.Blocks {
		if b.Type == "dynamic" {
			continue
		}
		inner, ok := nested[b.Type]
		if !ok {
			t.Errorf("%s: %s has no block %q", b.DefRange(), block.Type, b.Type)
			continue
		}
		checkBlock(t, inner, b)
	}
}

// documents are README.md and all of docs/.
func documents(t *testing.T) []string {
	t.Helper()
	paths := []string{"README.md"}
	err := filepath.WalkDir("docs", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".mdx")) {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

type fence struct {
	line int // of its first line of text
	text string
}

// fences are the fenced blocks of a language in a document.
func fences(t *testing.T, path, language string) []fence {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []fence
	in, n := false, 0
	for line := range strings.Lines(string(b)) {
		n++
		switch trimmed := strings.TrimSpace(line); {
		case in && trimmed == "```":
			in = false
		case in:
			out[len(out)-1].text += line
		case trimmed == "```"+language:
			in = true
			out = append(out, fence{line: n + 1})
		}
	}
	if in {
		t.Fatal(fmt.Errorf("%s: a fenced block has no end", path))
	}
	return out
}
