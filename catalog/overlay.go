// SPDX-License-Identifier: MPL-2.0

package catalog

// Overlay is what a catalogue file adds to a catalogue. A release or host of the same name, and a key of the same
// release, EditionID and channel, is replaced.
type Overlay struct {
	Releases []Release
	Entries  []Entry
	Hosts    []Host
}
