// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"sort"
	"strconv"
	"strings"
)

// ImageStateComplete is Setup's ImageState once it is through.
const ImageStateComplete = "IMAGE_STATE_COMPLETE"

// Finished says whether Windows Setup is through. known is false when nothing was read.
func (s Setup) Finished() (finished, known bool) {
	state := name(s.ImageState)
	if s.SystemSetup != 0 || s.OOBEInProgress != 0 {
		return false, true
	}
	if state == "" {
		return false, false
	}
	return strings.EqualFold(state, ImageStateComplete), true
}

// describe is Setup's state in a sentence.
func (s Setup) describe() string {
	parts := []string{or(name(s.ImageState), "no ImageState")}
	if s.SystemSetup != 0 {
		parts = append(parts, "SystemSetupInProgress "+strconv.Itoa(s.SystemSetup))
	}
	if s.OOBEInProgress != 0 {
		parts = append(parts, "OOBEInProgress "+strconv.Itoa(s.OOBEInProgress))
	}
	return strings.Join(parts, ", ")
}

// pendingRestart lists why a restart is pending, sorted; "" when none is.
func (f Facts) pendingRestart() string {
	var why []string
	for _, w := range f.PendingRestart {
		if w = Clean(w, 40); w != "" {
			why = append(why, w)
		}
	}
	sort.Strings(why)
	return strings.Join(bounded(why, 8), ", ")
}

// servicingPending says that component servicing waits for a restart: no edition can be set before it.
func (f Facts) servicingPending() bool {
	for _, w := range f.PendingRestart {
		if strings.EqualFold(name(w), "cbs") {
			return true
		}
	}
	return false
}

// SysprepPending splits what a restart is pending for into what sysprep waits for, component servicing and Windows
// Update, and what it does not mind: a renamed computer and PendingFileRenameOperations, which healthy machines have
// again and again (endpoint protection, Edge). Both are cleaned and sorted. (reference section 9)
func (f Facts) SysprepPending() (stops, harmless []string) {
	for _, w := range f.PendingRestart {
		switch w = Clean(w, 40); strings.ToLower(w) {
		case "":
		case "cbs", "windows_update":
			stops = append(stops, w)
		default:
			harmless = append(harmless, w)
		}
	}
	sort.Strings(stops)
	sort.Strings(harmless)
	return stops, harmless
}
