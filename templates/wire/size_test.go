// SPDX-License-Identifier: MPL-2.0

package wire_test

import (
	"testing"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

func TestSizes(t *testing.T) {
	for _, s := range templates.All() {
		text, err := s.Text()
		if err != nil {
			t.Fatal(err)
		}
		p, _ := wire.Payload(text, "0123456789abcdef", map[string]any{"key": "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", "wait_seconds": 50})
		c, err := wire.Inline(p, "0123456789abcdef")
		t.Log(s.Name(), len(text), len(c), err)
	}
}
