// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// maxKVPItem bounds one item: a name and a value at their limits, fully escaped, and what stands around them.
const maxKVPItem = 32 << 10

// KVPItem is one value that a guest or its host exchanged, as Hyper-V writes it into GuestExchangeItems and
// GuestIntrinsicExchangeItems.
type KVPItem struct {
	Name   string
	Data   string
	Source int // 0 guest, 2 guest intrinsic, 4 host; as written
}

// ParseKVPItem reads one element of these arrays: an XML document with the properties Name, Data and Source in any
// order. VALUE may be missing, other properties are passed over. Name and Data are as the guest wrote them, bounded by
// the limits of Data Exchange; they are cleaned by whoever shows them. (reference section 6)
func ParseKVPItem(text string) (KVPItem, error) {
	if len(text) > maxKVPItem {
		return KVPItem{}, fmt.Errorf("KVP item of %d bytes: more than the %d that one can have", len(text), maxKVPItem)
	}
	var doc struct {
		XMLName    xml.Name `xml:"INSTANCE"`
		Properties []struct {
			Name  string `xml:"NAME,attr"`
			Value string `xml:"VALUE"`
		} `xml:"PROPERTY"`
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the text is UTF-8 already, whatever it says
	if err := d.Decode(&doc); err != nil {
		return KVPItem{}, fmt.Errorf("KVP item: %w", err)
	}
	item := KVPItem{}
	for _, p := range doc.Properties {
		switch p.Name {
		case "Name":
			item.Name = cut(p.Value, MaxKVPName)
		case "Data":
			item.Data = cut(p.Value, MaxKVPValue)
		case "Source":
			item.Source = number(strings.TrimSpace(p.Value))
		}
	}
	if item.Name == "" {
		return KVPItem{}, fmt.Errorf("KVP item without a name")
	}
	return item, nil
}

// ParseKVPItems reads a whole array into name and value; of a name given twice the last counts. What cannot be read is
// left out and counted.
func ParseKVPItems(items []string) (values map[string]string, unreadable int) {
	values = make(map[string]string, len(items))
	for _, text := range items {
		item, err := ParseKVPItem(text)
		if err != nil {
			unreadable++
			continue
		}
		values[item.Name] = item.Data
	}
	return values, unreadable
}

// cut shortens to that many UTF-16 characters.
func cut(s string, limit int) string {
	n := 0
	for i, r := range s {
		if r > 0xFFFF {
			n++
		}
		if n++; n > limit {
			return s[:i]
		}
	}
	return s
}
