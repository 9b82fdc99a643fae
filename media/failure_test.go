// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media"
)

// failingFs fails at one step of writing an image. Reading passes, but for files named in unreadable.
type failingFs struct {
	afero.Fs
	step       string
	err        error
	room       int // bytes until step "write" fails
	unreadable string
	onRead     func()
	onWrite    func()
}

func (f *failingFs) fails(step string) error {
	if f.step == step {
		return f.err
	}
	return nil
}

func (f *failingFs) Open(name string) (afero.File, error) {
	if f.unreadable != "" && filepath.Base(name) == f.unreadable {
		return nil, &os.PathError{Op: "open", Path: name, Err: syscall.EACCES}
	}
	file, err := f.Fs.Open(name)
	return &failingFile{file, f, false}, err
}

func (f *failingFs) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	if err := f.fails("create"); err != nil {
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	file, err := f.Fs.OpenFile(name, flag, perm)
	return &failingFile{file, f, true}, err
}

func (f *failingFs) Mkdir(name string, perm os.FileMode) error {
	if err := f.fails("mkdir"); err != nil {
		return &os.PathError{Op: "mkdir", Path: name, Err: err}
	}
	return f.Fs.Mkdir(name, perm)
}

func (f *failingFs) Chmod(name string, mode os.FileMode) error {
	if err := f.fails("chmod"); err != nil {
		return err
	}
	return f.Fs.Chmod(name, mode)
}

func (f *failingFs) Rename(from, to string) error {
	if err := f.fails("rename"); err != nil {
		return err
	}
	return f.Fs.Rename(from, to)
}

type failingFile struct {
	afero.File
	fs     *failingFs
	output bool
}

func (f *failingFile) Read(b []byte) (int, error) {
	if f.fs.onRead != nil {
		f.fs.onRead()
	}
	return f.File.Read(b)
}

func (f *failingFile) Write(b []byte) (int, error) {
	if f.fs.onWrite != nil {
		f.fs.onWrite()
	}
	if f.fs.step != "write" {
		return f.File.Write(b)
	}
	n, _ := f.File.Write(b[:min(len(b), f.fs.room)])
	if f.fs.room -= n; n < len(b) {
		return n, &os.PathError{Op: "write", Path: f.Name(), Err: f.fs.err}
	}
	return n, nil
}

func (f *failingFile) Sync() error {
	if err := f.fs.fails("sync"); err != nil {
		return err
	}
	return f.File.Sync()
}

func (f *failingFile) Close() error {
	err := f.File.Close()
	if failed := f.fs.fails("close"); failed != nil && f.output {
		return failed
	}
	return err
}

// TestFailuresLeaveNothingBehind lets each step fail, with and without an older image in its place.
func TestFailuresLeaveNothingBehind(t *testing.T) {
	in := folder(t, map[string]string{"a": strings.Repeat("1", 3<<20), "secret": "x", "d/e": "y"})
	for _, tt := range []struct {
		name string
		fs   failingFs
		want error
		says string
	}{
		{"disk full at once", failingFs{step: "write", err: syscall.ENOSPC}, syscall.ENOSPC, "free some space"},
		{"disk full in the middle", failingFs{step: "write", err: syscall.ENOSPC, room: 2 << 20}, syscall.ENOSPC, "free some space"},
		{"disk full when flushed", failingFs{step: "sync", err: syscall.ENOSPC}, syscall.ENOSPC, "free some space"},
		{"quota", failingFs{step: "close", err: syscall.EDQUOT}, syscall.EDQUOT, "free some space"},
		{"read-only folder", failingFs{step: "create", err: syscall.EACCES}, fs.ErrPermission, "make this one writable"},
		{"read-only file system", failingFs{step: "create", err: syscall.EROFS}, syscall.EROFS, "another file system"},
		{"no mode", failingFs{step: "chmod", err: syscall.EPERM}, fs.ErrPermission, ""},
		{"held open", failingFs{step: "rename", err: syscall.EACCES}, fs.ErrPermission, "virtual machine"},
		{"unreadable folder", failingFs{unreadable: "d"}, fs.ErrPermission, "who may read the file"},
		{"unreadable file", failingFs{unreadable: "secret"}, fs.ErrPermission, "who may read the file"},
	} {
		for _, older := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{true: ", over an older image"}[older], func(t *testing.T) {
				dir := t.TempDir()
				out := filepath.Join(dir, "made", "x.iso")
				if older {
					write(t, out, []byte("older image"))
				}
				failing := tt.fs
				failing.Fs = afero.NewOsFs()
				_, err := media.Create(context.Background(), out, media.CreateOptions{FS: &failing, Files: []string{in}, Mode: 0o640})
				if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), out) {
					t.Errorf("got %v, want %q", err, tt.says)
				}
				if errors.Is(err, media.ErrInvalid) {
					t.Errorf("%v blames the input", err)
				}
				nothingBut(t, dir, out, older)
			})
		}
	}
}

// nothingBut checks that only the older image, if there was one, is below dir.
func nothingBut(t *testing.T, dir, out string, older bool) {
	t.Helper()
	if older {
		if b, err := os.ReadFile(out); err != nil || string(b) != "older image" {
			t.Errorf("the older image is %q, %v", b, err)
		}
		onlyFile(t, out)
		return
	}
	if list := must(os.ReadDir(dir)); len(list) != 0 {
		t.Errorf("left behind: %v", list)
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	_, err := media.Create(context.Background(), filepath.Join(t.TempDir(), "new", "x.iso"),
		media.CreateOptions{FS: &failingFs{Fs: afero.NewOsFs(), step: "mkdir", err: syscall.EACCES}})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "making its folder") {
		t.Errorf("got %v", err)
	}
}

func TestCancel(t *testing.T) {
	in := folder(t, map[string]string{"a": strings.Repeat("1", 3<<20), "b": "2"})
	for _, older := range []bool{false, true} {
		for _, after := range []int{0, 1, 3, 5} { // reads
			dir := t.TempDir()
			out := filepath.Join(dir, "made", "x.iso")
			if older {
				write(t, out, []byte("older image"))
			}
			ctx, cancel := context.WithCancel(context.Background())
			if after == 0 {
				cancel()
			}
			reads := 0
			_, err := media.Create(ctx, out, media.CreateOptions{Files: []string{in}, FS: &failingFs{Fs: afero.NewOsFs(), onRead: func() {
				if reads++; reads == after {
					cancel()
				}
			}}})
			cancel()
			if !errors.Is(err, context.Canceled) {
				t.Errorf("after %d reads: %v", after, err)
			}
			nothingBut(t, dir, out, older)
		}
	}
}

func TestCancelDuringTheLastWrite(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	dir := t.TempDir()
	out := filepath.Join(dir, "x.iso")
	_, err := media.Create(ctx, out, media.CreateOptions{FS: &failingFs{Fs: afero.NewOsFs(), onWrite: cancel}, Content: map[string][]byte{"a": nil}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	nothingBut(t, dir, out, false)
}

func TestFileThatGrowsMeanwhile(t *testing.T) {
	in := folder(t, map[string]string{"log": "1"})
	once := true
	grow := &failingFs{Fs: afero.NewOsFs(), onRead: func() {
		if once {
			once = false
			write(t, filepath.Join(in, "log"), bytes.Repeat([]byte("1"), 5000))
		}
	}}
	dir := t.TempDir()
	out := filepath.Join(dir, "x.iso")
	_, err := media.Create(context.Background(), out, media.CreateOptions{FS: grow, Files: []string{in}})
	if err == nil || !strings.Contains(err.Error(), "became longer") {
		t.Errorf("got %v", err)
	}
	nothingBut(t, dir, out, false)
}
