// SPDX-License-Identifier: MPL-2.0

// Package faultfs breaks a file system on purpose, for tests of what is left behind.
package faultfs

import (
	"os"
	"syscall"

	"github.com/spf13/afero"
)

// DiskFull gives a file system on which all files together take room bytes; the write after that fails as a full disk
// does.
func DiskFull(fsys afero.Fs, room int) afero.Fs {
	return OnWrite(fsys, func(n int) error {
		if room -= n; room < 0 {
			return syscall.ENOSPC
		}
		return nil
	})
}

// OnWrite gives a file system that calls fn before each write of n bytes, and does not write when fn gives an error.
func OnWrite(fsys afero.Fs, fn func(n int) error) afero.Fs { return &faulty{fsys, fn} }

type faulty struct {
	afero.Fs
	fn func(int) error
}

func (f *faulty) Create(name string) (afero.File, error) {
	return f.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
}

func (f *faulty) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	file, err := f.Fs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &faultyFile{file, f.fn}, nil
}

type faultyFile struct {
	afero.File
	fn func(int) error
}

func (f *faultyFile) fail(n int) error {
	if err := f.fn(n); err != nil {
		return &os.PathError{Op: "write", Path: f.Name(), Err: err}
	}
	return nil
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.fail(len(p)); err != nil {
		return 0, err
	}
	return f.File.Write(p)
}

func (f *faultyFile) WriteAt(p []byte, off int64) (int, error) {
	if err := f.fail(len(p)); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, off)
}

func (f *faultyFile) WriteString(s string) (int, error) { return f.Write([]byte(s)) }
