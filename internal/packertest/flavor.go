// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"testing"

	"github.com/golden-image/packer-plugin-avma/internal/packerbin"
)

// A Flavor is one Packer and one way in which it talks to plugins.
type Flavor struct {
	Name    string
	Release packerbin.Release
	Gob     bool // force gob where the Packer would choose protobuf
}

// Flavors are all that the plugin supports.
func Flavors() []Flavor {
	new, old := packerbin.Releases()[0], packerbin.Releases()[1]
	return []Flavor{
		{Name: new.Version + "-protobuf", Release: new},
		{Name: new.Version + "-gob", Release: new, Gob: true},
		{Name: old.Version + "-gob", Release: old},
	}
}

// Each runs f once for each flavour, as a subtest of its name. A flavour whose Packer is not there skips and says
// how to get it.
func Each(t *testing.T, f func(t *testing.T, p *Packer)) {
	t.Helper()
	for _, flavor := range Flavors() {
		t.Run(flavor.Name, func(t *testing.T) { f(t, New(t, flavor)) })
	}
}

// Newest is the flavour for a test that one Packer suffices for.
func Newest(t *testing.T) *Packer {
	t.Helper()
	return New(t, Flavors()[0])
}
