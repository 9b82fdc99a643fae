// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/activation"
)

// machine is the guest that the build looked at first. The proof is about it alone: an address may be given to another
// machine while a build runs, and a clone of the same image answers to the same password.
type machine struct {
	known   bool
	vmID    string // VirtualMachineId; "" while Data Exchange does not say
	install int64  // InstallDate; 0 when not read
	boot    string // of the last look
	edition string
}

// otherMachineError says that facts are not those of the guest.
type otherMachineError struct{ what string }

func (e *otherMachineError) Error() string {
	return "another machine answers at the guest's address: " + e.what + "; see that no other machine has that address (a lease that was given away, a fixed address that is used twice), and run the build again"
}

// check holds facts against the machine, and remembers what they add. What a look could not read says nothing.
func (m *machine) check(f activation.Facts) error {
	if f.OS.Build == 0 { // an answer about an action alone
		return nil
	}
	now := activation.MachineOf(f)
	seen := machine{known: true, vmID: now.VMID, install: now.InstallDate, boot: f.OS.BootTimeUTC, edition: f.OS.EditionID}
	if !m.known {
		*m = seen
		return nil
	}
	sameVM := m.vmID != "" && strings.EqualFold(m.vmID, seen.vmID)
	otherVM := m.vmID != "" && seen.vmID != "" && !sameVM
	sameBoot := m.boot != "" && seen.boot != "" && !restarted(m.boot, seen.boot)
	// Until Data Exchange is up, a machine made from an image shows the values of the image's machine: the id may
	// change within one boot.
	if otherVM && !sameBoot {
		return &otherMachineError{fmt.Sprintf("its VirtualMachineId was %s and is %s now", shown(m.vmID), shown(seen.vmID))}
	}
	// Whether a change of edition sets another InstallDate is documented nowhere.
	if m.install != 0 && seen.install != 0 && m.install != seen.install && !(sameVM && m.edition != seen.edition) {
		return &otherMachineError{fmt.Sprintf("Windows' InstallDate was %d and is %d now", m.install, seen.install)}
	}
	if seen.vmID != "" {
		m.vmID = seen.vmID
	}
	if seen.install != 0 {
		m.install = seen.install
	}
	if seen.boot != "" {
		m.boot = seen.boot
	}
	if seen.edition != "" {
		m.edition = seen.edition
	}
	return nil
}

func shown(id string) string { return activation.Clean(id, 40) }
