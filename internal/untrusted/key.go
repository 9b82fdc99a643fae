// SPDX-License-Identifier: MPL-2.0

package untrusted

import "strings"

const keyLen = 29 // five groups of five and four dashes

// Redact hides product keys: all but the last group, which Windows itself shows as PartialProductKey. It is blunt on
// purpose and hides public keys too.
func Redact(s string) string {
	if len(s) < keyLen || strings.Count(s, "-") < 4 {
		return s
	}
	b := []byte(s)
	for i := 0; i+keyLen <= len(b); i++ {
		if isKeyAt(b, i) {
			copy(b[i:], "XXXXX-XXXXX-XXXXX-XXXXX-")
			i += keyLen - 1
		}
	}
	return string(b)
}

func isKeyAt(b []byte, at int) bool {
	for i := 0; i < keyLen; i++ {
		c := b[at+i]
		if i%6 == 5 {
			if c != '-' {
				return false
			}
			continue
		}
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			return false
		}
	}
	return true
}
