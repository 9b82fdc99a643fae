// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/zclconf/go-cty/cty"
)

// specType is the type of an attribute.
func specType(t *testing.T, spec hcldec.Spec) cty.Type {
	t.Helper()
	a, ok := spec.(*hcldec.AttrSpec)
	if !ok {
		t.Fatalf("%T is no attribute", spec)
	}
	return a.Type
}
