// SPDX-License-Identifier: MPL-2.0

package textfile_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/textfile"
)

func TestRead(t *testing.T) {
	const file = "x = \"Zürich 😀\"\r\n"
	utf16File := func(order binary.AppendByteOrder, mark bool) string {
		var data []byte
		if mark {
			data = order.AppendUint16(nil, 0xFEFF)
		}
		for _, unit := range utf16.Encode([]rune(file)) {
			data = order.AppendUint16(data, unit)
		}
		return string(data)
	}
	for _, tc := range []struct{ name, content, wantError string }{
		{"UTF-8", file, ""},
		{"UTF-8 with a byte order mark", "\ufeff" + file, ""},
		{"UTF-16LE with a byte order mark", utf16File(binary.LittleEndian, true), ""},
		{"UTF-16BE with a byte order mark", utf16File(binary.BigEndian, true), ""},
		{"UTF-16 without a byte order mark", utf16File(binary.LittleEndian, false), "it is UTF-16 without a byte order mark; save it as UTF-8"},
		{"half a character", utf16File(binary.LittleEndian, true) + "x", "ends in half a character"},
		{"Latin-1", "# one\nx = \"Z\xfcrich\"\n", "line 2 has a byte (0xFC) that is not UTF-8"},
		{"binary", "\x7fELF\x02\x01\x01\x00\x00", "it is a binary file (a zero byte at offset 7)"},
		{"huge", strings.Repeat("#", 9<<20), "it is larger than 8 MiB"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fsys := afero.NewMemMapFs()
			if err := afero.WriteFile(fsys, "a.hcl", []byte(tc.content), 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := textfile.Read(fsys, nil, "a.hcl")
			if tc.wantError == "" {
				if err != nil || string(got) != file {
					t.Errorf("got %q, %v", got, err)
				}
				return
			}
			var text *textfile.Error
			if !errors.As(err, &text) || !strings.Contains(err.Error(), "a.hcl: ") || !strings.Contains(err.Error(), tc.wantError) {
				t.Errorf("got %v, want %q", err, tc.wantError)
			}
		})
	}
}
