// SPDX-License-Identifier: MPL-2.0

package catalog

import "strings"

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
	beside, err := c.agrees(rel, rest, sp, edition)
	if err != nil {
		return Target{}, err
	}
	t, err := c.target(rel, sp, edition)
	t.Core = t.Core || beside.core
	return t, err
}

// agrees holds the edition that a release's spelling carried ("2022 Datacenter") against the one given beside it, and
// gives the first. Nothing that either says is dropped: an evaluation edition on one side alone is an error.
func (c *Catalog) agrees(rel *Release, rest string, sp spelt, edition string) (spelt, error) {
	if rest == "" {
		return spelt{}, nil
	}
	a, ok := lookupSpelling(rest)
	if !ok {
		return a, &ResolveError{What: "release", Input: rest, Reason: "this follows the name of " + rel.Title + " and is no edition", Remedy: "Editions: " + editionList(rel) + "."}
	}
	if a.id.Edition != sp.id.Edition || a.id.Evaluation != sp.id.Evaluation || (a.core && sp.desktop) || (a.desktop && sp.core) {
		return a, &ResolveError{What: "edition", Input: edition, Reason: "the release given beside it says " + a.said()}
	}
	return a, nil
}

// target puts a release and an edition's spelling together.
func (c *Catalog) target(rel *Release, sp spelt, input string) (Target, error) {
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
