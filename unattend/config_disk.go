// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown

package unattend

// Disk describes a disk that Setup wipes and partitions. Without `partition` blocks it gets the usual layout of its firmware:
// for UEFI an EFI system partition, a reserved partition, Windows, and if wanted a recovery partition right after
// Windows; for BIOS a system partition, Windows, and if wanted recovery. All sizes are in MB.
type Disk struct {
	// The number of the disk, from 0 on. Default: the position of the block among the `disk` blocks.
	ID *int `mapstructure:"id"`
	// The size of the EFI system partition. At least 100, 260 for disks with 4 KB sectors. Default 260.
	EFISize *int `mapstructure:"efi_size"`
	// The size of Microsoft's reserved partition (UEFI). Default 16, for 2012 R2 128.
	MSRSize *int `mapstructure:"msr_size"`
	// The size of the system partition (BIOS). At least 100. Default 500.
	SystemSize *int `mapstructure:"system_size"`
	// The size of the Windows partition. Default 0: the rest of the disk. It must be set when there is a
	// recovery partition.
	WindowsSize int `mapstructure:"windows_size"`
	// The size of a recovery partition right after Windows. At least 300; below 750 updates of the recovery image
	// may find no room. Default 0: none; Windows then keeps its recovery image on its own partition.
	RecoverySize int `mapstructure:"recovery_size"`
	// The label of the Windows partition. Default `Windows`.
	Label string `mapstructure:"label"`
	// A partition of a layout of one's own, in the order on the disk. May be repeated. None of the sizes
	// above may be given then. See [Partition](#partition).
	Partitions []Partition `mapstructure:"partition"`
}

// Partition is one partition of a layout of one's own.
type Partition struct {
	// `efi`, `msr`, `primary`, `extended` or `logical`. Default `primary`.
	Type string `mapstructure:"type"`
	// The size in MB. Either this or `extend`.
	Size *int `mapstructure:"size"`
	// Take the rest of the disk. Only the last partition of a disk can; a logical one, the last of them, takes
	// the rest of the extended partition.
	Extend bool `mapstructure:"extend"`
	// `ntfs` or `fat32`. Default: `fat32` for `efi`, `ntfs` for `primary` and `logical`.
	Format string `mapstructure:"format"`
	// The label of the file system, at most 32 characters.
	Label string `mapstructure:"label"`
	// The drive letter, `C` to `Z`.
	Letter string `mapstructure:"letter"`
	// The type of a primary partition: a GUID for UEFI, `0x07` or `0x27` for BIOS.
	TypeID string `mapstructure:"type_id"`
	// The partition that a BIOS starts from. Without one Setup chooses.
	Active bool `mapstructure:"active"`
	// Install Windows here. Exactly one partition of all disks has it; where only one can take Windows (NTFS, and
	// the only one of 20 GB or more), it need not be marked.
	Windows bool `mapstructure:"windows"`
}
