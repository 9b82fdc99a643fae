// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

// What somebody writes who does not know the names of Windows leads to the right one, or to none.
func TestTimeZoneSuggestions(t *testing.T) {
	const list = "tzutil /l"
	for written, want := range map[string]string{
		"Coordinated Universal Time":                                   "Did you mean UTC?",
		"(UTC) Coordinated Universal Time":                             "Did you mean UTC?",
		"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Did you mean W. Europe Standard Time?",
		"(UTC-05:00) Eastern Time (US & Canada)":                       "Did you mean Eastern Standard Time?",
		"Pacific Time (US & Canada)":                                   "Did you mean Pacific Standard Time?",
		"(GMT+09:00) Osaka, Sapporo, Tokyo":                            "Did you mean Tokyo Standard Time?",
		"CET":                                                          "Did you mean W. Europe Standard Time, Central Europe Standard Time, Central European Standard Time or Romance Standard Time?",
		"CEST":                                                         "Did you mean W. Europe Standard Time,",
		"PST":                                                          "Did you mean Pacific Standard Time?",
		"pdt":                                                          "Did you mean Pacific Standard Time?",
		"IST":                                                          "Did you mean India Standard Time, Israel Standard Time or GMT Standard Time?",
		"EST":                                                          "The name in Windows is Eastern Standard Time.",
		"Z":                                                            "Did you mean UTC?",
		"Kyiv":                                                         "Did you mean FLE Standard Time?",
		"Kiev":                                                         "Did you mean FLE Standard Time?",
		"Rome":                                                         "Did you mean W. Europe Standard Time?",
		"Berlin":                                                       "Did you mean W. Europe Standard Time?",
		"New York":                                                     "Did you mean Eastern Standard Time?",
		"new_york":                                                     "Did you mean Eastern Standard Time?",
		"La Paz":                                                       "Mountain Standard Time (Mexico) or SA Western Standard Time?",
		"Europe/Kyiv":                                                  "The name in Windows is FLE Standard Time.",
		"Tokio Standard Time":                                          "Did you mean Tokyo Standard Time?",
		"GMT Stendord Tima":                                            "Did you mean GMT Standard Time?", // three letters
		"Tokyo Stendord Tima":                                          "Did you mean Tokyo Standard Time?",
		"Tokya Stendord Tima":                                          "The names are those", // four
		"Mountaim Stendord Tima":                                       "The names are those",
		"X. Europe Standard Time":                                      "Did you mean E. Europe Standard Time?", // of equals the first
		"GMT+12":                                                       "The names are those",
		"UTC+12, Auckland":                                             "Did you mean New Zealand Standard Time?",
		"Utcc":                                                         "The names are those",
		"UTC+1":                                                        "The names are those",
		"GMT-5":                                                        "The names are those",
		"Mars":                                                         "The names are those",
	} {
		got := suggestTimeZone(written)
		if !strings.Contains(got, want) || !strings.Contains(want, "The name in") && !strings.Contains(got, list) {
			t.Errorf("%q: %s; want %q", written, got, want)
		}
		if strings.HasPrefix(want, "The names") && strings.Contains(got, "Did you mean") {
			t.Errorf("%q: a wrong suggestion: %s", written, got)
		}
	}
}

// A name in another case stands in the file as Windows has it.
func TestTimeZoneAsWindowsHasIt(t *testing.T) {
	for written, want := range map[string]string{
		"": "UTC", "utc": "UTC", "w. europe standard time": "W. Europe Standard Time", "TOKYO STANDARD TIME_dstoff": "Tokyo Standard Time_dstoff", Unknown: Unknown,
	} {
		cfg := server()
		cfg.TimeZone = written
		must(t, cfg, Install).want("specialize", "Shell-Setup", "TimeZone", want)
	}
}

// Every display name of the table leads to its zone, alone or with its offset.
func TestTimeZoneDisplayNames(t *testing.T) {
	n := 0
	for line := range strings.Lines(timeZonesText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSpace(line), "\t")
		if len(columns) != 3 || columns[2] == "" {
			t.Errorf("%q has %d columns", columns[0], len(columns))
			continue
		}
		n++
		if got := suggestTimeZone("(UTC+03:00) " + columns[2]); !strings.Contains(got, columns[0]) {
			t.Errorf("%q is said to be %s, want %s", columns[2], got, columns[0])
		}
		for _, names := range abbreviations {
			for _, name := range names {
				if found, ok := timeZone(name); !ok || found != name {
					t.Fatalf("an abbreviation stands for %q, which is no zone", name)
				}
			}
		}
	}
	if n < 130 {
		t.Errorf("there are only %d zones", n)
	}
}
