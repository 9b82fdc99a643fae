// SPDX-License-Identifier: MPL-2.0

//go:build unix

package atomicfile_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
)

// What a killed process left is cleared away by the next run; what a process is writing now is left alone.
func TestLeftovers(t *testing.T) {
	dir, fsys := t.TempDir(), afero.NewOsFs()
	path := filepath.Join(dir, "a.iso")
	for _, name := range []string{".a.iso.1.partial", ".a.iso.3.partial", ".a.iso.9.partial", ".b.iso.1.partial", ".a.iso.x.partial"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".a.iso.4.partial"), 0o755); err != nil {
		t.Fatal(err)
	}
	first, err := atomicfile.New(t.Context(), fsys, path, atomicfile.Options{Mode: atomicfile.Secret})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Abort()
	const others = ".a.iso.4.partial .a.iso.x.partial .b.iso.1.partial"
	if got := names(t, fsys, dir); got != ".a.iso.1.partial "+others {
		t.Errorf("with the first under way: %s", got)
	}
	if err := atomicfile.Write(t.Context(), fsys, path, atomicfile.Secret, content("second")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, fsys, dir); got != ".a.iso.1.partial "+others+" a.iso" {
		t.Errorf("with the second done: %s", got)
	}
	if err := content("first")(first); err != nil {
		t.Fatal(err)
	}
	if err := first.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "first" {
		t.Errorf("got %q", got)
	}
	if got := names(t, fsys, dir); got != others+" a.iso" {
		t.Errorf("at the end: %s", got)
	}
}

// Many at once neither take each other's file for a leftover nor leave one.
func TestManyAtOnce(t *testing.T) {
	dir, fsys := t.TempDir(), afero.NewOsFs()
	path := filepath.Join(dir, "a.xml")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if err := atomicfile.Write(t.Context(), fsys, path, atomicfile.Secret, content("whole")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got, _ := os.ReadFile(path); string(got) != "whole" || names(t, fsys, dir) != "a.xml" {
		t.Errorf("%q, left behind: %s", got, names(t, fsys, dir))
	}
}
