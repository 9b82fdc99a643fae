// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxLabelUnits is the longest volume label in UTF-16 code units: the 32 bytes of the Joliet descriptor (ECMA-119 8.5.6).
const MaxLabelUnits = 16

// CheckLabel says whether a volume label can stand in both descriptors. "" is allowed: a volume without a label. The
// error is a [*LabelError].
func CheckLabel(label string) error {
	remedy := fmt.Sprintf("use at most %d letters, digits, spaces, _ or -", MaxLabelUnits)
	if !utf8.ValidString(label) {
		return &LabelError{label, "is not UTF-8", remedy}
	}
	for _, r := range label {
		switch {
		case r > 0xFFFF:
			return &LabelError{label, fmt.Sprintf("has the character %q (U+%04X), which Joliet does not have", r, r), remedy}
		case unicode.IsControl(r) || strings.ContainsRune(`*/:;?\"<>|`, r):
			return &LabelError{label, fmt.Sprintf("has the character %q, which must not stand in one", r), remedy}
		}
	}
	if n := utf8.RuneCountInString(label); n > MaxLabelUnits {
		return &LabelError{label, fmt.Sprintf("has %d characters; Joliet has room for %d", n, MaxLabelUnits), remedy}
	}
	if strings.TrimSpace(label) != label {
		return &LabelError{label, "begins or ends with a space, which readers cut off", remedy}
	}
	return nil
}

// primaryLabel is the label in d-characters for the primary descriptor (8.4.7): at most 32, and a label has at most 16.
func primaryLabel(label string) string {
	s, _ := dchars(label, 32)
	return s
}
