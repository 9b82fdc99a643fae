// SPDX-License-Identifier: MPL-2.0

// Package near finds the word that somebody probably meant. It is for suggestions in messages, never for choosing:
// a nearest key, edition or file is not what was asked for.
package near

import "strings"

// Match gives the candidate nearest to word, without regard to case, or "" when none is near. Near is a third of the
// word's letters wrong, at least one and at most three, where two letters swapped count as one; or a beginning of at
// least three letters that only one candidate has. Of equals the first wins.
func Match(word string, candidates []string) string {
	word = strings.ToLower(word)
	if best := Within(min(max(len(word)/3, 1), 3), word, candidates); best != "" {
		return best
	}
	prefixed, prefixes := "", 0
	for _, c := range candidates {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(c), word) {
			prefixed, prefixes = c, prefixes+1
		}
	}
	if prefixes == 1 {
		return prefixed
	}
	return ""
}

// Within gives the candidate nearest to word, without regard to case, of those that are at most limit changes apart
// from it; "" when none is. Of equals the first wins.
func Within(limit int, word string, candidates []string) string {
	word = strings.ToLower(word)
	best, bestAt := "", limit+1
	for _, c := range candidates {
		if apart := len(word) - len(c); apart > limit || -apart > limit {
			continue // not near, and a word of a megabyte takes long to find that out
		}
		if d := Distance(word, strings.ToLower(c)); d < bestAt {
			best, bestAt = c, d
		}
	}
	return best
}

// Distance counts the insertions, deletions, substitutions and swaps of neighbours that make one text the other, by
// bytes (optimal string alignment).
func Distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
