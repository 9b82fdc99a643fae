// SPDX-License-Identifier: MPL-2.0

package iso9660_test

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// An independent reading of ECMA-119: it shares no code with the package and accepts nothing that is merely tolerable.

const sector = 2048

type verifier struct {
	t      testing.TB
	image  []byte
	joliet bool
	files  map[string][]byte // what the tree holds, by path with /
	dirs   []verifiedDir
	used   map[uint32]string // sectors of directories
}

type verifiedDir struct {
	path, id string
	extent   uint32
	size     uint32
	parent   int // index
	level    int
}

// verify checks an image as a whole and gives the files of the primary and of the Joliet tree.
func verify(t testing.TB, image []byte) (primary, joliet map[string][]byte) {
	t.Helper()
	if len(image)%sector != 0 || len(image) < 19*sector {
		t.Fatalf("image has %d bytes", len(image))
	}
	if !zero(image[:16*sector]) {
		t.Error("6.2.1: the system area is not zero")
	}
	if end := image[18*sector : 19*sector]; end[0] != 255 || string(end[1:6]) != "CD001" || end[6] != 1 || !zero(end[7:]) {
		t.Error("8.3: no terminator at sector 18")
	}
	p := &verifier{t: t, image: image, files: map[string][]byte{}, used: map[uint32]string{}}
	p.volume(image[16*sector:17*sector], 1)
	j := &verifier{t: t, image: image, files: map[string][]byte{}, used: p.used, joliet: true}
	j.volume(image[17*sector:18*sector], 2)
	return p.files, j.files
}

func zero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

func (v *verifier) both32(what string, b []byte) uint32 {
	v.t.Helper()
	le := binary.LittleEndian.Uint32(b)
	if be := binary.BigEndian.Uint32(b[4:]); le != be {
		v.t.Errorf("7.3.3: %s is %d in one order and %d in the other", what, le, be)
	}
	return le
}

func (v *verifier) both16(what string, b []byte) uint16 {
	v.t.Helper()
	le := binary.LittleEndian.Uint16(b)
	if be := binary.BigEndian.Uint16(b[2:]); le != be {
		v.t.Errorf("7.2.3: %s is %d in one order and %d in the other", what, le, be)
	}
	return le
}

var digits16 = regexp.MustCompile(`^[0-9]{16}$`)

// volume checks a descriptor (8.4, 8.5) and what it leads to.
func (v *verifier) volume(d []byte, kind byte) {
	t := v.t
	t.Helper()
	if d[0] != kind || string(d[1:6]) != "CD001" || d[6] != 1 || d[7] != 0 {
		t.Fatalf("8.4: descriptor begins with % x", d[:8])
	}
	if !zero(d[72:80]) || !zero(d[882:883]) || !zero(d[1395:]) {
		t.Error("8.4: reserved fields are not zero")
	}
	if n := v.both32("Volume Space Size", d[80:]); int(n)*sector != len(v.image) {
		t.Errorf("8.4.8: Volume Space Size %d, image has %d sectors", n, len(v.image)/sector)
	}
	escape := d[88:120]
	if v.joliet && (string(escape[:3]) != "%/E" || !zero(escape[3:])) || !v.joliet && !zero(escape) {
		t.Errorf("8.5.6: escape sequences % x", escape)
	}
	if v.both16("set size", d[120:]) != 1 || v.both16("sequence number", d[124:]) != 1 || v.both16("block size", d[128:]) != sector {
		t.Error("8.4.10 to 8.4.12: volume set of one, blocks of 2048")
	}
	if d[881] != 1 {
		t.Error("8.4.31: File Structure Version")
	}
	for i := range 4 {
		date := d[813+17*i:]
		if !digits16.Match(date[:16]) || date[16] != 0 {
			t.Errorf("8.4.26.1: date %d is %q", i, date[:17])
		}
	}
	root := d[156:190]
	if root[0] != 34 || root[32] != 1 || root[33] != 0 {
		t.Errorf("8.4.18: root record % x", root)
	}
	extent, size, _ := v.record(root)
	v.dirs = []verifiedDir{{path: "", id: "\x00", extent: extent, size: size, level: 1}}
	for i := 0; i < len(v.dirs); i++ {
		v.directory(i)
	}
	v.pathTables(d)
}

// record checks what every Directory Record has (9.1).
func (v *verifier) record(r []byte) (extent, size uint32, dir bool) {
	extent, size = v.both32("location of extent", r[2:]), v.both32("data length", r[10:])
	if r[1] != 0 || r[26] != 0 || r[27] != 0 || v.both16("sequence number", r[28:]) != 1 {
		v.t.Errorf("9.1: record % x", r)
	}
	if r[25] != 0 && r[25] != 2 {
		v.t.Errorf("9.1.6: flags %x", r[25])
	}
	if len(r)%2 != 0 || len(r) != (33+int(r[32])+1)&^1 {
		v.t.Errorf("9.1.1: record of %d bytes with an identifier of %d", len(r), r[32])
	}
	if int64(extent)*sector+int64(size) > int64(len(v.image)) || extent < 19 || int(extent) >= len(v.image)/sector {
		v.t.Fatalf("extent %d+%d lies outside of the image", extent, size)
	}
	if month, day := r[19], r[20]; month < 1 || month > 12 || day < 1 || day > 31 {
		v.t.Errorf("9.1.5: date % x", r[18:25])
	}
	return extent, size, r[25] == 2
}

// directory checks the records of one directory (6.8, 9.3).
func (v *verifier) directory(index int) {
	t, d := v.t, v.dirs[index]
	if d.size == 0 || d.size%sector != 0 {
		t.Errorf("6.8.1.3: directory %q has %d bytes", d.path, d.size)
	}
	for s := d.extent; s < d.extent+d.size/sector; s++ {
		if other, ok := v.used[s]; ok {
			t.Errorf("sector %d is in %q and in %q", s, other, d.path)
		}
		v.used[s] = d.path
	}
	data := v.image[d.extent*sector : d.extent*sector+d.size]
	var ids []string
	for at, n := 0, 0; at < len(data); n++ {
		size := int(data[at])
		if size == 0 {
			next := (at/sector + 1) * sector
			if !zero(data[at:next]) {
				t.Errorf("6.8.1.1: the end of a sector of %q is not zero", d.path)
			}
			at = next
			n--
			continue
		}
		if at%sector+size > sector {
			t.Fatalf("6.8.1.1: a record of %q crosses the end of a sector", d.path)
		}
		r := data[at : at+size]
		at += size
		extent, length, dir := v.record(r)
		id := string(r[33 : 33+int(r[32])])
		if n < 2 {
			want := d
			if n == 1 {
				want = v.dirs[d.parent]
			}
			if id != string(rune(n)) || !dir || extent != want.extent || length != want.size {
				t.Errorf("6.8.2.2: record %d of %q is %q at %d+%d", n, d.path, id, extent, length)
			}
			continue
		}
		ids = append(ids, id)
		name := v.name(id, dir)
		path := strings.TrimPrefix(d.path+"/"+name, "/")
		if dir {
			v.dirs = append(v.dirs, verifiedDir{path, id, extent, length, index, d.level + 1})
			if !v.joliet && d.level+1 > 8 {
				t.Errorf("6.8.2.1: %q is at level %d", path, d.level+1)
			}
			continue
		}
		if _, double := v.files[path]; double {
			t.Errorf("two files %q", path)
		}
		content := v.image[extent*sector : extent*sector+length]
		v.files[path] = content
		if pad := v.image[extent*sector+length : (extent*sector+length+sector-1)/sector*sector]; !zero(pad) {
			t.Errorf("the last sector of %q is not filled up with zeros", path)
		}
		if dir, ok := v.used[extent]; ok && length > 0 {
			t.Errorf("the data of %q lies in directory %q", path, dir)
		}
	}
	v.sorted(d.path, ids)
}

var (
	level1File = regexp.MustCompile(`^([A-Z0-9_]{0,8})\.([A-Z0-9_]{0,3});1$`)
	level1Dir  = regexp.MustCompile(`^[A-Z0-9_]{1,8}$`)
)

// name checks an identifier (7.5, 7.6, 10.1; Joliet).
func (v *verifier) name(id string, dir bool) string {
	if v.joliet {
		if len(id)%2 != 0 || len(id) == 0 || len(id) > 2*103 {
			v.t.Errorf("identifier of %d bytes", len(id))
		}
		u := make([]uint16, len(id)/2)
		for i := range u {
			u[i] = binary.BigEndian.Uint16([]byte(id[2*i:]))
		}
		return string(utf16.Decode(u))
	}
	if dir && !level1Dir.MatchString(id) || !dir && (!level1File.MatchString(id) || id == ".;1") {
		v.t.Errorf("10.1: identifier %q", id)
	}
	return strings.TrimSuffix(strings.TrimSuffix(id, ";1"), ".")
}

// sorted checks the order of records (9.3): base, then extension; the whole name in UCS-2 for Joliet.
func (v *verifier) sorted(path string, ids []string) {
	order := strings.Compare
	if !v.joliet {
		pad := func(id string) string {
			base, ext, _ := strings.Cut(strings.TrimSuffix(id, ";1"), ".")
			return base + strings.Repeat(" ", 8-len(base)) + ext
		}
		order = func(a, b string) int { return strings.Compare(pad(a), pad(b)) }
	}
	for i := 1; i < len(ids); i++ {
		if order(ids[i-1], ids[i]) >= 0 {
			v.t.Errorf("9.3: %q stands before %q in %q", ids[i-1], ids[i], path)
		}
	}
}

// pathTables checks both path tables against the directories (6.9, 9.4).
func (v *verifier) pathTables(d []byte) {
	size := int(v.both32("path table size", d[132:]))
	if binary.LittleEndian.Uint32(d[144:]) != 0 || binary.BigEndian.Uint32(d[152:]) != 0 {
		v.t.Error("8.4.15: there are no optional path tables")
	}
	v.pathTable(binary.LittleEndian, binary.LittleEndian.Uint32(d[140:]), size)
	v.pathTable(binary.BigEndian, binary.BigEndian.Uint32(d[148:]), size)
}

func (v *verifier) pathTable(order binary.ByteOrder, extent uint32, size int) {
	t := v.t
	table := v.image[int(extent)*sector:][:size]
	if tail := v.image[int(extent)*sector+size : (int(extent)*sector+size+sector-1)/sector*sector]; !zero(tail) {
		t.Error("the path table is not filled up with zeros")
	}
	type row struct {
		extent uint32
		parent int
		id     string
	}
	var rows []row
	for len(table) > 0 {
		n := int(table[0])
		rows = append(rows, row{order.Uint32(table[2:]), int(order.Uint16(table[6:])), string(table[8 : 8+n])})
		table = table[8+(n+1)&^1:]
	}
	if len(rows) != len(v.dirs) {
		t.Fatalf("the path table has %d rows for %d directories", len(rows), len(v.dirs))
	}
	level := make([]int, len(rows))
	byExtent := map[uint32]verifiedDir{}
	for _, d := range v.dirs {
		byExtent[d.extent] = d
	}
	for i, r := range rows {
		if i == 0 {
			level[0] = 1
			if r.parent != 1 || r.id != "\x00" {
				t.Errorf("9.4: the root's row is %+v", r)
			}
			continue
		}
		d, ok := byExtent[r.extent]
		if !ok || d.id != r.id || rows[r.parent-1].extent != v.dirs[d.parent].extent {
			t.Errorf("9.4: row %d is %+v, the directory there %+v", i+1, r, d)
		}
		level[i] = level[r.parent-1] + 1
		if before := rows[i-1]; i > 1 && slices.Compare([]int{level[i-1], before.parent}, []int{level[i], r.parent}) > 0 ||
			before.parent == r.parent && before.id >= r.id {
			t.Errorf("6.9.1: row %d %+v stands before %+v", i, before, r)
		}
	}
}
