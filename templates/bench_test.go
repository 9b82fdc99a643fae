// SPDX-License-Identifier: MPL-2.0

package templates

import "testing"

func BenchmarkText(b *testing.B) {
	for b.Loop() {
		if _, err := Install().Text(); err != nil {
			b.Fatal(err)
		}
	}
}
