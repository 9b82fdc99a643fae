// SPDX-License-Identifier: MPL-2.0

package wire_test

import (
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

func BenchmarkInline(b *testing.B) {
	text, err := templates.Install().Text()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		payload, err := wire.Payload(text, token, longest)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := wire.Inline(payload, token); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	output := []byte(strings.Join(frame(token, strings.Repeat(`{"schema":1}`, 500)), "\r\n"))
	b.SetBytes(int64(len(output)))
	for b.Loop() {
		if _, err := wire.Parse(output, token); err != nil {
			b.Fatal(err)
		}
	}
}
