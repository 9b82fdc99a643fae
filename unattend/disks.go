// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
)

// Sizes in MB. (reference section 1.5)
const (
	minESP        = 100
	defaultESP    = 260 // enough for disks with 4 KB sectors too
	minMSR        = 16
	minSystem     = 100
	defaultSystem = 500
	minWindows    = 20 * 1024
	minRecovery   = 300
	fewRecovery   = 750 // below it updates of the recovery image find no room
	minLogical    = 100 // of one that is extended afterwards (section 1.8)

	recoveryGPT = "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC"
	recoveryMBR = "0x27"
	dataGPT     = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"
	dataMBR     = "0x07"
)

// diskPlan is a disk with every partition written out.
type diskPlan struct {
	path       string
	id         int
	own        bool // partitions of one's own
	partitions []partitionPlan
}

type partitionPlan struct {
	path    string // of its block; "" in a usual layout
	kind    string // EFI, MSR, Primary, Extended, Logical
	size    int    // MB; 0: extend
	grow    bool   // a logical partition that is extended once it is there
	format  string // NTFS, FAT32; "": none
	label   string
	letter  string
	typeID  string
	active  bool
	windows bool
	id      int // PartitionID; 0: an extended partition has none
}

// checkDisks checks the disks and lays them out. (reference section 1.5)
func (m *model) checkDisks() {
	if m.kind == Deploy {
		return
	}
	disks := locate("disk", m.cfg.Disks)
	if len(disks) == 0 {
		disks = []located[Disk]{{"disk", Disk{}}}
	}
	ids := map[int]bool{}
	target := 0
	for i, d := range disks {
		id := orDefault(d.v.ID, i)
		if id < 0 {
			m.fail(d.path+".id", fmt.Sprintf("%d is below 0", id), "The first disk has the number 0.")
		}
		if ids[id] {
			m.fail(d.path+".id", fmt.Sprintf("disk %d stands twice", id), "Each disk has one block.")
		}
		ids[id] = true
		out := diskPlan{path: d.path, id: id}
		switch {
		case len(d.v.Partitions) > 0:
			m.ownSizes(d)
			out.own, out.partitions = true, m.ownLayout(d)
		case i == 0:
			out.partitions = m.usualLayout(d)
		default:
			out.partitions = m.dataLayout(d)
		}
		for _, p := range out.partitions {
			if p.windows {
				target++
			}
		}
		m.disks = append(m.disks, out)
	}
	if only := m.onlyWindows(); target == 0 && only != nil {
		m.mark(only)
		target = 1
	}
	if target != 1 {
		m.fail("disk", fmt.Sprintf("%d partitions are marked for Windows", target), "Exactly one partition of all disks has windows = true; where only one can take Windows, it need not be marked.")
	}
	for _, d := range m.disks {
		if d.own {
			m.checkStart(d.path+".partition", d.partitions)
		}
	}
}

// usualLayout is the layout of a disk that names no partitions.
func (m *model) usualLayout(d located[Disk]) []partitionPlan {
	msr := m.opts.Catalog.Facts(m.target.Release).MSRSize
	label := orElse(d.v.Label, "Windows")
	m.label(d.path+".label", label, 32)
	m.sizes(d)
	windows := partitionPlan{kind: "Primary", size: d.v.WindowsSize, format: "NTFS", label: label, letter: "C", windows: true}
	var out []partitionPlan
	recovery := partitionPlan{kind: "Primary", size: d.v.RecoverySize, format: "NTFS", label: "Recovery", typeID: recoveryGPT}
	if m.uefi {
		out = []partitionPlan{
			{kind: "EFI", size: orDefault(d.v.EFISize, defaultESP), format: "FAT32", label: "System"},
			{kind: "MSR", size: orDefault(d.v.MSRSize, msr)},
			windows,
		}
	} else {
		recovery.typeID = recoveryMBR
		out = []partitionPlan{
			{kind: "Primary", size: orDefault(d.v.SystemSize, defaultSystem), format: "NTFS", label: "System", active: true},
			windows,
		}
	}
	if d.v.RecoverySize > 0 {
		out = append(out, recovery)
	}
	return number(out)
}

// dataLayout is one partition over a further disk.
func (m *model) dataLayout(d located[Disk]) []partitionPlan {
	m.ownSizes(d)
	m.label(d.path+".label", d.v.Label, 32)
	return number([]partitionPlan{{kind: "Primary", format: "NTFS", label: orElse(d.v.Label, "Data")}})
}

// sizes checks the sizes of the usual layout.
func (m *model) sizes(d located[Disk]) {
	for _, a := range []struct {
		name       string
		size       *int
		least      int
		uefi, bios bool
		why        string
	}{
		{"efi_size", d.v.EFISize, minESP, true, false, "an EFI system partition"},
		{"msr_size", d.v.MSRSize, minMSR, true, false, "a reserved partition"},
		{"system_size", d.v.SystemSize, minSystem, false, true, "a system partition"},
		{"windows_size", unlessZero(d.v.WindowsSize), 1, true, true, "a Windows partition"},
		{"recovery_size", unlessZero(d.v.RecoverySize), minRecovery, true, true, "a recovery partition"},
	} {
		at := d.path + "." + a.name
		switch {
		case a.size == nil:
		case *a.size < a.least:
			m.fail(at, fmt.Sprintf("%d MB are too few for %s", *a.size, a.why), fmt.Sprintf("It needs at least %d MB.", a.least))
		case m.uefi && !a.uefi:
			m.fail(at, "a UEFI layout has no system partition", "Use efi_size, or firmware = \"bios\".")
		case !m.uefi && !a.bios:
			m.fail(at, "a BIOS layout has no such partition", "Use system_size, or firmware = \"uefi\".")
		}
	}
	if d.v.WindowsSize > 0 && d.v.WindowsSize < minWindows {
		m.warn(d.path+".windows_size", fmt.Sprintf("%d MB are few for Windows Server", d.v.WindowsSize), fmt.Sprintf("Microsoft asks for at least %d MB.", minWindows))
	}
	if d.v.RecoverySize >= minRecovery && d.v.RecoverySize < fewRecovery {
		m.warn(d.path+".recovery_size", fmt.Sprintf("%d MB are few for a recovery partition", d.v.RecoverySize),
			fmt.Sprintf("Updates of the recovery image in it want 250 MB free: give it at least %d MB.", fewRecovery))
	}
	if d.v.RecoverySize > 0 && d.v.WindowsSize == 0 {
		m.fail(d.path+".windows_size", "it is required when there is a recovery partition",
			"Recovery comes right after Windows, and Setup cannot leave room at the end of a disk: of a disk of 64 GB (65536 MB), subtract what the other partitions take.")
	}
}

// ownSizes refuses the sizes of the usual layout beside partitions of one's own.
func (m *model) ownSizes(d located[Disk]) {
	for _, a := range []struct {
		name string
		size *int
	}{{"efi_size", d.v.EFISize}, {"msr_size", d.v.MSRSize}, {"system_size", d.v.SystemSize}, {"windows_size", unlessZero(d.v.WindowsSize)}, {"recovery_size", unlessZero(d.v.RecoverySize)}} {
		if a.size != nil {
			m.fail(d.path+"."+a.name, "it belongs to the usual layout of the first disk", "Give a partition block the size, or leave the partition blocks out.")
		}
	}
	if d.v.Label != "" && len(d.v.Partitions) > 0 {
		m.fail(d.path+".label", "it belongs to the usual layout", "Give the partition block the label.")
	}
}

func (m *model) label(attribute, value string, limit int) {
	m.length(attribute, value, limit)
	m.printable(attribute, value)
	if i := strings.IndexAny(value, `*?/\|.,;:+=[]<>"`); i >= 0 && !unknown(value) {
		m.fail(attribute, fmt.Sprintf("%q has the character %q", value, value[i:i+1]), "A label has none of *?/\\|.,;:+=[]<>\".")
	}
}

// number gives the partitions their PartitionID: MSR counts, an extended partition does not.
func number(ps []partitionPlan) []partitionPlan {
	id := 0
	for i := range ps {
		if ps[i].kind != "Extended" {
			id++
			ps[i].id = id
		}
	}
	return ps
}

// orDefault is a number of the Config, or what holds where it is left out. An explicit 0 is a value.
func orDefault(value *int, otherwise int) int {
	if value == nil {
		return otherwise
	}
	return *value
}

// unlessZero is a number whose 0 means that it is left out.
func unlessZero(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
