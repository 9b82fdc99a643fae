// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

//go:embed languages.tsv
var languagesText string

// languageTable is the languages that Windows has a number for, read when it is first needed.
type languageTable struct {
	tags  []string          // "en-US", in the order of the numbers
	byTag map[string]string // by their lower-case form
	byID  map[uint64]string // the number of a language in a keyboard's id
}

var languages = sync.OnceValue(func() languageTable {
	t := languageTable{byTag: map[string]string{}, byID: map[uint64]string{}}
	for line := range strings.Lines(languagesText) {
		id, tag, _ := strings.Cut(strings.TrimSpace(line), "\t")
		n, err := strconv.ParseUint(id, 16, 64)
		if err != nil {
			continue // the heading
		}
		t.tags = append(t.tags, tag)
		t.byTag[strings.ToLower(tag)] = tag
		t.byID[n] = tag
	}
	return t
})

// transient are the numbers that Windows hands out to languages without one of their own.
var transient = []uint64{
	0x0c00, 0x1000, 0x1400, 0x1800, 0x2000, 0x2400, 0x2800, 0x2c00, 0x3000, 0x3400, 0x3800, 0x3c00, 0x4000, 0x4400, 0x4800, 0x4c00,
}

// languageID reports whether Windows has a language of that number.
func languageID(hex string) bool {
	n, err := strconv.ParseUint(hex, 16, 64)
	return err == nil && (languages().byID[n] != "" || slices.Contains(transient, n))
}

// sortOrders are what may follow a language with an underscore: another order of sorting, "de-DE_phoneb".
var sortOrders = []string{"phoneb", "tradnl", "radstr", "pronun", "stroke", "modern", "technl"}

// isLanguage reports whether Windows takes a value as a language: one of its own, or a language and a region that the
// registry of subtags has. Windows makes up what it needs for one that it has no number for.
func isLanguage(value string) bool {
	if languages().byTag[strings.ToLower(value)] != "" {
		return true
	}
	base, order, sorted := strings.Cut(value, "_")
	if sorted && !slices.Contains(sortOrders, strings.ToLower(order)) {
		return false
	}
	tag, err := language.Raw.Parse(base)
	if err != nil || !strings.EqualFold(tag.String(), base) || len(tag.Extensions()) > 0 {
		return false
	}
	today, err := language.Deprecated.Canonicalize(tag)
	lang, _, region := tag.Raw()
	return err == nil && today == tag && lang.String() != "und" && region.String() != "ZZ" && !region.IsPrivateUse()
}

// renamed are languages that other systems, and Windows long ago, call otherwise.
var renamed = map[string]string{
	"zh-cht": "zh-TW", "zh-chs": "zh-CN", "zh-hant": "zh-TW", "zh-hans": "zh-CN", "c": "en-US", "posix": "en-US",
}

// meantLanguage suggests what somebody meant who wrote the locale of another system ("de_DE.UTF-8"), a language without
// its region ("de"), or one that has another name ("en-UK", "jp-JP").
func meantLanguage(value string) string {
	base, _, _ := strings.Cut(strings.TrimSpace(value), ".")
	base = strings.ReplaceAll(base, "_", "-")
	t := languages()
	found := t.byTag[strings.ToLower(base)]
	if found == "" {
		found = renamed[strings.ToLower(base)]
	}
	if found == "" {
		found = t.byTag[strings.ToLower(likely(base))]
	}
	if found == "" {
		found = near.Match(base, t.tags)
	}
	if found == "" {
		return ""
	}
	return " Did you mean " + found + "?"
}

// likely completes what can be understood of a tag: the name of today, the region that most speakers live in, the
// language that most of a region speak.
func likely(base string) string {
	tag, _ := language.Raw.Parse(base)
	if today, err := language.Deprecated.Canonicalize(tag); err == nil {
		tag = today
	}
	lang, script, region := tag.Raw()
	if lang.String() == "und" && region.String() == "ZZ" {
		return ""
	}
	lang, _ = tag.Base()
	region, _ = tag.Region()
	if s := script.String(); s != "Zzzz" {
		return lang.String() + "-" + s + "-" + region.String()
	}
	return lang.String() + "-" + region.String()
}
