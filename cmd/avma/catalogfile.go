// SPDX-License-Identifier: MPL-2.0

package main

import (
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/catalog/catalogfile"
)

func loadCatalog(fsys afero.Fs, path string, base *catalog.Catalog) (*catalog.Catalog, error) {
	return catalogfile.LoadFile(fsys, path, base)
}
