// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
)

// Write checks, lays out and writes an image. It is [Plan] and [Layout.Write] in one.
func Write(ctx context.Context, w io.Writer, t Tree, o Options) error {
	l, err := Plan(t, o)
	if err != nil {
		return err
	}
	return l.Write(ctx, w)
}

// Write streams the image to w, front to back. It may be called again, and gives the same bytes as long as the files do.
// It stops soon after ctx is cancelled. A file that has changed its size since [Plan] is an error; on any error what has
// reached w is no image.
func (l *Layout) Write(ctx context.Context, w io.Writer) error {
	s := newSink(ctx, w, l.Size())
	s.zeros(firstDescriptor * SectorSize)
	s.block(l.appendDescriptors(s.room(descriptors * SectorSize)))
	for _, v := range []*view{l.primary, l.joliet} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			s.block(v.appendPathTable(s.room(int(v.path)+SectorSize), order))
		}
	}
	when := recordTime(l.time)
	for _, v := range []*view{l.primary, l.joliet} {
		for _, d := range v.dirs {
			s.block(d.appendRecords(s.room(int(d.size)), when))
		}
	}
	for _, n := range l.files {
		s.file(n.file)
	}
	for _, n := range l.empties {
		if n.file.Open != nil { // to see that it still is empty
			s.file(n.file)
		}
	}
	if l.empty != 0 {
		s.zeros(SectorSize)
	}
	s.flush()
	if s.err == nil && s.written != l.Size() {
		return fmt.Errorf("wrote %d bytes of an image of %d: this is a mistake in the writer, please report it", s.written, l.Size())
	}
	return s.err
}
