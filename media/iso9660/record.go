// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"encoding/binary"
	"time"
)

const (
	recordHeader = 33   // bytes of a Directory Record before the identifier (ECMA-119 9.1)
	flagDir      = 0x02 // File Flags, bit 1 (9.1.6)
	flagAssoc    = 0x04 // bit 2: an Associated File
	flagMore     = 0x80 // bit 7: not the final Directory Record of the file
)

// The identifiers of a directory's own record and of its parent's (6.8.2.2).
var (
	selfID   = []byte{0}
	parentID = []byte{1}
)

// recordLen is the length of a Directory Record, which is even (9.1.12).
func recordLen(id []byte) int { return (recordHeader + len(id) + 1) &^ 1 }

// recordsSize is the Data Length of a directory: its records, none across the end of a sector (6.8.1.1), filled up to
// whole sectors.
func (d *dir) recordsSize() int64 {
	size := int64(recordLen(selfID) + recordLen(parentID))
	for _, e := range d.entries {
		n := int64(recordLen(e.id))
		if room := SectorSize - size%SectorSize; n > room {
			size += room
		}
		size += n
	}
	return sectorsOf(size) * SectorSize
}

// appendRecords appends the sectors of d to b, which ends on the border of a sector.
func (d *dir) appendRecords(b []byte, when [7]byte) []byte {
	start := len(b)
	b = appendRecord(b, selfID, d.extent, d.size, flagDir, when)
	b = appendRecord(b, parentID, d.parent.extent, d.parent.size, flagDir, when)
	for _, e := range d.entries {
		if room := SectorSize - (len(b)-start)%SectorSize; recordLen(e.id) > room {
			b = append(b, make([]byte, room)...)
		}
		if e.dir != nil {
			b = appendRecord(b, e.id, e.dir.extent, e.dir.size, flagDir, when)
		} else {
			b = appendRecord(b, e.id, e.file.extent, uint32(e.file.file.Size), 0, when)
		}
	}
	return append(b, make([]byte, start+int(d.size)-len(b))...)
}

// appendRecord appends one Directory Record (9.1).
func appendRecord(b, id []byte, extent, size uint32, flags byte, when [7]byte) []byte {
	n := recordLen(id)
	b = append(b, byte(n), 0)
	b = appendBoth32(b, extent)
	b = appendBoth32(b, size)
	b = append(b, when[:]...)
	b = append(b, flags, 0, 0)
	b = appendBoth16(b, 1) // Volume Sequence Number
	b = append(b, byte(len(id)))
	b = append(b, id...)
	if len(id)%2 == 0 {
		b = append(b, 0)
	}
	return b
}

// appendBoth16 appends a number in both byte orders (7.2.3).
func appendBoth16(b []byte, v uint16) []byte {
	return binary.BigEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, v), v)
}

// appendBoth32 appends a number in both byte orders (7.3.3).
func appendBoth32(b []byte, v uint32) []byte {
	return binary.BigEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, v), v)
}

// recordTime is a Recording Date and Time, at offset 0 from Greenwich (9.1.5).
func recordTime(t time.Time) [7]byte {
	return [7]byte{byte(t.Year() - 1900), byte(t.Month()), byte(t.Day()), byte(t.Hour()), byte(t.Minute()), byte(t.Second()), 0}
}

// pathTableSize is the length of a path table: 8 bytes and the identifier, filled up to an even number (9.4).
func (v *view) pathTableSize() int64 {
	var size int64
	for _, d := range v.dirs {
		size += int64(8 + (len(d.id)+1)&^1)
	}
	return size
}

// appendPathTable appends a path table in one byte order, filled up to whole sectors (6.9, 9.4).
func (v *view) appendPathTable(b []byte, order binary.AppendByteOrder) []byte {
	for _, d := range v.dirs {
		b = append(b, byte(len(d.id)), 0)
		b = order.AppendUint32(b, d.extent)
		b = order.AppendUint16(b, d.parent.number)
		b = append(b, d.id...)
		if len(d.id)%2 == 1 {
			b = append(b, 0)
		}
	}
	return append(b, make([]byte, sectorsOf(v.path)*SectorSize-v.path)...)
}
