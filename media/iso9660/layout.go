// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"fmt"
	"time"
)

// SectorSize is the size of a logical sector and of a logical block of the images written, in bytes (ECMA-119 6.1.2, 6.2.2).
const SectorSize = 2048

const (
	firstDescriptor = 16    // sectors before it are the System Area, zero (6.2.1)
	descriptors     = 3     // primary, Joliet, terminator
	maxDirs         = 65535 // a path table numbers directories in 16 bits (9.4.4)
	maxSectors      = 1<<32 - 1
)

// MaxImageSize is the largest image, in bytes.
const MaxImageSize = maxSectors * SectorSize

// DefaultTime is the time stamp of everything in an image when the caller names none.
var DefaultTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Options are the properties of a volume.
type Options struct {
	// Label is the volume label, at most 16 UTF-16 units; see [CheckLabel]. Zero: no label.
	Label string
	// Time is the time stamp of the volume and of all that is in it, taken in UTC, to the second; years 1900 to 2155.
	// Zero: [DefaultTime].
	Time time.Time
}

// Check says whether a volume can have these properties. The error matches [ErrInvalid].
func (o Options) Check() error {
	if err := CheckLabel(o.Label); err != nil {
		return err
	}
	if y := o.time().Year(); y < 1900 || y > 2155 {
		return invalid(fmt.Sprintf("the time stamp %s cannot be recorded; use a year from 1900 to 2155", o.time().Format(time.RFC3339)))
	}
	return nil
}

func (o Options) time() time.Time {
	if o.Time.IsZero() {
		return DefaultTime
	}
	return o.Time.UTC()
}

// Layout is an image that has been checked and laid out, but not written.
type Layout struct {
	label           string
	time            time.Time
	primary, joliet *view
	files           []*node // in the order of their data
	empties         []*node
	empty           uint32 // the sector that empty files point at; 0: none
	sectors         uint32
	fileCount       int
}

// Plan checks the tree and the options and gives each file and directory its place. The error matches [ErrInvalid] and
// says everything that is wrong, not the first thing.
func Plan(t Tree, o Options) (*Layout, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	l := &Layout{label: o.Label, time: o.time(), fileCount: len(t.Files)}
	root, err := buildTree(t)
	if err != nil {
		return nil, err
	}
	l.primary, l.joliet = primaryView(root), jolietView(root)
	if n := max(len(l.primary.dirs), len(l.joliet.dirs)); n > maxDirs {
		return nil, invalid(fmt.Sprintf("the tree has %d folders; an image has room for %d. Pack some of it into an archive", n, maxDirs))
	}
	return l, l.place(root)
}

// Size is the length of the image in bytes, a multiple of [SectorSize].
func (l *Layout) Size() int64 { return int64(l.sectors) * SectorSize }

// Files is the number of files in the image.
func (l *Layout) Files() int { return l.fileCount }

// place gives out the sectors: descriptors, path tables, directories of the primary tree, of the Joliet tree, then data.
func (l *Layout) place(root *node) error {
	at := int64(firstDescriptor + descriptors)
	for _, v := range []*view{l.primary, l.joliet} {
		v.path = v.pathTableSize()
		v.pathL = uint32(at)
		at += 2 * sectorsOf(v.path)
	}
	for _, v := range []*view{l.primary, l.joliet} {
		for _, d := range v.dirs {
			size := d.recordsSize()
			if size > MaxFileSize {
				return invalid("a folder has too many names for one directory; spread them over several folders")
			}
			d.extent, d.size = uint32(at), uint32(size)
			at += sectorsOf(size)
		}
	}
	if at > maxSectors {
		return tooLarge(at)
	}
	sectors, err := l.placeFiles(root, at)
	l.sectors = uint32(sectors)
	return err
}

// placeFiles gives data its place in the order of the names. Empty files share one zero sector: an extent of their own
// would have no sector, and not every reader accepts an address of 0 or one behind the end.
func (l *Layout) placeFiles(root *node, at int64) (int64, error) {
	var walk func(n *node)
	walk = func(n *node) {
		for _, k := range n.kids {
			switch {
			case k.file == nil:
				walk(k)
			case k.file.Size == 0:
				l.empties = append(l.empties, k)
			default:
				k.extent = uint32(at) // meaningless past maxSectors, which is refused below
				at += sectorsOf(k.file.Size)
				l.files = append(l.files, k)
			}
		}
	}
	walk(root)
	if len(l.empties) > 0 {
		l.empty = uint32(at)
		at++
		for _, k := range l.empties {
			k.extent = l.empty
		}
	}
	if at > maxSectors {
		return 0, tooLarge(at)
	}
	return at, nil
}

func tooLarge(sectors int64) error {
	return invalid(fmt.Sprintf("the image would have %d bytes; %d is the most (32-bit sector numbers)", sectors*SectorSize, int64(MaxImageSize)))
}

// sectorsOf is the number of sectors that hold size bytes.
func sectorsOf(size int64) int64 { return (size + SectorSize - 1) / SectorSize }
