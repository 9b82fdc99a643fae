// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// sparse is an image that begins with some bytes and is zero after them.
type sparse []byte

func (s sparse) ReadAt(b []byte, at int64) (int, error) {
	clear(b)
	if at < int64(len(s)) {
		copy(b, s[at:])
	}
	return len(b), nil
}

func image(t *testing.T, tree Tree) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(t.Context(), &b, tree, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImageSize(t *testing.T) {
	open := func() (io.ReadCloser, error) { return nil, errors.ErrUnsupported }
	var tree Tree
	for i := range 2047 {
		tree.Files = append(tree.Files, File{Path: fmt.Sprint(i), Size: MaxFileSize, Open: open})
	}
	l, err := Plan(Tree{Files: append(tree.Files, File{Path: "x", Size: SectorSize, Open: open})}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rest := MaxImageSize - l.Size() + SectorSize
	for _, tt := range []struct {
		size int64
		ok   bool
	}{{rest, true}, {rest + 1, false}} {
		l, err := Plan(Tree{Files: append(tree.Files, File{Path: "x", Size: tt.size, Open: open})}, Options{})
		if tt.ok && (err != nil || l.Size() != MaxImageSize) || !tt.ok && !errors.Is(err, ErrInvalid) {
			t.Errorf("a file of %d bytes: %v", tt.size, err)
		}
	}
}

func TestYears(t *testing.T) {
	for year, ok := range map[int]bool{1899: false, 1900: true, 2155: true, 2156: false} {
		at := time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)
		if err := (Options{Time: at}).Check(); (err == nil) != ok || err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("%d: %v", year, err)
		}
	}
}

func TestDescriptorsRead(t *testing.T) {
	whole := image(t, Tree{})
	primary := whole[firstDescriptor*SectorSize:][:SectorSize]
	for before, ok := range map[int]bool{0: true, maxDescriptors - 1: true, maxDescriptors: false} {
		b := make([]byte, firstDescriptor*SectorSize)
		for range before {
			d := make([]byte, SectorSize)
			copy(d[1:], standardID)
			b = append(b, d...)
		}
		b = append(b, primary...)
		if _, err := Open(bytes.NewReader(b), int64(len(b))); (err == nil) != ok || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("%d descriptors before the primary one: %v", before, err)
		}
	}
}

func TestDepthRead(t *testing.T) {
	for deep, ok := range map[int]bool{maxDepth: true, maxDepth + 1: false} {
		path := strings.Repeat("d/", deep) + "f"
		b := image(t, Tree{Files: []File{{Path: path}}})
		img, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := img.Stat(path); (err == nil) != ok || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("%d folders deep: %v", deep, err)
		}
	}
}

func TestNamesRead(t *testing.T) {
	b := image(t, Tree{Files: []File{{Path: "a"}, {Path: "b"}}})
	for before, ok := range map[int]bool{maxEntries - 2: true, maxEntries - 1: false} {
		img, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		img.entries = before // of folders read before
		if _, err := img.ReadDir("."); (err == nil) != ok || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("two names after %d: %v", before, err)
		}
	}
}

func TestFolderRead(t *testing.T) {
	for size, ok := range map[uint32]bool{maxDirBytes: true, maxDirBytes + SectorSize: false} {
		b := image(t, Tree{})
		for _, d := range []int{firstDescriptor, firstDescriptor + 1} {
			root := b[d*SectorSize+atRootRecord:]
			binary.LittleEndian.PutUint32(root[2:], 1000) // beyond what was written
			binary.LittleEndian.PutUint32(root[10:], size)
		}
		img, err := Open(sparse(b), 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		if list, err := img.ReadDir("."); (err == nil) != ok || len(list) > 0 || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("a folder of %d bytes: %v", size, err)
		}
	}
}
