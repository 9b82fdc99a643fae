// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"errors"
	"io"
	"io/fs"
	"sort"
)

var (
	errIsDir  = errors.New("is a folder")
	errNotDir = errors.New("is not a folder")
)

// content gives the bytes of a file.
func (i *Image) content(r *record) (*io.SectionReader, error) {
	if r.bad != nil {
		return nil, r.bad
	}
	if len(r.extents) == 1 {
		return io.NewSectionReader(i.r, r.extents[0].at, r.size), nil
	}
	s := sections{r: i.r, extents: r.extents, ends: make([]int64, len(r.extents))}
	end := int64(0)
	for k, e := range r.extents {
		end += e.size
		s.ends[k] = end
	}
	return io.NewSectionReader(s, 0, end), nil
}

// sections joins the File Sections of one file (ECMA-119 6.5.1).
type sections struct {
	r       io.ReaderAt
	extents []extent
	ends    []int64 // where each section ends in the file
}

func (s sections) ReadAt(b []byte, at int64) (n int, err error) {
	k := sort.Search(len(s.ends), func(k int) bool { return s.ends[k] > at })
	for ; k < len(s.ends) && n < len(b); k++ {
		e := s.extents[k]
		skip := at - (s.ends[k] - e.size)
		part := b[n:min(int64(len(b)), int64(n)+e.size-skip)]
		if err := readFull(s.r, part, e.at+skip); err != nil {
			return n, err
		}
		n += len(part)
		at += int64(len(part))
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// openFile is a file of an image, open for reading.
type openFile struct {
	info
	*io.SectionReader
}

var _ interface {
	fs.File
	io.ReaderAt
	io.Seeker
} = (*openFile)(nil)

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Size() int64                { return f.info.Size() }
func (f *openFile) Close() error               { return nil }

// openDir is a folder of an image, open for reading.
type openDir struct {
	info
	list []*record
	at   int
}

var _ fs.ReadDirFile = (*openDir)(nil)

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.Name(), Err: errIsDir}
}

// ReadDir is that of fs.ReadDirFile.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	left := len(d.list) - d.at
	if n > 0 && left == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > left {
		n = left
	}
	out := make([]fs.DirEntry, n)
	for k := range out {
		out[k] = d.list[d.at+k].info()
	}
	d.at += n
	return out, nil
}
