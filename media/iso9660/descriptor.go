// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"encoding/binary"
)

const (
	typePrimary       = 1   // Volume Descriptor Type (ECMA-119 8.1.1)
	typeSupplementary = 2   // of which one with an escape sequence of Joliet is the Joliet descriptor
	typeTerminator    = 255 // Volume Descriptor Set Terminator (8.3)
	standardID        = "CD001"
)

// jolietEscape announces UCS-2 level 3 in Escape Sequences (8.5.6 and the Joliet specification).
const jolietEscape = "%/E"

// Offsets in a descriptor, from 0 (8.4, 8.5).
const (
	atLabel      = 40
	atSpaceSize  = 80
	atEscape     = 88
	atSetSize    = 120
	atBlockSize  = 128
	atPathSize   = 132
	atPathL      = 140
	atPathM      = 148
	atRootRecord = 156
	atSetID      = 190
	atCopyright  = 702
	atDates      = 813
	atStructure  = 881
)

// appendDescriptors appends the Volume Descriptor Set.
func (l *Layout) appendDescriptors(b []byte) []byte {
	b = l.appendDescriptor(b, l.primary)
	b = l.appendDescriptor(b, l.joliet)
	end := make([]byte, SectorSize)
	end[0], end[6] = typeTerminator, 1
	copy(end[1:], standardID)
	return append(b, end...)
}

// appendDescriptor appends the descriptor of one view.
func (l *Layout) appendDescriptor(b []byte, v *view) []byte {
	d := make([]byte, SectorSize)
	d[0], d[6] = typePrimary, 1
	copy(d[1:], standardID)
	label := []byte(primaryLabel(l.label))
	if v.joliet {
		d[0] = typeSupplementary
		copy(d[atEscape:], jolietEscape)
		label = ucs2(l.label)
	}
	v.text(d, 8, 32, nil) // System Identifier
	v.text(d, atLabel, 32, label)
	appendBoth32(d[:atSpaceSize], l.sectors)
	appendBoth16(d[:atSetSize], 1)
	appendBoth16(d[:atSetSize+4], 1)
	appendBoth16(d[:atBlockSize], SectorSize)
	appendBoth32(d[:atPathSize], uint32(v.path))
	binary.LittleEndian.PutUint32(d[atPathL:], v.pathL)
	binary.BigEndian.PutUint32(d[atPathM:], v.pathL+uint32(sectorsOf(v.path)))
	root := v.dirs[0]
	appendRecord(d[:atRootRecord], selfID, root.extent, root.size, flagDir, recordTime(l.time))
	for i := range 4 { // Volume Set, Publisher, Data Preparer, Application Identifier
		v.text(d, atSetID+128*i, 128, nil)
	}
	for i := range 3 { // Copyright, Abstract, Bibliographic File Identifier
		v.text(d, atCopyright+37*i, 37, nil)
	}
	when := l.time.Format("20060102150405") + "00\x00" // 8.4.26.1: digits, hundredths, offset from Greenwich
	none := "0000000000000000\x00"
	for i, s := range []string{when, when, none, none} { // creation, modification, expiration, effective from
		copy(d[atDates+17*i:], s)
	}
	d[atStructure] = 1
	return append(b, d...)
}

// text fills a field with s and spaces, which in the Joliet descriptor are two bytes each; a single byte left over there
// is zero.
func (v *view) text(d []byte, at, size int, s []byte) {
	field := d[at : at+size]
	n := copy(field, s)
	if !v.joliet {
		for ; n < size; n++ {
			field[n] = ' '
		}
		return
	}
	for ; n+1 < size; n += 2 {
		field[n], field[n+1] = 0, ' '
	}
}
