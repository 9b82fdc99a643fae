// SPDX-License-Identifier: MPL-2.0

package catalog

// Catalog holds releases, editions, keys and the host/guest matrix.
type Catalog struct{}

// Default is the built-in catalogue.
func Default() *Catalog { return &Catalog{} }
