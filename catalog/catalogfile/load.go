// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// The bounds of a catalogue file; the built-in tables would fill a tenth of it.
const (
	maxSize   = 1 << 20
	maxBlocks = 1000
)

// LoadFile reads a catalogue file over a base (nil: [catalog.Default]). The syntax is JSON where the name ends in
// ".json", else HCL. The text is UTF-8, or UTF-16 with a byte order mark.
//
// A file that cannot be read gives the file system's error; one with mistakes a [*Error], which holds all of them.
func LoadFile(fsys afero.Fs, path string, base *catalog.Catalog) (*catalog.Catalog, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, fmt.Errorf("catalogue file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("catalogue file: %w", err)
	}
	if len(data) > maxSize {
		return nil, fmt.Errorf("catalogue file %s: it is larger than %d bytes, which no catalogue is; give the file with release, key and host blocks", path, maxSize)
	}
	return Load(data, path, base)
}

// Load is [LoadFile] for content that is at hand; name is what messages call it.
func Load(data []byte, name string, base *catalog.Catalog) (*catalog.Catalog, error) {
	if base == nil {
		base = catalog.Default()
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, fmt.Errorf("catalogue file %s: %w", name, err)
	}
	r := &reader{name: name, base: base}
	body := r.parse(text, name)
	if body != nil {
		r.read(body)
	}
	if r.diags.HasErrors() {
		return nil, &Error{Diagnostics: r.diags, source: text}
	}
	return base.With(r.overlay), nil
}

// reader gathers the overlay and everything that is wrong with the file.
type reader struct {
	name    string
	base    *catalog.Catalog
	overlay catalog.Overlay
	diags   hcl.Diagnostics
	merged  *catalog.Catalog // base with overlay; nil when the overlay has grown since
}

func (r *reader) parse(text []byte, name string) hcl.Body {
	var f *hcl.File
	var diags hcl.Diagnostics
	if strings.HasSuffix(strings.ToLower(name), ".json") {
		f, diags = json.Parse(text, name)
	} else {
		f, diags = hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	}
	r.diags = append(r.diags, diags...)
	if diags.HasErrors() || f == nil {
		return nil
	}
	return f.Body
}

// wrong notes a mistake: what it is, and what is right.
func (r *reader) wrong(at hcl.Range, summary, detail string) {
	r.diags = append(r.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at})
}
