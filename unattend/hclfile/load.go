// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/hclguard"
	"github.com/golden-image/packer-plugin-avma/internal/textfile"
)

// EnvPrefix begins the environment variables that set a variable: AVMA_VAR_name.
const EnvPrefix = "AVMA_VAR_"

// maxVariables is how many variables a file may declare. What is done with them grows with their square.
const maxVariables = 1000

// Input is where values come from. The zero value has none and reads no file.
type Input struct {
	FS       afero.Fs
	Stdin    io.Reader                        // read where a path is "-"
	Getenv   func(name string) (string, bool) // for env() and "~"; nil: an empty environment
	Environ  []string                         // name=value, for AVMA_VAR_name
	VarFiles []string                         // --var-file, in their order
	Vars     []string                         // --var name=value, in their order
	Dir      func() (string, error)           // the working directory, for abspath() and path.cwd; nil: os.Getwd
}

// File is a configuration file that was read, with its variables and locals in place.
type File struct {
	Path string
	// Body is the file without its variables and locals.
	Body hcl.Body
	// Context has the variables (var), locals (local), paths (path) and functions that Body may use.
	Context *hcl.EvalContext
	// Warnings is what to tell the user of a file that is good all the same; nil: nothing.
	Warnings *Error

	in         Input
	budget     *hclguard.Budget
	files      map[string]*hcl.File
	isJSON     map[string]bool // of files
	valueFiles map[string]bool // files of values for variables
	variables  map[string]*variable
	localNames map[string]bool
	secrets    []string        // sensitive values, the longest first
	sensitive  map[string]bool // attributes with a sensitive value, without their indices
	outside    bool            // a file or the environment was read by a function
}

// Load reads a file and the values of its variables. A path of "-" is standard input. An error is an *Error with
// diagnostics, a *textfile.Error, an *fs.PathError, or ctx's when that ends first. What the file's expressions may cost,
// here and later, is bounded (see internal/hclguard); ctx ends their evaluation.
func Load(ctx context.Context, path string, in Input) (*File, error) {
	if in.Getenv == nil {
		in.Getenv = func(string) (string, bool) { return "", false }
	}
	if in.Dir == nil {
		in.Dir = os.Getwd
	}
	f := &File{Path: path, in: in, budget: hclguard.NewBudget(ctx), files: make(map[string]*hcl.File), isJSON: make(map[string]bool),
		valueFiles: make(map[string]bool), variables: make(map[string]*variable), localNames: make(map[string]bool), sensitive: make(map[string]bool)}
	body, err := f.parse(path)
	if err != nil {
		return nil, err
	}
	f.Context = &hcl.EvalContext{
		Variables: map[string]cty.Value{"path": f.paths()},
		Functions: f.functions(),
	}
	content, rest, diags := body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "variable", LabelNames: []string{"name"}},
		{Type: "locals"},
		{Type: "local", LabelNames: []string{"name"}},
	}})
	f.Body = rest
	variables := content.Blocks.OfType("variable")
	if len(variables) > maxVariables {
		return nil, f.error(failure(variables[maxVariables].DefRange, "Too many variables", fmt.Sprintf("A file may declare %d.", maxVariables)))
	}
	for _, block := range variables {
		diags = append(diags, f.declare(block)...)
	}
	// A broken declaration is said alone: what would follow from it is noise.
	if err := f.error(diags); err != nil {
		return nil, err
	}
	more, err := f.assign()
	if err != nil {
		return nil, err
	}
	diags = append(diags, more...)
	if err := f.error(diags); err != nil {
		return nil, err
	}
	diags = append(diags, f.locals(content.Blocks)...)
	if err := f.error(diags); err != nil {
		return nil, err
	}
	if len(diags) > 0 {
		f.Warnings = f.diagnose(diags)
	}
	return f, nil
}

// parse reads one HCL or JSON file and remembers its source.
func (f *File) parse(path string) (hcl.Body, error) {
	src, err := textfile.Read(f.in.FS, f.in.Stdin, path)
	if err != nil {
		return nil, err
	}
	name, asJSON := path, strings.EqualFold(filepath.Ext(path), ".json")
	if path == "-" {
		name, asJSON = "<stdin>", bytes.HasPrefix(bytes.TrimSpace(src), []byte("{"))
	}
	f.isJSON[name], f.valueFiles[name] = asJSON, path != f.Path
	file, diags := hclguard.Parse(f.budget, src, name, asJSON)
	if diags.HasErrors() {
		f.files[name] = &hcl.File{Bytes: src}
		return nil, f.error(diags)
	}
	f.files[name] = file
	return file.Body, nil
}

// paths is the object "path", as in a Packer template.
func (f *File) paths() cty.Value {
	cwd, err := f.in.Dir()
	if err != nil {
		cwd = "."
	}
	return cty.ObjectVal(map[string]cty.Value{
		"root": cty.StringVal(filepath.ToSlash(f.dir())),
		"cwd":  cty.StringVal(filepath.ToSlash(cwd)),
	})
}

// dir is the folder that relative paths in the file's functions start from.
func (f *File) dir() string {
	if f.Path == "-" {
		return "."
	}
	return filepath.Dir(f.Path)
}

// keepSecret notes the strings of a sensitive value, so that no message shows them. One or two letters are left out:
// they tell nothing, and would tear every word apart.
func (f *File) keepSecret(v cty.Value) {
	v, _ = v.UnmarkDeep()
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
		if v.Type() == cty.String && v.IsKnown() && !v.IsNull() && len(v.AsString()) > 2 {
			f.secrets = append(f.secrets, v.AsString())
		}
		return true, nil
	})
	slices.SortFunc(f.secrets, func(a, b string) int { return len(b) - len(a) })
}

// IsContent says whether err is about what stands in a file, and not about reaching it.
func IsContent(err error) bool {
	var diagnostics *Error
	return errors.As(err, &diagnostics)
}
