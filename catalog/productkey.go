// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode"
)

// keyAlphabet is the base-24 alphabet of a product key; an N stands in it once and carries a digit by its place.
// (avma.md section 7; Windows 8 and later.)
const keyAlphabet = "BCDFGHJKMPQRTVWXY2346789"

const keyLength = 25

// KeyErrorKind says how a product key is wrong.
type KeyErrorKind string

// The ways in which a product key is wrong.
const (
	Malformed   KeyErrorKind = "malformed" // not the form of a key: length, letters, the N
	BadChecksum KeyErrorKind = "checksum"  // the form is right, the built-in checksum is not: a typing error
)

// KeyError is what [ParseKey] finds wrong. Its text never holds the key: it may be a secret one (a MAK).
type KeyError struct {
	Kind   KeyErrorKind
	Reason string // "it has 24 characters, a product key has 25"
}

func (e *KeyError) Error() string {
	if e.Kind == BadChecksum {
		return "not a valid product key: " + e.Reason
	}
	return "not a product key: " + e.Reason
}

// ProductKey is a key whose form and checksum are right. That proves the absence of typing errors, not that Microsoft
// ever issued it. The zero value is no key.
type ProductKey struct {
	text   string
	hi, lo uint64
}

// String is the key in upper case with dashes. Do not log it unless it is a public one.
func (k ProductKey) String() string { return k.text }

// PartialKey is the last group, as Windows shows it.
func (k ProductKey) PartialKey() string {
	if len(k.text) < 5 {
		return ""
	}
	return k.text[len(k.text)-5:]
}

// Hex is the key's 128-bit value, big-endian.
func (k ProductKey) Hex() string { return fmt.Sprintf("%016x%016x", k.hi, k.lo) }

// Group identifies the kind of key (bits 0 to 19): keys of one batch share it.
func (k ProductKey) Group() uint32 { return uint32(k.bits(0, 20)) }

// Serial is the number within the group (bits 20 to 49).
func (k ProductKey) Serial() uint32 { return uint32(k.bits(20, 30)) }

// Security is the value that only the issuer can compute (bits 50 to 102).
func (k ProductKey) Security() uint64 { return k.bits(50, 53) }

// Upgrade says whether the key is for upgrades (bit 113).
func (k ProductKey) Upgrade() bool { return k.bits(113, 1) == 1 }

func (k ProductKey) bits(from, n uint) uint64 {
	v := k.lo >> from
	switch {
	case from >= 64:
		v = k.hi >> (from - 64)
	case from > 0:
		v |= k.hi << (64 - from)
	}
	return v & (1<<n - 1)
}

// ParseKey reads a product key: 25 letters and digits in any case, in groups or not. Dashes and white space between
// them are ignored. The error is a [*KeyError].
func ParseKey(s string) (ProductKey, error) {
	chars, kerr := keyChars(s)
	if kerr != nil {
		return ProductKey{}, kerr
	}
	at := strings.IndexByte(chars, 'N')
	if at < 0 {
		return ProductKey{}, &KeyError{Malformed, "it has no N; every key of Windows 8 and later has exactly one"}
	}
	if strings.LastIndexByte(chars, 'N') != at {
		return ProductKey{}, &KeyError{Malformed, "it has more than one N; every key of Windows 8 and later has exactly one"}
	}
	if at == keyLength-1 {
		return ProductKey{}, &KeyError{Malformed, "it ends in N, which no key does"}
	}
	k := ProductKey{text: grouped(chars), lo: uint64(at)}
	for i := range len(chars) {
		if i == at {
			continue
		}
		over, lo := bits.Mul64(k.lo, 24)
		lo, carry := bits.Add64(lo, uint64(strings.IndexByte(keyAlphabet, chars[i])), 0)
		k.hi, k.lo = k.hi*24+over+carry, lo
	}
	if k.bits(103, 10) != k.checksum() {
		return ProductKey{}, &KeyError{BadChecksum, "its built-in checksum does not match, so at least one character is mistyped"}
	}
	return k, nil
}

// keyChars is the key without separators, upper case: 25 characters of the alphabet and N.
func keyChars(s string) (string, *KeyError) {
	var b [keyLength]byte
	n := 0
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) || r == '\ufeff' || r == '\u200b' {
			continue
		}
		u := unicode.ToUpper(r)
		if u > unicode.MaxASCII || (u != 'N' && !strings.ContainsRune(keyAlphabet, u)) {
			return "", &KeyError{Malformed, fmt.Sprintf("character %d is %q, and keys are made of the letters B C D F G H J K M N P Q R T V W X Y and the digits 2 3 4 6 7 8 9", n+1, r)}
		}
		if n < keyLength {
			b[n] = byte(u)
		}
		n++
	}
	if n == 0 {
		return "", &KeyError{Malformed, "it is empty"}
	}
	if n != keyLength {
		return "", &KeyError{Malformed, fmt.Sprintf("it has %d characters, and a product key has %d", n, keyLength)}
	}
	return string(b[:]), nil
}

// normalise writes a key as the tables do, whether or not its checksum is right.
func normalise(s string) (string, bool) {
	chars, err := keyChars(s)
	if err != nil {
		return "", false
	}
	return grouped(chars), true
}

func grouped(chars string) string {
	return chars[:5] + "-" + chars[5:10] + "-" + chars[10:15] + "-" + chars[15:20] + "-" + chars[20:]
}

// checksum is the low ten bits of the complement of CRC-32 (polynomial 0x04C11DB7, not reflected) over the value's
// sixteen little-endian bytes with the checksum's own bits (103 to 112) zeroed.
func (k ProductKey) checksum() uint64 {
	hi := k.hi &^ (0x3ff << (103 - 64))
	crc := ^uint32(0)
	for i := range 16 {
		word, shift := k.lo, uint(i)*8
		if i >= 8 {
			word, shift = hi, shift-64
		}
		crc ^= uint32(byte(word>>shift)) << 24
		for range 8 {
			if crc&(1<<31) != 0 {
				crc = crc<<1 ^ 0x04C11DB7
			} else {
				crc <<= 1
			}
		}
	}
	return uint64(^crc & 0x3ff)
}
