// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// Languages are held against tables: what Windows has a number for, and the registry of subtags. (section 1.8)
func TestLanguages(t *testing.T) {
	for value, says := range map[string]string{
		"en-US": "", "de-DE": "", "EN-us": "", "ca-ES-valencia": "", "sr-Latn-RS": "", "sr-Latn-CS": "", "es-419": "", "en-029": "", "en-001": "",
		"es-ES_tradnl": "", "de-DE_phoneb": "", "zh-TW_pronun": "", "qps-ploc": "", "tzm-Tfng-MA": "", "en-DE": "", "fil-PH": "", "quz-BO": "", "zh-Hant-TW": "",
		"en-UK":        "Did you mean en-GB?",
		"de_DE.UTF-8":  "Did you mean de-DE?",
		"de_DE":        "Did you mean de-DE?",
		"de":           "Did you mean de-DE?",
		"ja":           "Did you mean ja-JP?",
		"jp-JP":        "Did you mean ja-JP?",
		"cz-CZ":        "Did you mean cs-CZ?",
		"cn-CN":        "Did you mean zh-CN?",
		"sv-SW":        "Did you mean sv-SE?",
		"iw-IL":        "Did you mean he-IL?",
		"enUS":         "Did you mean en-US?",
		"en-USA":       "Did you mean en-US?",
		"deu-DE":       "Did you mean de-DE?",
		" en-US":       "Did you mean en-US?",
		"zh-CHT":       "Did you mean zh-TW?",
		"zh_Hant":      "Did you mean zh-TW?",
		"de-DE_sorted": "is not a language",
		"en-ZZ":        "is not a language",
		"en-XA":        "is not a language",
		"en-DD":        "is not a language",
		"und-US":       "is not a language",
		"x-none":       "is not a language",
		"en-US-u-co-x": "is not a language",
		"german":       "is not a language",
		"-":            "is not a language",
	} {
		for name, set := range map[string]func(*Config){
			"ui_language": func(c *Config) { c.UILanguage = value }, "system_locale": func(c *Config) { c.SystemLocale = value }, "user_locale": func(c *Config) { c.UserLocale = value },
		} {
			cfg := server()
			set(&cfg)
			ps := Check(cfg, Options{}).Only(Error)
			if says == "" && len(ps) > 0 {
				t.Errorf("%s = %q is refused: %v", name, value, ps)
			}
			if says != "" {
				wantProblem(t, ps, Error, name, says)
			}
			if strings.Contains(ps.Error(), "Did you mean ?") {
				t.Errorf("%s = %q: nothing is suggested: %v", name, value, ps)
			}
		}
	}
}

func TestKeyboards(t *testing.T) {
	for value, says := range map[string]string{
		"en-US": "", "de-DE;en-US": "", "0407:00000407": "", "0409:00010407": "", "040A:0000040a;0409:00020409": "", "0409:00060409": "", "040c:0001040c": "",
		"0c00:00140c00": "", "2000:00000409": "", "0807:00000807": "", "580a:0000080a": "", "ca-ES-valencia": "",
		"0411:{03B5835F-F03C-411B-9CE2-AA23E1171E36}{A76C93D9-5523-4E90-AAFA-4DB112F9AC76}":  "",
		"9999:{03B5835F-F03C-411B-9CE2-AA23E1171E36}{A76C93D9-5523-4E90-AAFA-4DB112F9AC76}":  "Windows has no language 9999",
		"0411:{03B5835F-F03C-411B-9CE2-AA23E1171E36}{A76C93D9-5523-4E90-AAFA-4DB112F9AC7}":   "is not a keyboard",
		"0411:{03B5835F-F03C-411B-9CE2-AA23E1171E36}{A76C93D9-5523-4E90-AAFA-4DB112F9AC766}": "is not a keyboard",
		"0809:99999999":   "no layout 99999999. It is a language (de-DE) or a layout (0407:00000407); several have a semicolon between them. Did you mean 0809:00000809 (United Kingdom)?",
		"0407:00040407":   "0407:00010407 (German (IBM))",
		"9999:00000407":   "no language 9999",
		"0407:0407":       "Did you mean 0407:00000407 (German)?",
		"00000809":        "Did you mean 0809:00000809 (United Kingdom)?",
		"0407":            "Did you mean 0407:00000407 (German)?",
		"00140c00":        "00140c00 is the layout ADLaM",
		"0x0409:0x10409":  "Did you mean 0409:00010409 (United States-Dvorak)?",
		"00001009":        "Did you mean 1009:00001009 (Canadian French)?",
		"Arabic (101)":    "Did you mean 0401:00000401 (Arabic (101))?",
		"Lao":             "Did you mean lo-LA?",
		"Luo":             "is not a keyboard",
		"Thaj Pattachote": "Did you mean 041e:0001041e (Thai Pattachote)?",
		"Swiss German":    "Did you mean 0807:00000807 (Swiss German)?",
		"en-UK":           "Did you mean en-GB?",
		"de":              "Did you mean de-DE?",
		"0407:00000407;":  `"" is not a keyboard`,
		"0407:00000407; ": `" " is not a keyboard`,
		"en-US; fr-FR":    `" fr-FR" is not a keyboard. It is a language (de-DE) or a layout (0407:00000407); several have a semicolon between them. Did you mean fr-FR?`,
	} {
		cfg := server()
		cfg.InputLocale = value
		ps := Check(cfg, Options{})
		if says == "" && len(ps.Only(Error))+len(ps.Only(Warning)) > 0 {
			t.Errorf("%q: %s", value, list(ps))
		}
		if says != "" {
			wantProblem(t, ps, Error, "input_locale", says)
		}
	}
	// A layout of one's own has to be in the image: nothing is wrong with that.
	for _, value := range []string{"0409:a0000409", "0407:D0010407", "0411:e0010411"} {
		cfg := server()
		cfg.InputLocale = value
		ps := Check(cfg, Options{})
		if ps.HasErrors() {
			t.Errorf("%q is refused: %v", value, ps)
		}
		wantProblem(t, ps, Warning, "input_locale", "in the image")
	}
}

func TestWhatIsOffered(t *testing.T) {
	for name, list := range map[string][]string{"time zones": TimeZones(), "languages": Languages()} {
		if len(list) < 130 || !slices.IsSorted(list) {
			t.Errorf("%d %s, sorted: %v", len(list), name, slices.IsSorted(list))
		}
	}
}

// Windows hands out the numbers from 3 times 0x400 to 19 times to languages without one of their own, but for 0x1c00.
func TestTransientLanguages(t *testing.T) {
	for n := 3; n <= 19; n++ {
		hex := fmt.Sprintf("%04x", n*0x400)
		if got := languageID(hex); got != (hex != "1c00") {
			t.Errorf("%s is a language: %v", hex, got)
		}
	}
	for _, hex := range []string{"0800", "5000", "10409", "xyz", ""} {
		if languageID(hex) {
			t.Errorf("%q is a language", hex)
		}
	}
}

// The tables are whole: sorted, without repetitions, and what a page spells is what the registry of subtags has.
func TestLocaleTables(t *testing.T) {
	l, k := languages(), keyboards()
	if len(l.byID) != 264 || len(l.byTag) != 264 || len(k.names) != 215 || len(k.ids) != 215 {
		t.Errorf("%d languages with %d numbers, %d layouts with %d names", len(l.byTag), len(l.byID), len(k.ids), len(k.names))
	}
	for _, tag := range l.tags {
		base, _, _ := strings.Cut(tag, "_")
		if got, err := language.Raw.Parse(base); (err != nil || got.String() != base) && !strings.HasPrefix(tag, "qps-") {
			t.Errorf("%s is %v: %v", tag, got, err)
		}
		if !isLanguage(tag) {
			t.Errorf("%s is no language", tag)
		}
	}
	last := ""
	for _, id := range k.ids {
		if len(id) != 8 || id != strings.ToLower(id) || id <= last || !languageID(id[4:]) {
			t.Errorf("layout %q after %q", id, last)
		}
		last = id
	}
}
