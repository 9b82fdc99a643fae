// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/internal/hclguard"
	"github.com/golden-image/packer-plugin-avma/internal/regular"
	"github.com/golden-image/packer-plugin-avma/internal/textfile"
)

// The bounds of a catalogue file; the built-in tables would fill a tenth of it.
const (
	maxSize   = hclguard.MaxSource
	maxBlocks = 1000
)

// LoadFile reads a catalogue file over a base (nil: [catalog.Default]). The syntax is JSON where the name ends in
// ".json", else HCL. The text is UTF-8, or UTF-16 with a byte order mark.
//
// A file that cannot be read gives the file system's error; one with mistakes a [*Error], which holds all of them.
func LoadFile(fsys afero.Fs, path string, base *catalog.Catalog) (*catalog.Catalog, error) {
	f, err := regular.Open(fsys, path)
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
	text, err := textfile.Decode(name, data)
	if err != nil {
		return nil, fmt.Errorf("catalogue file: %w", err)
	}
	// What a file of this size may cost is bounded in seconds, so nobody has to be able to stop it.
	r := &reader{name: name, base: base, budget: hclguard.NewBudget(context.Background())}
	body := r.parse(text, name)
	if body != nil {
		r.read(body)
	}
	if diags := r.budget.Diagnostics(); diags != nil {
		return nil, &Error{Diagnostics: diags, source: text}
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
	budget  *hclguard.Budget
	overlay catalog.Overlay
	diags   hcl.Diagnostics
	merged  *catalog.Catalog // base with overlay; nil when the overlay has grown since
}

func (r *reader) parse(text []byte, name string) hcl.Body {
	f, diags := hclguard.Parse(r.budget, text, name, strings.HasSuffix(strings.ToLower(name), ".json"))
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
