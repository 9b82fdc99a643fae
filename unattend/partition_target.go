// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
)

// checkStart says whether a machine can start from a disk with partitions of one's own. A BIOS disk without an active
// partition installs, and of two the last wins. (reference section 1.8)
func (m *model) checkStart(where string, ps []partitionPlan) {
	if !hasWindows(ps) {
		return
	}
	if m.uefi {
		if !hasKind(ps, "EFI") {
			m.fail(where, "there is no EFI system partition", "A UEFI machine starts from a partition with type = \"efi\". For a BIOS machine set firmware = \"bios\".")
		}
		return
	}
	active := 0
	for _, p := range ps {
		if p.active {
			active++
		}
	}
	switch {
	case active == 0:
		m.warn(where, "no partition is active", "Setup then chooses the one that the BIOS starts from. Set active = true in one to choose it yourself.")
	case active > 1:
		m.warn(where, fmt.Sprintf("%d partitions are active", active), "A BIOS starts from one: the last of them wins. Leave active = true in that one alone.")
	}
}

// onlyWindows finds the partition for Windows where none is marked and one alone can take it: it is NTFS, primary or
// logical, of no special type, and of several the only one that is large enough.
func (m *model) onlyWindows() *partitionPlan {
	var fit, large []*partitionPlan
	for _, d := range m.disks {
		if !d.own {
			continue
		}
		for i := range d.partitions {
			p := &d.partitions[i]
			if p.kind != "Primary" && p.kind != "Logical" || p.format != "NTFS" || !ordinary(p.typeID) {
				continue
			}
			fit = append(fit, p)
			if p.size == 0 || p.grow || p.size >= minWindows {
				large = append(large, p)
			}
		}
	}
	switch {
	case len(fit) == 1:
		return fit[0]
	case len(large) == 1:
		return large[0]
	}
	return nil
}

// ordinary reports whether a partition of this type holds ordinary data.
func ordinary(typeID string) bool {
	return typeID == "" || strings.EqualFold(typeID, dataGPT) || strings.EqualFold(typeID, dataMBR)
}

// mark makes a partition that of Windows.
func (m *model) mark(p *partitionPlan) {
	p.windows = true
	if p.letter != "" {
		return
	}
	p.letter = "C"
	for _, d := range m.disks {
		for i := range d.partitions {
			if o := &d.partitions[i]; o != p && o.letter == "C" {
				m.fail(o.path+".letter", "letter C stands twice", "Windows gets it, on the only partition that can take Windows. Choose another.")
			}
		}
	}
}
