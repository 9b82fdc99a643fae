// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/afero"
)

// Secret is the mode of a file that only its owner may read.
const Secret fs.FileMode = 0o600

// attempts bounds the search for a free temporary name; a folder does not hold that many leftovers of one process id.
const attempts = 1000

// Write makes the file at path with what fn writes. A mode of 0 keeps the mode of an existing file and is 0666 less
// the umask for a new one; Secret is set before the first byte is written. A cancelled context ends the writing with
// the context's error. A path that exists and is no regular file (a pipe, /dev/null) is written to directly.
func Write(ctx context.Context, fsys afero.Fs, path string, mode fs.FileMode, fn func(io.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	path = followLink(fsys, path)
	switch info, err := fsys.Stat(path); {
	case err == nil && info.IsDir():
		return fmt.Errorf("cannot write %s: it is a folder; name a file in it, such as %s", path, filepath.Join(path, "NAME"))
	case err == nil && !info.Mode().IsRegular():
		return writeThrough(ctx, fsys, path, fn)
	case err == nil && mode == 0:
		mode = info.Mode().Perm()
	}
	tmp, err := create(fsys, path, mode)
	if err != nil {
		return explain(fsys, path, err)
	}
	name := tmp.Name()
	if err := fill(ctx, fsys, tmp, mode, fn); err != nil {
		_ = fsys.Remove(name)
		return explain(fsys, path, err)
	}
	if err := fsys.Rename(name, path); err != nil {
		_ = fsys.Remove(name)
		return explain(fsys, path, err)
	}
	return nil
}

// create opens a new file beside path. Its name starts with a dot and ends in .tmp, so that a leftover of a killed
// process is neither taken for an answer file nor picked up by a glob.
func create(fsys afero.Fs, path string, mode fs.FileMode) (afero.File, error) {
	if mode == 0 {
		mode = 0o666
	}
	dir, base := filepath.Split(path)
	for i := range attempts {
		name := filepath.Join(dir, fmt.Sprintf(".%s.%d-%d.tmp", base, os.Getpid(), i))
		f, err := fsys.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, errors.New("too many temporary files of broken runs beside it; delete the .*.tmp files there")
}

// fill writes, sets the mode and closes; f is closed whatever happens.
func fill(ctx context.Context, fsys afero.Fs, f afero.File, mode fs.FileMode, fn func(io.Writer) error) (err error) {
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	if mode != 0 {
		// The umask took its share when the file was created; an existing file's mode is kept whole.
		if err := fsys.Chmod(f.Name(), mode); err != nil {
			return err
		}
	}
	if err := fn(&writer{ctx: ctx, w: f}); err != nil {
		return err
	}
	return ctx.Err()
}

func writeThrough(ctx context.Context, fsys afero.Fs, path string, fn func(io.Writer) error) (err error) {
	f, err := fsys.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return explain(fsys, path, err)
	}
	if err := fill(ctx, fsys, f, 0, fn); err != nil {
		return explain(fsys, path, err)
	}
	return nil
}

// followLink gives what a symbolic link at path points to, so that the rename replaces the file and keeps the link.
func followLink(fsys afero.Fs, path string) string {
	reader, ok := fsys.(afero.LinkReader)
	if !ok {
		return path
	}
	for range 16 {
		target, err := reader.ReadlinkIfPossible(path)
		if err != nil || target == "" {
			return path
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path
}

// writer stops at a cancelled context, so that Ctrl-C ends a long file in the middle.
type writer struct {
	ctx context.Context
	w   io.Writer
}

func (w *writer) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}
