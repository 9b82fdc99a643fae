// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"strings"
	"testing"
)

// The flavours differ in how Packer starts the plugin: this is the proof that both ways are tested.
func TestFlavorsSpeakTheirProtocol(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "key.pkr.hcl", keyTemplate)
		log := p.Run(t, "validate", ".").Succeeds(t).Log
		if got, want := strings.Contains(log, "--protobuf"), strings.HasSuffix(p.Flavor.Name, "-protobuf"); got != want {
			t.Errorf("the plugin is started with --protobuf: %v, want %v\n%s", got, want, log)
		}
	})
}
