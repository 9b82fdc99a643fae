// SPDX-License-Identifier: MPL-2.0

package media

import (
	"errors"
	"syscall"
)

// isDiskFull says whether err means that there is no room left.
func isDiskFull(err error) bool {
	const (
		errorHandleDiskFull = syscall.Errno(39)
		errorDiskFull       = syscall.Errno(112)
	)
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
