// SPDX-License-Identifier: MPL-2.0

//go:build !windows

package media

import (
	"errors"
	"syscall"
)

// isDiskFull says whether err means that there is no room left.
func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
