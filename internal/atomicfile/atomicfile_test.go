// SPDX-License-Identifier: MPL-2.0

package atomicfile_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
	"github.com/golden-image/packer-plugin-avma/internal/faultfs"
)

func content(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// names lists a folder.
func names(t *testing.T, fsys afero.Fs, dir string) string {
	t.Helper()
	list, err := afero.ReadDir(fsys, dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, info := range list {
		found = append(found, info.Name())
	}
	return strings.Join(found, " ")
}

func TestWriteMakesAndReplaces(t *testing.T) {
	fsys, path := afero.NewOsFs(), filepath.Join(t.TempDir(), "a.xml")
	for _, want := range []string{"old, and longer", "new"} {
		if err := atomicfile.Write(t.Context(), fsys, path, 0, content(want)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := names(t, fsys, filepath.Dir(path)); got != "a.xml" {
		t.Errorf("left behind: %s", got)
	}
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes; run this on Linux or macOS")
	}
	fsys, path := afero.NewOsFs(), filepath.Join(t.TempDir(), "a.xml")
	for _, step := range []struct {
		name       string
		mode, want fs.FileMode
	}{
		{"a secret is for its owner", atomicfile.Secret, 0o600},
		{"an existing mode is kept", 0, 0o600},
		{"a mode is set whatever the umask", 0o666, 0o666},
		{"and made tighter again", atomicfile.Secret, 0o600},
	} {
		if err := atomicfile.Write(t.Context(), fsys, path, step.mode, content("x")); err != nil {
			t.Fatal(err)
		}
		if info, _ := os.Stat(path); info.Mode().Perm() != step.want {
			t.Errorf("%s: mode %v, want %v", step.name, info.Mode().Perm(), step.want)
		}
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	inTheMiddle, stop := context.WithCancel(t.Context())
	atTheEnd, end := context.WithCancel(t.Context())
	boom := errors.New("boom")
	for _, tc := range []struct {
		name string
		ctx  context.Context
		fsys func(afero.Fs) afero.Fs
		fn   func(io.Writer) error
		want error
		text string
	}{
		{"cancelled before", cancelled, nil, content("new"), context.Canceled, ""},
		{"cancelled in the middle", inTheMiddle, nil, func(w io.Writer) error {
			if err := content("ne")(w); err != nil {
				return err
			}
			stop()
			return content("w")(w)
		}, context.Canceled, ""},
		{"cancelled at the end", atTheEnd, nil, func(w io.Writer) error { defer end(); return content("new")(w) }, context.Canceled, ""},
		{"disk full", t.Context(), func(f afero.Fs) afero.Fs { return faultfs.DiskFull(f, 2) }, content("new"), syscall.ENOSPC,
			"free some space or name another disk"},
		{"the content fails", t.Context(), nil, func(io.Writer) error { return boom }, boom, "cannot write dir/a.xml: boom"},
		{"read-only", t.Context(), afero.NewReadOnlyFs, content("new"), fs.ErrPermission, "name another folder with -o, or make this one writable"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			under := afero.NewMemMapFs()
			if err := afero.WriteFile(under, "dir/a.xml", []byte("old"), 0o644); err != nil {
				t.Fatal(err)
			}
			fsys := under
			if tc.fsys != nil {
				fsys = tc.fsys(under)
			}
			err := atomicfile.Write(tc.ctx, fsys, "dir/a.xml", 0, tc.fn)
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.text) {
				t.Errorf("error %v, want %v with %q", err, tc.want, tc.text)
			}
			if got, _ := afero.ReadFile(under, "dir/a.xml"); string(got) != "old" {
				t.Errorf("the old file is %q", got)
			}
			if got := names(t, under, "dir"); got != "a.xml" {
				t.Errorf("left behind: %s", got)
			}
		})
	}
}

func TestOddTargets(t *testing.T) {
	dir := t.TempDir()
	err := atomicfile.Write(t.Context(), afero.NewOsFs(), dir, 0, content("x"))
	if err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("a folder gives %v", err)
	}
	err = atomicfile.Write(t.Context(), afero.NewOsFs(), filepath.Join(dir, "no", "a.xml"), 0, content("x"))
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "make the folder") {
		t.Errorf("a missing folder gives %v", err)
	}
	if err := atomicfile.Write(t.Context(), afero.NewOsFs(), os.DevNull, atomicfile.Secret, content("x")); err != nil {
		t.Errorf("the null device gives %v", err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatal("the null device was replaced by a file")
	}
}

func TestALinkStaysALink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "real.xml"), filepath.Join(dir, "link.xml")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.xml", link); err != nil {
		t.Skipf("no symbolic links here (on Windows: switch developer mode on): %v", err)
	}
	if err := atomicfile.Write(t.Context(), afero.NewOsFs(), link, 0, content("new")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(target); string(got) != "new" {
		t.Errorf("the target is %q", got)
	}
	if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced by a file")
	}
}
