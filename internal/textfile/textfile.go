// SPDX-License-Identifier: MPL-2.0

// Package textfile reads text that people write by hand, in the encodings that editors and shells leave behind. It is
// not for data: a file in a legacy code page is refused, not guessed at.
package textfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/regular"
)

// MaxSize bounds what is read. What people write by hand has a few hundred lines.
const MaxSize = 8 << 20

// Error is a file that is no text. The path and the way out are in the message.
type Error struct {
	Path   string
	reason string
}

func (e *Error) Error() string { return fmt.Sprintf("cannot read %s: %s", e.Path, e.reason) }

// Read gives a text file as UTF-8, without a byte order mark; a path of "-" is stdin. UTF-16 with its mark
// (PowerShell's Out-File, Notepad's "Unicode") is turned into UTF-8. Errors are those of the file system, or an
// [*Error].
func Read(fsys afero.Fs, stdin io.Reader, path string) ([]byte, error) {
	var r io.Reader = stdin
	if path != "-" { // a named pipe or a device is refused
		f, err := regular.Open(fsys, path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return nil, &Error{path, "it is a folder; name the HCL or JSON file in it"}
		}
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxSize {
		return nil, &Error{path, fmt.Sprintf("it is larger than %d MiB, too much for a file written by hand; is it the right one?", MaxSize>>20)}
	}
	return Decode(path, data)
}

// Decode is Read for content that is at hand; path is what an [*Error] calls it.
func Decode(path string, data []byte) ([]byte, error) {
	text, reason := decode(data)
	if reason != "" {
		return nil, &Error{path, reason}
	}
	return text, nil
}

// decode gives data as UTF-8, or the reason why it is no text.
func decode(data []byte) (text []byte, reason string) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], binary.BigEndian)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		if looksLikeUTF16(data) {
			return nil, "it is UTF-16 without a byte order mark; save it as UTF-8"
		}
		return nil, fmt.Sprintf("it is a binary file (a zero byte at offset %d), not HCL or JSON text", i)
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		return nil, fmt.Sprintf("line %d has a byte (0x%02X) that is not UTF-8; save the file as UTF-8", line, data[at])
	}
	return data, ""
}

func decodeUTF16(data []byte, order binary.ByteOrder) (text []byte, reason string) {
	if len(data)%2 != 0 {
		return nil, "it begins as UTF-16 but ends in half a character; save it as UTF-8"
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text = []byte(string(utf16.Decode(units)))
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return nil, "it is a binary file, not HCL or JSON text"
	}
	return text, ""
}

// looksLikeUTF16 says whether most of every other byte of the beginning are zero, as in English text.
func looksLikeUTF16(data []byte) bool {
	data = data[:min(len(data), 64)]
	var zero [2]int
	for i, b := range data {
		if b == 0 {
			zero[i%2]++
		}
	}
	most, few := len(data)*3/10, len(data)/10
	return len(data) >= 8 && (zero[0] >= most && zero[1] <= few || zero[1] >= most && zero[0] <= few)
}
