// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/doctest"
)

// shownOnly are programs that the documentation names and no test runs.
var shownOnly = []string{
	"make", "git", "go", "packer", "cd", "sha256sum", "source", "sysprep", "powershell", "Get-Content", "xorriso", "7z", "farm",
	"curl", "install", "sudo", "mkdir", "export", "set", "export", "ls", "genisoimage", "GODEBUG=inittrace=1",
}

// documents are the README and all pages that hold console or HCL blocks.
func documents(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, pattern := range []string{"README.md", "docs/*.md", "docs/*.mdx", "docs/*/*.mdx", "examples/*.md"} {
		found, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, found...)
	}
	return list
}

// What the documentation shows is what the program prints. With -update it is written anew.
func TestDocumentation(t *testing.T) {
	for _, path := range documents(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			w := newWorld(t, map[string]string{
				"Autounattend.xml": answers + "\n", "drivers/netkvm.inf": "; a driver\n", "scripts/setup.ps1": "# a script\n",
			})
			copyExamples(t, w.fs)
			shell := &doctest.Shell{FS: w.fs, Skip: shownOnly}
			shell.Programs = map[string]func(doctest.Command) doctest.Result{"avma": func(c doctest.Command) doctest.Result {
				var out, stderr bytes.Buffer
				a := *w.app
				a.stdout, a.stderr, a.loaded, a.started, a.catalogFile = &out, &stderr, nil, false, ""
				a.getenv = func(name string) (string, bool) { v, ok := c.Env[name]; return v, ok }
				a.env = func() []string {
					var list []string
					for name, value := range c.Env {
						list = append(list, name+"="+value)
					}
					return list
				}
				status := a.run(context.Background(), c.Args)
				return doctest.Result{Stdout: out.String(), Stderr: stderr.String(), Status: status}
			}}
			doctest.Check(t, path, shell, *update)
			doctest.CheckHCL(t, path)
		})
	}
}

// copyExamples puts the examples where the documentation has them.
func copyExamples(t *testing.T, fsys afero.Fs) {
	t.Helper()
	root := filepath.Join("..", "..", "examples")
	err := filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, filepath.Join("..", "..")+string(filepath.Separator)))
		return afero.WriteFile(fsys, name, data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
