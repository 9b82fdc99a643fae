// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"errors"
	"strings"
	"testing"
)

// The vectors of the reference, section 7.
func TestParseKeyVectors(t *testing.T) {
	for key, hex := range map[string]string{
		"YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67": "000175c6895e0d52acd4000000001335",
		"6NMQ9-T38WF-6MFGM-QYGYM-88J4F": "00007985b7b71ebac88800000000134b",
		"2CTP7-NHT64-BP62M-FV6GG-HFV28": "0001778b106cb3ba8b2c0000001010ee",
	} {
		k, err := ParseKey(key)
		if err != nil || k.Hex() != hex || k.String() != key {
			t.Errorf("%s: %s %s, %v", key, k, k.Hex(), err)
		}
	}
	k, _ := ParseKey("2CTP7-NHT64-BP62M-FV6GG-HFV28")
	if k.Group() != 0x010ee&0xfffff || k.Serial() != 1 || k.Upgrade() || k.PartialKey() != "HFV28" || k.Security() == 0 {
		t.Errorf("group %#x, serial %d, upgrade %v", k.Group(), k.Serial(), k.Upgrade())
	}
}

// The wrong keys in circulation are refused for the right reason; the fourth is a good key of another channel.
func TestWrongKeysInCirculation(t *testing.T) {
	for key, want := range map[string]struct {
		kind   KeyErrorKind
		reason string
	}{
		"6NMQ9-T38WF-6MFGM-QYGYM-88J4G": {BadChecksum, "checksum"},
		"B69WH-PRNHK-BXVK3-P9XF7-XD84C": {BadChecksum, "checksum"},
		"BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B": {Malformed, "no N"},
	} {
		_, err := ParseKey(key)
		var e *KeyError
		if !errors.As(err, &e) || e.Kind != want.kind || !strings.Contains(e.Reason, want.reason) {
			t.Errorf("%s: %v", key, err)
		}
		if len(Default().Identify(key)) != 0 {
			t.Errorf("%s is identified", key)
		}
	}
	found := Default().Identify("NTBV8-9K7Q8-V27C6-M2BTV-KHMXV")
	if len(found) != 1 || found[0].Channel != GVLK || found[0].Release != "2022" || found[0].Edition != DatacenterAzure {
		t.Errorf("the GVLK that is passed off as an AVMA key: %+v", found)
	}
	near := Default().Near("6NMQ9-T38WF-6MFGM-QYGYM-88J4G")
	if len(near) != 1 || near[0].Key != "6NMQ9-T38WF-6MFGM-QYGYM-88J4F" {
		t.Errorf("what was meant: %+v", near)
	}
}

func TestParseKeySpellings(t *testing.T) {
	const want = "W3GNR-8DDXR-2TFRP-H8P33-DV9BG"
	for name, s := range map[string]string{
		"small letters":    "w3gnr-8ddxr-2tfrp-h8p33-dv9bg",
		"no dashes":        "W3GNR8DDXR2TFRPH8P33DV9BG",
		"spaces":           "W3GNR 8DDXR 2TFRP H8P33 DV9BG",
		"around it":        "\t W3GNR-8DDXR-2TFRP-H8P33-DV9BG\r\n",
		"dashes of a page": "W3GNR\u20138DDXR\u20132TFRP\u2011H8P33\u2014DV9BG",
		"no-break spaces":  "W3GNR\u00a08DDXR\u00a02TFRP\u00a0H8P33\u00a0DV9BG",
		"byte order mark":  "\ufeffW3GNR-8DDXR-2TFRP-H8P33-DV9BG",
	} {
		if k, err := ParseKey(s); err != nil || k.String() != want {
			t.Errorf("%s: %v, %v", name, k, err)
		}
	}
}

func TestParseKeyMalformed(t *testing.T) {
	for name, test := range map[string]struct{ key, reason string }{
		"empty":        {"", "it is empty"},
		"dashes":       {"----", "it is empty"},
		"short":        {"W3GNR-8DDXR-2TFRP-H8P33-DV9B", "24 characters"},
		"long":         {"W3GNR-8DDXR-2TFRP-H8P33-DV9BGG", "26 characters"},
		"the letter":   {"W3GNR-8DDXR-2TFRP-H8P33-DV9BO", "character 25 is 'O'"},
		"a zero":       {"03GNR-8DDXR-2TFRP-H8P33-DV9BG", "character 1 is '0'"},
		"Cyrillic":     {"W3GNR-8DDXR-2TFRP-H8P33-DV9\u0412G", "character 24"},
		"no N":         {"W3GBR-8DDXR-2TFRP-H8P33-DV9BG", "no N"},
		"two N":        {"W3GNR-8DDXR-2TFRP-H8P33-DV9NG", "more than one N"},
		"N at the end": {"W3GBR-8DDXR-2TFRP-H8P33-DV9BN", "ends in N"},
	} {
		k, err := ParseKey(test.key)
		var e *KeyError
		if !errors.As(err, &e) || e.Kind != Malformed || !strings.Contains(e.Reason, test.reason) || k != (ProductKey{}) {
			t.Errorf("%s: %v", name, err)
		}
		if test.key != "" && test.key != "----" && strings.Contains(err.Error(), test.key) {
			t.Errorf("%s: the message holds the key", name)
		}
	}
}

// Typing errors: no swap of neighbours passes, and next to no single substitution (avma.md section 7).
func TestChecksumCatchesTyping(t *testing.T) {
	swaps, substitutions, passed := 0, 0, 0
	seen := map[string]bool{}
	for _, r := range published(t) {
		if r.channel != "avma" || seen[r.key] {
			continue
		}
		seen[r.key] = true
		chars := []byte(strings.ReplaceAll(r.key, "-", ""))
		for i := range chars {
			if i+1 < len(chars) && chars[i] != chars[i+1] {
				s := append([]byte(nil), chars...)
				s[i], s[i+1] = s[i+1], s[i]
				swaps++
				if _, err := ParseKey(string(s)); err == nil {
					t.Errorf("a swap in %s passes: %s", r.key, s)
				}
			}
			for _, c := range keyAlphabet + "N" {
				if byte(c) == chars[i] {
					continue
				}
				s := append([]byte(nil), chars...)
				s[i] = byte(c)
				substitutions++
				if _, err := ParseKey(string(s)); err == nil {
					passed++
				}
			}
		}
	}
	if swaps < 300 || substitutions < 8000 || passed*2000 > substitutions {
		t.Errorf("%d swaps; %d of %d substitutions pass", swaps, passed, substitutions)
	}
}

func FuzzParseKey(f *testing.F) {
	for _, r := range published(f) {
		f.Add(r.key)
	}
	for _, s := range []string{"", "N", "6NMQ9-T38WF-6MFGM-QYGYM-88J4G", "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B", "w3gnr 8ddxr 2tfrp h8p33 dv9bg", "\ufeff\u2013"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ParseKey(s)
		if err != nil {
			var e *KeyError
			if !errors.As(err, &e) || e.Reason == "" || k != (ProductKey{}) {
				t.Fatalf("%q: %v with %v", s, err, k)
			}
			return
		}
		if again, err := ParseKey(k.String()); err != nil || again != k {
			t.Fatalf("%q is read as %s, and that as %v, %v", s, k, again, err)
		}
	})
}

func BenchmarkParseKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseKey("W3GNR-8DDXR-2TFRP-H8P33-DV9BG"); err != nil {
			b.Fatal(err)
		}
	}
}
