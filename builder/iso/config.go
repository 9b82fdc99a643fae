// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown
//go:generate go tool packer-sdc mapstructure-to-hcl2 -type Config

package iso

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/packer-plugin-sdk/common"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
	"github.com/golden-image/packer-plugin-avma/media"
)

// Config says what goes on the ISO and where it is written.
type Config struct {
	common.PackerConfig `mapstructure:",squash"`

	// The path of the ISO, such as `build/answers.iso`. Missing folders are made. A file that is there is kept and is
	// an error, unless Packer runs with `-force`. A relative path starts from the folder in which Packer is started:
	// `"${path.root}/build/answers.iso"` lies beside the template.
	Output string `mapstructure:"output" required:"true"`
	// Files and folders to put on the ISO. A file goes into the root of the ISO; what is in a folder goes into the root,
	// with its sub-folders. Where Windows Setup would ignore the answer file that is meant, by its name, its place or what
	// stands in it, there is a warning.
	Files []string `mapstructure:"files" required:"false"`
	// Files to put on the ISO by name and text, for example
	// `{ "Autounattend.xml" = data.avma-unattend.install.content }`. A name may have folders in front of it.
	Content map[string]string `mapstructure:"content" required:"false"`
	// The volume label, at most 16 characters. Default: `AVMA`.
	Label string `mapstructure:"label" required:"false"`
}

// unknown stands for a value that a data source has not given yet: packer validate does not run them. An unknown list or
// map is empty there, and not null.
const unknown = "<unknown>"

var errEmpty = errors.New("files, content: there is nothing to put on the ISO; list paths in files, or names and texts in content")

// checkLimit bounds the look at the files in Prepare.
const checkLimit = time.Minute

// decode reads the block. Packer's template engine fills in the options, but for content: PowerShell and Jinja write {{
// too. (With Interpolate the SDK parses every text as a template, even of attributes that its filter leaves out.)
func (c *Config) decode(raws ...any) error {
	*c = Config{}
	raws, err := engine.Render(raws)
	if err != nil {
		return err
	}
	return config.Decode(c, &config.DecodeOpts{PluginType: BuilderID, Interpolate: false}, raws...)
}

// check finds everything that is wrong, as far as values are known, and what Windows Setup would ignore. The error is
// nil, and not a typed nil, when nothing is wrong.
func (c *Config) check(fsys afero.Fs) (warnings []string, err error) {
	var errs *packersdk.MultiError
	if c.Output == "" {
		errs = packersdk.MultiErrorAppend(errs, errors.New("output: it is missing; name the ISO to write, such as \"build/answers.iso\""))
	}
	if folder, _ := afero.IsDir(fsys, c.Output); c.Output != "" && (folder || strings.HasSuffix(filepath.ToSlash(c.Output), "/")) {
		errs = packersdk.MultiErrorAppend(errs, fmt.Errorf("output: %s is a folder; name a file in it, such as %s", c.Output, filepath.Join(c.Output, "answers.iso")))
	}
	switch {
	case c.Files == nil && c.Content == nil:
		errs = packersdk.MultiErrorAppend(errs, errEmpty)
	case !c.undecided():
		ctx, cancel := context.WithTimeout(context.Background(), checkLimit)
		defer cancel()
		options := c.options(fsys)
		options.Warn = func(list []string) error {
			if !slices.Contains(slices.Collect(maps.Values(c.Content)), unknown) {
				warnings = list
			}
			return nil
		}
		if _, err := media.Plan(ctx, options); err != nil {
			errs = packersdk.MultiErrorAppend(errs, fmt.Errorf("files, content, label: %w", err))
		}
	}
	if errs != nil && len(errs.Errors) > 0 {
		return nil, errs
	}
	return warnings, nil
}

// undecided reports whether what goes on the ISO is not known yet. An empty list or map may be one that is not known; it
// has nothing to look at, and Run refuses it if it stays empty.
func (c *Config) undecided() bool {
	return c.Label == unknown || slices.Contains(c.Files, unknown)
}

func (c *Config) options(fsys afero.Fs) media.CreateOptions {
	content := make(map[string][]byte, len(c.Content))
	for name, text := range c.Content {
		content[name] = []byte(text)
	}
	return media.CreateOptions{FS: fsys, Label: c.Label, Files: c.Files, Content: content, SHA256: true}
}

// output is the path as the artifact names it.
func (c *Config) output() string { return filepath.Clean(c.Output) }
