// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// patience is how long a loaded machine may take for anything that takes a second.
const patience = 2 * time.Minute

// restart asks for a restart and waits until the boot time has changed.
func restart(t *testing.T, r *guest.Runner) {
	t.Helper()
	before := run(t, r, templates.Restart(), templates.RestartArgs{DelaySeconds: 2}).OS.BootTimeUTC
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		f, err := r.Run(context.Background(), templates.Probe(), nil, guest.RunOptions{Timeout: patience})
		if err == nil && f.OS.BootTimeUTC != before {
			return
		}
		last = err
	}
	t.Fatal("the guest does not come back: ", last)
}

func TestConvert(t *testing.T) {
	t.Parallel()
	g := New(t, Config{EditionID: "ServerStandardEval", Core: true, DISM: DISM{Seconds: 0.5, FirewallOn: true}})
	comm, port := g.SSHCommunicator()
	r := &guest.Runner{Comm: comm}
	args := templates.ConvertArgs{EditionID: "ServerDatacenter", Key: keyOf("2022", "ServerDatacenter", "AVMA"), Port: port}
	f := run(t, r, templates.ConvertStart(), args)
	if f.Action.Phase != "running" || f.Action.Target != "ServerDatacenterCor" {
		t.Errorf("%+v", *f.Action)
	}
	run(t, r, templates.ConvertStart(), args) // twice is once
	for end := time.Now().Add(patience); f.Action.Phase == "running" && time.Now().Before(end); {
		f = run(t, r, templates.ConvertPoll(), nil)
	}
	if f.Action.Phase != "restart_needed" {
		t.Fatalf("%+v", *f.Action)
	}
	restart(t, r)
	f = run(t, r, templates.Facts(), nil)
	if f.OS.EditionID != "ServerDatacenter" || f.OS.InstallationType != "Server Core" || f.Products[0].LicenseStatus != 1 {
		t.Errorf("%+v %+v", f.OS, f.Products)
	}
	g.must(g.Edit(func(s *State) { s.Firewall.On = false }))
	run(t, r, templates.ConvertFinish(), nil)
	none, one := []string{}, 1
	Want{Tasks: &none, Rules: &none, Restarts: &one, NoFiles: []string{"Program Files/avma"}, EditionID: "ServerDatacenter",
		Journal: []string{"FirewallRule avma-communicator", "SetEdition ServerDatacenterCor", "SetEditionDone 3010", "Shutdown restart"}}.CheckGuest(t, g)
	if s, _ := g.State(); s.DISM.Starts != 1 {
		t.Errorf("DISM ran %d times", s.DISM.Starts)
	}
}

// TestFirewallAfterRestart: without a rule the guest is out of reach once the firewall is back on.
func TestFirewallAfterRestart(t *testing.T) {
	t.Parallel()
	g := New(t, Config{})
	comm, _ := g.SSHCommunicator()
	r := &guest.Runner{Comm: comm}
	g.must(g.Edit(func(s *State) { s.Firewall.On = true }))
	g.dropConnections()
	_, err := r.Run(context.Background(), templates.Probe(), nil, guest.RunOptions{Timeout: 5 * time.Second})
	var cut *guest.CutError
	if !errors.As(err, &cut) {
		t.Errorf("%v", err)
	}
}

func TestElevate(t *testing.T) {
	t.Parallel()
	key := templates.InstallArgs{Key: keyOf("2022", "ServerDatacenter", "AVMA")}
	t.Run("as SYSTEM", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		r := runner(t, g)
		r.Elevate = true
		if f := run(t, r, templates.Install(), key); !f.Session.System {
			t.Errorf("%+v", f.Session)
		}
		none := []string{}
		Want{Tasks: &none, NoFiles: []string{"Program Files/avma/run-*", "Windows/Temp/*"}, Key: "DV9BG"}.CheckGuest(t, g)
	})
	t.Run("without rights", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{NotElevated: true})
		_, err := runner(t, g).Run(context.Background(), templates.Install(), key, guest.RunOptions{})
		var not *guest.NotElevatedError
		if !errors.As(err, &not) {
			t.Errorf("%v", err)
		}
		Want{Key: "6VM33", NotJournal: []string{"InstallProductKey"}}.CheckGuest(t, g)
	})
}

// TestFirstBoot: registered in a template, through two restarts and sysprep, on a clone with another host.
func TestFirstBoot(t *testing.T) {
	t.Parallel()
	g := New(t, Config{Key: "avma", SleepScale: 0.02})
	r := runner(t, g)
	run(t, r, templates.Facts(), nil)
	run(t, r, templates.FirstBootRegister(), templates.FirstBootArgs{SliceSeconds: 1})
	restart(t, r)
	restart(t, r)
	published := map[string]map[string]string{KeyGuest: {"Avma*": ""}}
	Want{Registry: published, Files: []string{"Program Files/avma/first-boot.ps1"}, Protected: []string{"Program Files/avma/first-boot.ps1"}, Tasks: &[]string{"avma-first-boot"}}.CheckGuest(t, g)
	g.must(g.Generalize())
	c := g.Clone(t, CloneOptions{Host: &Host{Name: "HV-02"}})
	status := func(want string) func(*State) bool {
		return func(s *State) bool { return s.Registry[KeyGuest]["AvmaStatus"].Data == want }
	}
	c.Until(patience, "the clone's verdict", status("activated"))
	c.Advance(0)
	Want{Registry: map[string]map[string]string{KeyGuest: {"AvmaHost": "HV-02", "AvmaReason": "AVMA-101", "AvmaPartialKey": "DV9BG"}}, Files: []string{"Program Files/avma/verdict.json"}}.CheckGuest(t, c)

	// Another key, and the values are gone after the next start.
	c.must(c.Edit(func(s *State) { s.setKey(3, MAKKey) }))
	c.Restart()
	c.Until(patience, "the values to be withdrawn", func(s *State) bool { return s.Registry[KeyGuest]["AvmaStatus"].Data == nil })
}

func TestGeneralizeRefuses(t *testing.T) {
	t.Parallel()
	no := 0
	for _, c := range []Config{{PendingRestart: []string{"cbs"}}, {RearmCount: &no}} {
		if err := New(t, c).Generalize(); err == nil {
			t.Errorf("%+v was generalized", c)
		}
	}
}
