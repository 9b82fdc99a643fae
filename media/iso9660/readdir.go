// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// What a hostile image can make the reader hold.
const (
	maxDirBytes = 32 << 20 // of one directory
	maxEntries  = 1 << 20  // of all directories read
	maxDepth    = 256      // folders below one another
)

// record is a Directory Record that has been read.
type record struct {
	name    string
	dir     bool
	size    int64
	extents []extent // more than one: a file in several sections (ECMA-119 6.5.1)
	time    time.Time
	bad     error // why the content cannot be read
}

// extent is a run of bytes of the image.
type extent struct{ at, size int64 }

// loadedDir is a directory that has been read.
type loadedDir struct {
	path   string // by which it was found
	list   []*record
	byName map[string]*record
}

// parseRecord parses the Directory Record at the start of b and gives its identifier, with version and separators. The
// length byte has been checked by the caller to lie within b. An error means that nothing after it can be trusted.
func (i *Image) parseRecord(b []byte) (*record, []byte, error) {
	n := int(b[32])
	if recordHeader+n > len(b) {
		return nil, nil, formatError("a directory record of %d bytes has an identifier of %d", len(b), n)
	}
	r := &record{dir: b[25]&flagDir != 0, size: int64(binary.LittleEndian.Uint32(b[10:])), time: parseRecordTime(b[18:25])}
	at := (int64(binary.LittleEndian.Uint32(b[2:])) + int64(b[1])) * i.block // after an Extended Attribute Record (9.1.2)
	r.extents = []extent{{at, r.size}}
	switch {
	case b[26] != 0 || b[27] != 0:
		r.bad = formatError("it is interleaved, which is not supported")
	case r.size > 0 && (at < 0 || at > i.size || r.size > i.size-at):
		r.bad = formatError("its content is said to lie at bytes %d to %d, and the image has %d: it is cut off or damaged", at, at+r.size, i.size)
	}
	return r, b[recordHeader : recordHeader+n], nil
}

// load reads the directory d, which was found as path.
func (i *Image) load(d *record, path string) (*loadedDir, error) {
	if d.bad != nil {
		return nil, d.bad
	}
	if d.size == 0 { // some writers do not even record the folder itself
		return &loadedDir{path: path}, nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	key := d.extents[0].at
	if l := i.dirs[key]; l != nil {
		// Every directory has one parent. Without this check a loop has no end, and 40 folders that each name the next
		// one twice have 2^40 paths.
		if l.path != path {
			return nil, formatError("folders %q and %q are the same one", l.path, path)
		}
		return l, nil
	}
	if d.size > maxDirBytes {
		return nil, formatError("a folder has %d bytes of names, more than the %d that are read", d.size, maxDirBytes)
	}
	if strings.Count(path, "/") >= maxDepth {
		return nil, formatError("folders lie more than %d deep", maxDepth)
	}
	b := make([]byte, d.size)
	if err := readFull(i.r, b, key); err != nil {
		return nil, fmt.Errorf("reading a directory at byte %d: %w", key, err)
	}
	l, err := i.parseDir(b)
	if err != nil {
		return nil, err
	}
	l.path = path
	if i.entries += len(l.list); i.entries > maxEntries {
		return nil, formatError("it has more than %d names", maxEntries)
	}
	i.dirs[key] = l
	return l, nil
}

// parseDir parses the records of a directory. A name that cannot be one of a file is left out, as is the second of two
// equal names.
func (i *Image) parseDir(b []byte) (*loadedDir, error) {
	l := &loadedDir{byName: make(map[string]*record)}
	var open *record // a file of which more sections follow
	for at := 0; at < len(b); {
		n := int(b[at])
		if n == 0 { // the rest of the sector is empty (6.8.1.1)
			at = (at/SectorSize + 1) * SectorSize
			continue
		}
		if n < recordHeader+1 || at+n > len(b) || at%SectorSize+n > SectorSize {
			return nil, formatError("a directory record has %d bytes at byte %d of a directory of %d", n, at, len(b))
		}
		raw := b[at : at+n]
		at += n
		r, id, err := i.parseRecord(raw)
		if err != nil {
			return nil, err
		}
		if len(id) == 1 && id[0] <= 1 || raw[25]&flagAssoc != 0 {
			continue
		}
		r.name = i.name(id, r.dir)
		more := raw[25]&flagMore != 0
		if open != nil && open.name == r.name {
			open.append(r)
			if !more {
				open = nil
			}
			continue
		}
		open = nil
		if more {
			open = r
		}
		if r.name == "." || !fs.ValidPath(r.name) || strings.Contains(r.name, "/") || l.byName[r.name] != nil {
			continue
		}
		l.byName[r.name] = r
		l.list = append(l.list, r)
	}
	slices.SortFunc(l.list, func(a, b *record) int { return strings.Compare(a.name, b.name) })
	return l, nil
}

// append joins the next section of a file to r.
func (r *record) append(next *record) {
	r.extents = append(r.extents, next.extents...)
	r.size += next.size
	if r.bad == nil {
		r.bad = next.bad
	}
}

// name gives the name in an identifier, without the version and an empty extension.
func (i *Image) name(id []byte, dir bool) string {
	var s string
	if i.joliet {
		s = decodeUCS2(id)
	} else {
		s = strings.ToValidUTF8(string(id), "\uFFFD")
	}
	if dir {
		return s
	}
	if k := strings.LastIndexByte(s, ';'); k > 0 {
		s = s[:k]
	}
	if len(s) > 1 {
		s = strings.TrimSuffix(s, ".")
	}
	return s
}

// parseRecordTime reads a Recording Date and Time (9.1.5); the zero Time if it is none.
func parseRecordTime(b []byte) time.Time {
	return dateTime(1900+int(b[0]), int(b[1]), int(b[2]), int(b[3]), int(b[4]), int(b[5]), int8(b[6]))
}

// parseLongTime reads a date of a volume descriptor (8.4.26.1).
func parseLongTime(b []byte) time.Time {
	var f [6]int
	for i, width := range [...]int{4, 2, 2, 2, 2, 2} {
		for range width {
			if b[0] < '0' || b[0] > '9' {
				return time.Time{}
			}
			f[i] = 10*f[i] + int(b[0]-'0')
			b = b[1:]
		}
	}
	return dateTime(f[0], f[1], f[2], f[3], f[4], f[5], int8(b[2]))
}

// dateTime makes a Time in UTC; zone is the distance from Greenwich in quarters of an hour.
func dateTime(year, month, day, hour, minute, second int, zone int8) time.Time {
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 || zone < -48 || zone > 52 {
		return time.Time{}
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	return t.Add(-time.Duration(zone) * 15 * time.Minute)
}
