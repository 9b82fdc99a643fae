// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

var fileSchema = &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
	{Type: "release", LabelNames: []string{"name"}},
	{Type: "key", LabelNames: []string{"release", "edition"}},
	{Type: "host", LabelNames: []string{"name"}},
}}

// attributes of each kind of block; the first is required.
func attributes(kind string) []string {
	switch kind {
	case "release":
		return []string{"build", "title", "editions", "aliases", "servicing", "keys_of", "image_title", "host",
			"openssh", "msr_size", "powershell", "image_editions", "evaluation_images", "lacks"}
	case "key":
		return []string{"key", "channel", "standing", "source"}
	}
	return []string{"activates", "standing", "source"} // host
}

// read takes the blocks in an order in which each can lean on those before it, whatever their order in the file.
func (r *reader) read(body hcl.Body) {
	content, diags := body.Content(fileSchema)
	r.diags = append(r.diags, diags...)
	if content == nil {
		return
	}
	if n := len(content.Blocks); n > maxBlocks {
		r.wrong(content.Blocks[maxBlocks].DefRange, fmt.Sprintf("%d blocks are too many", n), fmt.Sprintf("At most %d release, key and host blocks.", maxBlocks))
		return
	}
	for _, kind := range []string{"release", "key", "host"} {
		seen := map[string]hcl.Range{}
		for _, block := range content.Blocks.OfType(kind) {
			attrs, ok := r.attrs(block)
			if !ok {
				continue
			}
			b := &blockReader{reader: r, block: block, attrs: attrs}
			switch kind {
			case "release":
				b.release(seen)
			case "key":
				b.key(seen)
			case "host":
				b.host(seen)
			}
		}
	}
}

func (r *reader) attrs(block *hcl.Block) (hcl.Attributes, bool) {
	schema := &hcl.BodySchema{}
	names := attributes(block.Type)
	for i, name := range names {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: name, Required: i == 0})
	}
	content, diags := block.Body.Content(schema)
	for _, d := range diags {
		if d.Subject == nil {
			at := block.DefRange
			d.Subject = &at
		}
		d.Detail = strings.TrimSpace(d.Detail + fmt.Sprintf(" A %s block takes: %s.", block.Type, strings.Join(names, ", ")))
	}
	r.diags = append(r.diags, diags...)
	if content == nil || diags.HasErrors() {
		return nil, false
	}
	return content.Attributes, true
}

// blockReader reads the attributes of one block. Each accessor gives the zero value, and notes why, when the value is
// not what it has to be; failed says that one did.
type blockReader struct {
	*reader
	block  *hcl.Block
	attrs  hcl.Attributes
	failed bool
}

func (b *blockReader) wrong(at hcl.Range, summary, detail string) {
	b.failed = true
	b.reader.wrong(at, summary, detail)
}

// at is where an attribute's value stands; the block's header where it is not given.
func (b *blockReader) at(name string) hcl.Range {
	if a := b.attrs[name]; a != nil {
		return a.Expr.Range()
	}
	return b.block.DefRange
}

// label is the nth label and where it stands.
func (b *blockReader) label(n int) (string, hcl.Range) {
	return b.block.Labels[n], b.block.LabelRanges[n]
}

func (b *blockReader) value(name string) (cty.Value, bool) {
	a := b.attrs[name]
	if a == nil {
		return cty.NilVal, false
	}
	v, diags := a.Expr.Value(nil)
	if diags.HasErrors() {
		b.failed = true
		b.diags = append(b.diags, diags...)
		return cty.NilVal, false
	}
	if v.IsNull() || !v.IsWhollyKnown() {
		b.wrong(a.Expr.Range(), name+" has no value", "Write one, or leave the attribute out.")
		return cty.NilVal, false
	}
	return v, true
}

func (b *blockReader) text(name string) string {
	v, ok := b.value(name)
	if !ok {
		return ""
	}
	if v.Type() != cty.String {
		b.wrong(b.at(name), name+" has to be a text", `Write it in quotes: `+name+` = "...".`)
		return ""
	}
	s := strings.TrimSpace(v.AsString())
	if len(s) > 500 || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		b.wrong(b.at(name), name+" is no plain text of one line", "At most 500 characters, without control characters.")
		return ""
	}
	return s
}

func (b *blockReader) flag(name string, initial bool) bool {
	v, ok := b.value(name)
	if !ok {
		return initial
	}
	if v.Type() != cty.Bool {
		b.wrong(b.at(name), name+" has to be true or false", "Write it without quotes.")
		return initial
	}
	return v.True()
}

func (b *blockReader) number(name, example string) int {
	v, ok := b.value(name)
	if !ok {
		return 0
	}
	if v.Type() != cty.Number {
		b.wrong(b.at(name), name+" has to be a number", "Write it without quotes: "+name+" = "+example+".")
		return 0
	}
	n, accuracy := v.AsBigFloat().Int64()
	if accuracy != big.Exact {
		b.wrong(b.at(name), name+" has to be a whole number", "")
		return 0
	}
	return int(n)
}

func (b *blockReader) list(name string) []string {
	v, ok := b.value(name)
	if !ok {
		return nil
	}
	if !v.Type().IsTupleType() && !v.Type().IsListType() {
		b.wrong(b.at(name), name+" has to be a list of texts", `Write it in brackets: `+name+` = ["..."].`)
		return nil
	}
	var out []string
	for _, e := range v.AsValueSlice() {
		if e.IsNull() || e.Type() != cty.String {
			b.wrong(b.at(name), name+" has to be a list of texts", `Write each element in quotes: `+name+` = ["..."].`)
			return nil
		}
		s := strings.TrimSpace(e.AsString())
		if slices.Contains(out, s) {
			b.wrong(b.at(name), fmt.Sprintf("%s names %q twice", name, s), "Once is enough.")
			return nil
		}
		out = append(out, s)
	}
	return out
}

// once refuses a second block of the same meaning.
func (b *blockReader) once(seen map[string]hcl.Range, id, what string) {
	if first, twice := seen[id]; twice {
		b.wrong(b.block.DefRange, what+" is described twice", fmt.Sprintf("The first is in line %d; keep one of them.", first.Start.Line))
		return
	}
	seen[id] = b.block.DefRange
}
