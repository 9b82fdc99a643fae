// SPDX-License-Identifier: MPL-2.0

package key

import (
	"strings"
	"testing"
)

// No option takes a call of Packer's template engine for its value: nobody fills it in, in a data source.
func TestTemplateEngineIsRefusedInEachOption(t *testing.T) {
	for option := range new(Config).FlatMapstructure().HCL2Spec() {
		err := new(Datasource).Configure(block(t, map[string]string{option: "{{user `x`}}"}))
		if err == nil || !strings.Contains(err.Error(), option+": it calls {{user}}") {
			t.Errorf("%s: %v", option, err)
		}
	}
}
