// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"syscall"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
)

// The exit statuses. 0 is yes or done.
const (
	exitNo          = 1   // the answer is no; only from commands that ask
	exitUsage       = 2   // bad usage, or content that cannot be generated
	exitFailed      = 3   // could not look or write
	exitInterrupted = 130 // Ctrl-C or SIGTERM
)

// statusError is an error with the status that the process ends with. A nil err prints nothing: the answer was
// printed already.
type statusError struct {
	status int
	err    error
}

func (e *statusError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *statusError) Unwrap() error { return e.err }

// no is the answer "no", with err to say it, or nil when the output did.
func no(err error) error { return &statusError{exitNo, err} }

// usage is a command line that cannot be followed, or content that cannot be generated.
func usage(err error) error { return &statusError{exitUsage, err} }

// failed is something that could not be read, reached or written.
func failed(err error) error { return &statusError{exitFailed, err} }

// status is what the process ends with after err.
func (a *app) status(ctx context.Context, err error) int {
	var s *statusError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &s):
		return s.status
	case !a.started:
		return exitUsage // cobra's own: a flag or an argument
	default:
		return exitFailed
	}
}

// isIO says that err is about reaching a file and not about what stands in it.
func isIO(err error) bool {
	var path *fs.PathError
	var write *atomicfile.Error
	return errors.As(err, &path) || errors.As(err, &write) ||
		errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)
}

// isClosedPipe says that the reader of our output has gone (avma keys | head -1), which is nothing to complain of.
func isClosedPipe(err error) bool {
	const windowsNoData = syscall.Errno(232) // ERROR_NO_DATA, "the pipe is being closed"
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, windowsNoData)
}
