// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"io"
	"io/fs"
	"strings"
	"time"
)

// Open opens a file or folder.
func (i *Image) Open(name string) (fs.File, error) {
	r, err := i.lookup("open", name)
	if err != nil {
		return nil, err
	}
	if r.dir {
		l, err := i.load(r, name)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &openDir{info: r.info(), list: l.list}, nil
	}
	content, err := i.content(r)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{info: r.info(), SectionReader: content}, nil
}

// Stat describes a file or folder without reading its content.
func (i *Image) Stat(name string) (fs.FileInfo, error) {
	r, err := i.lookup("stat", name)
	if err != nil {
		return nil, err
	}
	return r.info(), nil
}

// ReadDir lists a folder, sorted by name.
func (i *Image) ReadDir(name string) ([]fs.DirEntry, error) {
	r, err := i.lookup("readdir", name)
	if err != nil {
		return nil, err
	}
	if !r.dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errNotDir}
	}
	l, err := i.load(r, name)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	out := make([]fs.DirEntry, len(l.list))
	for k, e := range l.list {
		out[k] = e.info()
	}
	return out, nil
}

// ReadFile reads a whole file. Its size has been checked against that of the image.
func (i *Image) ReadFile(name string) ([]byte, error) {
	r, err := i.lookup("read", name)
	if err != nil {
		return nil, err
	}
	if r.dir {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIsDir}
	}
	content, err := i.content(r)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	if r.size > i.size { // sections that overlap
		return nil, &fs.PathError{Op: "read", Path: name, Err: formatError("it is said to have %d bytes, the whole image has %d", r.size, i.size)}
	}
	b := make([]byte, r.size)
	if _, err := io.ReadFull(content, b); err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return b, nil
}

// Find gives the true spelling of a path that is written without regard to upper and lower case, as Windows looks up
// names. An exact match goes first. What is not there matches fs.ErrNotExist.
func (i *Image) Find(name string) (string, error) {
	if _, err := i.lookup("find", name); err == nil {
		return name, nil
	}
	if !fs.ValidPath(name) {
		return "", &fs.PathError{Op: "find", Path: name, Err: fs.ErrInvalid}
	}
	at, path := i.root, "."
	for part := range strings.SplitSeq(name, "/") {
		if !at.dir {
			return "", &fs.PathError{Op: "find", Path: name, Err: fs.ErrNotExist}
		}
		l, err := i.load(at, path)
		if err != nil {
			return "", &fs.PathError{Op: "find", Path: name, Err: err}
		}
		next := l.byName[part]
		for k := 0; next == nil && k < len(l.list); k++ {
			if fold(l.list[k].name) == fold(part) {
				next = l.list[k]
			}
		}
		if next == nil {
			return "", &fs.PathError{Op: "find", Path: name, Err: fs.ErrNotExist}
		}
		at, path = next, join(path, next.name)
	}
	return path, nil
}

// lookup finds the record of a path, loading the folders on the way.
func (i *Image) lookup(op, name string) (*record, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return i.root, nil
	}
	at, path := i.root, "."
	for part := range strings.SplitSeq(name, "/") {
		if !at.dir {
			return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
		l, err := i.load(at, path)
		if err != nil {
			return nil, &fs.PathError{Op: op, Path: name, Err: err}
		}
		if at = l.byName[part]; at == nil {
			return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
		path = join(path, part)
	}
	return at, nil
}

func join(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// info is what fs says about a record.
type info struct{ r *record }

func (r *record) info() info { return info{r} }

var (
	_ fs.FileInfo = info{}
	_ fs.DirEntry = info{}
)

func (n info) Name() string               { return n.r.name }
func (n info) IsDir() bool                { return n.r.dir }
func (n info) ModTime() time.Time         { return n.r.time }
func (n info) Sys() any                   { return nil }
func (n info) Type() fs.FileMode          { return n.Mode().Type() }
func (n info) Info() (fs.FileInfo, error) { return n, nil }
func (n info) String() string             { return fs.FormatDirEntry(n) }

func (n info) Size() int64 {
	if n.r.dir {
		return 0
	}
	return n.r.size
}

func (n info) Mode() fs.FileMode {
	if n.r.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
