// SPDX-License-Identifier: MPL-2.0

package catalog

import "slices"

// Overlay is what a catalogue file adds to a catalogue. A release or host of the same name, and a key of the same
// release, EditionID and channel, is replaced.
type Overlay struct {
	Releases []Release
	Entries  []Entry
	Hosts    []Host
}

// With gives a catalogue that has the overlay over this one. Nothing is checked here: the package catalogfile does
// that, where line and column are known.
func (c *Catalog) With(o Overlay) *Catalog {
	out := &Catalog{releases: c.Releases(), entries: slices.Clone(c.entries), hosts: slices.Clone(c.hosts)}
	for _, r := range o.Releases {
		r.Facts = r.Facts.or(out.factsOf(r))
		out.addRelease(r.clone())
	}
	for _, e := range o.Entries {
		out.addEntry(e)
	}
	for _, h := range o.Hosts {
		h.Activates = slices.Clone(h.Activates)
		if i := slices.IndexFunc(out.hosts, func(x Host) bool { return x.Name == h.Name }); i >= 0 {
			out.hosts[i] = h
		} else {
			out.hosts = append(out.hosts, h)
		}
	}
	slices.SortStableFunc(out.entries, func(a, b Entry) int { return out.rank(a) - out.rank(b) })
	return out
}

// factsOf are those that hold for what a release does not say: its own where it replaces one.
func (c *Catalog) factsOf(r Release) Facts {
	if replaced := c.release(r.Name); replaced != nil {
		return replaced.Facts
	}
	return c.factsBefore(r)
}

func (c *Catalog) addRelease(r Release) {
	if i := slices.IndexFunc(c.releases, func(x Release) bool { return x.Name == r.Name }); i >= 0 {
		c.releases[i] = r
		return
	}
	at := slices.IndexFunc(c.releases, func(x Release) bool { return x.Build < r.Build || (x.Build == r.Build && !r.CoreOnly()) })
	if at < 0 {
		at = len(c.releases)
	}
	c.releases = slices.Insert(c.releases, at, r)
}

func (c *Catalog) addEntry(e Entry) {
	if r := c.release(e.Release); r != nil && !slices.Contains(r.Editions, e.Edition) {
		r.Editions = append(r.Editions, e.Edition)
	}
	if i := slices.IndexFunc(c.entries, func(x Entry) bool {
		return x.Release == e.Release && x.EditionID == e.EditionID && x.Channel == e.Channel
	}); i >= 0 {
		c.entries[i] = e
		return
	}
	c.entries = append(c.entries, e)
}

// rank orders entries: AVMA before GVLK, newest release first, Datacenter before Standard.
func (c *Catalog) rank(e Entry) int {
	rel := slices.IndexFunc(c.releases, func(r Release) bool { return r.Name == e.Release })
	edition := slices.Index([]string{Datacenter, DatacenterAzure, Standard, Essentials}, e.Edition)
	rank := rel*8 + edition
	if e.Channel != AVMA {
		rank += 1 << 20
	}
	return rank
}
