// SPDX-License-Identifier: MPL-2.0

package atomicfile_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/spf13/afero"
	"golang.org/x/sys/windows"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
)

// allowed gives who may do what with a file, and whether its access list takes nothing from the folder.
func allowed(t *testing.T, path string) (list map[string]windows.ACCESS_MASK, protected bool) {
	t.Helper()
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	control, _, err := sd.Control()
	if err != nil {
		t.Fatal(err)
	}
	dacl, _, err := sd.DACL()
	if err != nil {
		t.Fatal(err)
	}
	list = map[string]windows.ACCESS_MASK{}
	for i := range uint32(dacl.AceCount) {
		var ace *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(dacl, i, &ace); err != nil {
			t.Fatal(err)
		}
		if ace.Header.AceType != windows.ACCESS_ALLOWED_ACE_TYPE {
			t.Errorf("%s: an entry of type %d", path, ace.Header.AceType)
			continue
		}
		list[(*windows.SID)(unsafe.Pointer(&ace.SidStart)).String()] |= ace.Mask
	}
	return list, control&windows.SE_DACL_PROTECTED != 0
}

// A secret file is its owner's, SYSTEM's and Administrators' from its first byte, even in a folder that all may read.
// SYSTEM may change the list: that is how Hyper-V lets a virtual machine read an image.
func TestSecretAccessList(t *testing.T) {
	dir := t.TempDir()
	everyone, err := windows.SecurityDescriptorFromString("D:P(A;OICI;FA;;;WD)")
	if err != nil {
		t.Fatal(err)
	}
	dacl, _, err := everyone.DACL()
	if err != nil {
		t.Fatal(err)
	}
	if err := windows.SetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, dacl, nil); err != nil {
		t.Fatal(err)
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	const system, administrators, world = "S-1-5-18", "S-1-5-32-544", "S-1-1-0"
	want := []string{user.User.Sid.String(), system, administrators}
	slices.Sort(want)
	want = slices.Compact(want)
	secret := func(path string) {
		t.Helper()
		list, protected := allowed(t, path)
		got := slices.Collect(func(yield func(string) bool) {
			for sid := range list {
				if !yield(sid) {
					return
				}
			}
		})
		slices.Sort(got)
		if !protected || !slices.Equal(got, want) {
			t.Errorf("%s: protected %v, for %v; want %v", path, protected, got, want)
		}
		if list[system]&windows.WRITE_DAC == 0 {
			t.Errorf("%s: SYSTEM may not change the list", path)
		}
	}

	fsys := afero.NewOsFs()
	for _, name := range []string{"a.xml", strings.Repeat("long", 50) + ".xml"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("an older file, for everyone"), 0o666); err != nil {
			t.Fatal(err)
		}
		err := atomicfile.Write(t.Context(), fsys, path, atomicfile.Secret, func(w io.Writer) error {
			found, err := filepath.Glob(filepath.Join(dir, ".*.partial"))
			if err != nil || len(found) != 1 {
				t.Errorf("temporary files: %v, %v", found, err)
			}
			for _, temp := range found {
				secret(temp) // before the first byte
			}
			return content("secret")(w)
		})
		if err != nil {
			t.Fatal(err)
		}
		secret(path)
		if err := atomicfile.Write(t.Context(), fsys, path, 0, content("again")); err != nil { // keeps what it was
			t.Fatal(err)
		}
		secret(path)
	}
	public := filepath.Join(dir, "public.txt")
	if err := atomicfile.Write(t.Context(), fsys, public, 0, content("x")); err != nil {
		t.Fatal(err)
	}
	if list, protected := allowed(t, public); protected || list[world] == 0 {
		t.Errorf("a file like any other has %v, protected %v", list, protected)
	}
}

// An old leftover goes; one that is open, or that was just written, stays.
func TestLeftoversOnWindows(t *testing.T) {
	dir, fsys := t.TempDir(), afero.NewOsFs()
	path := filepath.Join(dir, "a.iso")
	old := time.Now().Add(-time.Hour)
	for _, n := range []string{"1", "2"} {
		name := filepath.Join(dir, ".a.iso."+n+".partial")
		if err := os.WriteFile(name, []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
		if n == "1" {
			if err := os.Chtimes(name, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	f, err := atomicfile.New(t.Context(), fsys, path, atomicfile.Options{Mode: atomicfile.Secret})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Abort()
	if got := names(t, fsys, dir); got != ".a.iso.1.partial .a.iso.2.partial" {
		t.Errorf("got %s", got)
	}
	if err := atomicfile.Write(t.Context(), fsys, path, atomicfile.Secret, content("x")); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := names(t, fsys, dir); got != ".a.iso.2.partial a.iso" {
		t.Errorf("got %s", got)
	}
}
