// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"fmt"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// What a file says of a release counts, also of one that is built in; what it does not say stays.
func TestFactsOverride(t *testing.T) {
	for _, size := range []int{16, maxMSR} {
		c, err := load(t, fmt.Sprintf("release \"2022\" {\n  build = 20348\n  msr_size = %d\n  lacks = [\"wmic\"]\n}", size))
		if err != nil {
			t.Fatal(err)
		}
		f, old := c.Facts("2022"), catalog.Default().Facts("2022")
		if f.MSRSize != size || len(f.Lacks) != 1 || f.OpenSSH != old.OpenSSH || len(old.Lacks) != 0 {
			t.Errorf("%d MB: %+v; before %+v", size, f, old)
		}
	}
}
