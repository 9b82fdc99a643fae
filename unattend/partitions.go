// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

var (
	partitionGUID = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?$`)
	})
	partitionByte = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^0[xX][0-9A-Fa-f]{2}$`) })
)

// ownLayout checks the partition blocks of a disk. (reference section 1.5)
func (m *model) ownLayout(d located[Disk]) []partitionPlan {
	var out []partitionPlan
	letters := map[string]bool{}
	primaries, extended, full := 0, 0, false
	parts := make([]located[Partition], len(d.v.Partitions))
	for i, p := range d.v.Partitions {
		parts[i] = located[Partition]{at(d.path+".partition", i, len(d.v.Partitions)), p}
	}
	for i, p := range parts {
		last := i == len(parts)-1
		if strings.EqualFold(strings.TrimSpace(p.v.Type), "logical") {
			last = !slices.ContainsFunc(d.v.Partitions[i+1:], func(o Partition) bool { return strings.EqualFold(strings.TrimSpace(o.Type), "logical") })
		}
		plan := m.partition(p, last)
		if plan.letter != "" && letters[plan.letter] {
			m.fail(p.path+".letter", fmt.Sprintf("letter %s stands twice", plan.letter), "Each partition has one of its own.")
		}
		letters[plan.letter] = true
		switch plan.kind {
		case "Primary":
			primaries++
			if full {
				m.fail(p.path, "the extended partition before it takes the rest of the disk", "Put it before that one, or give that one a size.")
			}
		case "Extended":
			extended++
			full = p.v.Extend
		case "Logical":
			if extended == 0 {
				m.fail(p.path+".type", "a logical partition needs an extended one before it", "Add a partition with type = \"extended\".")
			}
		}
		out = append(out, plan)
	}
	where := d.path + ".partition"
	switch {
	case !m.uefi && primaries+extended > 4:
		m.fail(where, fmt.Sprintf("a BIOS disk has at most 4 primary partitions, not %d", primaries+extended), "Make one of them extended, with logical ones inside.")
	case extended > 1:
		m.fail(where, "a disk has one extended partition at most", "Put the logical partitions into that one.")
	}
	return number(out)
}

// partition checks one block.
func (m *model) partition(p located[Partition], last bool) partitionPlan {
	kinds := map[string]string{"primary": "Primary", "efi": "EFI", "msr": "MSR", "extended": "Extended", "logical": "Logical"}
	kind := kinds[m.choice(p.path+".type", p.v.Type, "primary", "efi", "msr", "extended", "logical")]
	out := partitionPlan{path: p.path, kind: kind, size: orDefault(p.v.Size, 0), label: p.v.Label, active: p.v.Active, windows: p.v.Windows}
	switch {
	case p.v.Size != nil && p.v.Extend:
		m.fail(p.path+".extend", "it stands beside size", "Give one of them: with both Setup makes no partition and ends.")
	case p.v.Size != nil && *p.v.Size < 1:
		m.fail(p.path+".size", fmt.Sprintf("%d MB are none", *p.v.Size), "Give the size in MB, or extend = true.")
	case p.v.Size == nil && !p.v.Extend:
		m.fail(p.path+".size", "neither size nor extend is given", "Give the size in MB, or extend = true for the rest of the disk.")
	case p.v.Extend && !last && kind != "Extended":
		m.fail(p.path+".extend", "only the last partition can take the rest of the disk", "Give the others a size; of logical partitions the last one can.")
	case kind == "EFI" && p.v.Size != nil && *p.v.Size < minESP:
		m.fail(p.path+".size", fmt.Sprintf("%d MB are too few for an EFI system partition", *p.v.Size), fmt.Sprintf("It needs at least %d MB.", minESP))
	}
	if m.uefi && (kind == "Extended" || kind == "Logical") || !m.uefi && (kind == "EFI" || kind == "MSR") {
		m.fail(p.path+".type", fmt.Sprintf("a %s disk has no partition of type %s", m.firmware(), strings.ToLower(kind)),
			"UEFI disks have efi, msr and primary; BIOS disks primary, extended and logical. Setup ends otherwise.")
	}
	if kind == "Logical" && p.v.Extend {
		out.size, out.grow = minLogical, true // it is created small and extended when all partitions are there
	}
	m.partitionDetails(p, &out)
	return out
}

// partitionDetails checks what is done with the partition once it exists.
func (m *model) partitionDetails(p located[Partition], out *partitionPlan) {
	none := out.kind == "MSR" || out.kind == "Extended"
	if none && (p.v.Format != "" || p.v.Label != "" || p.v.Letter != "" || p.v.TypeID != "" || p.v.Active || p.v.Windows) {
		m.fail(p.path, "a partition of type "+strings.ToLower(out.kind)+" has nothing but a size", "Leave format, label, letter, type_id, active and windows out.")
	}
	if !none {
		otherwise := "ntfs"
		if out.kind == "EFI" {
			otherwise = "fat32"
		}
		out.format = strings.ToUpper(m.choice(p.path+".format", orElse(p.v.Format, otherwise), "ntfs", "fat32"))
	}
	if out.kind == "EFI" && out.format != "FAT32" {
		m.fail(p.path+".format", "an EFI system partition is fat32", "No firmware starts from another.")
	}
	if p.v.Windows && (out.kind != "Primary" && out.kind != "Logical" || out.format != "NTFS") {
		m.fail(p.path+".windows", "Windows needs an NTFS partition of type primary or logical", "Mark another one.")
	}
	m.label(p.path+".label", p.v.Label, 32)
	if l := strings.ToUpper(strings.TrimSuffix(p.v.Letter, ":")); l != "" && !unknown(p.v.Letter) {
		if len(l) != 1 || l < "C" || l > "Z" {
			m.fail(p.path+".letter", fmt.Sprintf("%q is no drive letter", p.v.Letter), "Use C to Z.")
		}
		out.letter = l
	}
	if p.v.Windows && out.letter == "" {
		out.letter = "C"
	}
	if p.v.Active && (m.uefi || out.kind != "Primary") {
		m.fail(p.path+".active", "only a primary partition of a BIOS disk can be active", "Leave it out.")
	}
	m.typeID(p, out)
}

func (m *model) typeID(p located[Partition], out *partitionPlan) {
	id := p.v.TypeID
	if id == "" || unknown(id) {
		return
	}
	switch {
	case out.kind != "Primary":
		m.fail(p.path+".type_id", "only a primary partition has one", "Leave it out.")
	case m.uefi && !partitionGUID().MatchString(id):
		m.fail(p.path+".type_id", fmt.Sprintf("%q is not a GUID", id), "A recovery partition on a UEFI disk has "+recoveryGPT+".")
	case !m.uefi && !partitionByte().MatchString(id):
		m.fail(p.path+".type_id", fmt.Sprintf("%q is not a byte", id), "A recovery partition on a BIOS disk has "+recoveryMBR+".")
	}
	out.typeID = strings.Trim(id, "{}")
}

func (m *model) firmware() string {
	if m.uefi {
		return "UEFI"
	}
	return "BIOS"
}

func hasWindows(ps []partitionPlan) bool {
	for _, p := range ps {
		if p.windows {
			return true
		}
	}
	return false
}

func hasKind(ps []partitionPlan, kind string) bool {
	for _, p := range ps {
		if p.kind == kind {
			return true
		}
	}
	return false
}
