// SPDX-License-Identifier: MPL-2.0

package media

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
)

// errChanged is a file that was written to while it was read, or after it was looked at.
var errChanged = errors.New("it was changed while the image was written; write the image again when nothing changes the file")

// source is a file that is read for an image.
type source struct {
	afero.File
	was os.FileInfo
}

// opener opens the file at path, which was looked at.
func opener(fsys afero.Fs, path string, looked os.FileInfo) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		f, err := fsys.Open(path)
		if err != nil {
			return nil, shown(err)
		}
		was, err := f.Stat()
		// The entry of a folder of NTFS may be older than the file.
		if err == nil && runtime.GOOS != "windows" && looked.Size() == was.Size() && !looked.ModTime().Equal(was.ModTime()) {
			err = errChanged
		}
		if err != nil {
			_ = f.Close()
			return nil, shown(err)
		}
		return &source{f, was}, nil
	}
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.File.Read(p)
	return n, shown(err)
}

// Close says whether the file is the same as it was, beside its size, which the image tells by itself.
func (s *source) Close() error {
	now, err := s.Stat()
	if err == nil && !now.ModTime().Equal(s.was.ModTime()) {
		err = errChanged
	}
	return shown(errors.Join(err, s.File.Close()))
}

// shown is an error whose path acts on no terminal.
func shown(err error) error {
	if p, ok := err.(*fs.PathError); ok { // as os gives it
		return &fs.PathError{Op: p.Op, Path: untrusted.Line(p.Path), Err: p.Err}
	}
	return err
}
