// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed timezones.tsv
var timeZonesText string

// timeZones is the table, read when it is first needed: the names of Windows by their lower-case form, and those
// of the IANA database that belong to them.
var timeZones = sync.OnceValue(func() (t struct{ windows, iana map[string]string }) {
	t.windows, t.iana = map[string]string{}, map[string]string{}
	for line := range strings.Lines(timeZonesText) {
		name, others, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || !ok && name == "" {
			continue
		}
		t.windows[strings.ToLower(name)] = name
		for _, other := range strings.Fields(others) {
			t.iana[strings.ToLower(other)] = name
		}
	}
	return t
})

// timeZone finds a time zone by the name that Windows has, in any case.
func timeZone(name string) (string, bool) {
	found, ok := timeZones().windows[strings.ToLower(name)]
	return found, ok
}

// suggestTimeZone says what is right in the place of a name that Windows does not have.
func suggestTimeZone(name string) string {
	const list = "The names are those that tzutil /l prints on Windows, such as UTC or W. Europe Standard Time."
	t := timeZones()
	low := strings.ToLower(strings.TrimSpace(name))
	if found, ok := t.iana[low]; ok {
		return "The name in Windows is " + found + "."
	}
	low = strings.ReplaceAll(low, "daylight", "standard")
	if found, ok := t.windows[low]; ok {
		return "The name in Windows is " + found + "."
	}
	best, least := "", 4
	for _, key := range sortedKeys(t.windows) {
		if d := distance(low, key, least); d < least {
			best, least = t.windows[key], d
		}
	}
	for _, key := range sortedKeys(t.iana) {
		// "Berlin" and the like: the last part of a name is enough.
		if city := key[strings.LastIndex(key, "/")+1:]; best == "" && len(low) > 3 && strings.ReplaceAll(low, " ", "_") == city {
			best = t.iana[key]
		}
	}
	if best != "" {
		return "Did you mean " + best + "? " + list
	}
	return list
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// distance is the number of single changes between two texts, or limit if it is not less than that.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		prev := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := prev
			if a[i] != b[j] {
				cost = 1 + min(prev, row[j], row[j+1])
			}
			prev, row[j+1] = row[j+1], cost
		}
	}
	return min(row[len(b)], limit)
}
