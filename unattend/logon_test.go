// SPDX-License-Identifier: MPL-2.0

package unattend_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// patience is how long a loaded machine may take for anything that takes seconds.
const patience = 5 * time.Minute

// built is a machine that Setup has just installed with an install file.
type built struct {
	*winguest.Guest
	t *testing.T
}

// install lets a guest go through its first boot with the install file of a Config. Scripts write what they did into
// C:\steps.log with the function that note makes.
func install(t *testing.T, c winguest.Config, cfg unattend.Config) built {
	t.Helper()
	if c.SleepScale == 0 {
		c.SleepScale = 0.02
	}
	c.ImageState = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"
	g := winguest.New(t, c)
	cfg.Release, cfg.Edition, cfg.AdministratorPassword = c.Release, "datacenter", "P@ssw0rd"
	if cfg.Release == "" {
		cfg.Release = "2022"
	}
	r, err := unattend.Generate(cfg, unattend.Install, unattend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const path = `C:\Autounattend.xml`
	if err := os.WriteFile(g.Path(path), r.XML, 0o600); err != nil {
		t.Fatal(err)
	}
	g.PowerOff()
	g.FirstBoot(winguest.CloneOptions{AnswerFile: path})
	b := built{g, t}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("setup.log:\n%s\nsteps.log: %s\nleft: %s", b.read(`Windows\Setup\avma\setup.log`), b.did(), b.left())
			for _, c := range g.Uploads() {
				t.Logf("%s %s: exit %d\n%s%s", c.Shell, c.Line, c.Exit, c.Stdout, c.Stderr)
			}
		}
	})
	return b
}

func (b built) read(file string) string {
	data, _ := os.ReadFile(b.Path(`C:\` + file))
	return string(data)
}

// did is what the steps have noted, in order.
func (b built) did() string { return strings.Join(strings.Fields(b.read("steps.log")), " ") }

func (b built) left() string {
	entries, _ := os.ReadDir(b.Path(`C:\Windows\Setup\avma`))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func (b built) opened() *winguest.State {
	b.t.Helper()
	return b.Until(patience, "the communicator to open", (*winguest.State).Opened)
}

// until waits for a step's note.
func (b built) until(note string) {
	b.t.Helper()
	b.Until(patience, note, func(*winguest.State) bool { return strings.HasSuffix(b.did(), note) })
}

// settled waits until nothing is left but the log and the records, and checks what must be so in the end, whatever came before.
func (b built) settled() {
	b.t.Helper()
	s := b.Until(patience, "the end", func(s *winguest.State) bool {
		return s.Tasks["avma-setup"] == nil && b.left() == "setup.log winrm.json"
	})
	if s.Tasks["avma-first-logon"] != nil {
		b.t.Error("the task of the logon is still there")
	}
	w := s.Registry[winguest.KeyWinlogon]
	if _, ok := w["DefaultPassword"]; ok || w["AutoAdminLogon"].Data != "0" {
		b.t.Errorf("the automatic logon is still there: %v", w)
	}
}

func note(name, then string) unattend.Script {
	return unattend.Script{Name: name + ".ps1", Content: "Add-Content -LiteralPath C:\\steps.log -Value '" + name + "'\n" + then + "\n"}
}

// hurry shortens a wait of the plan, before anything reads it.
func hurry(wait string, minutes float64) unattend.Script {
	return unattend.Script{Name: "hurry-" + wait + ".ps1", Stage: "specialize", Content: fmt.Sprintf(
		"$p = Join-Path $PSScriptRoot 'plan.json'\n$t = (Get-Content -Raw -LiteralPath $p) -replace '\"%s\": \\d+', '\"%s\": %g'\nSet-Content -LiteralPath $p -Value $t -Encoding ASCII\n", wait, wait, minutes)}
}

func building(scripts ...unattend.Script) unattend.Config {
	return unattend.Config{AutoLogon: &unattend.AutoLogon{}, WinRM: &unattend.WinRM{}, Scripts: scripts}
}

// The first step takes longer than anybody waits for a logon.
func TestGuest_CommunicatorWaitsForALongStep(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{}, building(hurry("logon_minutes", 5), note("one", "Start-Sleep -Seconds 900\nAdd-Content -LiteralPath C:\\steps.log -Value 'over'"), note("two", "")))
	b.until("one")
	for b.did() == "one" {
		s, err := b.State()
		if err != nil {
			t.Fatal(err)
		}
		if s.Opened() {
			t.Fatal("WinRM is open while the first step runs")
		}
		if left := b.left(); b.did() == "one" && !strings.Contains(left, "two.ps1") {
			t.Fatalf("the second step's file is gone: %s", left)
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.opened()
	if did := b.did(); did != "one over two" {
		t.Errorf("the steps did %q", did)
	}
	b.settled()
}

// A limit that somebody set for a step is kept, and the next one runs.
func TestGuest_StepIsEndedAtItsLimit(t *testing.T) {
	t.Parallel()
	slow := note("slow", "[Threading.Thread]::Sleep(100000)")
	slow.Timeout = "1m"
	// A minute is a second here.
	cfg := building(unattend.Script{Name: "hurry.ps1", Stage: "specialize", Content: "$p = Join-Path $PSScriptRoot 'steps.ps1'\n$t = (Get-Content -Raw -LiteralPath $p).Replace('* 60000', '* 3000')\nSet-Content -LiteralPath $p -Value $t -Encoding ASCII\n"}, slow, note("next", ""))
	b := install(t, winguest.Config{}, cfg)
	b.opened()
	if did := b.did(); !strings.HasSuffix(did, "next") || !strings.Contains(b.read(`Windows\Setup\avma\setup.log`), "ended after 1 minutes, its limit") {
		t.Errorf("the steps did %q", did)
	}
	b.settled()
}

// Whatever restarts the machine, and however often: the steps go on where they were, each runs once, and the communicator
// opens after the last.
func TestGuest_FirstLogonGoesOnAfterRestarts(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{ShutdownSeconds: 0.4}, building(
		note("one", "shutdown.exe /r /t 0"),                                    // orders it and ends; another step could begin before the end
		note("two", "shutdown.exe /r /t 0\n[Threading.Thread]::Sleep(100000)"), // is cut by it
		note("three", ""),
		note("four", "Restart-Computer -Force"), // the last one of all
	))
	s := b.opened()
	if did := b.did(); did != "one two three four" {
		t.Errorf("the steps did %q", did)
	}
	b.restarted(s, 3)
	b.settled()
}

// The same in other languages, on Server Core, where nothing but a task is started at a logon, and with PowerShell 4.0.
func TestGuest_FirstLogonGoesOnEverywhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]winguest.Config{
		"german": {Language: "de-DE", Release: "2025"}, "korean": {Language: "ko-KR", Release: "2019", Core: true}, "2012 R2": {Release: "2012 R2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := install(t, c, building(note("one", "shutdown.exe /r /t 0"), note("two", "")))
			s := b.opened()
			if did := b.did(); did != "one two" {
				t.Errorf("the steps did %q", did)
			}
			b.restarted(s, 1)
			b.settled()
		})
	}
}

// restarted checks how often there was a restart, with a logon after each, and that the communicator opened after the last.
func (b built) restarted(s *winguest.State, want int) {
	b.t.Helper()
	logons, restarts := 0, 0
	for _, e := range s.Journal {
		switch {
		case e.What == "Logon":
			logons++
		case e.What == "Shutdown restart":
			restarts++
		case strings.HasPrefix(e.What, "FirewallRule avma-") && restarts != want:
			b.t.Errorf("the communicator opens after %d restarts of %d", restarts, want)
		}
	}
	if logons != want+1 {
		b.t.Errorf("%d logons, want %d", logons, want+1)
	}
}

// A power cut is not the step's doing: it is tried again, but not for ever.
func TestGuest_PowerCutInAStep(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{}, building(note("one", ""), note("two", "[Threading.Thread]::Sleep(100000)"), note("three", "")))
	for _, did := range []string{"one two", "one two two", "one two two two"} {
		b.Until(patience, did, func(*winguest.State) bool { return b.did() == did })
		b.PowerCut()
	}
	b.opened()
	if did := b.did(); did != "one two two two three" {
		t.Errorf("the steps did %q", did)
	}
	b.settled()
}

// The steps of setup_complete may restart as well, and those of the first logon do not begin before their end.
func TestGuest_SetupCompleteComesBeforeTheFirstLogon(t *testing.T) {
	t.Parallel()
	first, second := note("first", "shutdown.exe /r /t 0"), note("second", "Restart-Computer")
	first.Stage, second.Stage = "setup_complete", "setup_complete"
	b := install(t, winguest.Config{ShutdownSeconds: 0.3}, building(note("logon", "shutdown.exe /r /t 0"), note("last", ""), first, second))
	b.opened()
	if did := b.did(); did != "first second logon last" {
		t.Errorf("the steps did %q", did)
	}
	b.settled()
}

// A step that switches the machine off goes on when somebody switches it on; one that calls its restart off loses nothing.
func TestGuest_ShutdownAndARestartCalledOff(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{}, building(note("one", "shutdown.exe /r /t 600\nshutdown.exe /a"), note("two", "Stop-Computer"), note("three", "")))
	b.Until(patience, "the shutdown", func(s *winguest.State) bool { return s.Guest.Restarting && b.did() == "one two" })
	b.PowerOff()
	b.Boot()
	b.opened()
	if did := b.did(); did != "one two three" {
		t.Errorf("the steps did %q", did)
	}
	b.settled()
}

// Where nobody logs on, the communicator opens in the end, the password goes, and the steps wait for the next logon.
func TestGuest_NobodyLogsOn(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{}, building(hurry("logon_minutes", 5), unattend.Script{Name: "spoil.ps1", Stage: "setup_complete", Content: "Remove-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon' -Name AutoAdminLogon -Force\nshutdown.exe /r /t 0"},
		note("one", "shutdown.exe /r /t 0"), note("two", "")))
	b.opened()
	b.Until(patience, "the end of finish.ps1", func(s *winguest.State) bool { return s.Tasks["avma-setup"] == nil })
	if did := b.did(); did != "" {
		t.Errorf("the steps did %q", did)
	}
	for _, file := range []string{"plan.json", "steps.ps1", "first-logon.ps1", "logon-task.xml", "one.ps1", "two.ps1"} {
		if !strings.Contains(b.left(), file) {
			t.Errorf("%s is gone: %s", file, b.left())
		}
	}
	b.Logon()
	b.until("one")
	boots := b.Boots()
	b.Until(patience, "the restart", func(*winguest.State) bool { return b.Boots() > boots })
	b.Logon()
	b.until("two")
	b.settled()
}

// What auto_logon counts is kept: two of its three logons are used when the steps are over.
func TestGuest_AutoLogonKeepsItsCount(t *testing.T) {
	t.Parallel()
	cfg := building(note("one", "shutdown.exe /r /t 0"), note("two", ""))
	cfg.AutoLogon.Count = new(3)
	b := install(t, winguest.Config{}, cfg)
	s := b.opened()
	w := s.Registry[winguest.KeyWinlogon]
	if w["AutoLogonCount"].Data != 1.0 || w["AutoAdminLogon"].Data != "1" || w["DefaultPassword"].Data == nil {
		t.Errorf("the automatic logon is %v", w)
	}
}

// A machine that was generalized while its first logon was not over opens nothing on its clones.
func TestGuest_GeneralizedBeforeTheEnd(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{}, building(note("one", "[Threading.Thread]::Sleep(100000)"), note("two", "")))
	b.until("one")
	if err := b.Generalize(); err != nil {
		t.Fatal(err)
	}
	c := b.Clone(t, winguest.CloneOptions{})
	s := c.Until(patience, "the clone to clean up", func(s *winguest.State) bool {
		return s.Tasks["avma-setup"] == nil && s.Tasks["avma-first-logon"] == nil
	})
	if s.Opened() {
		t.Error("the clone has opened WinRM")
	}
	if data, _ := os.ReadFile(c.Path(`C:\steps.log`)); strings.Contains(string(data), "two") {
		t.Error("the clone runs the steps of the build")
	}
}
