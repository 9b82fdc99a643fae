// SPDX-License-Identifier: MPL-2.0

//go:build unix

package atomicfile_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
)

// another is a user that is neither root nor, on any system, a person.
const another = 65534

// sharedFolder is a folder as /tmp is, in which another user runs a shell command.
func sharedFolder(t *testing.T, script string) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("another user's files take root; run this test as root")
	}
	dir := t.TempDir()
	for path, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, dir: 0o777 | os.ModeSticky} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "/bin/sh", "-ec", script)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: another, Gid: another}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("the other user cannot work here: %v: %s", err, out)
	}
	return dir
}

// CWE-59: what another user planted in a folder for all is neither written through nor written to.
func TestWhatAnotherUserPlanted(t *testing.T) {
	private := t.TempDir()
	victim := filepath.Join(private, "victim")
	if err := os.WriteFile(victim, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := sharedFolder(t, `
		ln -s `+victim+` link.xml
		ln -s `+private+` folder
		mkfifo pipe.xml
		ln -s pipe.xml to-pipe.xml
		: > .temp.xml.1.partial
		ln -s `+victim+` .temp.xml.2.partial
		mkfifo .temp.xml.3.partial
		: > theirs.xml`)
	for _, tc := range []struct{ name, says string }{ // "": it is written
		{"link.xml", ""},
		{"theirs.xml", ""},
		{"temp.xml", ""},
		{"pipe.xml", "of another user"},
		{"to-pipe.xml", "name that itself"},
		{"folder/new.xml", "symbolic link of another user"},
		{"folder/sub/new.xml", "symbolic link of another user"},
	} {
		path := filepath.Join(dir, tc.name)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // or the old way waits for a reader
		err := atomicfile.Write(ctx, afero.NewOsFs(), path, atomicfile.Secret, content("secret"))
		cancel()
		if tc.says != "" {
			if err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s: %v, want %q", tc.name, err, tc.says)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 || info.Sys().(*syscall.Stat_t).Uid != 0 {
			t.Errorf("%s is %v, %v", tc.name, info.Mode(), err)
		}
	}
	if got, _ := os.ReadFile(victim); string(got) != "old" {
		t.Errorf("the victim's file is %q", got)
	}
	if got := names(t, afero.NewOsFs(), private); got != "victim" {
		t.Errorf("made in the victim's folder: %s", got)
	}
	if got := names(t, afero.NewOsFs(), dir); !strings.HasPrefix(got, ".temp.xml.1.partial .temp.xml.2.partial .temp.xml.3.partial ") {
		t.Errorf("what belongs to another user was removed: %s", got)
	}
}

// A pipe of one's own is written to. The wait for its reader, and for one that has stopped reading, ends with the context.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skipf("no named pipe can be made here: %v", err)
	}
	read := make(chan string)
	go func() {
		data, _ := os.ReadFile(path)
		read <- string(data)
	}()
	if err := atomicfile.Write(t.Context(), afero.NewOsFs(), path, atomicfile.Secret, content("answer")); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "answer" {
		t.Errorf("read %q", got)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := atomicfile.Write(ctx, afero.NewOsFs(), path, 0, content("x")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("nobody reads: %v", err)
	}

	deaf, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer deaf.Close()
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	time.AfterFunc(50*time.Millisecond, cancel)
	err = atomicfile.Write(ctx, afero.NewOsFs(), path, 0, func(w io.Writer) error {
		for range 1 << 10 { // more than a pipe holds
			if _, err := w.Write(make([]byte, 4096)); err != nil {
				return err
			}
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("nobody reads on: %v", err)
	}
	if info, _ := os.Lstat(path); info.Mode()&os.ModeNamedPipe == 0 {
		t.Error("the pipe was replaced")
	}
}

// What leads to a file that is open already is no name to give a file.
func TestDescriptor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	link := fmt.Sprintf("/proc/self/fd/%d", f.Fd())
	if _, err := os.Lstat(link); err != nil {
		t.Skipf("no /proc here: %v", err)
	}
	err = atomicfile.Write(t.Context(), afero.NewOsFs(), link, 0, content("x"))
	if err == nil || !strings.Contains(err.Error(), "write to standard output with -") {
		t.Errorf("got %v", err)
	}
	if got := names(t, afero.NewOsFs(), filepath.Dir(path)); got != "out.xml" {
		t.Errorf("got %s", got)
	}
}
