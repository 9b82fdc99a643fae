// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// ImageName is the NAME of the image in install.wim (what MetaData /IMAGE/NAME is matched with, not the name that DISM
// prints). Where none is known (Azure Edition, most Essentials, 1809 and later semi-annual releases) the error says to
// read it from the media. Evaluation media carries the same names, or others beside them: see [Catalog.ImageNames].
// (avma.md section 3)
func (c *Catalog) ImageName(t Target) (string, error) {
	names, err := c.ImageNames(t)
	if err != nil {
		return "", err
	}
	return names[0], nil
}

// ImageNames lists every NAME that media of the target is known to carry, the usual one first.
func (c *Catalog) ImageNames(t Target) ([]string, error) {
	r := c.release(t.Release)
	if r == nil || r.ImageTitle == "" || t.EditionID == "" || !slices.Contains(r.Facts.NamedImages, t.Edition) {
		return nil, c.noImageName(t)
	}
	name := strings.ToUpper(t.EditionID)
	switch {
	case strings.HasSuffix(t.EditionID, "ACor"):
		name += "E"
	case t.Core && t.Edition != Essentials: // which has no Server Core
		name += "CORE"
	}
	names := []string{r.ImageTitle + " " + name}
	if t.Evaluation && r.Facts.EvaluationNames == EvaluationDisplay {
		display := r.ImageTitle + " " + t.Edition + " Evaluation"
		if !t.Core {
			display += " (" + r.Facts.DesktopName + ")"
		}
		names = append(names, display)
	}
	return names, nil
}

func (c *Catalog) noImageName(t Target) error {
	return &ResolveError{What: "image name", Input: c.describe(t), Reason: "the name of its image in install.wim is not published",
		Remedy: "Read it from the media (what wiminfo, of wimlib, prints as Name of sources/install.wim) and give image_name, or choose by image_index."}
}

// ResolveImage understands the name of an image: the NAME in install.wim ("Windows Server 2022 SERVERDATACENTERCORE")
// or the display name ("Windows Server 2022 Datacenter (Desktop Experience)"; without the parenthesis it is Server
// Core), of evaluation media too. Names that several releases share are refused, naming them.
func (c *Catalog) ResolveImage(imageName string) (Target, error) {
	rel, rest, err := c.findRelease(imageName)
	if err != nil {
		return Target{}, err
	}
	if rest == "" {
		return Target{}, &ResolveError{What: "image name", Input: imageName, Reason: "it names no edition", Remedy: imageHelp}
	}
	sp, ok := lookupSpelling(rest)
	if !ok {
		return Target{}, &ResolveError{What: "image name", Input: imageName, Remedy: imageHelp}
	}
	if strings.HasSuffix(sp.id.Base, "ACor") && !rel.CoreOnly() {
		return c.sharedImage(rel, sp, imageName)
	}
	if !sp.exact && !sp.desktop && rel.Facts.DesktopName == desktopExperience && sp.id.Edition != Essentials {
		sp.id = variant(sp.id.Base, true, sp.id.Evaluation)
	}
	return c.target(rel, sp, imageName)
}

const imageHelp = "An image's name reads like Windows Server 2022 SERVERDATACENTER or Windows Server 2022 SERVERSTANDARDCORE; wiminfo, of wimlib, prints those of the media as Name."

// sharedImage: an ACORE image carries the name of the long-term release before it, as several releases do.
func (c *Catalog) sharedImage(rel *Release, sp spelt, imageName string) (Target, error) {
	var found []string
	for _, r := range c.releases {
		if r.CoreOnly() && r.Family() == rel.Name {
			found = append(found, r.Name)
		}
	}
	if len(found) == 1 {
		return c.target(c.release(found[0]), sp, imageName)
	}
	return Target{}, &ResolveError{What: "image name", Input: imageName,
		Reason: fmt.Sprintf("images of several releases carry it (%s)", strings.Join(found, ", ")), Remedy: "Give the release and the edition instead."}
}
