// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/golden-image/packer-plugin-avma/internal/hclguard"
	"github.com/golden-image/packer-plugin-avma/internal/regular"
	"github.com/golden-image/packer-plugin-avma/internal/textfile"
)

var (
	basenameFunc = text(func(a []string) (string, error) { return filepath.Base(a[0]), nil }, "path")
	dirnameFunc  = text(func(a []string) (string, error) { return filepath.Dir(a[0]), nil }, "path")
)

func (f *File) env() function.Function {
	return text(func(a []string) (string, error) {
		f.outside = true
		value, _ := f.in.Getenv(a[0])
		return value, nil
	}, "key")
}

func (f *File) abspath() function.Function {
	return text(func(a []string) (string, error) {
		if filepath.IsAbs(a[0]) {
			return filepath.ToSlash(filepath.Clean(a[0])), nil
		}
		dir, err := f.in.Dir()
		if err != nil {
			return "", err
		}
		return filepath.ToSlash(filepath.Join(dir, a[0])), nil
	}, "path")
}

func (f *File) pathexpand() function.Function {
	return text(func(a []string) (string, error) { return f.expandHome(a[0]) }, "path")
}

func (f *File) file() function.Function {
	return text(func(a []string) (string, error) {
		data, err := f.read(a[0])
		if err == nil && !utf8.Valid(data) {
			err = fmt.Errorf("%s is not UTF-8 text; save it as UTF-8, or take it with filebase64", a[0])
		}
		return string(data), err
	}, "path")
}

func (f *File) filebase64() function.Function {
	return text(func(a []string) (string, error) {
		data, err := f.read(a[0])
		return base64.StdEncoding.EncodeToString(data), err
	}, "path")
}

func (f *File) fileexists() function.Function {
	return function.New(&function.Spec{
		Params: stringParams([]string{"path"}),
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			path, err := f.resolve(args[0].AsString())
			if err != nil {
				return cty.UnknownVal(cty.Bool), err
			}
			info, err := f.in.FS.Stat(path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return cty.False, nil
			case err != nil:
				return cty.UnknownVal(cty.Bool), err
			case info.IsDir():
				return cty.UnknownVal(cty.Bool), fmt.Errorf("%s is a folder, not a file", path)
			}
			return cty.True, nil
		},
	})
}

// templatefile renders an HCL template with the given variables and all functions but itself.
func (f *File) templatefile() function.Function {
	render := func(args []cty.Value) (cty.Value, error) {
		name := args[0].AsString()
		data, err := f.read(name)
		if err != nil {
			return cty.DynamicVal, err
		}
		vars := args[1]
		if vars.IsNull() || !vars.Type().IsObjectType() && !vars.Type().IsMapType() {
			return cty.DynamicVal, function.NewArgErrorf(1, "the variables have to be an object such as { name = var.name }")
		}
		expr, diags := hclguard.ParseTemplate(f.budget, data, name, hcl.InitialPos)
		if diags.HasErrors() {
			return cty.DynamicVal, f.templateError(diags)
		}
		functions := f.functions()
		functions["templatefile"] = function.New(&function.Spec{
			VarParam: &function.Parameter{Name: "args", Type: cty.DynamicPseudoType},
			Type:     function.StaticReturnType(cty.String),
			Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
				return cty.DynamicVal, errors.New("a template cannot use templatefile itself")
			},
		})
		value, diags := expr.Value(&hcl.EvalContext{Variables: vars.AsValueMap(), Functions: functions})
		if diags.HasErrors() {
			return cty.DynamicVal, f.templateError(diags)
		}
		return value, nil
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}, {Name: "vars", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return render(args) },
	})
}

// templateError names the place in the template of the first error.
func (f *File) templateError(diags hcl.Diagnostics) error {
	for _, d := range diags {
		if d.Severity == hcl.DiagError && d.Subject != nil {
			f.scrub(d, f.words())
			return fmt.Errorf("%s:%d,%d: %s: %s", d.Subject.Filename, d.Subject.Start.Line, d.Subject.Start.Column, d.Summary, d.Detail)
		}
	}
	return diags
}

// read gives a file's content. A relative path starts at the folder of the configuration file, as in Packer.
func (f *File) read(name string) ([]byte, error) {
	f.outside = true
	path, err := f.resolve(name)
	if err != nil {
		return nil, err
	}
	file, err := regular.Open(f.in.FS, path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s; relative paths start at the folder of the configuration file", path)
		}
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, textfile.MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > textfile.MaxSize {
		return nil, fmt.Errorf("%s is larger than %d MiB, too much for an answer file", path, textfile.MaxSize>>20)
	}
	return data, nil
}

func (f *File) resolve(name string) (string, error) {
	path, err := f.expandHome(name)
	if err != nil || filepath.IsAbs(path) {
		return path, err
	}
	return filepath.Join(f.dir(), path), nil
}

// expandHome replaces a leading "~" by the home folder.
func (f *File) expandHome(path string) (string, error) {
	if path != "~" && !strings.HasPrefix(path, "~/") && !strings.HasPrefix(path, `~\`) {
		return path, nil
	}
	for _, name := range []string{"HOME", "USERPROFILE"} {
		if home, _ := f.in.Getenv(name); home != "" {
			return filepath.Join(home, path[1:]), nil
		}
	}
	return "", errors.New(`the home folder for "~" is not known: HOME is not set`)
}
