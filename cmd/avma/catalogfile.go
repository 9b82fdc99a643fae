// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

func loadCatalog(_ afero.Fs, path string, _ *catalog.Catalog) (*catalog.Catalog, error) {
	return nil, fmt.Errorf("cannot read %s", path)
}
