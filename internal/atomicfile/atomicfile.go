// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"context"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/spf13/afero"
)

// Secret is the mode of a file that only its owner may read. On Windows it has an access list for its owner, SYSTEM and
// Administrators, which takes nothing from the folder.
const Secret fs.FileMode = 0o600

// Options say how a file is written. The zero value is a file like any other.
type Options struct {
	// Mode is that of the file, whatever the umask. Zero keeps the mode of an existing file, and is 0666 less the umask
	// for a new one. Without bits for the group and others the file is secret, as with [Secret].
	Mode fs.FileMode
	// NoSync leaves out the flush to the disk before the file gets its name. A crash of the machine, not of the program,
	// may then leave an empty or damaged file.
	NoSync bool
}

// Write makes the file at path with what fn writes, in one go. See [New] for the rules.
func Write(ctx context.Context, fsys afero.Fs, path string, mode fs.FileMode, fn func(io.Writer) error) error {
	f, err := New(ctx, fsys, path, Options{Mode: mode})
	if err != nil {
		return err
	}
	defer f.Abort()
	if err := fn(f); err != nil {
		return explain(path, err)
	}
	return f.Commit()
}

// File is a file that is being written. It stands at its path after Commit; until then there is a temporary file.
type File struct {
	ctx    context.Context
	fsys   afero.Fs
	path   string
	o      Options
	made   []string // folders made for it, outermost first
	temp   string   // "" once it has its name, and where a pipe or a device is written to
	file   afero.File
	unlock func()
	stop   func() bool // ends the watch over ctx
}

// New begins the file at path: it looks at the place, makes missing folders and the temporary file. A cancelled ctx ends
// the writing with its error. The caller calls Commit, or Abort; Abort after Commit does nothing. Errors about the file
// are an [*Error].
func New(ctx context.Context, fsys afero.Fs, path string, o Options) (*File, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	there, err := look(fsys, path)
	if err != nil {
		return nil, explain(path, err)
	}
	f := &File{ctx: ctx, fsys: fsys, path: path, o: o}
	if there.special != nil {
		if f.file, err = openSpecial(ctx, fsys, path, there.special); err != nil {
			return nil, explain(path, err)
		}
		if d, ok := f.file.(deadliner); ok {
			f.stop = context.AfterFunc(ctx, func() { _ = d.SetWriteDeadline(past) })
		}
		return f, nil
	}
	if o.Mode == 0 {
		f.o.Mode = there.mode
	}
	if f.made, err = makeFolders(fsys, filepath.Dir(path)); err == nil {
		err = f.create()
	}
	if err != nil {
		f.Abort()
		return nil, explain(path, err)
	}
	return f, nil
}

// Reserve makes room for a large file of size bytes, where the system can, so that a full disk is known at once.
func (f *File) Reserve(size int64) error {
	if f.temp == "" {
		return nil
	}
	if err := preallocate(f.file, size); err != nil {
		return explain(f.path, err)
	}
	return nil
}

// Write adds to the file.
func (f *File) Write(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.file.Write(p)
	if err != nil && f.ctx.Err() != nil {
		return n, f.ctx.Err()
	}
	if err != nil {
		err = explain(f.path, err)
	}
	return n, err
}

// Commit gives the file its mode and its name. After an error there is nothing but what was there before.
func (f *File) Commit() error {
	defer f.Abort()
	if err := f.ctx.Err(); err != nil {
		return err
	}
	if err := f.commit(); err != nil {
		return explain(f.path, err)
	}
	return nil
}

func (f *File) commit() error {
	if f.temp != "" {
		if err := f.chmod(); err != nil {
			return err
		}
		if !f.o.NoSync {
			if err := flush(f.file); err != nil {
				return err
			}
		}
	}
	file := f.file
	f.file = nil
	if err := file.Close(); err != nil || f.temp == "" {
		return err
	}
	if err := f.fsys.Rename(f.temp, f.path); err != nil {
		return &renameError{err}
	}
	f.temp, f.made = "", nil
	return nil
}

// Abort removes what was made, as far as it can.
func (f *File) Abort() {
	if f.stop != nil {
		f.stop()
	}
	if f.file != nil {
		_ = f.file.Close()
		f.file = nil
	}
	if f.temp != "" {
		_ = f.fsys.Remove(f.temp)
		f.temp = ""
	}
	if f.unlock != nil {
		f.unlock()
		f.unlock = nil
	}
	removeFolders(f.fsys, f.made)
	f.made = nil
}
