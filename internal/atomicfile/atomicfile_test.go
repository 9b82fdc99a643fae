// SPDX-License-Identifier: MPL-2.0

package atomicfile_test

import (
	"bytes"
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
			"free some space, or name a file on another disk"},
		{"the content fails", t.Context(), nil, func(io.Writer) error { return boom }, boom, "cannot write dir/a.xml: boom"},
		{"read-only", t.Context(), afero.NewReadOnlyFs, content("new"), fs.ErrPermission, "name a file in another folder, or make this one writable"},
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

// Whatever is there, a folder or a file in the way, is told before anything is made.
func TestPlacesThatAreRefused(t *testing.T) {
	dir, fsys := t.TempDir(), afero.NewOsFs()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ path, says string }{
		{"", "without a name: name a file"},
		{dir, "it is a folder"},
		{filepath.Join(dir, "new") + string(filepath.Separator), "it is the name of a folder"},
		{filepath.Join(dir, "file", "a.xml"), "file"},
		{filepath.Join(dir, "new", strings.Repeat("a", 300)), "shorter name"},
	} {
		err := atomicfile.Write(t.Context(), fsys, tc.path, 0, content("x"))
		var known *atomicfile.Error
		if !errors.As(err, &known) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%q gives %v, want %q", tc.path, err, tc.says)
		}
	}
	if got := names(t, fsys, dir); got != "file" {
		t.Errorf("left behind: %s", got)
	}
}

// Missing folders are made, and go again when the file comes to nothing.
func TestFolders(t *testing.T) {
	dir, fsys := t.TempDir(), afero.NewOsFs()
	path := filepath.Join(dir, "a", "b", "c.xml")
	err := atomicfile.Write(t.Context(), fsys, path, 0, func(io.Writer) error { return errors.New("boom") })
	if got := names(t, fsys, dir); err == nil || got != "" {
		t.Errorf("%v, left behind: %s", err, got)
	}
	if err := atomicfile.Write(t.Context(), fsys, path, atomicfile.Secret, content("x")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, fsys, filepath.Dir(path)); got != "c.xml" {
		t.Errorf("got %s", got)
	}
}

func TestDevice(t *testing.T) {
	if err := atomicfile.Write(t.Context(), afero.NewOsFs(), os.DevNull, atomicfile.Secret, content("x")); err != nil {
		t.Errorf("the null device gives %v", err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatal("the null device was replaced by a file")
	}
}

// A name has room up to the limit of the file system, whatever the temporary name is.
func TestLongNames(t *testing.T) {
	fsys, dir := afero.NewOsFs(), t.TempDir()
	for _, n := range []int{100, 101, 249, 255} {
		for _, letter := range []string{"a", "ü"} {
			name := strings.Repeat(letter, n)[:n]
			if letter == "ü" {
				name = strings.ToValidUTF8(name, "x")
			}
			if err := atomicfile.Write(t.Context(), fsys, filepath.Join(dir, name), atomicfile.Secret, content("x")); err != nil {
				t.Errorf("%d bytes: %v", n, err)
			}
		}
	}
	err := atomicfile.Write(t.Context(), fsys, filepath.Join(dir, strings.Repeat("a", 256)), atomicfile.Secret, content("x"))
	if err == nil || !strings.Contains(err.Error(), "give it a shorter name") {
		t.Errorf("256 bytes: %v", err)
	}
}

func TestIsTemp(t *testing.T) {
	long := strings.Repeat("a", 200)
	for _, tc := range []struct {
		base, file string
		want       bool
	}{
		{".a.iso.1.partial", "a.iso", true},
		{".a.iso.1000.partial", "a.iso", true},
		{".a.iso.1001.partial", "a.iso", false},
		{".a.iso.0.partial", "a.iso", false},
		{".a.iso.01.partial", "a.iso", false},
		{".a.iso.+1.partial", "a.iso", false},
		{".a.iso.x.partial", "a.iso", false},
		{".a.iso.1.part", "a.iso", false},
		{".b.iso.1.partial", "a.iso", false},
		{".a.iso.1.partial", "a", false},
		{"." + long + ".1.partial", long, false},
	} {
		if got := atomicfile.IsTemp(tc.base, tc.file); got != tc.want {
			t.Errorf("IsTemp(%q, %q) = %v", tc.base, tc.file, got)
		}
	}
}

// The link itself is replaced: what it leads to may be another user's choice.
func TestALinkIsReplaced(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "real.xml")
	if err := os.WriteFile(target, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, leads := range []string{"real.xml", "nowhere.xml", "link.xml"} {
		link := filepath.Join(dir, "link.xml")
		_ = os.Remove(link)
		if err := os.Symlink(leads, link); err != nil {
			t.Skipf("no symbolic links here (on Windows: switch developer mode on): %v", err)
		}
		if err := atomicfile.Write(t.Context(), afero.NewOsFs(), link, atomicfile.Secret, content("new")); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(target); string(got) != "old" {
			t.Errorf("what the link led to is %q", got)
		}
		if info, _ := os.Lstat(link); !info.Mode().IsRegular() {
			t.Errorf("the link to %s is still there", leads)
		}
	}
	if got := names(t, afero.NewOsFs(), dir); got != "link.xml real.xml" {
		t.Errorf("got %s", got)
	}
}

// Nothing follows an Abort, and nothing an Abort after Commit.
func TestCommitAndAbort(t *testing.T) {
	fsys, path := afero.NewOsFs(), filepath.Join(t.TempDir(), "a.iso")
	for _, commit := range []bool{true, false} {
		f, err := atomicfile.New(t.Context(), fsys, path, atomicfile.Options{Mode: atomicfile.Secret})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Reserve(64 << 20); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, map[bool]string{true: "kept", false: "not"}[commit]); err != nil {
			t.Fatal(err)
		}
		if commit {
			if err := f.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		f.Abort()
		f.Abort()
		if got, _ := os.ReadFile(path); string(bytes.TrimRight(got, "\x00")) != "kept" {
			t.Errorf("got %q", got)
		}
		if got := names(t, fsys, filepath.Dir(path)); got != "a.iso" {
			t.Errorf("left behind: %s", got)
		}
	}
}
