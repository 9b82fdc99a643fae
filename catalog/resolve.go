// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strconv"
	"strings"
)

// Resolve understands a release and an edition as people write them: "2022", "ws2022", "Windows Server 2022", "20348",
// "10.0.20348.587", "2012r2", "20H2"; "datacenter", "Datacenter: Azure Edition", "ServerDatacenterCor",
// "standard-eval". Either may say both ("Windows Server 2022 Datacenter") when the other is empty or agrees.
//
// The answer is what was meant, whether or not a key exists. Errors: [*ResolveError] for a spelling that is not
// understood, [*NoKeyError] for what is no Windows Server of this catalogue at all (a client, an unknown build).
func (c *Catalog) Resolve(release, edition string) (Target, error) {
	if strings.TrimSpace(release) == "" {
		if strings.TrimSpace(edition) == "" {
			return Target{}, &ResolveError{What: "release", Input: release, Remedy: "Give a release, such as 2022, and an edition, such as datacenter."}
		}
		if _, alone := lookupSpelling(edition); alone {
			return Target{}, &ResolveError{What: "release", Input: release, Remedy: "Give one, such as 2022, beside the edition."}
		}
		release, edition = edition, ""
	}
	rel, rest, err := c.findRelease(release)
	if err != nil {
		return Target{}, err
	}
	if strings.TrimSpace(edition) == "" {
		if rest == "" {
			return Target{}, &ResolveError{What: "edition", Input: edition, Remedy: "Editions of " + rel.Title + ": " + editionList(rel) + "."}
		}
		edition = rest
	} else if err := c.agrees(rel, rest, edition); err != nil {
		return Target{}, err
	} else if other, tail, ok := c.splitRelease(edition); ok && tail != "" {
		if _, isEdition := lookupSpelling(edition); !isEdition {
			if other.Name != rel.Name {
				return Target{}, &ResolveError{What: "edition", Input: edition, Reason: "it is of " + other.Title + ", and the release given is " + rel.Title}
			}
			edition = tail
		}
	}
	sp, ok := lookupSpelling(edition)
	switch {
	case !ok && rel.NoAVMA != "": // 2008 R2 Enterprise: how its editions are spelt does not matter
		return Target{}, c.noKey(Target{Release: rel.Name, Build: rel.Build}, AVMA)
	case !ok:
		return Target{}, editionError(rel, edition)
	}
	return c.target(rel, sp, edition)
}

// agrees holds the edition that a release's spelling carried ("2022 Datacenter") against the one given beside it.
func (c *Catalog) agrees(rel *Release, rest, edition string) error {
	if rest == "" {
		return nil
	}
	a, ok := lookupSpelling(rest)
	if !ok {
		return &ResolveError{What: "release", Input: rest, Reason: "this follows the name of " + rel.Title + " and is no edition", Remedy: "Editions: " + editionList(rel) + "."}
	}
	if b, ok := lookupSpelling(edition); ok && a.id.Edition != b.id.Edition {
		return &ResolveError{What: "edition", Input: edition, Reason: "the release given beside it says " + a.id.Edition}
	}
	return nil
}

// target puts a release and an edition's spelling together.
func (c *Catalog) target(rel *Release, sp spelling, input string) (Target, error) {
	id := sp.id
	semi := strings.HasSuffix(id.Base, "ACor")
	if semi && !rel.CoreOnly() {
		if other := c.sameBuildCoreOnly(rel); other != nil {
			rel = other // 17763 with ServerDatacenterACor is 1809
		} else {
			return Target{}, &ResolveError{What: "edition", Input: input, Reason: "this EditionID belongs to the semi-annual and annual releases, " + rel.Title + " is none of them",
				Remedy: "Editions of " + rel.Title + ": " + editionList(rel) + "."}
		}
	}
	t := Target{Release: rel.Name, Build: rel.Build, Edition: id.Edition, EditionID: id.Base, Core: id.Core, Evaluation: id.Evaluation}
	if !rel.CoreOnly() {
		return t, nil
	}
	if sp.desktop {
		return Target{}, &ResolveError{What: "edition", Input: input, Reason: rel.Title + " has no Desktop Experience, it is Server Core only"}
	}
	if other := c.sameBuildLongTerm(rel); other != nil && sp.exact && !semi && !id.Core {
		return Target{}, &ResolveError{What: "edition", Input: input, Reason: "it is not of " + rel.Title + ", whose EditionIDs end in ACor; " + other.Title + " has the same build and this edition",
			Suggestions: []string{other.Name}}
	}
	t.Core = true
	switch id.Base {
	case "ServerDatacenter", "ServerStandard":
		t.EditionID = id.Base + "ACor"
	}
	return t, nil
}

func (c *Catalog) sameBuildCoreOnly(rel *Release) *Release {
	for i := range c.releases {
		if r := &c.releases[i]; r.Build == rel.Build && r.CoreOnly() {
			return r
		}
	}
	return nil
}

func (c *Catalog) sameBuildLongTerm(rel *Release) *Release {
	for i := range c.releases {
		if r := &c.releases[i]; r.Build == rel.Build && !r.CoreOnly() {
			return r
		}
	}
	return nil
}

// findRelease understands a release's spelling; rest is what follows it, squashed.
func (c *Catalog) findRelease(text string) (rel *Release, rest string, err error) {
	if build, ok := buildNumber(text); ok {
		for i := range c.releases { // long-term releases win: 17763 alone is 2019
			if r := &c.releases[i]; r.Build == build && (rel == nil || rel.CoreOnly()) {
				rel = r
			}
		}
		if rel != nil {
			return rel, "", nil
		}
		return nil, "", c.unknownBuild(build)
	}
	if rel, rest, ok := c.splitRelease(text); ok {
		return rel, rest, nil
	}
	if err := notServer(text); err != nil {
		return nil, "", err
	}
	return nil, "", c.releaseError(text)
}

// buildNumber reads "20348", "20348.587", "10.0.20348", "10.0.20348.587", "6.3.9600": five digits, or four after a
// version of Windows.
func buildNumber(text string) (int, bool) {
	text = strings.TrimSpace(strings.ToLower(text))
	text = strings.TrimSpace(strings.TrimPrefix(text, "build"))
	parts := strings.Split(text, ".")
	versioned := len(parts) >= 3
	if versioned {
		parts = parts[2:]
	}
	if len(parts) > 2 || len(parts[0]) > 6 || len(parts[0]) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(parts[0], 10, 32)
	if err != nil {
		return 0, false
	}
	plainBuild := n >= 10000 || n == 9600 || n == 9200 || n == 7601 || n == 6003
	return int(n), versioned || plainBuild
}

// splitRelease takes the name of a release from the beginning of a text. The longest name wins ("2012 R2" before
// "2012"), and what follows it is squashed.
func (c *Catalog) splitRelease(text string) (*Release, string, bool) {
	s := squash(text)
	for _, p := range []string{"microsoft", "windows", "win", "server", "srv", "ws", "w", "version", "ver", "v", "sac", "ltsc"} {
		s = strings.TrimPrefix(s, p)
	}
	if rest, ok := strings.CutPrefix(s, "2k"); ok && len(rest) >= 2 && rest[0] <= '9' && rest[1] <= '9' {
		s = "20" + rest // 2k22, as the folders of virtio-win are called
	}
	var found *Release
	var length int
	try := func(r *Release, name string) {
		if n := squashedPrefix(s, name); n > length && (n == len(s) || s[n] > '9') {
			found, length = r, n
		}
	}
	for i := range c.releases {
		r := &c.releases[i]
		try(r, r.Name)
		for _, a := range r.Aliases {
			try(r, a)
		}
	}
	if found == nil {
		return nil, "", false
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(s[length:], "ltsc"), "sac")
	for _, a := range found.Aliases { // "Windows Server 2022, version 21H2"
		rest = strings.TrimPrefix(rest, "version"+squash(a))
	}
	return found, rest, rest == "" || !strings.HasPrefix(rest, "r2") // "2016 R2" is no release
}
