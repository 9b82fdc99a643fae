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
	"unicode/utf16"

	"github.com/spf13/afero"
)

// maxUnits is the longest name that any file system takes, in UTF-16 code units.
const maxUnits = 255

// place is what stands where a file is to be written.
type place struct {
	mode    fs.FileMode // of the regular file that will be replaced; 0: none
	special fs.FileInfo // the pipe or device to write to; nil: none
}

// look says what is at path, and refuses what is neither replaced nor written to.
func look(fsys afero.Fs, path string) (place, error) {
	if path == "" {
		return place{}, errors.New("name a file")
	}
	if len(utf16.Encode([]rune(filepath.Base(path)))) > maxUnits { // Windows says of such a name that it is invalid
		return place{}, syscall.ENAMETOOLONG
	}
	if err := checkFolders(fsys, path); err != nil {
		return place{}, err
	}
	info, err := lstat(fsys, path)
	switch {
	case isTooLong(err):
		return place{}, err
	case err != nil && os.IsPathSeparator(path[len(path)-1]):
		return place{}, fmt.Errorf("it is the name of a folder; name a file in it, such as %s", filepath.Join(path, "NAME"))
	case err != nil: // nothing is there, or it will be said when the folder is made
		return place{}, nil
	}
	link := info.Mode()&fs.ModeSymlink != 0
	if link {
		if info, err = fsys.Stat(path); err != nil {
			return place{}, nil // it leads nowhere and is replaced
		}
	}
	switch mode := info.Mode(); {
	case mode.IsDir():
		return place{}, fmt.Errorf("it is a folder; name a file in it, such as %s", filepath.Join(path, "NAME"))
	case mode.IsRegular() && link && isKernels(path):
		return place{}, errors.New("it leads to a file that is open already; name that file, or write to standard output with -")
	case mode.IsRegular() && link:
		return place{}, nil
	case mode.IsRegular():
		return place{mode: keptMode(path, mode.Perm())}, nil
	case mode&(fs.ModeNamedPipe|fs.ModeCharDevice) == 0:
		return place{}, errors.New("it is no regular file, pipe or character device and is not replaced; name another")
	case link && !isKernels(path):
		return place{}, errors.New("it is a symbolic link to a pipe or device; name that itself")
	case !isTrusted(info) && !isKernels(path):
		return place{}, errors.New("it is a pipe or device of another user, who may read what is written; remove it, or name another file")
	}
	return place{special: info}, nil
}

// checkFolders refuses a way through a symbolic link that another user has put into a folder that others can write to:
// the kernel's protected_symlinks looks at the last part of a path alone.
func checkFolders(fsys afero.Fs, path string) error {
	dir := filepath.Dir(path)
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	for parent := filepath.Dir(dir); parent != dir; dir, parent = parent, filepath.Dir(parent) {
		info, err := lstat(fsys, dir)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 || isTrusted(info) {
			continue
		}
		if in, err := fsys.Stat(parent); err == nil && in.Mode().Perm()&0o022 != 0 {
			return fmt.Errorf("its folder %s is a symbolic link of another user, in a folder that others can write to; name another folder", dir)
		}
	}
	return nil
}

// isKernels says whether a path is one of those that the system itself makes, such as /dev/stdout and /dev/fd/3.
func isKernels(path string) bool {
	abs, err := filepath.Abs(path)
	if err != nil || strings.HasPrefix(abs, "/dev/shm/") {
		return false
	}
	return strings.HasPrefix(abs, "/dev/") || strings.HasPrefix(abs, "/proc/")
}

// isTrusted says whether something is the caller's own or root's; where a system does not say whose it is, it is.
func isTrusted(info fs.FileInfo) bool {
	uid, known := owner(info)
	return !known || uid == 0 || int(uid) == os.Geteuid()
}

// isOurs says whether something is the caller's own.
func isOurs(info fs.FileInfo) bool {
	uid, known := owner(info)
	return !known || int(uid) == os.Geteuid()
}

func lstat(fsys afero.Fs, path string) (fs.FileInfo, error) {
	if l, ok := fsys.(afero.Lstater); ok {
		info, _, err := l.LstatIfPossible(path)
		return info, err
	}
	return fsys.Stat(path)
}

// makeFolders is MkdirAll that says what it made, outermost first.
func makeFolders(fsys afero.Fs, dir string) (made []string, err error) {
	info, err := fsys.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil, nil
	case err == nil:
		return nil, fmt.Errorf("%s is a file, not a folder; name another path", dir)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, &folderError{dir, err}
	}
	if parent := filepath.Dir(dir); parent != dir {
		if made, err = makeFolders(fsys, parent); err != nil {
			return made, err
		}
	}
	err = fsys.Mkdir(dir, 0o755)
	switch {
	case err == nil:
		made = append(made, dir)
	case errors.Is(err, fs.ErrExist): // made by somebody else just now
		if info, serr := fsys.Stat(dir); serr == nil && info.IsDir() {
			return made, nil
		}
		fallthrough
	default:
		return made, &folderError{dir, err}
	}
	return made, nil
}

// removeFolders removes the folders that were made, unless somebody has put something into them. Not every afero.Fs
// refuses to remove a folder that is not empty.
func removeFolders(fsys afero.Fs, made []string) {
	for i := len(made) - 1; i >= 0; i-- {
		if empty, err := afero.IsEmpty(fsys, made[i]); err == nil && empty {
			_ = fsys.Remove(made[i])
		}
	}
}
