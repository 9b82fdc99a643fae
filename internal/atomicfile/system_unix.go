// SPDX-License-Identifier: MPL-2.0

//go:build unix

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/spf13/afero"
	"golang.org/x/sys/unix"
)

// createSecret makes a new file that its owner alone may read.
func createSecret(name string) (afero.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, Secret)
	if err != nil {
		return nil, err // and no typed nil
	}
	return f, nil
}

// keptMode is the mode that a file keeps.
func keptMode(_ string, mode fs.FileMode) fs.FileMode { return mode }

// owner is the user that something belongs to.
func owner(info fs.FileInfo) (uid uint32, known bool) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Uid, true
	}
	return 0, false
}

// lock holds the file until unlock is called or the process ends, however that is. It is not ok where the file has lost
// its name to somebody who took it for a leftover. A file system without locks is fine: nothing is taken for a leftover
// there.
func lock(file afero.File, name string) (unlock func(), ok bool) {
	f, isFile := file.(*os.File)
	if !isFile {
		return func() {}, true
	}
	// A descriptor of its own holds the lock beyond the closing of the file, until it has its name.
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return func() {}, true
	}
	unlock = func() { _ = unix.Close(fd) }
	if err := unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB); errors.Is(err, unix.EWOULDBLOCK) {
		unlock()
		return nil, false
	}
	mine, err := f.Stat()
	there, lerr := os.Lstat(name)
	if err != nil || lerr != nil || !os.SameFile(mine, there) {
		unlock()
		return nil, false
	}
	return unlock, true
}

// removeUnlocked removes a file that nobody holds.
func removeUnlocked(name string, looked fs.FileInfo) bool {
	f, err := os.OpenFile(name, os.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) != nil {
		return false
	}
	// It may have got its name while it was being opened.
	mine, err := f.Stat()
	there, lerr := os.Lstat(name)
	return err == nil && lerr == nil && os.SameFile(mine, looked) && os.SameFile(mine, there) && os.Remove(name) == nil
}

// specialFlags are those to open a pipe or a device with. A path that the system makes is a link by nature.
func specialFlags(path string, mode fs.FileMode) int {
	flags := unix.O_NOCTTY
	if mode&fs.ModeNamedPipe != 0 {
		flags |= unix.O_NONBLOCK // or opening waits for a reader, and nothing ends that
	}
	if !isKernels(path) {
		flags |= unix.O_NOFOLLOW
	}
	return flags
}

// isUnread says whether err means that nobody reads the pipe yet.
func isUnread(err error) bool { return errors.Is(err, unix.ENXIO) }

// isDiskFull says whether err means that there is no room left.
func isDiskFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG)
}

// isTooLong says whether err means that a name is longer than the file system takes.
func isTooLong(err error) bool { return errors.Is(err, unix.ENAMETOOLONG) }
