// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/zclconf/go-cty/cty"
)

// Value evaluates the file's body by a spec. The error is an *Error, or the context's.
func (f *File) Value(spec hcldec.Spec) (cty.Value, error) {
	value, diags := f.decode(spec)
	if err := f.error(diags); err != nil {
		return cty.NilVal, err
	}
	return value, nil
}

// decode evaluates the file's body as far as it can; what it cannot is unknown. It notes what is sensitive.
func (f *File) decode(spec hcldec.Spec) (cty.Value, hcl.Diagnostics) {
	value, diags := hcldec.Decode(f.expanded(), spec, f.Context)
	for _, d := range diags {
		f.advise(d)
	}
	if value == cty.NilVal || f.budget.Err() != nil {
		return cty.DynamicVal, diags
	}
	value, marks := value.UnmarkDeepWithPaths()
	for _, m := range marks {
		f.sensitive[attributeOf(m.Path)] = true
		if part, err := m.Path.Apply(value); err == nil {
			f.keepSecret(part)
		}
	}
	return value, diags
}

// attributeOf is the name of what a path leads to, without indices.
func attributeOf(path cty.Path) string {
	var names []string
	for _, step := range path {
		if attr, ok := step.(cty.GetAttrStep); ok {
			names = append(names, attr.Name)
		}
	}
	return strings.Join(names, ".")
}

// expanded is the body with its dynamic blocks written out, as Packer does.
func (f *File) expanded() hcl.Body { return dynblock.Expand(f.Body, f.Context) }

// templateBlocks are the blocks of a Packer template around a configuration.
var templateBlocks = []string{"data", "source", "build", "packer", "builder", "provisioner"}

// ofTheDataSource are the attributes that the data source has beside an answer file's, and what does their work here.
var ofTheDataSource = map[string]string{
	"iso_output": `Leave it out here: "avma unattend --iso ISO" writes one with both answer files, and "avma media create -o ISO FILE..." one of any files.`,
	"files":      `They go on the ISO, and "avma media create -o ISO FILE..." takes their paths: leave it out here.`,
	"content":    `It goes on the ISO. Write it into files, and give their paths to "avma media create -o ISO FILE...": leave it out here.`,
	"label":      `It is that of the ISO: "avma media create --label" sets it. Leave it out here.`,
	"catalog":    "Here a catalogue file is named by --catalog, or by AVMA_CATALOG: leave it out here.",
}

// advise adds what to do to HCL's own message: where somebody gave a whole template, kept what only the data source has, or
// misspelt a variable.
func (f *File) advise(d *hcl.Diagnostic) {
	if d.Subject == nil {
		return
	}
	file := f.files[d.Subject.Filename]
	if file == nil || !d.Subject.CanSliceBytes(file.Bytes) {
		return
	}
	word := string(d.Subject.SliceBytes(file.Bytes))
	switch {
	case d.Summary == "Unsupported block type" && slices.Contains(templateBlocks, word):
		d.Extra, d.Detail = own{}, fmt.Sprintf("This is a part of a Packer template. Here only the inside of a data %q block is wanted: "+
			"take the attributes and blocks out of the %s block.", "avma-unattend", word)
	case d.Summary == "Unsupported argument" || d.Summary == "Extraneous JSON object property":
		name := strings.Trim(word, `"`) // JSON has it in quotes
		if advice := ofTheDataSource[name]; advice != "" && f.atTop(name, *d.Subject) {
			d.Summary, d.Detail, d.Extra = fmt.Sprintf("%s is an attribute of the data source %q", name, "avma-unattend"), advice, own{}
		}
	case d.Summary == "Unsupported attribute" && bytes.HasSuffix(file.Bytes[:d.Subject.Start.Byte], []byte("var")):
		name := strings.TrimPrefix(word, ".")
		d.Summary = fmt.Sprintf("There is no variable %q", name)
		d.Detail, d.Extra = "Declare it in a variable block."+f.meant(name), own{}
	}
}

// atTop reports whether an attribute stands there outside of all blocks.
func (f *File) atTop(name string, at hcl.Range) bool {
	content, _, _ := f.Body.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: name}}})
	attr := content.Attributes[name]
	return attr != nil && attr.NameRange == at
}
