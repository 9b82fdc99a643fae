// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"github.com/spf13/afero"
)

// explain says what could not be written, why, and what to do. The temporary name is left out: nobody asked for it.
func explain(fsys afero.Fs, path string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	cause := err
	var perr *fs.PathError
	if errors.As(err, &perr) {
		cause = perr.Err
	}
	remedy := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, missing := fsys.Stat(filepath.Dir(path)); missing != nil {
			remedy = fmt.Sprintf("; make the folder %s first", filepath.Dir(path))
		}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		remedy = "; name another folder with -o, or make this one writable"
	case errors.Is(err, syscall.ENOSPC):
		remedy = "; free some space or name another disk (nothing was left behind)"
	}
	return &Error{Path: path, Err: cause, remedy: remedy}
}

// Error is a file that could not be written.
type Error struct {
	Path   string
	Err    error
	remedy string
}

func (e *Error) Error() string { return fmt.Sprintf("cannot write %s: %v%s", e.Path, e.Err, e.remedy) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
