// SPDX-License-Identifier: MPL-2.0

package schema

// Empty says whether an element may stand without content (reference rule E8).
type Empty uint8

// The zero value is a page that says nothing.
const (
	EmptyUnstated Empty = iota
	EmptyAllowed
	EmptyForbidden
)

// Setting is one setting of a component, a value or a group of further settings.
type Setting struct {
	Path       string // below the component: "UserData/ProductKey/Key"
	Name       string // the last part of Path
	Passes     Passes // where it may stand; 0: any pass
	Leaf       bool   // the page describes a value
	Empty      Empty
	MaxLength  int  // 0: not stated
	Bytes      bool // MaxLength counts bytes; else UTF-16 code units, as Windows counts characters
	Min, Max   int  // both 0: no range stated
	Deprecated bool

	children
}

// AllowedIn says whether the setting may stand in pass.
func (s *Setting) AllowedIn(pass Passes) bool { return s.Passes == 0 || s.Passes.Has(pass) }

// Component is a component of the table.
type Component struct {
	Name   string // as the reference spells it
	Passes Passes // all passes of its settings together; 0: any pass

	children
}

// Find gives the setting at path ("UserData/ProductKey/Key"), without regard to case; nil when the table has none.
func (c *Component) Find(path string) *Setting {
	at := &c.children
	var found *Setting
	for path != "" {
		name, rest := cut(path)
		if found = at.Child(name); found == nil {
			return nil
		}
		at, path = &found.children, rest
	}
	return found
}

func cut(path string) (name, rest string) {
	for i := range len(path) {
		if path[i] == '/' {
			return path[:i], path[i+1:]
		}
	}
	return path, ""
}

// children is the level below a component or a group.
type children struct {
	list  []*Setting
	index map[string]*Setting // by lower case
}

// Children lists the settings one level down, in the order of the table.
func (c *children) Children() []*Setting { return c.list }

// Child gives the setting of that name one level down, without regard to case (reference rule E3); nil when there is
// none. It does not allocate: a linter asks once an element.
func (c *children) Child(name string) *Setting {
	var buf [96]byte // longer than any name of the table
	return c.index[string(lower(buf[:0], name))]
}

func (c *children) add(s *Setting) {
	if c.index == nil {
		c.index = make(map[string]*Setting)
	}
	c.list = append(c.list, s)
	c.index[string(lower(nil, s.Name))] = s
}

// lower appends s in lower case; all names are ASCII.
func lower(dst []byte, s string) []byte {
	for i := range len(s) {
		b := s[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		dst = append(dst, b)
	}
	return dst
}
