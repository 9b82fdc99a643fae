// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"github.com/spf13/afero"
	"golang.org/x/sys/windows"
)

// secretSDDL gives everything to the user who writes the file, SYSTEM and Administrators, and takes nothing from the
// folder (P). SYSTEM is who opens an image for Hyper-V and lets the virtual machine read it.
const secretSDDL = "D:P(A;;FA;;;%s)(A;;FA;;;SY)(A;;FA;;;BA)"

// createSecret makes a new file with that access list from its first byte. It is shared as Go shares files: to be read
// and written, not to be deleted.
func createSecret(name string) (afero.File, error) {
	f, err := createWith(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f, nil
}

func createWith(name string) (*os.File, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, fmt.Errorf("asking who the user is: %w", err)
	}
	sd, err := windows.SecurityDescriptorFromString(fmt.Sprintf(secretSDDL, user.User.Sid))
	if err != nil {
		return nil, fmt.Errorf("making its access list: %w", err)
	}
	wide, err := windows.UTF16PtrFromString(longPath(name))
	if err != nil {
		return nil, err
	}
	sa := windows.SecurityAttributes{SecurityDescriptor: sd}
	sa.Length = uint32(unsafe.Sizeof(sa))
	handle, err := windows.CreateFile(wide, windows.GENERIC_READ|windows.GENERIC_WRITE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, &sa, windows.CREATE_NEW, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(handle), name), nil
}

// longPath is a path in the form that may have more than 260 characters. (os does the same by itself.)
func longPath(name string) string {
	const longest = 247 // of a folder, with room for an 8.3 name
	abs, err := filepath.Abs(name)
	switch {
	case err != nil || len(abs) <= longest || strings.HasPrefix(abs, `\\?\`) || strings.HasPrefix(abs, `\\.\`):
		return name
	case strings.HasPrefix(abs, `\\`):
		return `\\?\UNC\` + abs[2:]
	}
	return `\\?\` + abs
}

// keptMode is the mode that a file keeps: Windows has none, but a file whose access list takes nothing from its folder
// stays secret.
func keptMode(path string, _ fs.FileMode) fs.FileMode {
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return 0
	}
	if control, _, err := sd.Control(); err == nil && control&windows.SE_DACL_PROTECTED != 0 {
		return Secret
	}
	return 0
}

// owner is not asked for: the folders of Windows that all may write to let nobody change the files of others, and a link
// is a privilege.
func owner(fs.FileInfo) (uid uint32, known bool) { return 0, false }

// lock has nothing to do: a file that is open cannot be removed.
func lock(afero.File, string) (unlock func(), ok bool) { return func() {}, true }

// settled is how long nothing was written to a leftover. Between its closing and its renaming a file is not open.
const settled = 10 * time.Minute

// removeUnlocked removes a file that nobody holds.
func removeUnlocked(name string, looked fs.FileInfo) bool {
	return time.Since(looked.ModTime()) > settled && os.Remove(name) == nil
}

// specialFlags are those to open a pipe or a device with.
func specialFlags(string, fs.FileMode) int { return 0 }

// isUnread says whether err means that nobody reads the pipe yet.
func isUnread(error) bool { return false }

// isDiskFull says whether err means that there is no room left.
func isDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// isTooLong says whether err means that a name is longer than the file system takes.
func isTooLong(err error) bool {
	return errors.Is(err, windows.ERROR_FILENAME_EXCED_RANGE) || errors.Is(err, syscall.ENAMETOOLONG)
}
