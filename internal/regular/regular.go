// SPDX-License-Identifier: MPL-2.0

// Package regular opens files that are files: not folders, and not what a read can wait at without end, or never finds
// the end of (a named pipe, a device, a socket). It bounds nothing else; how much is read is the reader's business.
package regular

import (
	"errors"
	"io/fs"

	"github.com/spf13/afero"
)

// Open opens a file for reading. A name that stands for something else gives an [*fs.PathError] that says what it is:
// it is looked at before it is opened, because opening a named pipe waits already. A folder is opened; reading it fails.
func Open(fsys afero.Fs, path string) (afero.File, error) {
	info, err := fsys.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := refuse(path, info.Mode()); err != nil {
		return nil, err
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	// What the name stands for may have changed since.
	if info, err = f.Stat(); err == nil {
		err = refuse(path, info.Mode())
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func refuse(path string, mode fs.FileMode) error {
	what := ""
	switch {
	case mode.IsRegular(), mode.IsDir():
		return nil
	case mode&fs.ModeNamedPipe != 0:
		what = "it is a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "it is a socket"
	case mode&fs.ModeDevice != 0:
		what = "it is a device"
	default:
		what = "it is something special"
	}
	return &fs.PathError{Op: "open", Path: path, Err: errors.New(what + ", not a file; copy what it gives into a file first")}
}
