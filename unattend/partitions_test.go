// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
	"testing"
)

// partitionsOf is the layout of a disk in words.
func partitionsOf(d document) string {
	var out []string
	c := d.component("windowsPE", "Setup")
	for _, list := range []string{"CreatePartitions/CreatePartition", "ModifyPartitions/ModifyPartition"} {
		for _, e := range c.FindElements("DiskConfiguration/Disk/" + list) {
			var words []string
			for _, f := range e.ChildElements() {
				if f.Tag == "Type" || f.Tag == "Size" || f.Tag == "Extend" || f.Tag == "PartitionID" {
					words = append(words, f.Tag+" "+f.Text())
				}
			}
			out = append(out, strings.Join(words, " "))
		}
	}
	return strings.Join(out, "; ")
}

// A logical partition has a Size, never Extend: one that fills the extended partition is created small and extended.
func TestSection1_8_LogicalPartitionThatExtends(t *testing.T) {
	cfg := server()
	cfg.Firmware = "bios"
	cfg.Disks = []Disk{{Partitions: []Partition{
		{Size: new(500), Active: true}, {Size: new(60000), Windows: true}, {Type: "extended", Extend: true}, {Type: "logical", Size: new(10000)}, {Type: "logical", Extend: true},
	}}}
	want := "Type Primary Size 500; Type Primary Size 60000; Type Extended Extend true; Type Logical Size 10000; Type Logical Size 100; " +
		"PartitionID 1; PartitionID 2; PartitionID 3; PartitionID 4 Extend true"
	if got := partitionsOf(must(t, cfg, Install)); got != want {
		t.Errorf("the layout is\n%s, want\n%s", got, want)
	}
	// The last logical partition need not be the last of the disk.
	cfg.Disks = []Disk{{Partitions: []Partition{
		{Size: new(60000), Active: true, Windows: true}, {Type: "extended", Size: new(20000)}, {Type: "logical", Extend: true}, {Extend: true},
	}}}
	want = "Type Primary Size 60000; Type Extended Size 20000; Type Logical Size 100; Type Primary Extend true; PartitionID 1; PartitionID 2 Extend true; PartitionID 3"
	if got := partitionsOf(must(t, cfg, Install)); got != want {
		t.Errorf("the layout is\n%s, want\n%s", got, want)
	}
}

func TestSection1_8_ActivePartitionsOfABIOSDisk(t *testing.T) {
	for active, says := range []string{"no partition is active", "", "2 partitions are active"} {
		t.Run(fmt.Sprint(active), func(t *testing.T) {
			cfg := server()
			cfg.Firmware = "bios"
			cfg.Disks = []Disk{{Partitions: []Partition{{Size: new(500), Active: active > 0}, {Extend: true, Windows: true, Active: active > 1}}}}
			d := must(t, cfg, Install)
			if n := strings.Count(string(d.raw), "<Active>true</Active>"); n != active {
				t.Errorf("%d are active, want %d", n, active)
			}
			ps := Check(cfg, Options{})
			if says == "" {
				if len(ps.Only(Warning)) > 0 {
					t.Errorf("a warning without a reason: %s", list(ps))
				}
				return
			}
			wantProblem(t, ps, Warning, "disk.partition", says)
		})
	}
}

// Where one partition alone can take Windows it need not be marked.
func TestTheOnlyPossiblePartitionIsThatOfWindows(t *testing.T) {
	efi, msr := Partition{Type: "efi", Size: new(260)}, Partition{Type: "msr", Size: new(16)}
	for _, c := range []struct {
		name, firmware, want string
		disks                []Disk
	}{
		{"one", "uefi", "0/3", []Disk{{Partitions: []Partition{efi, msr, {Extend: true}}}}},
		{"one, small as it is", "uefi", "0/2", []Disk{{Partitions: []Partition{efi, {Size: new(15000)}}}}},
		{"beside recovery", "uefi", "0/3", []Disk{{Partitions: []Partition{efi, msr, {Size: new(60000)}, {Size: new(40000), TypeID: recoveryGPT}}}}},
		{"beside a small one", "bios", "0/2", []Disk{{Partitions: []Partition{{Size: new(500), Active: true}, {Extend: true}}}}},
		{"just large enough", "bios", "0/2", []Disk{{Partitions: []Partition{{Size: new(20479), Active: true}, {Size: new(20480)}}}}},
		{"both too small", "bios", "", []Disk{{Partitions: []Partition{{Size: new(20479), Active: true}, {Size: new(20479)}}}}},
		{"two large ones", "bios", "", []Disk{{Partitions: []Partition{{Size: new(20480), Active: true}, {Size: new(20480)}}}}},
		{"on the second disk", "uefi", "1/2", []Disk{{ID: new(0), Partitions: []Partition{{Type: "msr", Size: new(16)}}}, {ID: new(1), Partitions: []Partition{efi, {Extend: true}}}}},
		{"beside a data disk", "uefi", "0/2", []Disk{{Partitions: []Partition{efi, {Extend: true}}}, {}}},
		{"logical", "bios", "0/2", []Disk{{Partitions: []Partition{{Size: new(500), Active: true}, {Type: "extended", Extend: true}, {Type: "logical", Extend: true}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := server()
			cfg.Firmware, cfg.Disks = c.firmware, c.disks
			if c.want == "" {
				wantProblem(t, Check(cfg, Options{}), Error, "disk", "0 partitions are marked", "windows = true")
				return
			}
			d := must(t, cfg, Install)
			if got := d.text("windowsPE", "Setup", "ImageInstall/OSImage/InstallTo/DiskID") + "/" + d.text("windowsPE", "Setup", "ImageInstall/OSImage/InstallTo/PartitionID"); got != c.want {
				t.Errorf("Windows goes to %s, want %s", got, c.want)
			}
			if n := strings.Count(string(d.raw), "<Letter>C</Letter>"); n != 1 {
				t.Errorf("%d partitions have the letter C", n)
			}
		})
	}
}
