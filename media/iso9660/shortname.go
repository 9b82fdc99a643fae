// SPDX-License-Identifier: MPL-2.0

package iso9660

import "strconv"

// shortName is a name of interchange level 1: d-characters, eight and three (ECMA-119 7.5, 7.6, 10.1).
type shortName struct{ base, ext string }

// key orders names as ECMA-119 9.3 says: by base, then by extension, the shorter filled up with spaces.
func (s shortName) key() string { return s.base + "\x00" + s.ext }

// fileID is the File Identifier: both separators and version 1 (7.5.1).
func (s shortName) fileID() []byte { return []byte(s.base + "." + s.ext + ";1") }

// shortNames hands out unique short names within one folder.
type shortNames struct {
	taken map[string]bool
	next  map[string]int // by stem: the number to try next
}

func newShortNames(size int) *shortNames {
	return &shortNames{taken: make(map[string]bool, size), next: make(map[string]int)}
}

// assign gives each node its short name. Names that are short already keep theirs; the others take turns in the order
// given, so the result depends on the names alone.
func (s *shortNames) assign(kids []*node) []shortName {
	out := make([]shortName, len(kids))
	var late []int
	for i, k := range kids {
		name, exact := shorten(k.name, k.file == nil)
		out[i] = name
		if exact && !s.taken[name.key()] {
			s.taken[name.key()] = true
		} else {
			late = append(late, i)
		}
	}
	for _, i := range late {
		out[i] = s.unique(out[i])
	}
	return out
}

// unique gives n itself, or n with the end of its base replaced by the first free number.
func (s *shortNames) unique(n shortName) shortName {
	stem := n.base[:min(len(n.base), 4)] + "." + n.ext
	for cand := n; ; {
		if !s.taken[cand.key()] {
			s.taken[cand.key()] = true
			return cand
		}
		s.next[stem]++
		digits := strconv.Itoa(s.next[stem])
		cand.base = n.base[:min(len(n.base), 8-len(digits))] + digits
	}
}

// shorten makes d-characters of a name and cuts it; exact says that nothing but the case of letters was changed.
func shorten(name string, folder bool) (n shortName, exact bool) {
	dot := -1
	if !folder { // a Directory Identifier has no extension (7.6.1)
		for i := len(name) - 1; i > 0; i-- {
			if name[i] == '.' {
				dot = i
				break
			}
		}
	}
	if dot < 0 {
		n.base, exact = dchars(name, 8)
		return n, exact
	}
	base, baseExact := dchars(name[:dot], 8)
	ext, extExact := dchars(name[dot+1:], 3)
	return shortName{base, ext}, baseExact && extExact
}

// dchars gives at most limit d-characters for s: A to Z, 0 to 9 and _ (7.4.1).
func dchars(s string, limit int) (out string, exact bool) {
	b := make([]byte, 0, limit)
	exact = true
	for _, r := range s {
		if len(b) == limit {
			return string(b), false
		}
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
		default:
			r, exact = '_', false
		}
		b = append(b, byte(r))
	}
	return string(b), exact
}
