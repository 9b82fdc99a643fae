// SPDX-License-Identifier: MPL-2.0

package guest_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// act runs a script that has an action and fails the test if it cannot.
func act(t *testing.T, r *guest.Runner, s templates.Script, args any) activation.Facts {
	t.Helper()
	f, err := r.Run(context.Background(), s, args, guest.RunOptions{Timeout: time.Minute})
	if err != nil {
		t.Fatalf("%s: %v", s.Name(), err)
	}
	if f.Action == nil {
		t.Fatalf("%s: no action in %+v", s.Name(), f)
	}
	return f
}

func state(t *testing.T, g *winguest.Guest) *winguest.State {
	t.Helper()
	s, err := g.State()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConversion(t *testing.T) {
	for name, c := range map[string]struct {
		config winguest.Config
		target string
	}{
		"desktop":    {winguest.Config{EditionID: "ServerDatacenterEval", DISM: winguest.DISM{Seconds: 1}}, "ServerDatacenter"},
		"core":       {winguest.Config{EditionID: "ServerDatacenterEval", Core: true, DISM: winguest.DISM{Seconds: 0.2}}, "ServerDatacenterCor"},
		"wmi, tasks": {winguest.Config{EditionID: "ServerDatacenterEval", Without: []string{"cim", "tasks"}, Language: "de-DE", PowerShell: "4.0"}, "ServerDatacenter"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, r := connect(t, c.config)
			args := templates.ConvertArgs{EditionID: "ServerDatacenter", Key: keyOf2022, Port: 2222}
			f := act(t, r, templates.ConvertPoll(), nil)
			if f.Action.Phase != "none" {
				t.Errorf("phase before: %q", f.Action.Phase)
			}
			f = act(t, r, templates.ConvertStart(), args)
			if !f.Action.Done || f.Action.Phase != "running" || f.Action.Target != c.target || len(f.Action.Targets) == 0 || f.Action.StartedUTC == "" {
				t.Fatalf("start: %+v %+v", f.Action, f.Errors)
			}
			s := state(t, g)
			if rule := s.Firewall.Rules["avma-communicator"]; rule.Port != "2222" {
				t.Errorf("firewall rules: %+v", s.Firewall.Rules)
			}
			// R: starting twice is a no-op.
			if f = act(t, r, templates.ConvertStart(), args); !f.Action.Done || f.Action.Skipped != "already_started" {
				t.Errorf("second start: %+v", f.Action)
			}
			phase := f.Action.Phase
			for end := time.Now().Add(3 * time.Minute); phase == "running" && time.Now().Before(end); {
				f = act(t, r, templates.ConvertPoll(), nil)
				phase = f.Action.Phase
			}
			if phase != "restart_needed" || f.Action.ExitCode != 3010 {
				t.Fatalf("poll: %+v %+v", f.Action, g.Commands())
			}
			if n := state(t, g).DISM.Starts; n != 1 {
				t.Errorf("DISM ran %d times", n)
			}
			boot := f.OS.BootTimeUTC
			g.Restart()
			comm, _ := g.SSHCommunicator()
			r.Comm = comm
			f = act(t, r, templates.ConvertPoll(), nil)
			if f.Action.Phase != "done" || f.OS.EditionID != "ServerDatacenter" || f.OS.BootTimeUTC == boot {
				t.Errorf("after the restart: %+v %+v", f.Action, f.OS)
			}
			if f = act(t, r, templates.ConvertFinish(), nil); !f.Action.Done || len(f.Errors) > 0 {
				t.Errorf("finish: %+v %+v", f.Action, f.Errors)
			}
			if f = act(t, r, templates.ConvertFinish(), nil); !f.Action.Done || len(f.Errors) > 0 {
				t.Errorf("second finish: %+v %+v", f.Action, f.Errors)
			}
			s = state(t, g)
			if len(s.Firewall.Rules) != 0 || len(s.Tasks) != 0 {
				t.Errorf("left behind: %+v %+v", s.Firewall.Rules, s.Tasks)
			}
			if _, err := os.Stat(g.Path(`C:\Program Files\avma`)); !os.IsNotExist(err) {
				t.Errorf("the folder is still there: %v", err)
			}
		})
	}
}

func TestConversionRefused(t *testing.T) {
	exit := 50
	for name, c := range map[string]struct {
		config  winguest.Config
		skipped string
		phase   string
	}{
		"a domain controller":   {winguest.Config{EditionID: "ServerDatacenterEval", DomainController: true}, "domain_controller", "none"},
		"no evaluation":         {winguest.Config{}, "not_evaluation", "none"},
		"a restart is pending":  {winguest.Config{EditionID: "ServerDatacenterEval", PendingRestart: []string{"cbs"}}, "restart_pending", "none"},
		"DISM does not list it": {winguest.Config{EditionID: "ServerDatacenterEval", DISM: winguest.DISM{Targets: []string{"ServerStandard"}}}, "target_not_offered", "none"},
		"DISM fails":            {winguest.Config{EditionID: "ServerDatacenterEval", DISM: winguest.DISM{ExitCode: &exit}}, "", "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, r := connect(t, c.config)
			f := act(t, r, templates.ConvertStart(), templates.ConvertArgs{EditionID: "ServerDatacenter", Key: keyOf2022})
			if f.Action.Skipped != c.skipped {
				t.Errorf("skipped %q, want %q: %+v", f.Action.Skipped, c.skipped, f.Action)
			}
			for range 100 {
				if f = act(t, r, templates.ConvertPoll(), nil); f.Action.Phase != "running" {
					break
				}
			}
			if f.Action.Phase != c.phase || c.phase == "failed" && f.Action.ExitCode != 50 {
				t.Errorf("phase %q, want %q: %+v", f.Action.Phase, c.phase, f.Action)
			}
			if c.phase == "failed" {
				s := state(t, g)
				for _, a := range s.ACLs {
					if a.Inherit || !strings.Contains(strings.Join(a.Grants, " "), "S-1-5-18") {
						t.Errorf("ACL: %+v", a)
					}
				}
				if len(s.ACLs) == 0 {
					t.Error("the folder was not protected")
				}
			}
		})
	}
}
