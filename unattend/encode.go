// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"encoding/base64"
	"unicode/utf16"
)

// encodePassword hides a password as Windows does where PlainText is false: Base64 of the UTF-16LE text of the password and
// the name of the element that holds it. With another name Windows stops with "Failed to decode password". It is
// no encryption. (reference section 1.7)
func encodePassword(password, element string) string {
	units := utf16.Encode([]rune(password + element))
	var data []byte
	for _, u := range units {
		data = append(data, byte(u), byte(u>>8))
	}
	return base64.StdEncoding.EncodeToString(data)
}
