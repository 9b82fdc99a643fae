// SPDX-License-Identifier: MPL-2.0

package guest_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// setup runs the script that an answer file carries, as Setup does: from a file, as SYSTEM, nobody listening.
func setup(t *testing.T, g *winguest.Guest, ahead string) {
	t.Helper()
	text, err := templates.FirstBootSetup(templates.FirstBootArgs{Armed: true, SliceSeconds: 10, ExpectedHosts: []string{"hv-01"}})
	if err != nil {
		t.Fatal(err)
	}
	const path = `C:\Windows\Setup\avma.ps1`
	if err := os.WriteFile(g.Path(path), []byte(ahead+text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	code, err := g.PowerShell(context.Background(), []string{"-NoProfile", "-ExecutionPolicy", "Bypass", "-File", path}, true, winguest.Streams{Out: &out, Err: &out})
	if err != nil || code != 0 || strings.TrimSpace(out.String()) != "" {
		t.Errorf("exit %d, %v: %s", code, err, out.String())
	}
}

func TestFirstBootFromAnAnswerFile(t *testing.T) {
	g := winguest.New(t, winguest.Config{Key: "avma", ImageState: "IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE", SleepScale: 0.02})
	setup(t, g, "")
	if task := state(t, g).Tasks["avma-first-boot"]; task == nil || task.User != "S-1-5-18" || !strings.Contains(task.XML, "<RegistrationTrigger>") {
		t.Fatalf("task: %+v", task)
	}
	g.Restart()
	// Setup is not over: the check waits for it, and looks again after the interval.
	g.Advance(0)
	if n := runs(t, g); n != 1 {
		t.Errorf("%d runs", n)
	}
	if p := published(t, g); len(p) != 0 {
		t.Errorf("published while Setup works: %v", p)
	}
	edit(t, g, func(s *winguest.State) {
		s.Registry[`software\microsoft\windows\currentversion\setup\state`]["ImageState"] = winguest.Value{Kind: "String", Data: "IMAGE_STATE_COMPLETE"}
	})
	g.Advance(5 * time.Minute)
	if p := published(t, g); p["AvmaStatus"] != "activated" {
		t.Errorf("published: %v", p)
	}
}

func TestFirstBootWhereTasksCannotBeRegisteredYet(t *testing.T) {
	const broken = "function Register-ScheduledTask { throw 'too early' }\nfunction schtasks.exe { $global:LASTEXITCODE = 1 }\n"
	const command = `C:\Windows\Setup\Scripts\SetupComplete.cmd`
	g := winguest.New(t, winguest.Config{Key: "avma"})
	setup(t, g, broken)
	text, err := os.ReadFile(g.Path(command))
	if err != nil || !bytes.Contains(text, []byte(`/XML "%ProgramFiles%\avma\avma-first-boot.xml" /F`)) || !bytes.HasPrefix(text, []byte("@echo off")) {
		t.Errorf("%s %v", text, err)
	}
	xml, err := os.ReadFile(g.Path(`C:\Program Files\avma\avma-first-boot.xml`))
	if err != nil || !bytes.HasPrefix(xml, []byte{0xff, 0xfe}) {
		t.Errorf("the task's definition is not UTF-16 with its mark: %.20q %v", xml, err)
	}

	const theirs = "@echo off\r\nrem somebody else's\r\n"
	g = winguest.New(t, winguest.Config{Key: "avma", SetupComplete: theirs})
	setup(t, g, broken)
	if text, err = os.ReadFile(g.Path(command)); err != nil || string(text) != theirs {
		t.Errorf("an existing SetupComplete.cmd was changed: %q %v", text, err)
	}
	if said, err := os.ReadFile(g.Path(`C:\Program Files\avma\setup-error.json`)); err != nil || !bytes.Contains(said, []byte("too early")) {
		t.Errorf("setup-error.json: %s %v", said, err)
	}
}
