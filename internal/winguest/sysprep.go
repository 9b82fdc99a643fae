// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Setup's states of an image, as the registry names them.
const (
	stateGeneralized = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"
	stateSpecialize  = "IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE"
	stateComplete    = "IMAGE_STATE_COMPLETE"
)

// Generalize does what "sysprep /generalize /oobe /shutdown" does to licensing and Setup: the activation is gone, one
// rearm is used, the guest is off. The key stays. It fails, as sysprep does, when servicing waits for a restart or no
// rearm is left.
func (g *Guest) Generalize() error {
	var problem error
	err := g.Edit(func(s *State) {
		if _, ok := s.Registry[keyCBS]; ok {
			problem = errors.New("sysprep: a restart is pending (0x80310039)")
			return
		}
		if s.Licensing.RearmCount == 0 {
			problem = errors.New("sysprep: 0xC004D307, no rearm is left")
			return
		}
		s.Licensing.RearmCount--
		for i := range s.Licensing.Products {
			if p := &s.Licensing.Products[i]; p.Windows {
				p.Status, p.Reason, p.GraceMinutes, p.HostName, p.HostPid, p.LastActivation = 0, 0, 0, nil, nil, 0
			}
		}
		s.Registry[keySetupState]["ImageState"] = text(stateGeneralized)
		s.Registry[keySetup]["SystemSetupInProgress"] = dword(1)
	})
	if err = errors.Join(err, problem); err != nil {
		return err
	}
	g.PowerOff()
	return nil
}

// CloneOptions say how a clone differs from its template.
type CloneOptions struct {
	Host         *Host         // the host that it runs on; nil: the template's
	ComputerName string        // "": CLONE-1
	UUID         string        // "": made up
	AnswerFile   string        // path in the template's guest of the answer file that sysprep was given; "": none
	Setup        time.Duration // how long Setup takes after the first boot, on the guest's clock; 0: 20 s
	Copy         bool          // of a disk that nobody generalized: Windows is the template's, the machine is another
	Off          bool          // do not boot
}

// Clone copies the guest's disk to a new machine and boots it: specialize, a restart, the rest of Setup, and Data
// Exchange, whose values are the template's until its service runs.
func (g *Guest) Clone(t testing.TB, o CloneOptions) *Guest {
	t.Helper()
	s, err := g.State()
	g.must(err)
	c := g.Config
	c.Faults, c.SetupComplete = Faults{}, ""
	n := start(t, c, g.pwsh, s)
	n.PowerOff()
	g.must(os.RemoveAll(n.root))
	g.must(os.CopyFS(n.root, os.DirFS(g.root)))
	data, err := os.ReadFile(g.statePath)
	g.must(err)
	g.must(os.WriteFile(n.statePath, []byte(strings.ReplaceAll(string(data), g.dir, n.dir)), 0o600))
	g.must(n.Edit(func(s *State) {
		s.Virtualization.UUID = or(o.UUID, fmt.Sprintf("%08X-1111-4222-8333-444444444444", crc32.ChecksumIEEE([]byte(s.Virtualization.UUID))))
		if !o.Copy {
			s.Guest.InstallDate += 7200
		}
		for name, svc := range s.Services {
			if name == "vmickvpexchange" && svc.StartMode != "Disabled" {
				svc.State = "Stopped"
			}
		}
		s.Registry[keyName]["ComputerName"] = text(or(o.ComputerName, "CLONE-1"))
		s.Journal = []Entry{}
	}))
	if !o.Off {
		n.FirstBoot(o)
	}
	return n
}

// FirstBoot is the first start of a generalized image, or of a copy. It returns when Setup has gone on in the background.
func (g *Guest) FirstBoot(o CloneOptions) {
	g.t.Helper()
	if o.Copy {
		g.Boot()
		g.sched.later(10*time.Second, func(context.Context) { g.startDataExchange(o.Host) })
		return
	}
	g.must(g.Edit(func(s *State) { s.Registry[keySetupState]["ImageState"] = text(stateSpecialize) }))
	var answers *answerFile
	if o.AnswerFile != "" {
		var err error
		answers, err = readAnswerFile(g.Path(o.AnswerFile))
		g.must(err)
		g.must(g.specialize(o.AnswerFile, answers))
	}
	g.must(g.Edit(func(s *State) {
		s.oobe(answers)
		s.Registry[keyCurrentVersion]["InstallDate"] = dword(int(s.Guest.InstallDate))
		s.Guest.ComputerName, _ = s.Registry[keyName]["ComputerName"].Data.(string)
	}))
	g.Boot()
	setup := or(o.Setup, 20*time.Second)
	g.sched.later(setup/2, func(power context.Context) {
		if err := g.finishSetup(power); err != nil && power.Err() == nil {
			g.t.Errorf("first boot: %v", err)
		}
		g.logonByItself()
	})
	g.sched.later(setup, func(context.Context) { g.startDataExchange(o.Host) })
}

// finishSetup runs SetupComplete.cmd as SYSTEM, whose exit status nobody reads, and ends Setup.
func (g *Guest) finishSetup(power context.Context) error {
	if file := filepath.Join(g.root, "Windows/Setup/Scripts/SetupComplete.cmd"); exists(file) {
		var b strings.Builder
		g.batch(power, file, true, Streams{Out: &b, Err: &b})
	}
	return g.Edit(func(s *State) {
		s.Registry[keySetupState]["ImageState"] = text(stateComplete)
		s.Registry[keySetup]["SystemSetupInProgress"] = dword(0)
		s.Journal = append(s.Journal, Entry{At: s.now(), What: "SetupFinished"})
	})
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

// startDataExchange puts the guest on a host, nil being the host of its configuration, and starts Data Exchange there.
func (g *Guest) startDataExchange(h *Host) {
	err := g.Edit(func(s *State) {
		host := g.Config.Host
		if h != nil {
			host = *h
		}
		published := s.Registry[KeyGuest]
		if err := s.setHost(host); err != nil {
			g.t.Error(err)
		}
		s.Registry[KeyGuest] = published
		if svc := s.Services["vmickvpexchange"]; svc != nil && svc.StartMode != "Disabled" && s.Host.Platform == "hyper-v" && s.Host.DataExchange {
			svc.State = "Running"
			s.Journal = append(s.Journal, Entry{At: s.now(), What: "DataExchange " + s.Host.Name})
		}
	})
	if err != nil && g.ctx.Err() == nil {
		g.t.Errorf("Data Exchange: %v", err)
	}
}

// specialize is the pass of Setup: the key, the computer's name, RunSynchronous as SYSTEM. A key that does not fit
// stops Setup for good.
func (g *Guest) specialize(path string, a *answerFile) error {
	data, err := os.ReadFile(g.Path(path))
	if err != nil {
		return err
	}
	panther := filepath.Join(g.root, "Windows/Panther")
	if err := errors.Join(os.MkdirAll(panther, 0o755), os.WriteFile(filepath.Join(panther, "unattend.xml"), data, 0o600)); err != nil {
		return err
	}
	var refused error
	err = g.Edit(func(s *State) {
		if a.computerName != "" && a.computerName != "*" {
			s.Registry[keyName]["ComputerName"] = text(a.computerName)
		}
		if a.productKey == "" {
			return
		}
		k := knownKeys()[a.productKey]
		if k == nil || s.Guest.Evaluation || k.Rank != s.Guest.Rank {
			refused = fmt.Errorf("setup stops in specialize: it does not take the key %s", a.productKey)
			return
		}
		for i := range s.Licensing.Products {
			if s.Licensing.Products[i].Windows {
				s.setKey(i, a.productKey)
			}
		}
	})
	if err = errors.Join(err, refused); err != nil {
		return err
	}
	g.powerUp()
	for _, command := range a.commands {
		var out, errs strings.Builder
		code := g.cmd(g.ctx, command, true, Streams{Out: &out, Err: &errs})
		g.mu.Lock()
		g.log = append(g.log, Command{Line: command, Shell: "specialize", Upload: true, Stdout: out.String(), Stderr: errs.String(), Exit: code, Finished: true})
		g.mu.Unlock()
	}
	g.PowerOff()
	return nil
}

// Until waits for the guest's state to become so, and fails the test when it does not in time.
func (g *Guest) Until(limit time.Duration, what string, so func(*State) bool) *State {
	g.t.Helper()
	for end := time.Now().Add(limit); ; {
		s, err := g.State()
		g.must(err)
		if so(s) {
			return s
		}
		if time.Now().After(end) {
			for _, c := range g.Uploads() {
				g.t.Logf("%s: exit %d\n%s%s", c.Line, c.Exit, c.Stdout, c.Stderr)
			}
			g.t.Fatalf("waited %v for %s in vain", limit, what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Happen does to a clone what a step says, but for the time that passes.
func (g *Guest) Happen(step Step) error {
	if step.Key != "" {
		if err := g.InstallKey(step.Key); err != nil {
			return err
		}
	}
	var code uint32
	if step.Licence != nil {
		var err error
		if code, err = hresult(step.Licence.Reason); err != nil {
			return err
		}
	}
	if step.Host != nil {
		g.startDataExchange(step.Host)
	}
	return g.Edit(func(s *State) {
		s.Virtualization.UUID = or(step.UUID, s.Virtualization.UUID)
		for i := range s.Licensing.Products {
			p, l := &s.Licensing.Products[i], step.Licence
			if !p.Windows || l == nil {
				continue
			}
			if l.Status != nil {
				p.Status, p.Reason = *l.Status, code
			}
			if l.HoursAgo != 0 {
				p.LastActivation = s.now() - 3600*l.HoursAgo
			}
			if l.GraceMinutes != nil {
				p.GraceMinutes = *l.GraceMinutes
				if p.LastActivation != 0 {
					p.GraceMinutes += int((s.now() - p.LastActivation) / 60)
				}
			}
			p.Frozen = l.Frozen
		}
	})
}

// InstallKey puts a key in as somebody in the guest would: "gvlk", "avma", or a key.
func (g *Guest) InstallKey(key string) error {
	return g.Edit(func(s *State) {
		edition, _ := s.Registry[keyCurrentVersion]["EditionID"].Data.(string)
		if key == "gvlk" || key == "avma" {
			key = keyOf(s.Guest.Release, edition, strings.ToUpper(key))
		}
		for i := range s.Licensing.Products {
			if s.Licensing.Products[i].Windows {
				s.setKey(i, key)
				p := &s.Licensing.Products[i]
				p.HostName, p.HostPid, p.LastActivation = nil, nil, 0
			}
		}
	})
}
