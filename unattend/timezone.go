// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

//go:embed timezones.tsv
var timeZonesText string

// zoneTable is the table of time zones. Keys are in lower case.
type zoneTable struct {
	windows map[string]string   // names of Windows
	iana    map[string]string   // names of the IANA database
	places  map[string][]string // what Windows displays, each place in it, and cities of the IANA database
}

// timeZones is the table, read when it is first needed.
var timeZones = sync.OnceValue(func() zoneTable {
	t := zoneTable{map[string]string{}, map[string]string{}, map[string][]string{}}
	place := func(text, name string) {
		key := strings.ToLower(text)
		if !slices.Contains(t.places[key], name) {
			t.places[key] = append(t.places[key], name)
		}
	}
	for line := range strings.Lines(timeZonesText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		name := columns[0]
		t.windows[strings.ToLower(name)] = name
		for _, other := range strings.Fields(columns[1]) {
			t.iana[strings.ToLower(other)] = name
			if !strings.HasPrefix(other, "Etc/") {
				place(strings.ReplaceAll(other[strings.LastIndexByte(other, '/')+1:], "_", " "), name)
			}
		}
		for _, part := range strings.Split(columns[2], ", ") {
			place(part, name)
		}
	}
	return t
})

// abbreviations stand for a zone in everyday life and for none in Windows. Where one has several meanings all are
// named; those that the IANA database has are in the table.
var abbreviations = map[string][]string{
	"cet": {"W. Europe Standard Time", "Central Europe Standard Time", "Central European Standard Time", "Romance Standard Time"},
	"eet": {"FLE Standard Time", "GTB Standard Time", "E. Europe Standard Time"},
	"wet": {"GMT Standard Time"}, "bst": {"GMT Standard Time"}, "msk": {"Russian Standard Time"},
	"pst": {"Pacific Standard Time"}, "pt": {"Pacific Standard Time"}, "mst": {"Mountain Standard Time", "US Mountain Standard Time"}, "mt": {"Mountain Standard Time"},
	"cst": {"Central Standard Time", "China Standard Time"}, "ct": {"Central Standard Time"}, "est": {"Eastern Standard Time"}, "et": {"Eastern Standard Time"},
	"ast": {"Atlantic Standard Time", "Arab Standard Time"}, "nst": {"Newfoundland Standard Time"}, "akst": {"Alaskan Standard Time"}, "hst": {"Hawaiian Standard Time"},
	"brt": {"E. South America Standard Time"}, "art": {"Argentina Standard Time"}, "sast": {"South Africa Standard Time"},
	"ist": {"India Standard Time", "Israel Standard Time", "GMT Standard Time"}, "pkt": {"Pakistan Standard Time"}, "sgt": {"Singapore Standard Time"},
	"hkt": {"China Standard Time"}, "jst": {"Tokyo Standard Time"}, "kst": {"Korea Standard Time"},
	"awst": {"W. Australia Standard Time"}, "acst": {"AUS Central Standard Time", "Cen. Australia Standard Time"}, "aest": {"AUS Eastern Standard Time", "E. Australia Standard Time"}, "nzst": {"New Zealand Standard Time"},
	"z": {"UTC"},
}

// summer are abbreviations of the same zones in summer.
var summer = strings.NewReplacer("cest", "cet", "eest", "eet", "west", "wet", "akdt", "akst", "pdt", "pst", "mdt", "mst", "cdt", "cst", "edt", "est",
	"adt", "ast", "ndt", "nst", "acdt", "acst", "aedt", "aest", "nzdt", "nzst", "idt", "ist")

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
	if found := t.likely(low); len(found) > 0 {
		return "Did you mean " + either(found) + "? " + list
	}
	return list
}

var (
	offsetBefore = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\((utc|gmt)[^)]*\)\s*`) })
	offsetAlone  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(utc|gmt)\s*[+-]`) })
)

// likely gives the zones that a text in lower case may mean: an abbreviation, what Windows displays, a city, a
// misspelt name. A bare offset means none: Windows names places.
func (t zoneTable) likely(text string) []string {
	if found := abbreviations[text]; found != nil {
		return found
	}
	if found := abbreviations[summer.Replace(text)]; found != nil && len(text) <= 4 {
		return found
	}
	text = offsetBefore().ReplaceAllString(text, "")
	for _, part := range append([]string{text, strings.ReplaceAll(text, "_", " ")}, strings.Split(text, ",")...) {
		if found := t.places[strings.TrimSpace(part)]; found != nil {
			return found
		}
	}
	if offsetAlone().MatchString(text) {
		return nil
	}
	// A short text is near to many names by chance.
	if best := near.Within(min(3, len(text)/5), text, TimeZones()); best != "" {
		return []string{best}
	}
	return nil
}
