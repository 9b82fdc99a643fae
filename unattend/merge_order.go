// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

// number gives an item that was added to a list the place behind those that are there: its Order, a route's Identifier,
// and a wcm:keyValue that none of them has.
func (g *merger) number(added *etree.Element, there []*etree.Element, at string) {
	place := "Order"
	if strings.EqualFold(added.Tag, "Route") {
		place = "Identifier"
	}
	if last, ok := highest(there, place); ok {
		if most := g.mostAt(at + "/" + place); most > 0 && last >= most {
			g.w.problems = append(g.w.problems, Problem{Error, g.block.path + ".xml",
				fmt.Sprintf("<%s> would have the order %d", added.Tag, last+1),
				fmt.Sprintf("It comes after what is in the list already, and %d is the last place there is. "+
					"Put some of it into a script.", most)})
		}
		own := childNamed(added, place)
		if own == nil {
			own = added.CreateElement(place)
		}
		own.SetText(strconv.Itoa(last + 1))
	}
	key := added.SelectAttr("wcm:keyValue")
	if key == nil {
		return
	}
	last, taken := 0, false
	for _, e := range there {
		value := e.SelectAttrValue("wcm:keyValue", "")
		taken = taken || strings.EqualFold(value, key.Value)
		if n, err := strconv.Atoi(value); err == nil {
			last = max(last, n)
		}
	}
	if taken {
		key.Value = strconv.Itoa(last + 1)
	}
}

// byPlace sorts the items of a list by their Order, those without one last. Other elements have none and stay as they
// are.
func byPlace(list []*etree.Element) []*etree.Element {
	place := func(e *etree.Element) int {
		if n, ok := highest([]*etree.Element{e}, "Order"); ok {
			return n
		}
		return math.MaxInt
	}
	slices.SortStableFunc(list, func(a, b *etree.Element) int { return cmp.Compare(place(a), place(b)) })
	return list
}

// mostAt is the highest number that the table of settings allows; 0: it names none.
func (g *merger) mostAt(path string) int {
	if s := schema.Find(g.component, path); s != nil {
		return s.Max
	}
	return 0
}

// highest is the highest number that one of the items has; false when none has one.
func highest(items []*etree.Element, name string) (int, bool) {
	last, found := 0, false
	for _, e := range items {
		if c := childNamed(e, name); c != nil {
			if n, err := strconv.Atoi(strings.TrimSpace(c.Text())); err == nil {
				last, found = max(last, n), true
			}
		}
	}
	return last, found
}
