// SPDX-License-Identifier: MPL-2.0

//go:build unix

package media

import (
	"os"
	"syscall"
)

// isMount says whether a folder lies on another file system than the one that it is in.
func isMount(info, around os.FileInfo) bool {
	a, ok := info.Sys().(*syscall.Stat_t)
	b, also := around.Sys().(*syscall.Stat_t)
	return ok && also && a.Dev != b.Dev
}
