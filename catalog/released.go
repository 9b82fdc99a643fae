// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// What sentences say of releases is read from the tables here, so that it goes on being true when one is added.

// hasKey says whether a release has an AVMA key of that edition.
func (c *Catalog) hasKey(release, edition string) bool {
	return slices.ContainsFunc(c.entries, func(e Entry) bool {
		return e.Channel == AVMA && e.Release == release && e.Edition == edition
	})
}

// firstWithAVMA is the oldest release that has AVMA keys.
func (c *Catalog) firstWithAVMA() Release {
	var first Release
	for i := range c.releases { // newest first
		if r := &c.releases[i]; r.NoAVMA == "" {
			first = *r
		}
	}
	return first
}

// newestYear is that of the newest long-term release that is named by one.
func (c *Catalog) newestYear() int {
	for i := range c.releases {
		year, _, _ := strings.Cut(c.releases[i].Name, " ")
		if n, err := strconv.Atoi(year); err == nil && !c.releases[i].CoreOnly() {
			return n
		}
	}
	return 0
}

// withKey names the long-term releases that have an AVMA key of that edition, oldest first: three or more that follow
// each other as "2012 R2 to 2019", others one by one.
func (c *Catalog) withKey(edition string) string {
	var out, run []string
	flush := func() {
		if len(run) > 2 {
			run = []string{run[0] + " to " + run[len(run)-1]}
		}
		out, run = append(out, run...), nil
	}
	for i := len(c.releases) - 1; i >= 0; i-- {
		switch r := &c.releases[i]; {
		case r.CoreOnly():
		case c.hasKey(r.Name, edition):
			run = append(run, r.Name)
		default:
			flush()
		}
	}
	flush()
	return strings.Join(out, ", ")
}

// keysExist says which editions have AVMA keys.
func (c *Catalog) keysExist() string {
	return "AVMA keys exist for Datacenter, Standard, Essentials (" + c.withKey(Essentials) +
		") and Datacenter: Azure Edition (" + c.withKey(DatacenterAzure) + ")."
}

// essentialsWithKey says which Essentials have an AVMA key, as seen from a release whose Essentials has none.
func (c *Catalog) essentialsWithKey(of *Release) string {
	for i := range c.releases {
		if r := &c.releases[i]; c.hasKey(r.Name, Essentials) {
			if r.Build < of.Build {
				return "the last Essentials with one is that of " + r.Name
			}
			return "Essentials with one are those of " + c.withKey(Essentials)
		}
	}
	return "no Essentials with one is known"
}

// orInstall goes on with the editions of a release that have AVMA keys; "" where none has.
func (c *Catalog) orInstall(r *Release) string {
	var with []string
	for _, edition := range []string{Standard, Datacenter} {
		if c.hasKey(r.Name, edition) {
			with = append(with, edition)
		}
	}
	switch len(with) {
	case 0:
		return ""
	case 1:
		return ", or install " + with[0] + ", which has an AVMA key"
	}
	return ", or install " + strings.Join(with, " or ") + ", which have AVMA keys"
}
