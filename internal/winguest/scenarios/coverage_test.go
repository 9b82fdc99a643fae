// SPDX-License-Identifier: MPL-2.0

package scenarios

import (
	"testing"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
)

// elsewhere are the reasons that no simulated build meets, and why. The table tests of package activation hold them.
var elsewhere = map[string]string{
	"AVMA-207": "something that works against the provisioner in the guest; the provisioner's own tests hold it",
	"AVMA-521": "between two steps of a conversion, never at the end of a build",
	"AVMA-522": "between two steps of a conversion, never at the end of a build",
	"AVMA-701": "the provisioner has facts, or an error of the script (AVMA-723)",
	"AVMA-709": "facts of a newer program",
	"AVMA-710": "needs more errors than the scripts can meet",
	"AVMA-713": "nothing here emulates PowerShell 3.0",
	"AVMA-715": "quick facts are never the last word of a build",
	"AVMA-721": "for avma verify; the provisioner repeats a cut answer until its deadline",
	"AVMA-723": "a script that PowerShell refuses; package guest's tests hold how that is told from a cut",
	"AVMA-725": "for avma verify --facts",
	"AVMA-726": "in the report of a build that was ended; package scenarios' TestInterruptLeavesTheReport holds it",
	"AVMA-727": "another machine at the guest's address; the provisioner's own tests hold it",
	"AVMA-807": "refused while the template is read",
	"AVMA-810": "another key that was named is tried first, and what Windows says to it leads (AVMA-221)",
	"AVMA-812": "refused while the template is read",
}

// TestReasonsAreMet holds the scenarios against the table of reasons: each is met by one of them, or named above.
func TestReasonsAreMet(t *testing.T) {
	met := map[string]string{}
	for _, s := range winguest.LoadScenarios(t, "testdata") {
		for _, code := range s.Want.Reasons {
			met[code] = s.Name
		}
		for c := s.Clone; c != nil; c = c.Clone {
			for _, code := range c.Want.Reasons {
				met[code] = s.Name
			}
			for _, step := range c.Then {
				for _, code := range step.Want.Reasons {
					met[code] = s.Name
				}
			}
		}
	}
	known := map[string]bool{}
	for _, d := range activation.Definitions() {
		known[d.Code] = true
		switch why, excused := elsewhere[d.Code]; {
		case met[d.Code] == "" && !excused:
			t.Errorf("%s (%s) is met by no scenario: add one, or say in elsewhere why there can be none", d.Code, d.Summary)
		case met[d.Code] != "" && excused:
			t.Errorf("%s is met by %s, so it need not be excused with %q", d.Code, met[d.Code], why)
		}
	}
	for code, name := range met {
		if !known[code] {
			t.Errorf("%s wants %s, which the table does not have", name, code)
		}
	}
	for code := range elsewhere {
		if !known[code] {
			t.Errorf("%s is excused, and not in the table", code)
		}
	}
}
