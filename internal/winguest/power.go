// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// request is what the module asks of this side, one file each in the spool.
type request struct {
	Kind  string  `json:"kind"` // "task", "registered", "sleep", "restart", "shutdown"
	Name  string  `json:"name"`
	Delay float64 `json:"delay"` // seconds
	Ack   string  `json:"ack"`   // a file that is removed when it is done; "": nobody waits
}

// ordered says whether Windows still means to go down: shutdown.exe /a takes an order back.
func (g *Guest) ordered() bool {
	s, err := g.State()
	return err == nil && s.Guest.Restarting
}

func (g *Guest) serveSpool() {
	defer g.wg.Done()
	for g.sleep(g.ctx, 15*time.Millisecond) {
		entries, _ := os.ReadDir(g.spool)
		sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
		for _, e := range entries {
			path := filepath.Join(g.spool, e.Name())
			if strings.HasSuffix(e.Name(), ".exec") {
				g.goProgram(path)
			}
			if !strings.HasSuffix(e.Name(), ".json") {
				continue
			}
			data, err := os.ReadFile(path)
			os.Remove(path)
			var r request
			if err == nil && json.Unmarshal(data, &r) == nil {
				g.serve(r)
			}
		}
	}
}

func (g *Guest) serve(r request) {
	switch r.Kind {
	case "task":
		g.goTask(r.Name)
	case "registered":
		if s, err := g.State(); err == nil {
			g.sched.registered(r.Name, s.Tasks[r.Name])
		}
		os.Remove(r.Ack)
	case "sleep":
		g.sched.sleep(r.Name, r.Delay, r.Ack)
	case "restart", "shutdown":
		g.mu.Lock()
		power := g.power
		g.mu.Unlock()
		g.wg.Add(1)
		go func() {
			defer g.wg.Done()
			// From the order to the end of the last process everything runs on.
			if !g.sleep(power, time.Duration((r.Delay+g.Config.ShutdownSeconds)*float64(time.Second))) || !g.ordered() {
				return
			}
			if r.Kind == "restart" {
				g.Restart()
			} else {
				g.PowerOff()
			}
		}()
	}
}

func (g *Guest) sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-g.ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func (g *Guest) powerUp() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.power, g.powerOff = context.WithCancel(g.ctx)
	g.boots++
}

// PowerOff ends every process and connection; the guest does not come back by itself.
func (g *Guest) PowerOff() {
	g.mu.Lock()
	g.powerOff()
	g.sched.off()
	g.mu.Unlock()
	g.dropConnections()
}

func (g *Guest) dropConnections() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		c.Close()
	}
	g.conns = map[closer]struct{}{}
}

// PowerCut is a machine that loses its power in the middle of things and gets it back: Windows writes event 41 at the next start.
func (g *Guest) PowerCut() {
	g.PowerOff()
	g.must(g.Edit(func(s *State) {
		s.Events = append(s.Events, Event{Log: "System", Provider: "Microsoft-Windows-Kernel-Power", ID: 41, Level: 1, At: s.now(), Data: []any{0}})
	}))
	if g.sleep(g.ctx, time.Duration(or(g.Config.RestartSeconds, 0.3)*float64(time.Second))) {
		g.Boot()
	}
}

// Restart ends every process and connection, and boots after the guest's RestartSeconds.
func (g *Guest) Restart() {
	g.PowerOff()
	if g.sleep(g.ctx, time.Duration(or(g.Config.RestartSeconds, 0.3)*float64(time.Second))) {
		g.Boot()
	}
}

// Boot switches the guest on: pending servicing is finished, the boot time is new, tasks at startup run.
func (g *Guest) Boot() {
	var booted *State
	again := false
	err := g.Edit(func(s *State) {
		booted = s
		s.Guest.BootTime = max(float64(int64(s.now())), s.Guest.BootTime+1)
		s.Guest.Restarting = false
		delete(s.Registry, keyCBS)
		delete(s.Registry, keyWU)
		delete(s.Registry[keySession], "PendingFileRenameOperations")
		s.Registry[keyActiveName]["ComputerName"] = s.Registry[keyName]["ComputerName"]
		if s.DISM.Pending != "" && s.DISM.OwnRestarts > 0 {
			s.DISM.OwnRestarts--
			s.Registry[keyCBS] = map[string]Value{}
			again = true
		} else if s.DISM.Pending != "" && g.Config.DISM.ExtraRestarts > 0 {
			g.Config.DISM.ExtraRestarts--
			s.Registry[keyCBS] = map[string]Value{}
		} else if s.DISM.Pending != "" {
			s.finishEdition(g.Config)
		}
		for _, t := range s.Tasks {
			t.State = "Ready"
		}
	})
	if err != nil && g.ctx.Err() == nil {
		g.t.Errorf("the guest does not boot: %v", err)
		return
	}
	g.powerUp()
	g.sched.boot(booted)
	g.logonByItself()
	if again { // it answers for a moment, and goes down by itself
		g.wg.Add(1)
		go func() {
			defer g.wg.Done()
			if g.sleep(g.ctx, 1500*time.Millisecond) {
				g.Restart()
			}
		}()
	}
}

// finishEdition does what Windows does in the restart after /Set-Edition.
func (s *State) finishEdition(c Config) {
	target, key := s.DISM.Pending, s.DISM.PendingKey
	s.DISM.Pending, s.DISM.PendingKey = "", ""
	if c.DISM.NoChange {
		return
	}
	edition := editionOf(target)
	core := s.Registry[keyCurrentVersion]["InstallationType"].Data == "Server Core"
	r := releases[s.Guest.Release]
	s.Guest.Evaluation = false
	s.Guest.SKU = skus[edition][map[bool]int{false: 0, true: 1}[core]]
	s.Registry[keyCurrentVersion]["EditionID"] = text(edition)
	s.Registry[keyCurrentVersion]["ProductName"] = text(productName(r, edition))
	s.DISM.Current, s.DISM.Targets = target, targets(edition, core)
	for i := range s.Licensing.Products {
		if p := &s.Licensing.Products[i]; p.Windows {
			p.Family, p.Name = edition, "Windows(R), "+edition+" edition"
			p.GraceMinutes = 0
			s.setKey(i, key)
		}
	}
	s.Firewall.On = c.DISM.FirewallOn
}

// Boots is how often the guest has been switched on.
func (g *Guest) Boots() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.boots
}
