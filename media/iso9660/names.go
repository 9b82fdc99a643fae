// SPDX-License-Identifier: MPL-2.0

package iso9660

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxNameUnits is the longest name of a file or folder, in UTF-16 code units. The Joliet specification says 64; every
// reader that matters (Windows, Linux, 7-Zip, xorriso) takes 103, as mkisofs -joliet-long writes, and driver packages
// have names longer than 64. Longer names are refused: cutting them is how files get lost.
const MaxNameUnits = 103

// CheckName says whether a single name (no path) can stand in an image and be opened on Windows. The error matches
// [ErrInvalid].
func CheckName(name string) error {
	if what, remedy := checkName(name); what != "" {
		return &TreeError{Problems: []Problem{{Path: name, What: what, Remedy: remedy}}}
	}
	return nil
}

// checkName gives what is wrong and what to do, or "". It goes beyond the Joliet specification (which forbids control
// characters and * / : ; ? \) where Windows could list a name but not open it.
func checkName(name string) (what, remedy string) {
	const rename = "rename it"
	switch {
	case name == "":
		return "has an empty name in it", "give each folder and file a name"
	case name == "." || name == "..":
		return fmt.Sprintf("has %q in it, which is no name", name), "write the path without it"
	case !utf8.ValidString(name):
		return fmt.Sprintf("has the name %q, which is not UTF-8", name), rename
	}
	units := 0
	for _, r := range name {
		switch {
		case r > 0xFFFF:
			return fmt.Sprintf("has the character %q (U+%04X) in the name %q; Joliet has no characters beyond U+FFFF", r, r, name), rename
		case r == '\\':
			return fmt.Sprintf(`has a \ in the name %q, which Windows forbids`, name), "rename it, and write / between folders"
		case unicode.IsControl(r):
			return fmt.Sprintf("has the control character U+%04X in the name %q", r, name), rename
		case strings.ContainsRune(`*/:;?"<>|`, r):
			return fmt.Sprintf("has the character %q in the name %q, which Joliet or Windows forbids", r, name), `rename it without any of * / : ; ? \ " < > |`
		case r == 0xFFFE || r == 0xFFFF:
			return fmt.Sprintf("has U+%04X, which is no character, in the name %q", r, name), rename
		}
		units++
	}
	last := name[len(name)-1]
	switch {
	case units > MaxNameUnits:
		return fmt.Sprintf("has the name %q of %d characters", name, units), fmt.Sprintf("rename it to at most %d", MaxNameUnits)
	case last == '.' || last == ' ':
		return fmt.Sprintf("has the name %q, and Windows cannot open a name that ends in a dot or a space", name), rename
	case isDevice(name):
		return fmt.Sprintf("has the name %q, which Windows keeps for a device", name), rename
	}
	return "", ""
}

// isDevice says whether Windows takes a name for a device, whatever its extension ("nul", "COM1.txt").
func isDevice(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = fold(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	if len(base) < 4 || (base[:3] != "COM" && base[:3] != "LPT") {
		return false
	}
	switch base[3:] {
	case "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
		return true
	}
	return false
}

// fold gives the form in which two names are equal to Windows: each character in upper case, one by one.
func fold(name string) string { return strings.Map(upcase, name) }

// compareUCS2 orders names by their UCS-2 code units, the shorter first (Joliet: as ECMA-119 9.3, big-endian). For valid
// UTF-8 without characters beyond U+FFFF that is the order of the bytes.
func compareUCS2(a, b string) int { return cmp.Compare(a, b) }

// ucs2 encodes a name in big-endian UCS-2, as Joliet records it.
func ucs2(name string) []byte {
	b := make([]byte, 0, 2*len(name))
	for _, r := range name {
		b = append(b, byte(r>>8), byte(r))
	}
	return b
}
