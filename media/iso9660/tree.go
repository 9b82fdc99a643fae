// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// MaxFileSize is the largest file that one extent can describe, in bytes: 4 GiB - 1 (ECMA-119 9.1.4, a 32-bit length).
const MaxFileSize = 1<<32 - 1

// File is one file of an image to be written.
type File struct {
	// Path is the name in the image, with / between folders and none in front: "drivers/net.inf". Folders on the way
	// need not be listed.
	Path string
	// Size is the length in bytes. A file that turns out longer or shorter when it is read is an error.
	Size int64
	// Open gives the content; it is called once for each time that the image is written. Nil is allowed for size 0.
	Open func() (io.ReadCloser, error)
	// Origin says where the file comes from, for messages. The zero value says nothing.
	Origin string
}

// Folder is a folder that shall exist even when it is empty.
type Folder struct {
	Path   string // as in [File]
	Origin string // as in [File]
}

// Tree is what goes into an image. The order of its elements has no effect on the image.
type Tree struct {
	Files   []File
	Folders []Folder
}

// node is a file or folder of the tree, with its true name.
type node struct {
	name   string
	origin string
	file   *File // nil: a folder
	kids   []*node
	byFold map[string]*node // kids by folded name
	extent uint32           // first sector of a file's data
}

func (n *node) kind() string {
	if n.file == nil {
		return "folder"
	}
	return "file"
}

// treeBuilder puts paths together to a tree and gathers what is wrong with them.
type treeBuilder struct {
	root     *node
	problems []Problem
}

// buildTree checks t whole and gives its root, kids sorted by name as Joliet sorts them.
func buildTree(t Tree) (*node, error) {
	b := &treeBuilder{root: &node{}}
	for i := range t.Folders {
		b.insert(t.Folders[i].Path, t.Folders[i].Origin, nil)
	}
	for i := range t.Files {
		f := &t.Files[i]
		switch {
		case f.Size > MaxFileSize:
			b.refuse(f.Path, f.Origin, fmt.Sprintf("has %d bytes, more than the %d (4 GiB - 1) that a file in this kind of image can have", f.Size, int64(MaxFileSize)),
				"leave it out, or split it")
		case f.Size < 0:
			b.refuse(f.Path, f.Origin, fmt.Sprintf("has a negative size, %d", f.Size), "give the size in bytes")
		case f.Size > 0 && f.Open == nil:
			b.refuse(f.Path, f.Origin, "has no content to read", "set File.Open")
		default:
			b.insert(f.Path, f.Origin, f)
		}
	}
	if len(b.problems) > 0 {
		return nil, &TreeError{Problems: b.problems}
	}
	b.root.sort()
	return b.root, nil
}

func (b *treeBuilder) refuse(path, origin, what, remedy string) {
	b.problems = append(b.problems, Problem{Path: path, Origin: origin, What: what, Remedy: remedy})
}

// insert adds one path; file is nil for a folder.
func (b *treeBuilder) insert(path, origin string, file *File) {
	if path == "" || path[0] == '/' || path[len(path)-1] == '/' || strings.Contains(path, "//") {
		b.refuse(path, origin, "is not a path inside an image", `write it as "folder/name", with / between names and none at either end`)
		return
	}
	at, rest := b.root, path
	for {
		name, after, deeper := strings.Cut(rest, "/")
		key := fold(name)
		kid := at.byFold[key]
		leaf := file
		if deeper {
			leaf = nil
		}
		switch {
		case kid == nil:
			if what, remedy := checkName(name); what != "" {
				b.refuse(path, origin, what, remedy)
				return
			}
			kid = &node{name: name, origin: origin, file: leaf}
			if at.byFold == nil {
				at.byFold = make(map[string]*node)
			}
			at.byFold[key] = kid
			at.kids = append(at.kids, kid)
		case kid.name != name:
			b.refuse(path, origin, fmt.Sprintf("has the name %q, and the %s %q%s differs from it in upper and lower case only, which Windows does not tell apart",
				name, kid.kind(), kid.name, from(kid.origin)), "rename one of the two")
			return
		case kid.file != nil || leaf != nil:
			b.refuse(path, origin, fmt.Sprintf("takes the place of the %s %q%s", kid.kind(), kid.name, from(kid.origin)), "leave one of the two out, or rename it")
			return
		}
		if !deeper {
			return
		}
		at, rest = kid, after
	}
}

func (n *node) sort() {
	slices.SortFunc(n.kids, func(a, b *node) int { return compareUCS2(a.name, b.name) })
	n.byFold = nil
	for _, k := range n.kids {
		if k.file == nil {
			k.sort()
		}
	}
}
