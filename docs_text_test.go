// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// Every link of README and docs to a file leads to one.
func TestLinks(t *testing.T) {
	seen := 0
	for _, path := range append(documents(t), "CONTRIBUTING.md", "SECURITY.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllSubmatch(text, -1) {
			to, _, _ := strings.Cut(string(m[1]), "#")
			if to == "" || strings.Contains(to, ":") || strings.HasPrefix(to, "/packer/") { // those are of Packer's site
				continue
			}
			seen++
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), filepath.FromSlash(to))); err != nil {
				t.Errorf("%s links to %s: %v", path, to, err)
			}
		}
	}
	if seen == 0 {
		t.Error("no document links to a file")
	}
}

var (
	validate = regexp.MustCompile(`packer validate`)
	space    = regexp.MustCompile(`\s+(#\s+)?`) // a line break, in a comment too
)

// validated reports whether what stands around "packer validate" runs the data sources, or speaks of doing without.
func validated(before, after string) bool {
	return strings.HasPrefix(after, " -evaluate-datasources") || strings.HasPrefix(after, "` without `-evaluate-datasources") ||
		strings.HasPrefix(after, "` alone") || strings.HasSuffix(before, "plain `")
}

// Packer's validate does not run data sources by itself, and builders such as hyperv-iso refuse what it puts in the
// place of their values. So whoever is told to validate is told to run them.
func TestValidateRunsDataSources(t *testing.T) {
	paths := documents(t)
	for _, pattern := range []string{"*.md", "examples/*/*", "docs-partials/*/*/*", ".github/workflows/*", ".ci/*"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, more...)
	}
	slices.Sort(paths)
	seen := 0
	for _, path := range slices.Compact(paths) {
		if path == "CHANGELOG.md" {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		text := space.ReplaceAllString(string(raw), " ")
		for _, at := range validate.FindAllStringIndex(text, -1) {
			seen++
			if before, after := text[:at[0]], text[at[1]:]; !validated(before, after) {
				t.Errorf("%s: %q lacks -evaluate-datasources", path, text[max(0, at[0]-40):min(len(text), at[1]+40)])
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d places speak of packer validate", seen)
	}
}
