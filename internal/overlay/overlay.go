// SPDX-License-Identifier: MPL-2.0

package overlay

import (
	"fmt"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/catalog/catalogfile"
)

// Env is the variable that names a catalogue file where no attribute does.
const Env = "AVMA_CATALOG"

// Load reads the catalogue file at path, else the one that the environment names, over the built-in catalogue.
// Without either it is the built-in one. The error names who asked for the file.
func Load(fsys afero.Fs, getenv func(string) string, path string) (*catalog.Catalog, error) {
	asked := "catalog"
	if path == "" {
		path, asked = getenv(Env), Env
	}
	if path == "" {
		return catalog.Default(), nil
	}
	c, err := catalogfile.LoadFile(fsys, path, nil)
	if err != nil {
		return nil, fmt.Errorf("%s = %q: %w", asked, path, err)
	}
	return c, nil
}
