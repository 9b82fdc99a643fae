// SPDX-License-Identifier: MPL-2.0

package guest_test

import (
	"context"
	"io"
	"log"
	"testing"

	"go.uber.org/goleak"

	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// keyOf2022 is the AVMA key of Windows Server 2022 Datacenter.
const keyOf2022 = "W3GNR-8DDXR-2TFRP-H8P33-DV9BG"

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // the SDK's communicator logs every command
	goleak.VerifyTestMain(m)
}

func connect(t *testing.T, c winguest.Config) (*winguest.Guest, *guest.Runner) {
	t.Helper()
	g := winguest.New(t, c)
	comm, _ := g.SSHCommunicator()
	return g, &guest.Runner{Comm: comm, Logf: t.Logf}
}

func TestHappyPathIsTwoCommands(t *testing.T) {
	for _, shell := range []string{"cmd", "powershell", "bash"} {
		t.Run(shell, func(t *testing.T) {
			g, r := connect(t, winguest.Config{Shell: shell})
			f, err := r.Run(context.Background(), templates.Facts(), nil, guest.RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Errors) > 0 || len(f.Products) != 1 || f.Products[0].ProductKeyChannel != "Volume:GVLK" {
				t.Errorf("facts: %+v", f)
			}
			f, err = r.Run(context.Background(), templates.Install(), templates.InstallArgs{Key: keyOf2022, WaitSeconds: 10, PollSeconds: 0.2, Activate: true}, guest.RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if f.Action == nil || !f.Action.Done || f.Action.HResult != 0 || len(f.Products) != 1 || f.Products[0].LicenseStatus != 1 || f.Products[0].HostMachineName != "HV-01" || f.Products[0].LastActivationUTC == "" {
				t.Errorf("after install: %+v %+v", f, f.Action)
			}
			if len(f.Events) != 1 || f.Events[0].ID != 12309 || f.Events[0].Qualifiers != 16384 || f.Events[0].TimeUTC == "" || len(f.Events[0].Data) == 0 {
				t.Errorf("events: %+v", f.Events)
			}
			if n := len(g.Commands()); n != 2 {
				t.Errorf("%d remote commands, want 2", n)
			}
		})
	}
}
