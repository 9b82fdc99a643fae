// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"os"
	"syscall"

	"github.com/spf13/afero"
)

// preallocateFrom is the size of a file, in bytes, from which room for it is reserved.
const preallocateFrom = 16 << 20

// preallocate reserves the blocks of a large file, so that a full disk is known before anything is copied; it also
// makes writing faster. A file system that cannot do it is fine.
func preallocate(file afero.File, size int64) error {
	f, ok := file.(*os.File)
	if !ok || size < preallocateFrom {
		return nil
	}
	if err := syscall.Fallocate(int(f.Fd()), 0, 0, size); err == syscall.ENOSPC || err == syscall.EFBIG {
		return &os.PathError{Op: "reserve", Path: f.Name(), Err: err}
	}
	return nil
}
