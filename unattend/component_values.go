// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/beevik/etree"
)

// checkItems finds items of a list with the same Order (reference section 1.6) or wcm:keyValue (rule E4).
func (m *model) checkItems(c located[Component], list *etree.Element) {
	var orders, keys map[string]bool
	for _, item := range list.ChildElements() {
		if key := item.SelectAttr("wcm:keyValue"); key != nil {
			if keys[key.Value] {
				m.fail(c.path+".xml", fmt.Sprintf("two <%s> have the keyValue %q", item.Tag, key.Value), "Each item of a list has one of its own. (rule E4)")
			}
			keys = with(keys, key.Value)
		}
		for _, o := range item.ChildElements() {
			if !strings.EqualFold(o.Tag, "Order") {
				continue
			}
			n := strings.TrimLeft(strings.TrimSpace(o.Text()), "0")
			if orders[n] && n != "" {
				m.fail(c.path+".xml", fmt.Sprintf("two <%s> have the order %s", item.Tag, n), "Each has one of its own; gaps are allowed. (section 1.6)")
			}
			orders = with(orders, n)
		}
	}
}

// with puts a word into a set, which it makes for the first.
func with(set map[string]bool, word string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	set[word] = true
	return set
}

// checkEncoded finds a password that Windows could not decode: with PlainText false its value is Base64 of the UTF-16LE
// text of the password and the name of its element. The value is never shown. (reference section 1.7)
func (m *model) checkEncoded(c located[Component], e *etree.Element) {
	value, plain := childNamed(e, "Value"), childNamed(e, "PlainText")
	if value == nil || plain == nil || !strings.EqualFold(strings.TrimSpace(plain.Text()), "false") {
		return
	}
	data, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value.Text()))
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i]) | uint16(data[2*i+1])<<8
	}
	text := string(utf16.Decode(units))
	if err == nil && len(data)%2 == 0 && len(text) >= len(e.Tag) && strings.EqualFold(text[len(text)-len(e.Tag):], e.Tag) {
		return
	}
	m.fail(c.path+".xml", fmt.Sprintf("the value of <%s> is not encoded as Windows encodes it", e.Tag),
		"Windows would stop with \"Failed to decode password\". It is Base64 of the UTF-16LE text of the password followed by "+e.Tag+
			"; or give the password itself with <PlainText>true</PlainText>. (section 1.7)")
}

// childNamed is the element of that name, upper and lower case being the same; nil when there is none.
func childNamed(e *etree.Element, name string) *etree.Element {
	for _, token := range e.Child {
		if c, ok := token.(*etree.Element); ok && strings.EqualFold(c.Tag, name) {
			return c
		}
	}
	return nil
}

// holdsSecret says whether an element's text is a password, or the data that joins a domain.
func holdsSecret(tag string) bool {
	tag = strings.ToLower(tag)
	return strings.HasSuffix(tag, "password") || tag == "accountdata"
}
