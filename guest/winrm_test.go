// SPDX-License-Identifier: MPL-2.0

package guest_test

import (
	"context"
	"os"
	"testing"

	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

func TestOverWinRM(t *testing.T) {
	g := winguest.New(t, winguest.Config{})
	comm, _ := g.WinRMCommunicator()
	for _, transport := range []guest.Transport{guest.Inline, guest.Upload} {
		r := &guest.Runner{Comm: comm, Logf: t.Logf, Transport: transport}
		f, err := r.Run(context.Background(), templates.Facts(), nil, guest.RunOptions{})
		if err != nil || len(f.Products) != 1 || len(f.Errors) > 0 {
			t.Fatalf("%s: %v %+v", transport, err, f)
		}
	}
	if left, _ := os.ReadDir(g.Path(`C:\Windows\Temp`)); len(left) > 0 {
		t.Errorf("left in Temp: %v", left)
	}
}

func TestNoiseOnTheLine(t *testing.T) {
	_, r := connect(t, winguest.Config{Faults: winguest.Faults{
		NoiseBefore: []string{"#< CLIXML", "Welcome # to this machine"}, NoiseAfter: []string{"bye"}, NoiseEach: "VERBOSE: tick", Wrap: 90, Stderr: "#< CLIXML <Objs/>",
	}})
	f, err := r.Run(context.Background(), templates.Facts(), nil, guest.RunOptions{})
	if err != nil || len(f.Products) != 1 {
		t.Errorf("%v %+v", err, f)
	}
}
