// SPDX-License-Identifier: MPL-2.0

package catalog

import "strings"

// GuestID is what a running or installed Windows says of itself.
type GuestID struct {
	Build            int    // CurrentBuildNumber
	EditionID        string // registry EditionID, or what DISM prints; "": taken from SKU
	InstallationType string // "Server", "Server Core"; "": taken from the EditionID's spelling
	ProductType      int    // 1 workstation, 2 domain controller, 3 server; 0: not known
	SKU              int    // OperatingSystemSKU; 0: not known
}

// Guest finds what a guest is. A build alone is ambiguous (17763 is 2019 and 1809; some are client builds too), so
// build and EditionID decide together, and ProductType 1 is refused. Unlike [Catalog.Resolve] nothing is forgiven: a
// combination that does not exist is a [*NoKeyError]. (avma.md section 3)
func (c *Catalog) Guest(g GuestID) (Target, error) {
	t := Target{Build: g.Build, EditionID: g.EditionID, Core: strings.EqualFold(g.InstallationType, "Server Core")}
	id, known := LookupEditionID(g.EditionID)
	if g.EditionID == "" {
		id, known = EditionOfSKU(g.SKU)
	}
	if g.ProductType == 1 || (g.EditionID != "" && !known && !hasPrefixFold(g.EditionID, "Server")) {
		t.Edition = g.EditionID
		return t, clientError(t)
	}
	if known {
		t.Edition, t.EditionID, t.Evaluation = id.Edition, id.Base, id.Evaluation
		t.Core = t.Core || id.Core
	}
	rel := c.releaseOfGuest(g.Build, id)
	if rel != nil {
		t.Release = rel.Name
	}
	switch {
	case known && c.unsupported(id.Base) != nil:
		return t, c.noKey(t, AVMA)
	case c.buildKnown(g.Build) && !known:
		return t, c.unknownEdition(t)
	case rel == nil && c.buildKnown(g.Build):
		return t, c.wrongCombination(t)
	case rel == nil:
		err := c.unknownBuild(g.Build)
		err.Target = t
		return t, err
	}
	if rel.CoreOnly() {
		t.Core = true
		if g.EditionID == "" && !strings.HasSuffix(t.EditionID, "ACor") { // from a SKU number that both families use
			t.EditionID += "ACor"
		}
	}
	return t, nil
}

// releaseOfGuest is the release of that build which has that EditionID.
func (c *Catalog) releaseOfGuest(build int, id EditionID) *Release {
	semi := strings.HasSuffix(id.Base, "ACor")
	var other *Release
	for i := range c.releases {
		if r := &c.releases[i]; r.Build == build {
			if r.CoreOnly() == semi {
				return r
			}
			other = r
		}
	}
	if other != nil && other.CoreOnly() && (id.Core && len(id.SKUs) > 1) {
		return other // ServerDatacenterCor on a Core-only release: DISM's and the SKU's spelling of ACor
	}
	return nil
}

func (c *Catalog) buildKnown(build int) bool {
	for i := range c.releases {
		if c.releases[i].Build == build {
			return true
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
