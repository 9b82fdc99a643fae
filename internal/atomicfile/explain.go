// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// explain says what could not be written, why, and what to do. The temporary name is left out: nobody asked for it.
func explain(path string, err error) error {
	var known *Error
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &known) {
		return err
	}
	var rename *renameError
	var folder *folderError
	remedy := ""
	switch {
	case isDiskFull(err):
		remedy = "; free some space, or name a file on another disk (nothing was left behind)"
	case errors.Is(err, syscall.EROFS):
		remedy = "; name a file on another file system"
	case isTooLong(err):
		remedy = "; give it a shorter name (most file systems take 255 bytes, Windows 255 characters)"
	case errors.As(err, &rename):
		remedy = "; check whether it belongs to somebody else, or is held open (a virtual machine does that to an image)"
	case errors.Is(err, fs.ErrPermission):
		remedy = "; name a file in another folder, or make this one writable"
	}
	cause := err
	var perr *fs.PathError
	var lerr *os.LinkError
	switch {
	case errors.As(err, &folder):
	case errors.As(err, &perr):
		cause = perr.Err
	case errors.As(err, &lerr):
		cause = lerr.Err
	}
	return &Error{Path: path, Err: cause, remedy: remedy}
}

// Error is a file that could not be written.
type Error struct {
	Path   string
	Err    error
	remedy string
}

func (e *Error) Error() string {
	return fmt.Sprintf("cannot write %s: %v%s", cmp.Or(e.Path, "a file without a name"), e.Err, e.remedy)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// renameError is a file that was complete and did not get its name.
type renameError struct{ err error }

func (e *renameError) Error() string { return e.err.Error() }
func (e *renameError) Unwrap() error { return e.err }

// folderError is a folder that could not be made.
type folderError struct {
	dir string
	err error
}

func (e *folderError) Error() string {
	cause := e.err
	var perr *fs.PathError
	if errors.As(cause, &perr) {
		cause = perr.Err
	}
	return fmt.Sprintf("making its folder %s: %v", e.dir, cause)
}

func (e *folderError) Unwrap() error { return e.err }
