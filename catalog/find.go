// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// FindRelease understands a release as people write it, without an edition. A build that two releases share is the
// long-term one. Errors as those of [Catalog.Resolve].
func (c *Catalog) FindRelease(text string) (Release, error) {
	if strings.TrimSpace(text) == "" {
		return Release{}, &ResolveError{What: "release", Input: text, Remedy: "Give a release, such as 2022."}
	}
	r, rest, err := c.findRelease(text)
	if err != nil {
		return Release{}, err
	}
	if _, ok := lookupSpelling(rest); ok {
		return Release{}, &ResolveError{What: "release", Input: text, Reason: "it names an edition too, and the release alone is asked for", Suggestions: []string{r.Name}}
	}
	if rest != "" {
		return Release{}, c.releaseError(text)
	}
	return r.clone(), nil
}

// FindEdition understands an edition as people write it, whatever the release, and gives its canonical name:
// "Datacenter" for "ServerDatacenterEvalCor". The error is a [*ResolveError].
func FindEdition(text string) (string, error) {
	sp, ok := lookupSpelling(text)
	if !ok {
		return "", editionError(nil, text)
	}
	return sp.id.Edition, nil
}

// BuildNumber reads a build as people write it ("20348", "10.0.20348.587").
func BuildNumber(text string) (int, bool) { return buildNumber(text) }

// Near lists the entries whose key differs from this one by one character, or by two neighbours swapped: what was
// probably meant. It is for a message, never for use in place of what was given.
func (c *Catalog) Near(key string) []Entry {
	text, ok := normalise(key)
	if !ok {
		return nil
	}
	text = strings.ReplaceAll(text, "-", "")
	var out []Entry
	for _, e := range c.entries {
		if near.Distance(text, strings.ReplaceAll(e.Key, "-", "")) == 1 {
			out = append(out, c.finish(e))
		}
	}
	return c.longTermFirst(out)
}
