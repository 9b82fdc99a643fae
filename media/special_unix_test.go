// SPDX-License-Identifier: MPL-2.0

//go:build unix

package media_test

import (
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestSpecialFilesAreRefusedAndNotOpened(t *testing.T) {
	in := t.TempDir()
	pipe := filepath.Join(in, "pipe") // opening it would wait for ever
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no named pipe can be made here: %v", err)
	}
	out := filepath.Join(t.TempDir(), "x.iso")
	refuse(t, out, in, pipe+" is a named pipe", true)
	refuse(t, out, pipe, pipe+" is a named pipe", true)
	refuse(t, out, os.DevNull, "is a device", true)

	t.Chdir(t.TempDir()) // the path of a socket is short
	l, err := net.Listen("unix", "s")
	if err != nil {
		t.Skipf("no socket can be made here: %v", err)
	}
	defer l.Close()
	refuse(t, out, "s", "s is a socket", true)
}
