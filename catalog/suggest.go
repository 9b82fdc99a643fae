// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"slices"
	"strings"
	"unicode"

	"github.com/golden-image/packer-plugin-avma/catalog/spelling"
	"github.com/golden-image/packer-plugin-avma/internal/near"
)

func (c *Catalog) releaseError(text string) *ResolveError {
	s := spelling.Fold(text)
	for _, p := range []string{"microsoft", "windows", "server", "ws", "version"} {
		s = strings.TrimPrefix(s, p)
	}
	var names []string
	var known []string
	for _, r := range c.releases {
		names = append(names, r.Name)
		names = append(names, r.Aliases...)
		if r.NoAVMA == "" {
			known = append(known, r.Name)
		}
	}
	near := nearest(s, names)
	if len(near) == 0 && len(s) == 2 { // 22
		near = nearest("20"+s, names)
	}
	if len(near) == 0 {
		near = amongWords(text, names)
	}
	if spelling.Odd(text) { // <2022, !2022: what was meant is not the release that stands there
		near = nil
	}
	return &ResolveError{What: "release", Input: text, Suggestions: near,
		Remedy: "Known releases: " + strings.Join(known, ", ") + "; or a build number such as 20348. A catalogue file (--catalog) can add others."}
}

// amongWords finds the one name in a text whose other words are typing errors of what may stand beside it ("windows
// serer 2022"). "SQL Server 2022" is another product, and no release is suggested for it.
func amongWords(text string, names []string) []string {
	beside := []string{"microsoft", "windows", "server", "version", "release", "build", "standard", "datacenter", "essentials", "evaluation", "edition",
		"core", "desktop", "experience", "ltsc"}
	var found []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(word, n) })
		switch {
		case i >= 0 && found == nil:
			found = names[i : i+1]
		case i >= 0, len(nearest(strings.ToLower(word), beside)) == 0:
			return nil
		}
	}
	return found
}

func editionError(rel *Release, text string) *ResolveError {
	var names []string
	for _, n := range editionNames {
		names = append(names, n.name)
	}
	for _, e := range editionIDs {
		names = append(names, e.ID)
	}
	var near []string
	if !spelling.Odd(text) { // !datacenter is not meant to be it
		near = nearest(spelling.Fold(text), names)
	}
	for i, n := range near { // in the words of the documentation
		if sp, ok := lookupSpelling(n); ok && !sp.exact {
			near[i] = sp.id.Edition
		}
	}
	if len(near) == 0 && strings.Contains(spelling.Fold(text), "azure") && (rel == nil || slices.Contains(rel.Editions, DatacenterAzure)) {
		near = []string{DatacenterAzure}
	}
	editions := "Editions: datacenter, datacenter-azure-edition, standard, essentials"
	if rel != nil {
		editions = "Editions of " + rel.Title + ": " + editionList(rel)
	}
	return &ResolveError{What: "edition", Input: text, Suggestions: slices.Compact(near),
		Remedy: editions + "; or an EditionID such as ServerDatacenterCor."}
}

// editionList names the editions as they are written on a command line.
func editionList(rel *Release) string {
	out := make([]string, len(rel.Editions))
	for i, e := range rel.Editions {
		out[i] = strings.ToLower(strings.NewReplacer(": ", "-", " ", "-").Replace(e))
	}
	return strings.Join(out, ", ")
}

// nearest gives the names that are a typing error or two away, the nearest first, at most two.
func nearest(s string, names []string) []string {
	if s == "" || len(s) > 64 {
		return nil
	}
	limit := 1
	if len(s) > 5 {
		limit = 2
	}
	type match struct {
		name string
		d    int
	}
	var found []match
	for _, n := range names {
		if d := near.Distance(s, spelling.Fold(n)); d <= limit && !slices.ContainsFunc(found, func(x match) bool { return x.name == n }) {
			found = append(found, match{n, d})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return a.d - b.d })
	var out []string
	for _, f := range found {
		if f.d == found[0].d && len(out) < 2 {
			out = append(out, f.name)
		}
	}
	return out
}
