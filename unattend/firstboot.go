// SPDX-License-Identifier: MPL-2.0

package unattend

// planFirstBoot is the one place where first_boot gets into an answer file: it will add files and a step to the plan.
// Until the check can be carried by the file alone, asking for it is refused rather than ignored.
func (m *model) planFirstBoot() {
	if m.cfg.FirstBoot == nil || !m.cfg.FirstBoot.Enabled {
		return
	}
	m.fail("first_boot.enabled", "the answer file does not carry the first-boot check yet", "Use the first_boot block of the provisioner, or leave it out.")
}
