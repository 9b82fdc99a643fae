// SPDX-License-Identifier: MPL-2.0

package media_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// What the kernel makes up is refused by whichever way one comes to it; what is mounted in a folder, unless a link says
// that it is meant.
func TestOtherFileSystems(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.iso")
	if _, err := os.Stat("/proc/self"); err != nil {
		t.Skipf("no /proc here: %v", err)
	}
	in := folder(t, map[string]string{"a": "1"})
	refuse(t, out, "/proc", "/proc is no folder of a disk, the kernel makes it up (proc)", true)
	link(t, "/proc", filepath.Join(in, "link"))
	refuse(t, out, in, "link is no folder of a disk", true)
	if err := os.Remove(filepath.Join(in, "link")); err != nil {
		t.Fatal(err)
	}

	mine, err := os.MkdirTemp("/dev/shm", "avma-test-*")
	if err != nil {
		t.Skipf("no folder can be made in /dev/shm: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(mine) })
	write(t, filepath.Join(mine, "b"), []byte("2"))
	link(t, mine, filepath.Join(in, "link"))
	if got := contents(t, mustCreate(t, out, createOf(in))); got["link/b"] != "2" {
		t.Errorf("a link to another file system: %v", got)
	}

	mounted := filepath.Join(in, "mounted")
	if err := os.Mkdir(mounted, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", mounted, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("no file system can be mounted here (it takes root): %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(mounted, 0) })
	refuse(t, out, in, mounted+" is another file system, mounted there", true)
	if got := contents(t, mustCreate(t, out, createOf(mounted))); len(got) != 1 { // named, it is meant; an empty image
		t.Errorf("got %v", got)
	}
}
