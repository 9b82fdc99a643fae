// SPDX-License-Identifier: MPL-2.0

package schema

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed settings.tsv
var settings string

// room is the part of the table that belongs to one component, parsed when somebody asks for it: a process looks at
// two or three of the 84.
type room struct {
	name   string
	rows   string
	once   sync.Once
	parsed *Component
}

// rooms finds the components' parts of the table, which is sorted by component.
var rooms = sync.OnceValue(func() map[string]*room {
	found := make(map[string]*room)
	_, rest, _ := strings.Cut(settings, "\n") // the heading
	for rest != "" {
		name, _, _ := strings.Cut(rest, "\t")
		end := 0
		for strings.HasPrefix(rest[end:], name+"\t") {
			line, _, _ := strings.Cut(rest[end:], "\n")
			end = min(end+len(line)+1, len(rest))
		}
		found[strings.ToLower(name)] = &room{name: name, rows: rest[:end]}
		rest = rest[end:]
	}
	return found
})

// Lookup gives the component of that name, without regard to case (reference rule E3); nil when the table has none.
func Lookup(name string) *Component {
	var buf [96]byte // longer than any name of the table
	r := rooms()[string(lower(buf[:0], name))]
	if r == nil {
		return nil
	}
	r.once.Do(func() { r.parsed = parse(r.name, r.rows) })
	return r.parsed
}

// Find is Lookup and Component.Find in one.
func Find(component, path string) *Setting {
	c := Lookup(component)
	if c == nil {
		return nil
	}
	return c.Find(path)
}

// Components lists the names of all components, sorted without regard to case.
func Components() []string {
	var names []string
	_, rest, _ := strings.Cut(settings, "\n")
	for line := range strings.Lines(rest) {
		name, _, _ := strings.Cut(line, "\t")
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return names
}

func parse(name, rows string) *Component {
	c := &Component{Name: name}
	everywhere := false
	for line := range strings.Lines(rows) {
		var f [8]string
		rest := strings.TrimSuffix(line, "\n")
		for i := range f {
			f[i], rest, _ = strings.Cut(rest, "\t")
		}
		s := c.group(f[1])
		s.Passes = parsePasses(f[2])
		s.Leaf = f[3] == "leaf"
		s.Empty = map[string]Empty{"yes": EmptyAllowed, "no": EmptyForbidden}[f[4]]
		length, unit, _ := strings.Cut(f[5], " ")
		s.MaxLength, _ = strconv.Atoi(length)
		s.Bytes = unit == "bytes"
		low, high, _ := strings.Cut(f[6], "-")
		s.Min, _ = strconv.Atoi(low)
		s.Max, _ = strconv.Atoi(high)
		s.Deprecated = f[7] == "yes"
		c.Passes |= s.Passes
		everywhere = everywhere || s.Passes == 0
	}
	if everywhere {
		c.Passes = 0
	}
	return c
}

// group gives the setting at path and makes what is missing on the way: a few groups have no page of their own.
func (c *Component) group(path string) *Setting {
	at := &c.children
	var s *Setting
	done := 0
	for name := range strings.SplitSeq(path, "/") {
		done += len(name)
		if s = at.Child(name); s == nil {
			s = &Setting{Path: path[:done], Name: name}
			at.add(s)
		}
		at = &s.children
		done++
	}
	return s
}

func parsePasses(list string) Passes {
	var p Passes
	for name := range strings.SplitSeq(list, ",") {
		one, _ := ParsePass(name)
		p |= one
	}
	return p
}
