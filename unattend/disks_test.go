// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

func TestPartitionBlocks(t *testing.T) {
	efi, windows := Partition{Type: "efi", Size: new(260)}, Partition{Extend: true, Windows: true}
	bios := func(ps ...Partition) Config {
		cfg := server()
		cfg.Firmware, cfg.Disks = "bios", []Disk{{Partitions: ps}}
		return cfg
	}
	uefi := func(ps ...Partition) Config {
		cfg := server()
		cfg.Disks = []Disk{{Partitions: ps}}
		return cfg
	}
	active := Partition{Size: new(60000), Windows: true, Active: true}
	for _, c := range []struct {
		name, want string
		cfg        Config
	}{
		{"UEFI", "", uefi(efi, Partition{Type: "MSR", Size: new(16)}, windows)},
		{"letters", "", uefi(Partition{Type: "efi", Size: new(260), Letter: "s:"}, Partition{Size: new(1), Letter: "Z"}, Partition{Extend: true, Windows: true, Letter: "d"})},
		{"letter B", `disk.partition[0].letter "b" is no drive letter`, uefi(Partition{Type: "efi", Size: new(260), Letter: "b"}, windows)},
		{"letter beyond Z", "is no drive letter", uefi(Partition{Type: "efi", Size: new(260), Letter: "["}, windows)},
		{"two letters", "is no drive letter", uefi(Partition{Type: "efi", Size: new(260), Letter: "CD"}, windows)},
		{"a letter that is not known", "", uefi(Partition{Type: "efi", Size: new(260), Letter: Unknown}, windows)},
		{"a letter twice", "disk.partition[1].letter letter D stands twice", uefi(Partition{Type: "efi", Size: new(260), Letter: "d"}, Partition{Extend: true, Windows: true, Letter: "D"})},
		{"the letter of Windows twice", "disk.partition[1].letter letter C stands twice", uefi(Partition{Type: "efi", Size: new(260), Letter: "C"}, windows)},
		{"no letters at all", "", uefi(efi, Partition{Size: new(1)}, Partition{Size: new(1)}, windows)},
		{"a small EFI partition", "disk.partition[0].size 99 MB are too few for an EFI system partition. It needs at least 100 MB.", uefi(Partition{Type: "efi", Size: new(99)}, windows)},
		{"EFI as ntfs", "disk.partition[0].format an EFI system partition is fat32", uefi(Partition{Type: "efi", Size: new(260), Format: "ntfs"}, windows)},
		{"EFI for Windows", "disk.partition[0].windows Windows needs", uefi(Partition{Type: "efi", Size: new(260), Windows: true}, Partition{Extend: true})},
		{"Windows on fat32", "disk.partition[1].windows Windows needs", uefi(efi, Partition{Extend: true, Windows: true, Format: "fat32"})},
		{"a reserved partition for Windows", "disk.partition[1] a partition of type msr", uefi(efi, Partition{Type: "msr", Size: new(16), Windows: true}, Partition{Extend: true})},
		{"a reserved partition with a format", "disk.partition[1] a partition of type msr", uefi(efi, Partition{Type: "msr", Size: new(16), Format: "ntfs"}, windows)},
		{"a reserved partition with a letter", "disk.partition[1] a partition of type msr", uefi(efi, Partition{Type: "msr", Size: new(16), Letter: "D"}, windows)},
		{"a reserved partition with a type", "disk.partition[1] a partition of type msr", uefi(efi, Partition{Type: "msr", Size: new(16), TypeID: dataGPT}, windows)},
		{"a reserved partition that is active", "disk.partition[1] a partition of type msr", uefi(efi, Partition{Type: "msr", Size: new(16), Active: true}, windows)},
		{"an extended partition with a label", "disk.partition[1] a partition of type extended", bios(active, Partition{Type: "extended", Extend: true, Label: "x"})},
		{"active on UEFI", "disk.partition[1].active only a primary partition of a BIOS disk", uefi(efi, Partition{Extend: true, Windows: true, Active: true})},
		{"an active logical partition", "disk.partition[2].active only a primary", bios(active, Partition{Type: "extended", Size: new(1000)}, Partition{Type: "logical", Extend: true, Active: true})},
		{"a type of GPT", "", uefi(efi, Partition{Size: new(750), TypeID: "{" + recoveryGPT + "}"}, windows)},
		{"a type of GPT on BIOS", "is not a byte", bios(active, Partition{Extend: true, TypeID: recoveryGPT})},
		{"a type of MBR", "", bios(active, Partition{Extend: true, TypeID: "0X27"})},
		{"a type of MBR on UEFI", "is not a GUID", uefi(efi, Partition{Size: new(750), TypeID: recoveryMBR}, windows)},
		{"a type that is not known", "", uefi(efi, Partition{Size: new(750), TypeID: Unknown}, windows)},
		{"a type of EFI", "disk.partition[0].type_id only a primary partition", uefi(Partition{Type: "efi", Size: new(260), TypeID: dataGPT}, windows)},
		{"efi on BIOS", "a BIOS disk has no partition of type efi", bios(efi, active)},
		{"msr on BIOS", "a BIOS disk has no partition of type msr", bios(active, Partition{Type: "msr", Size: new(16)})},
		{"extended on UEFI", "a UEFI disk has no partition of type extended", uefi(efi, Partition{Size: new(40000), Windows: true}, Partition{Type: "extended", Extend: true})},
		{"logical on UEFI", "a UEFI disk has no partition of type logical", uefi(efi, Partition{Size: new(40000), Windows: true}, Partition{Type: "logical", Size: new(1)})},
		{"Windows on a logical one", "", bios(Partition{Size: new(500), Active: true}, Partition{Type: "extended", Extend: true}, Partition{Type: "logical", Extend: true, Windows: true})},
		{"two extended ones", "disk.partition a disk has one extended partition at most", bios(active, Partition{Type: "extended", Size: new(1)}, Partition{Type: "extended", Size: new(1)})},
		{"three and an extended one", "", bios(active, Partition{Size: new(1)}, Partition{Size: new(1)}, Partition{Type: "extended", Extend: true}, Partition{Type: "logical", Extend: true})},
		{"four and an extended one", "at most 4 primary partitions, not 5", bios(active, Partition{Size: new(1)}, Partition{Size: new(1)}, Partition{Size: new(1)}, Partition{Type: "extended", Extend: true})},
		{"five of UEFI", "", uefi(efi, Partition{Size: new(1)}, Partition{Size: new(1)}, Partition{Size: new(1)}, Partition{Size: new(1)}, windows)},
		{"a primary one behind an extended one with a size", "", bios(active, Partition{Type: "extended", Size: new(1000)}, Partition{Extend: true})},
		{"of two logical ones the first takes the rest", "disk.partition[2].extend only the last", bios(active, Partition{Type: "extended", Size: new(1000)}, Partition{Type: "logical", Extend: true}, Partition{Type: "logical", Size: new(1)})},
		{"a bad label", `disk.partition[1].label "a/b" has the character "/"`, uefi(efi, Partition{Extend: true, Windows: true, Label: "a/b"})},
		{"a label with a control character", "disk.partition[1].label it has", uefi(efi, Partition{Extend: true, Windows: true, Label: "a\a"})},
		{"a label that is not known", "", uefi(efi, Partition{Extend: true, Windows: true, Label: Unknown + word(33)})},
		{"no EFI partition", "disk.partition there is no EFI system partition", uefi(Partition{Extend: true, Windows: true})},
		{"no EFI partition on a disk of data", "", func() Config {
			cfg := uefi(efi, windows)
			cfg.Disks = append(cfg.Disks, Disk{Partitions: []Partition{{Extend: true}}})
			return cfg
		}()},
		{"a label beside partition blocks", "disk.label it belongs to the usual layout", func() Config {
			cfg := uefi(efi, windows)
			cfg.Disks[0].Label = "x"
			return cfg
		}()},
		{"a disk for data with a label", "", func() Config {
			cfg := uefi(efi, windows)
			cfg.Disks = append(cfg.Disks, Disk{Label: "x"})
			return cfg
		}()},
		{"a disk for data with a size", "disk[1].windows_size it belongs to the usual layout of the first disk", func() Config {
			cfg := uefi(efi, windows)
			cfg.Disks = append(cfg.Disks, Disk{WindowsSize: 40000})
			return cfg
		}()},
		{"two partitions for Windows", "disk 2 partitions are marked", uefi(efi, Partition{Size: new(40000), Windows: true}, windows)},
		{"Windows gets the letter that another has", "disk.partition[0].letter letter C stands twice", uefi(Partition{Type: "efi", Size: new(260), Letter: "C"}, Partition{Extend: true})},
		{"the partition for Windows has a letter of its own", "", uefi(Partition{Type: "efi", Size: new(260), Letter: "C"}, Partition{Extend: true, Letter: "D"})},
	} {
		wantSaid(t, c.name, c.cfg, "disk", c.want)
	}
}

func TestUsualLayouts(t *testing.T) {
	for _, c := range []struct {
		name, firmware, want string
		disk                 Disk
	}{
		{"UEFI", "uefi", "", Disk{EFISize: new(300), MSRSize: new(128), WindowsSize: 40000, RecoverySize: 750, Label: "OS"}},
		{"BIOS", "bios", "", Disk{SystemSize: new(100), WindowsSize: 40000, RecoverySize: 750}},
		{"a reserved partition on BIOS", "bios", "disk.msr_size a BIOS layout has no such partition", Disk{MSRSize: new(16)}},
		{"recovery without a size of Windows", "bios", "disk.windows_size it is required", Disk{RecoverySize: 750}},
		{"few for Windows", "uefi", "disk.windows_size 1 MB are few for Windows Server. Microsoft asks for at least 20480 MB.", Disk{WindowsSize: 1}},
		{"few for recovery", "uefi", "disk.recovery_size 300 MB are few for a recovery partition. Updates of the recovery image in it want 250 MB free: give it at least 750 MB.", Disk{WindowsSize: 40000, RecoverySize: 300}},
		{"too few for recovery", "uefi", "disk.recovery_size 299 MB are too few for a recovery partition. It needs at least 300 MB.", Disk{WindowsSize: 40000, RecoverySize: 299}},
		{"a bad letter at the beginning of a label", "uefi", `"/a" has the character "/"`, Disk{Label: "/a"}},
		{"a bad label", "uefi", "disk.label", Disk{Label: "a*"}},
	} {
		cfg := server()
		cfg.Firmware, cfg.Disks = c.firmware, []Disk{c.disk}
		wantSaid(t, c.name, cfg, "disk", c.want)
	}
	for _, c := range []struct{ name, firmware, want string }{
		{"UEFI", "uefi", "Type EFI Size 260; Type MSR Size 16; Type Primary Extend true; PartitionID 1; PartitionID 3"},
		{"BIOS", "bios", "Type Primary Size 500; Type Primary Extend true; PartitionID 1; PartitionID 2"},
	} {
		cfg := server()
		cfg.Firmware = c.firmware
		if got := partitionsOf(must(t, cfg, Install)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	cfg := server()
	cfg.Firmware, cfg.Disks = "bios", []Disk{{WindowsSize: 40000, RecoverySize: 750}, {}}
	d := must(t, cfg, Install)
	for path, want := range map[string]string{
		"Disk[1]/ModifyPartitions/ModifyPartition[1]/Label": "System", "Disk[1]/ModifyPartitions/ModifyPartition[2]/Label": "Windows",
		"Disk[1]/ModifyPartitions/ModifyPartition[3]/TypeID": recoveryMBR, "Disk[2]/DiskID": "1", "Disk[2]/ModifyPartitions/ModifyPartition[1]/Label": "Data",
		"Disk[2]/CreatePartitions/CreatePartition[1]/Extend": "true", "Disk[1]/ModifyPartitions/ModifyPartition[1]/Active": "true",
		"Disk[1]/ModifyPartitions/ModifyPartition[2]/Active": "(none)",
	} {
		d.want("windowsPE", "Setup", "DiskConfiguration/"+path, want)
	}
}
