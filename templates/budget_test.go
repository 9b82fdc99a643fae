// SPDX-License-Identifier: MPL-2.0

package templates_test

import (
	"testing"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// The way to an activated guest is two remote commands, so what it needs fits into a command line, with the longest
// arguments there are.
func TestTheShortWayNeedsNoUpload(t *testing.T) {
	const token = "0123456789abcdef"
	for _, c := range []struct {
		script templates.Script
		args   any
	}{
		{templates.Facts(), nil},
		{templates.Install(), templates.InstallArgs{Key: "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", WaitSeconds: 50, PollSeconds: 4.75, Activate: true}},
		{templates.Wait(), templates.WaitArgs{PartialKey: "DV9BG", WaitSeconds: 50, PollSeconds: 4.75, Activate: true}},
		{templates.Probe(), nil},
		{templates.Restart(), templates.RestartArgs{DelaySeconds: 600}},
		{templates.ConvertPoll(), nil},
		{templates.ConvertFinish(), nil},
	} {
		text, err := c.script.Text()
		if err != nil {
			t.Fatal(err)
		}
		payload, err := wire.Payload(text, token, c.args)
		if err != nil {
			t.Fatal(err)
		}
		command, err := wire.Inline(payload, token)
		if err != nil {
			t.Errorf("%s: %v", c.script.Name(), err)
		}
		t.Logf("%s: %d of %d characters", c.script.Name(), len(command), wire.MaxCommand)
	}
}
