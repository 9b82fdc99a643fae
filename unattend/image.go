// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"slices"
	"strings"
)

// checkImage finds the image that Setup installs. (reference section 1.4)
func (m *model) checkImage() {
	index := m.cfg.ImageIndex
	if index != nil && *index < 1 {
		m.fail("image_index", fmt.Sprintf("%d is below 1", *index), "The first image of the media has the index 1. Leave it out to choose by name.")
	}
	if index != nil && m.cfg.ImageName != "" {
		m.fail("image_index", "the image is chosen twice", "Give either image_index or image_name.")
	}
	if m.cfg.ImageName != "" && strings.TrimSpace(m.cfg.ImageName) == "" {
		m.fail("image_name", "it is blank", "It is the NAME of the image, for example \"Windows Server 2022 SERVERDATACENTER\".")
	}
	if m.kind == Deploy || index != nil || !m.resolved && m.cfg.ImageName == "" {
		return
	}
	if m.cfg.ImageName != "" {
		m.imageName = m.cfg.ImageName
		m.checkImageName()
		return
	}
	target := m.target
	target.Evaluation = target.Evaluation || m.evaluated != evalNone
	names, err := m.opts.Catalog.ImageNames(target)
	if err != nil {
		// A key in windowsPE does not choose between Server Core and Desktop Experience: they share it.
		m.warn("image_name", "Setup will ask which image to install", "The name of this edition's image is not known. "+
			"Read it from the media (what wiminfo, of wimlib, prints as Name of sources/install.wim) and set image_name or image_index.")
		return
	}
	m.imageName = names[0]
	if len(names) > 1 {
		m.note("image_name", "evaluation media of this release names its images in more than one way",
			"If Setup finds no image, try image_name = \""+strings.Join(names[1:], "\" or \"")+"\", or image_index.")
	}
}

// checkImageName warns of a name that is plainly another image than release and edition say. Names that the
// catalogue does not know are the user's business.
func (m *model) checkImageName() {
	if unknown(m.imageName) || !m.resolved {
		return
	}
	t, err := m.opts.Catalog.ResolveImage(m.imageName)
	if err != nil {
		return
	}
	if t.Release != m.target.Release || t.Edition != m.target.Edition {
		m.fail("image_name", "it is an image of Windows Server "+t.Release+" "+t.Edition+", not of "+m.target.Release+" "+m.target.Edition,
			"Image and key must belong together: change image_name, or release and edition.")
		return
	}
	if t.Evaluation && m.evaluated == evalNone && !m.target.Evaluation {
		m.fail("image_name", "it is an image of evaluation media, which takes no product key",
			"Set evaluation = \"keep\" or \"convert\".")
		return
	}
	names, err := m.opts.Catalog.ImageNames(t)
	if err == nil && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, m.imageName) }) {
		m.warn("image_name", "it looks like the name that Setup displays", "Setup compares with the image's NAME, which is usually \""+
			names[0]+"\". (section 1.4)")
	}
}
