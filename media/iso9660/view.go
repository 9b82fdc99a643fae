// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"cmp"
	"slices"
)

// view is one of the two directory hierarchies of an image: the same files under the names and at the depth that one
// descriptor allows. Directories are numbered as the path table wants them (ECMA-119 6.9.1).
type view struct {
	joliet bool
	dirs   []*dir // in path table order, the root first
	pathL  uint32 // first sector of the path table, little-endian; the big-endian one follows it
	path   int64  // length of a path table in bytes
}

// dir is a directory of one view.
type dir struct {
	id      []byte // Directory Identifier; {0} for the root (6.8.2.2)
	parent  *dir   // the root's is itself
	number  uint16 // in the path table, from 1
	entries []entry
	extent  uint32
	size    uint32 // bytes, a multiple of the sector size (6.8.1.3)
}

// entry is a file or directory in a directory of one view.
type entry struct {
	id   []byte
	key  string
	file *node // nil: a directory
	dir  *dir
}

// jolietView takes the tree as it is.
func jolietView(root *node) *view {
	return &view{joliet: true, dirs: inPathTableOrder(jolietDir(root))}
}

func jolietDir(n *node) *dir {
	d := &dir{id: []byte{0}, entries: make([]entry, len(n.kids))}
	d.parent = d
	for i, k := range n.kids {
		id := ucs2(k.name)
		e := entry{id: id, key: k.name, file: k}
		if k.file == nil {
			e.file, e.dir = nil, jolietDir(k)
			e.dir.id, e.dir.parent = id, d
		}
		d.entries[i] = e
	}
	return d
}

// maxLevel is the deepest level of a directory in the primary hierarchy, the root being level 1 (6.8.2.1).
const maxLevel = 8

// deepName is the directory in the root that takes in what would lie deeper than maxLevel.
const deepName = "DEEP"

// primaryView gives every name its short form, and moves directories of level 9 into /DEEP, where their content has room
// for five levels more; what is deeper still moves there too.
func primaryView(root *node) *view {
	b := &primaryBuilder{}
	top := b.dir(root, 1)
	if len(b.deep) > 0 {
		b.moveDeep(top)
	}
	return &view{dirs: inPathTableOrder(top)}
}

type primaryBuilder struct {
	deep []*node // directories for /DEEP, in the order found
}

func (b *primaryBuilder) dir(n *node, level int) *dir {
	d := &dir{id: []byte{0}, entries: make([]entry, 0, len(n.kids))}
	d.parent = d
	kids := n.kids
	if level == maxLevel {
		kids = nil
		for _, k := range n.kids {
			if k.file == nil {
				b.deep = append(b.deep, k)
			} else {
				kids = append(kids, k)
			}
		}
	}
	b.fill(d, kids, level, newShortNames(len(kids)))
	return d
}

func (b *primaryBuilder) fill(d *dir, kids []*node, level int, names *shortNames) {
	for i, s := range names.assign(kids) {
		if kids[i].file == nil {
			d.adopt(s, b.dir(kids[i], level+1))
		} else {
			d.entries = append(d.entries, entry{id: s.fileID(), key: s.key(), file: kids[i]})
		}
	}
	slices.SortFunc(d.entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
}

// moveDeep adds /DEEP to the root. Building its content may find more that is too deep; the queue ends because each round
// starts six levels further down.
func (b *primaryBuilder) moveDeep(top *dir) {
	names := newShortNames(len(top.entries) + 1)
	for _, e := range top.entries {
		names.taken[e.key] = true
	}
	deep := &dir{}
	inDeep := newShortNames(len(b.deep))
	for len(b.deep) > 0 {
		batch := b.deep
		b.deep = nil
		b.fill(deep, batch, 2, inDeep)
	}
	top.adopt(names.unique(shortName{base: deepName}), deep)
	slices.SortFunc(top.entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
}

// adopt puts kid into d under a short name, which for a directory has no separators (7.6.2).
func (d *dir) adopt(s shortName, kid *dir) {
	kid.id, kid.parent = []byte(s.base), d
	d.entries = append(d.entries, entry{id: kid.id, key: s.key(), dir: kid})
}

// inPathTableOrder numbers the directories under root: by level, then by the parent's number, then by name (6.9.1).
// Entries are sorted, so breadth first is that order.
func inPathTableOrder(root *dir) []*dir {
	dirs := []*dir{root}
	for i := 0; i < len(dirs); i++ {
		dirs[i].number = uint16(i + 1) // Plan refuses more than 65,535
		for _, e := range dirs[i].entries {
			if e.dir != nil {
				dirs = append(dirs, e.dir)
			}
		}
	}
	return dirs
}
