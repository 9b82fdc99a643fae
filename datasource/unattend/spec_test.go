// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"

	"github.com/golden-image/packer-plugin-avma/unattend"
)

// One description of an answer file: the block takes all that unattend.Config takes, of the same kind.
func TestSpecHasAllOfTheAnswerFile(t *testing.T) {
	mine := new(Config).FlatMapstructure().HCL2Spec()
	for name, want := range new(unattend.Config).FlatMapstructure().HCL2Spec() {
		got, ok := mine[name]
		if !ok {
			t.Errorf("the attribute %q is missing: run `make generate`", name)
			continue
		}
		if g, w := hcldec.ImpliedType(got), hcldec.ImpliedType(want); !g.Equals(w) {
			t.Errorf("%s is %s, want %s: run `make generate`", name, g.FriendlyName(), w.FriendlyName())
		}
	}
	for name := range new(ISO).FlatMapstructure().HCL2Spec() {
		if _, clash := new(unattend.Config).FlatMapstructure().HCL2Spec()[name]; clash {
			t.Errorf("%q is an attribute of the answer file and of its ISO", name)
		}
	}
}

func TestReservedNames(t *testing.T) {
	for _, name := range []string{"name", "only", "except", "override", "timeout", "pause_before", "max_retries", "continue_on_error", "type"} {
		if _, ok := new(Config).FlatMapstructure().HCL2Spec()[name]; ok {
			t.Errorf("the attribute %q is Packer's own", name)
		}
	}
}
