// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
)

// ErrFormat is matched by every error about an image that is damaged, or is no ISO 9660 image.
var ErrFormat = errors.New("no valid ISO 9660 image")

// formatError says what is wrong with an image.
func formatError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrFormat, fmt.Sprintf(format, args...))
}

// Image is an image opened for reading: an fs.FS that also has ReadDir, Stat and ReadFile. Its files are io.ReaderAt and
// io.Seeker as well. Names are matched exactly; [Image.Find] does it as Windows does. It is safe for concurrent use.
type Image struct {
	r      io.ReaderAt
	size   int64
	block  int64 // logical block size
	joliet bool
	label  string
	time   time.Time
	root   *record

	mu      sync.Mutex
	dirs    map[int64]*loadedDir // by first byte
	entries int                  // in dirs, altogether
}

var (
	_ fs.ReadDirFS  = (*Image)(nil)
	_ fs.StatFS     = (*Image)(nil)
	_ fs.ReadFileFS = (*Image)(nil)
)

// Open reads the volume descriptors of an image of size bytes and gives its Joliet tree, or the primary tree if it has
// none. Nothing else is read until it is asked for.
func Open(r io.ReaderAt, size int64) (*Image, error) {
	primary, joliet, err := descriptorsOf(r, size)
	if err != nil {
		return nil, err
	}
	if joliet != nil {
		return newImage(r, size, joliet, true)
	}
	return newImage(r, size, primary, false)
}

// OpenPrimary is [Open] for the primary tree, whose names are short and in upper case, even where a Joliet tree exists.
func OpenPrimary(r io.ReaderAt, size int64) (*Image, error) {
	primary, _, err := descriptorsOf(r, size)
	if err != nil {
		return nil, err
	}
	return newImage(r, size, primary, false)
}

// maxDescriptors bounds the search for the terminator.
const maxDescriptors = 64

// descriptorsOf finds the primary descriptor, and the Joliet descriptor if there is one.
func descriptorsOf(r io.ReaderAt, size int64) (primary, joliet []byte, err error) {
	for i := range int64(maxDescriptors) {
		at := (firstDescriptor + i) * SectorSize
		if at+SectorSize > size {
			break
		}
		d := make([]byte, SectorSize)
		if err := readFull(r, d, at); err != nil {
			return nil, nil, fmt.Errorf("reading volume descriptor %d: %w", i, err)
		}
		if string(d[1:6]) != standardID {
			break // the end, or the descriptors of UDF
		}
		switch {
		case d[0] == typeTerminator:
			i = maxDescriptors
		case d[0] == typePrimary && primary == nil:
			primary = d
		case d[0] == typeSupplementary && joliet == nil && isJoliet(d):
			joliet = d
		}
		if i == maxDescriptors {
			break
		}
	}
	if primary == nil {
		return nil, nil, formatError("there is no primary volume descriptor at sector %d", firstDescriptor)
	}
	return primary, joliet, nil
}

// isJoliet looks for one of the three UCS-2 levels; bit 0 of Volume Flags (offset 7) would say that the sequences are not
// registered.
func isJoliet(d []byte) bool {
	switch string(d[atEscape : atEscape+3]) {
	case "%/@", "%/C", "%/E":
		return true
	}
	return false
}

func newImage(r io.ReaderAt, size int64, d []byte, joliet bool) (*Image, error) {
	img := &Image{r: r, size: size, joliet: joliet, dirs: make(map[int64]*loadedDir)}
	img.block = int64(binary.LittleEndian.Uint16(d[atBlockSize:]))
	if img.block != 512 && img.block != 1024 && img.block != 2048 {
		return nil, formatError("its logical blocks have %d bytes; 512, 1024 and 2048 exist", img.block)
	}
	if joliet {
		img.label = strings.TrimRight(decodeUCS2(d[atLabel:atLabel+32]), " \x00")
	} else {
		img.label = strings.TrimRight(string(bytes.ToValidUTF8(d[atLabel:atLabel+32], []byte("\uFFFD"))), " \x00")
	}
	img.time = parseLongTime(d[atDates : atDates+17])
	root, _, err := img.parseRecord(d[atRootRecord : atRootRecord+34])
	if err != nil {
		return nil, err
	}
	if !root.dir {
		return nil, formatError("its root is not a directory")
	}
	root.name = "."
	img.root = root
	return img, nil
}

// Label is the volume label.
func (i *Image) Label() string { return i.label }

// Joliet says whether the names are those of the Joliet tree.
func (i *Image) Joliet() bool { return i.joliet }

// Time is the creation time of the volume, the zero Time if the image does not say.
func (i *Image) Time() time.Time { return i.time }

// readFull is ReadAt without io.EOF for a read that is complete.
func readFull(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	switch {
	case n == len(b):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return io.ErrUnexpectedEOF
	}
	return err
}

func decodeUCS2(b []byte) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}
