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
	limit := min(max(len(word)/3, 1), 3)
	best, bestAt := "", limit+1
	prefixed, prefixes := "", 0
	for _, c := range candidates {
		lower := strings.ToLower(c)
		if apart := len(word) - len(lower); apart > limit || -apart > limit {
			// not near, and a word of a megabyte takes long to find that out
		} else if d := Distance(word, lower); d < bestAt {
			best, bestAt = c, d
		}
		if len(word) >= 3 && strings.HasPrefix(lower, word) {
			prefixed, prefixes = c, prefixes+1
		}
	}
	if best == "" && prefixes == 1 {
		return prefixed
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
