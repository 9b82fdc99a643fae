// SPDX-License-Identifier: MPL-2.0

package nextrelease

import (
	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/catalog/catalogfile"
)

// Plain is a release of which nothing is said but its build and its keys, which are those of 2025.
const Plain = `
release "2099" {
  build    = 99000
  aliases  = ["98H2"]
  editions = ["Datacenter", "Datacenter: Azure Edition", "Standard", "Essentials"]
}
key "2099" "datacenter" {
  key      = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"
  standing = "documented"
}
key "2099" "datacenter-azure-edition" { key = "6NMQ9-T38WF-6MFGM-QYGYM-88J4F" }
key "2099" "standard" { key = "WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4" }
` + gvlks

// Different differs from 2025 in all that can be said of a release, and its Essentials has a key.
const Different = `
release "2099" {
  build             = 99000
  openssh           = "none"
  msr_size          = 32
  powershell        = "5.2"
  image_editions    = ["Datacenter", "Standard", "Datacenter: Azure Edition", "Essentials"]
  evaluation_images = "same"
  lacks             = []
}
key "2099" "datacenter" { key = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67" }
key "2099" "standard"   { key = "WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4" }
key "2099" "datacenter-azure-edition" { key = "6NMQ9-T38WF-6MFGM-QYGYM-88J4F" }
key "2099" "essentials" { key = "2CTP7-NHT64-BP62M-FV6GG-HFV28" }
` + gvlks

const gvlks = `
key "2099" "datacenter" {
  channel = "gvlk"
  key     = "D764K-2NDRG-47T6Q-P8T8W-YP6DF"
}
key "2099" "datacenter-azure-edition" {
  channel = "gvlk"
  key     = "XGN3F-F394H-FD2MY-PP6FD-8MCRC"
}
key "2099" "standard" {
  channel = "gvlk"
  key     = "TVRH6-WHNXV-R9WG3-9XRFY-MY832"
}
`

// Catalog is the built-in catalogue with such a release. It panics on a text that is no catalogue file.
func Catalog(text string) *catalog.Catalog {
	c, err := catalogfile.Load([]byte(text), "2099.hcl", nil)
	if err != nil {
		panic(err)
	}
	return c
}
