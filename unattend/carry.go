// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	scripts "github.com/golden-image/packer-plugin-avma/templates/unattend"
)

// planName is the file that tells the scripts what to do.
const planName = "plan.json"

// carriedFile is a file inside the answer file, in the element of the project's own namespace. (reference rule E1)
type carriedFile struct {
	name string
	crlf bool   // its line ends are CRLF
	text string // with LF line ends; "" when it is base64
	b64  string
}

// carried makes a file of bytes: as text where the text says it all, else as Base64. What comes out in the guest are
// the same bytes.
func carried(name string, data []byte) carriedFile {
	lf, cr, crlf := bytes.Count(data, []byte("\n")), bytes.Count(data, []byte("\r")), bytes.Count(data, []byte("\r\n"))
	plain := len(bytes.TrimSpace(data)) > 0 && (cr == 0 || cr == crlf && lf == crlf)
	for _, b := range data {
		if b >= utf8.RuneSelf || b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7f {
			plain = false
			break
		}
	}
	if !plain {
		return carriedFile{name: name, b64: base64.StdEncoding.EncodeToString(data)}
	}
	return carriedFile{name: name, crlf: crlf > 0, text: strings.ReplaceAll(string(data), "\r\n", "\n")}
}

func (m *model) carry(name string, data []byte) {
	m.plan.files = append(m.plan.files, carried(name, data))
}

// scriptBytes is a script as Windows wants it. PowerShell takes a file without a byte order mark for the code page of the
// system, so one with other letters gets a mark; cmd.exe misses labels in a file without CRLF.
func scriptBytes(data []byte, kind string) []byte {
	if kind == "cmd" {
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		return data
	}
	marked := bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !marked && !isASCII(string(data)) && utf8.Valid(data) {
		return append([]byte("\xef\xbb\xbf"), data...)
	}
	return data
}

// reserved reports whether a name is one of the answer file's own files.
func reserved(name string) bool {
	switch strings.ToLower(name) {
	case planName, firstBootName, scripts.Steps, scripts.Finish, scripts.Task, scripts.Hook, scripts.FirstLogon, scripts.LogonTask, scripts.Close, scripts.Clean, scripts.OpenSSH, scripts.WinRM, scripts.Extract:
		return true
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// asciiJSON escapes what is not ASCII; in JSON that only stands in strings.
func asciiJSON(data []byte) []byte {
	if isASCII(string(data)) {
		return data
	}
	var out bytes.Buffer
	for _, r := range string(data) {
		switch {
		case r < utf8.RuneSelf:
			out.WriteByte(byte(r))
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}
