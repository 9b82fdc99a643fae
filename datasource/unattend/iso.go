// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/media"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// The names of the answer files. Setup looks for the first by itself; the second is named to sysprep.
const (
	installName = "Autounattend.xml"
	deployName  = "avma-deploy.xml"
)

// part is the part of the block that is about the ISO.
func (m *ISO) part(block cty.Value) cty.Value {
	values := map[string]cty.Value{}
	for name, v := range block.AsValueMap() {
		if _, mine := m.FlatMapstructure().HCL2Spec()[name]; mine {
			values[name] = v
		}
	}
	return cty.ObjectVal(values)
}

// check finds what is wrong with the part by itself.
func (m *ISO) check() error {
	if m.ISOOutput == "" {
		switch {
		case len(m.Files) > 0:
			return errors.New("files: they go on the ISO, and none is written; name one in iso_output, or leave files out")
		case m.Label != "":
			return errors.New("label: it is that of the ISO, and none is written; name one in iso_output, or leave label out")
		}
	}
	for name := range m.Content {
		for _, taken := range []string{installName, deployName} {
			if strings.EqualFold(strings.Trim(filepath.ToSlash(name), "/"), taken) {
				return fmt.Errorf("content: %q is the name of a generated answer file; give your file another name", name)
			}
		}
	}
	return nil
}

// plan looks whether the ISO could be written, without writing it, as far as everything is known.
func (m *ISO) plan(ctx context.Context, fsys afero.Fs) error {
	if folder, _ := afero.IsDir(fsys, m.ISOOutput); m.ISOOutput != "" && (folder || strings.HasSuffix(filepath.ToSlash(m.ISOOutput), "/")) {
		return fmt.Errorf("iso_output: %s is a folder; name a file in it, such as %s", m.ISOOutput, filepath.Join(m.ISOOutput, "answers.iso"))
	}
	if m.ISOOutput == "" || m.Label == unattend.Unknown || slices.Contains(m.Files, unattend.Unknown) {
		return nil
	}
	if _, err := media.Plan(ctx, m.options(fsys, m.byName("", ""))); err != nil {
		return fmt.Errorf("iso_output, files, content, label: %w", err)
	}
	return nil
}

// byName is all that stands on the ISO by name.
func (m *ISO) byName(install, deploy string) map[string]string {
	out := map[string]string{installName: install, deployName: deploy}
	for name, text := range m.Content {
		out[name] = text
	}
	return out
}

func (m *ISO) options(fsys afero.Fs, content map[string]string) media.CreateOptions {
	bytes := make(map[string][]byte, len(content))
	for name, text := range content {
		bytes[name] = []byte(text)
	}
	return media.CreateOptions{FS: fsys, Label: m.Label, Files: m.Files, Content: bytes}
}

func (m *ISO) path() string { return filepath.Clean(m.ISOOutput) }
