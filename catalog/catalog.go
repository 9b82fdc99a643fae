// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"slices"
	"strings"
)

// Catalog holds releases, editions, keys and the host/guest matrix. It is never changed once made: [Catalog.With]
// gives a new one. Use [Default]; the zero value knows nothing.
type Catalog struct {
	releases []Release
	entries  []Entry
	hosts    []Host // explicit answers, they win over the rule
}

var builtin = Catalog{releases: builtinReleases, entries: builtinEntries}

// Default is the built-in catalogue. It costs nothing and is shared: it is never mutated.
func Default() *Catalog { return &builtin }

// Releases lists the releases that the catalogue knows, newest first, those without an AVMA key among them.
func (c *Catalog) Releases() []Release {
	out := make([]Release, len(c.releases))
	for i, r := range c.releases {
		out[i] = r.clone()
	}
	return out
}

// Release finds a release by its canonical name ("2022", "2012 R2", "20H2").
func (c *Catalog) Release(name string) (Release, bool) {
	if r := c.release(name); r != nil {
		return r.clone(), true
	}
	return Release{}, false
}

func (c *Catalog) release(name string) *Release {
	for i := range c.releases {
		if c.releases[i].Name == name {
			return &c.releases[i]
		}
	}
	return nil
}

// Filter narrows [Catalog.Entries]. The zero value lets everything through.
type Filter struct {
	Release string  // canonical name, as in Target.Release
	Edition string  // canonical name or EditionID, as in Target
	Channel Channel // "": all channels
	Build   int     // 0: all builds
}

func (f Filter) lets(e Entry) bool {
	return (f.Release == "" || f.Release == e.Release) &&
		(f.Edition == "" || f.Edition == e.Edition || f.Edition == e.EditionID) &&
		(f.Channel == "" || f.Channel == e.Channel) &&
		(f.Build == 0 || f.Build == e.Build)
}

// Entries lists the keys that pass the filter, AVMA before GVLK, newest release first.
func (c *Catalog) Entries(f Filter) []Entry {
	var out []Entry
	for _, e := range c.entries {
		if f.lets(e) {
			out = append(out, c.finish(e))
		}
	}
	return out
}

// Identify lists the entries that have this key: several releases may share one, and the long-term one whose key it is
// comes first. The key is normalised first (case, spaces, dashes); one that is unknown, or no key at all, gives none.
func (c *Catalog) Identify(key string) []Entry {
	text, ok := normalise(key)
	if !ok {
		return nil
	}
	var out []Entry
	for _, e := range c.entries {
		if e.Key == text {
			out = append(out, c.finish(e))
		}
	}
	return c.longTermFirst(out)
}

// IdentifyPartial lists the entries of a channel whose key ends in this group, the long-term release first. Five
// characters are few: a key of another kind may end in the same ones.
func (c *Catalog) IdentifyPartial(partial string, ch Channel) []Entry {
	var out []Entry
	for _, e := range c.entries {
		if e.Channel == ch && partial != "" && strings.EqualFold(e.PartialKey(), partial) {
			out = append(out, c.finish(e))
		}
	}
	return c.longTermFirst(out)
}

// longTermFirst puts releases that take the key of another one behind it.
func (c *Catalog) longTermFirst(entries []Entry) []Entry {
	borrowed := func(e Entry) int {
		if c.family(e.Release) != e.Release {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return borrowed(a) - borrowed(b) })
	return entries
}

// finish fills in what follows from the matrix.
func (c *Catalog) finish(e Entry) Entry {
	e.Hosts = []string{}
	if e.Channel != AVMA {
		return e
	}
	t := Target{Release: e.Release, Build: e.Build, Edition: e.Edition, EditionID: e.EditionID}
	for _, h := range c.Hosts() {
		if o := c.rule(h, t); o.ok() && o.documented() {
			e.Hosts = append(e.Hosts, h)
		}
	}
	return e
}

func (r Release) clone() Release {
	r.Aliases, r.Editions, r.Facts = slices.Clone(r.Aliases), slices.Clone(r.Editions), r.Facts.clone()
	return r
}
