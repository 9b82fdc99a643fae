// SPDX-License-Identifier: MPL-2.0

package templates_test

import (
	"regexp"
	"testing"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// The first-boot check decides by itself, with the judge's codes; here they are held against the judge's own table.
func TestFirstBootCodesAreTheJudges(t *testing.T) {
	text, err := templates.FirstBootCheck().Source()
	if err != nil {
		t.Fatal(err)
	}
	pairs := regexp.MustCompile(`'(AVMA-\d+)' = '(\w+)'`).FindAllStringSubmatch(text, -1)
	table := map[string]string{}
	for _, p := range pairs {
		table[p[1]] = p[2]
		d, ok := activation.Define(p[1])
		if !ok {
			t.Errorf("%s is no code of the judge", p[1])
		} else if string(d.Status) != p[2] {
			t.Errorf("%s leads to %q here and to %q in the judge's table", p[1], p[2], d.Status)
		}
	}
	for _, m := range regexp.MustCompile(`'(AVMA-\d+)'`).FindAllStringSubmatch(text, -1) {
		if table[m[1]] == "" {
			t.Errorf("%s has no status", m[1])
		}
	}
	if len(table) < 15 {
		t.Errorf("only %d codes found", len(table))
	}
}
