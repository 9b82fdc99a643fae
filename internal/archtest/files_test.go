// SPDX-License-Identifier: MPL-2.0

package archtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// maxLines is the longest file that somebody can still keep in mind.
const maxLines = 450

// walk calls fn for each file of the repository that is kept.
func walk(t *testing.T, fn func(path string)) {
	t.Helper()
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			fn(path)
		case path != "." && strings.HasPrefix(d.Name(), ".") && d.Name() != ".github", path == "bin", path == "dist", path == "build":
			return fs.SkipDir
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGoFiles(t *testing.T) {
	folders, documented := map[string]bool{}, map[string]bool{}
	walk(t, func(path string) {
		if filepath.Ext(path) != ".go" || strings.Contains(path, "testdata/") || strings.HasPrefix(path, "tools/") {
			return
		}
		src, err := os.ReadFile(filepath.Join("../..", path))
		if err != nil {
			return // it has gone since
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		folders[dir] = true
		documented[dir] = documented[dir] || filepath.Base(path) == "doc.go" || bytes.Contains(src, []byte("\n// Package ")) ||
			bytes.Contains(src, []byte("\n// Command "))
		if bytes.Contains(src, []byte("Code generated ")) {
			return
		}
		if !bytes.HasPrefix(src, []byte("// SPDX-License-Identifier: MPL-2.0\n")) {
			t.Errorf("%s does not begin with // SPDX-License-Identifier: MPL-2.0", path)
		}
		if lines := bytes.Count(src, []byte("\n")); lines > maxLines {
			t.Errorf("%s has %d lines, more than %d: it holds more than one idea", path, lines, maxLines)
		}
	})
	for dir := range folders {
		if !documented[dir] {
			t.Errorf("%s has no doc.go that says what it is for and what not", dir)
		}
	}
}

// Scripts that run in a guest or on a host are in templates, and nowhere else (tests have fakes of their own).
func TestPowerShellIsInTemplates(t *testing.T) {
	walk(t, func(path string) {
		switch filepath.Ext(path) {
		case ".ps1", ".psm1", ".psd1", ".cmd", ".bat":
		default:
			return
		}
		for _, room := range []string{"templates/", "internal/winguest/", "examples/", "tools/"} {
			if strings.HasPrefix(path, room) {
				return
			}
		}
		if !strings.Contains(path, "testdata/") {
			t.Errorf("%s belongs in templates/", path)
		}
	})
}
