// SPDX-License-Identifier: MPL-2.0

//go:build !linux

package atomicfile

import "github.com/spf13/afero"

// preallocate has no portable form.
func preallocate(afero.File, int64) error { return nil }
