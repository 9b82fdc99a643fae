// SPDX-License-Identifier: MPL-2.0

package spelling

import "testing"

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		" Windows Server® 2022 ": "windowsserver2022",
		"2019 (1809)":            "2019 1809",
		"2012 R2":                "2012r2",
		"a 1.b":                  "a1b",
		"1..(2":                  "1 2",
		"<2022":                  "<2022",
		"2022-":                  "2022-",
		"–2022":                  "–2022",
		"data-center":            "datacenter",
		"Ｓｅｒｖｅｒ　（２０２２）":          "server2022",
		"Expe\u0301rience":       "expérience",
		"\ufeff\u200e2022\u200b": "2022",
		"версия":                 "версия",
		"ВЕРСИЯ":                 "версия",
		"٢٠ ٢٢":                  "٢٠ ٢٢",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q is folded to %q, want %q", text, got, want)
		}
	}
	for text, odd := range map[string]bool{"2022": false, "2019 (1809)": false, "données": false, "एक": false, "<2022": true, "2022-": true, "a+b": true, "🙂": true} {
		if Odd(text) != odd {
			t.Errorf("%q: odd is %v", text, !odd)
		}
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string]struct {
		rest string
		says Says
	}{
		"standardservercore":        {"standard", Core}, // the longest, or "server" would be left
		"standardedition":           {"standard", Nothing},
		"standarddesktopexperience": {"standard", Desktop},
		"standard评估版":               {"standard", Evaluation},
	} {
		if rest, says, ok := Cut(text); !ok || rest != want.rest || says != want.says {
			t.Errorf("%q: %q, %v, %v", text, rest, says, ok)
		}
	}
	for _, text := range []string{"", "standard", "core"} {
		if rest, says, ok := Cut(text); ok || rest != text || says != Nothing {
			t.Errorf("%q: %q, %v, %v", text, rest, says, ok)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "- a -", "(-1 .2-)", "İstanbul", "\xff", "Å"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Errorf("%q is folded to %q, and that to %q", s, once, Fold(once))
		}
	})
}
