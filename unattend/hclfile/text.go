// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/afero"
)

// maxSize bounds what is read as configuration. An answer file's configuration has a few hundred lines.
const maxSize = 8 << 20

// TextError is a file that is no text. The path and the way out are in the message.
type TextError struct {
	Path   string
	reason string
}

func (e *TextError) Error() string { return fmt.Sprintf("cannot read %s: %s", e.Path, e.reason) }

// readText reads a text file as UTF-8, without a byte order mark. UTF-16 with its mark (PowerShell's Out-File, Notepad's
// "Unicode") is turned into UTF-8.
func readText(fsys afero.Fs, stdin io.Reader, path string) ([]byte, error) {
	var r io.Reader = stdin
	if path != "-" {
		f, err := fsys.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return nil, &TextError{path, "it is a folder; name the HCL or JSON file in it"}
		}
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxSize {
		return nil, &TextError{path, fmt.Sprintf("it is larger than %d MiB and so no configuration file; is it the right one?", maxSize>>20)}
	}
	text, reason := decodeText(data)
	if reason != "" {
		return nil, &TextError{path, reason}
	}
	return text, nil
}

// decodeText gives data as UTF-8, or the reason why it is no text.
func decodeText(data []byte) (text []byte, reason string) {
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
	return most > 0 && (zero[0] >= most && zero[1] <= few || zero[1] >= most && zero[0] <= few)
}
