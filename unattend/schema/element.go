// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// start opens an element; false ends the check.
func (c *checker) start(t xml.StartElement, line int, table *Component) bool {
	parent := c.stack[len(c.stack)-1]
	name := t.Name.Local
	if len(c.stack) == 1 && table != nil && table.Child(name) == nil {
		switch name {
		case "component", "settings", "unattend":
			c.add(Finding{Kind: Malformed, Line: line, Summary: fmt.Sprintf("the content holds the <%s> element itself", name),
				Detail: "Give only what stands between <component …> and </component>; the pass and the name are attributes of the block."})
			return false
		}
	}
	e := &element{name: name, path: name, line: line}
	if parent.path != "" {
		e.path = parent.path + "/" + name
	}
	parent.elements++
	if parent.level != nil {
		e.setting = parent.level.Child(name)
		if e.setting == nil {
			c.unknown(parent, e, table)
		} else {
			e.level = &e.setting.children
		}
	}
	if e.setting != nil {
		c.placed(parent, e)
	}
	item, isItem := AsListItem(name)
	action := hasAdd(t.Attr)
	if isItem && !action && e.setting != nil {
		c.add(Finding{Kind: NoListAction, Path: e.path, Line: line,
			Summary: fmt.Sprintf(`<%s> needs wcm:action="add"`, item.Name),
			Detail:  fmt.Sprintf(`It is an item of a list: write <%s wcm:action="add">.`, item.Name)})
	}
	if !isItem && !action && e.setting != nil && e.setting.Leaf {
		c.once(parent, e)
	}
	c.stack = append(c.stack, e)
	return true
}

func (c *checker) unknown(parent, e *element, table *Component) {
	var names []string
	for _, s := range parent.level.list {
		names = append(names, s.Name)
	}
	where := table.Name
	if parent.path != "" {
		where += ", " + parent.path
	}
	detail := "Microsoft's reference of answer-file settings of 2018 does not list it there." + meant(e.name, names)
	if parent.setting != nil && parent.setting.Leaf && len(names) == 0 {
		detail = fmt.Sprintf("%s is a value and holds no further elements.", parent.path)
	}
	c.add(Finding{Kind: UnknownSetting, Warning: true, Path: e.path, Line: e.line,
		Summary: fmt.Sprintf("the setting %s is not known in %s", e.name, where), Detail: detail})
}

// placed checks the pass and says what is deprecated, each once for a whole subtree.
func (c *checker) placed(parent, e *element) {
	e.misplaced, e.obsolete = parent.misplaced, parent.obsolete
	if !e.misplaced && c.pass != 0 && !e.setting.AllowedIn(c.pass) {
		e.misplaced = true
		c.add(Finding{Kind: WrongPass, Path: e.path, Line: e.line,
			Summary: fmt.Sprintf("%s may not stand in the %s pass", e.path, c.passName),
			Detail:  fmt.Sprintf("It belongs in %s.", e.setting.Passes)})
	}
	if !e.obsolete && e.setting.Deprecated {
		e.obsolete = true
		c.add(Finding{Kind: Obsolete, Warning: true, Path: e.path, Line: e.line,
			Summary: e.path + " is deprecated", Detail: "Windows ignores it today; leave it out."})
	}
}

// once refuses a value that is given twice in one group.
func (c *checker) once(parent, e *element) {
	key := strings.ToLower(e.name)
	if first, twice := parent.seen[key]; twice {
		c.add(Finding{Kind: Repeated, Path: e.path, Line: e.line, Summary: e.path + " is given twice",
			Detail: fmt.Sprintf("The first is in line %d; leave one of them out.", first)})
		return
	}
	if parent.seen == nil {
		parent.seen = make(map[string]int)
	}
	parent.seen[key] = e.line
}

// end closes the innermost element and checks its value.
func (c *checker) end() {
	e := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	if e.setting == nil || e.elements > 0 {
		return
	}
	if f, bad := e.setting.CheckValue(e.text.String()); bad {
		f.Path, f.Line = e.path, e.line
		c.add(f)
	}
}

// CheckValue holds a value against what the table says of the setting: empty, too long, out of range. The second
// result is false when there is nothing to say. Path and Line of the finding are left to the caller.
func (s *Setting) CheckValue(value string) (Finding, bool) {
	length, unit := len(utf16.Encode([]rune(value))), "characters"
	if s.Bytes {
		length, unit = len(value), "bytes"
	}
	switch {
	case value == "":
		return s.empty()
	case s.MaxLength > 0 && length > s.MaxLength:
		return Finding{Kind: TooLong, Summary: fmt.Sprintf("%s is %d %s long", s.Path, length, unit),
			Detail: fmt.Sprintf("It may have at most %d %s.", s.MaxLength, unit)}, true
	case s.Max > 0:
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < s.Min || n > s.Max {
			return Finding{Kind: OutOfRange, Summary: fmt.Sprintf("%s is %q", s.Path, clip(value)),
				Detail: fmt.Sprintf("It has to be a whole number from %d to %d.", s.Min, s.Max)}, true
		}
	}
	return Finding{}, false
}

// empty applies reference rule E8.
func (s *Setting) empty() (Finding, bool) {
	switch {
	case s.Empty == EmptyForbidden:
		return Finding{Kind: EmptyElement, Summary: s.Path + " is empty",
			Detail: "Windows Setup stops at an empty one; give it a value or leave the element out."}, true
	case s.Leaf && s.Empty == EmptyUnstated:
		return Finding{Kind: EmptyElement, Warning: true, Summary: s.Path + " is empty",
			Detail: "The reference does not say that it may be; leave the element out."}, true
	}
	return Finding{}, false
}

func hasAdd(attrs []xml.Attr) bool {
	for _, a := range attrs {
		if a.Name.Local == "action" && a.Value != "" {
			return true
		}
	}
	return false
}
