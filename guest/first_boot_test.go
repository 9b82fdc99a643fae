// SPDX-License-Identifier: MPL-2.0

package guest_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

const (
	keyParameters = `software\microsoft\virtual machine\guest\parameters`
	keyGuest      = `software\microsoft\virtual machine\guest`
	keyWindows    = `software\microsoft\windows nt\currentversion`
)

// edit changes the guest from outside.
func edit(t *testing.T, g *winguest.Guest, change func(*winguest.State)) {
	t.Helper()
	if err := g.Edit(change); err != nil {
		t.Fatal(err)
	}
}

// clone makes another machine of this one, which has been generalized.
func clone(t *testing.T, g *winguest.Guest, id string, installed float64) {
	t.Helper()
	g.PowerOff()
	edit(t, g, func(s *winguest.State) {
		s.Registry[keyParameters]["VirtualMachineId"] = winguest.Value{Kind: "String", Data: id}
		v := s.Registry[keyWindows]["InstallDate"]
		v.Data = installed
		s.Registry[keyWindows]["InstallDate"] = v
	})
}

func published(t *testing.T, g *winguest.Guest) map[string]string {
	t.Helper()
	m := map[string]string{}
	for n, v := range state(t, g).Registry[keyGuest] {
		if s, ok := v.Data.(string); ok && strings.HasPrefix(strings.ToLower(n), "avma") {
			m[n] = s
		}
	}
	return m
}

// until waits for something that a task in the guest does.
func until(t *testing.T, g *winguest.Guest, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	for _, c := range g.Uploads() {
		t.Logf("%s: exit %d\n%s\n%s", c.Line, c.Exit, c.Stdout, c.Stderr)
	}
	t.Fatalf("not within the time: %s; published %v, tasks %+v", what, published(t, g), state(t, g).Tasks["avma-first-boot"])
}

func register(t *testing.T, c winguest.Config, args templates.FirstBootArgs) *winguest.Guest {
	t.Helper()
	if c.SleepScale == 0 {
		c.SleepScale = 0.1
	}
	g, r := connect(t, c)
	for range 2 { // registering twice is fine
		f := act(t, r, templates.FirstBootRegister(), args)
		if !f.Action.Done || f.Action.Target != "task" || len(f.Errors) > 0 {
			t.Fatalf("register: %+v %+v", f.Action, f.Errors)
		}
	}
	return g
}

func runs(t *testing.T, g *winguest.Guest) int {
	t.Helper()
	return state(t, g).Tasks["avma-first-boot"].Runs
}

func TestFirstBoot(t *testing.T) {
	const deploy = `C:\Windows\System32\Sysprep\avma-deploy.xml`
	g := register(t, winguest.Config{Key: "avma", Host: winguest.Host{LatencySeconds: 1}}, templates.FirstBootArgs{DeleteFiles: []string{deploy}})
	if err := os.WriteFile(g.Path(deploy), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	edit(t, g, func(s *winguest.State) {
		s.Registry[keyGuest]["AvmaStatus"] = winguest.Value{Kind: "String", Data: "stale"}
	})

	// Restarts of the build do not set it off.
	n := runs(t, g)
	g.Restart()
	until(t, g, "a run on the template", func() bool { return runs(t, g) > n })
	if p := published(t, g); p["AvmaStatus"] != "stale" || len(p) != 1 {
		t.Errorf("published on the template: %v", p)
	}
	if _, err := os.Stat(g.Path(deploy)); err != nil {
		t.Errorf("the template's answer file: %v", err)
	}

	clone(t, g, "AAAAAAAA-0000-4000-8000-000000000001", 1800000000)
	g.Boot()
	g.Advance(0)
	p := published(t, g)
	if p["AvmaSchema"] != "1" || p["AvmaReason"] != "AVMA-101" || p["AvmaHost"] != "HV-01" || p["AvmaPartialKey"] != "DV9BG" {
		t.Errorf("published: %v", p)
	}
	if _, err := time.Parse(time.RFC3339, p["AvmaCheckedUtc"]); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(g.Path(deploy)); !os.IsNotExist(err) {
		t.Errorf("the clone keeps the answer file: %v", err)
	}
	last := winguest.Event{}
	for _, e := range state(t, g).Events {
		if e.Provider == "avma" {
			last = e
		}
	}
	if last.ID != 1 || last.Log != "Application" {
		t.Errorf("event: %+v", last)
	}
	var verdict struct {
		Schema               int
		Status, Reason, Host string
		Errors               []any
	}
	data, err := os.ReadFile(g.Path(`C:\Program Files\avma\verdict.json`))
	if err == nil {
		err = json.Unmarshal(data, &verdict)
	}
	if err != nil || verdict.Schema != 1 || verdict.Status != "activated" || verdict.Host != "HV-01" || len(verdict.Errors) > 0 {
		t.Errorf("verdict.json: %s %v", data, err)
	}

	// Another key: what was published is taken back at the next start.
	edit(t, g, func(s *winguest.State) {
		for i := range s.Licensing.Products {
			if s.Licensing.Products[i].Windows {
				s.Licensing.Products[i].Channel, s.Licensing.Products[i].Description = "Volume:MAK", "Windows(R) Operating System, VOLUME_MAK channel"
			}
		}
	})
	g.Advance(0)
	g.Restart()
	until(t, g, "the values taken back", func() bool { return len(published(t, g)) == 0 })
}

func TestFirstBootSaysWhyNot(t *testing.T) {
	for name, c := range map[string]struct {
		config winguest.Config
		status string
		reason string
	}{
		"host not activated":   {winguest.Config{Key: "avma", Host: winguest.Host{NotActivated: true}}, "failed", "AVMA-307"},
		"data exchange off":    {winguest.Config{Key: "avma", Host: winguest.Host{ActivateHResult: "0xC004FD04"}, Services: winguest.Services{"vmickvpexchange": "Disabled"}}, "failed", "AVMA-402"},
		"a KMS client key":     {winguest.Config{Key: "gvlk"}, "not_avma", "AVMA-211"},
		"another host":         {winguest.Config{Key: "avma"}, "failed", "AVMA-302"},
		"licensed by nobody":   {winguest.Config{Key: "avma", Host: winguest.Host{Leaves: "none"}}, "no_host", "AVMA-301"},
		"host not named":       {winguest.Config{Key: "avma", Host: winguest.Host{Leaves: "pid"}}, "activated", "AVMA-109"},
		"licensed on VMware":   {winguest.Config{Key: "avma", LicenseStatus: new(1), LicenseReason: "0x0", Host: winguest.Host{Platform: "vmware"}, Services: winguest.Services{"vmickvpexchange": "Running"}, Odd: winguest.Odd{HostName: "HV-01", KeepParameters: true}}, "failed", "AVMA-423"},
		"WMI does not answer":  {winguest.Config{Key: "avma", BrokenClasses: []string{"SoftwareLicensingProduct"}}, "unknown", "AVMA-702"},
		"no tasks cmdlets, de": {winguest.Config{Key: "avma", Without: []string{"tasks", "cim"}, PowerShell: "4.0", Language: "de-DE"}, "activated", "AVMA-101"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := templates.FirstBootArgs{SliceSeconds: 4}
			if name == "another host" {
				args.ExpectedHosts = []string{"hv-02.example.com"}
			}
			g := register(t, c.config, args)
			clone(t, g, "AAAAAAAA-0000-4000-8000-000000000001", 1800000000)
			g.Boot()
			until(t, g, "the verdict", func() bool {
				_, err := os.Stat(g.Path(`C:\Program Files\avma\verdict.json`))
				return err == nil && published(t, g)["AvmaCheckedUtc"] != ""
			})
			if p := published(t, g); p["AvmaStatus"] != c.status || p["AvmaReason"] != c.reason {
				data, _ := os.ReadFile(g.Path(`C:\Program Files\avma\verdict.json`))
				t.Errorf("published: %v, want %s %s; %s", p, c.status, c.reason, data)
			}
			want := map[string]int{"activated": 1, "unknown": 3}[c.status]
			if want == 0 {
				want = 2
			}
			until(t, g, "the event", func() bool {
				events := state(t, g).Events
				return len(events) > 0 && events[len(events)-1].Provider == "avma" && events[len(events)-1].ID == want
			})
		})
	}
}

// failing is a clone whose check has run once; then whatever is wrong with it is told once, not at every look.
func failing(t *testing.T, c winguest.Config, change func(*winguest.Guest)) (g *winguest.Guest, events []winguest.Event) {
	t.Helper()
	g = register(t, c, templates.FirstBootArgs{SliceSeconds: 4})
	clone(t, g, "AAAAAAAA-0000-4000-8000-000000000001", 1800000000)
	change(g)
	g.Boot()
	g.Advance(0)
	g.Advance(20 * time.Minute)
	for _, e := range state(t, g).Events {
		if e.Provider == "avma" {
			events = append(events, e)
		}
	}
	return g, events
}

// System Center VMM writes an answer file where Setup prefers it to the one that sysprep was given.
func TestFirstBootNamesAnotherAnswerFile(t *testing.T) {
	const theirs = `C:\Windows\Panther\Unattend\unattend.xml`
	for content, told := range map[string]bool{
		`<unattend xmlns="urn:schemas-microsoft-com:unattend"/>`:                                                                                true,
		`<unattend xmlns="urn:schemas-microsoft-com:unattend"><Extensions xmlns="urn:golden-image:packer-plugin-avma:answer-file"/></unattend>`: false,
	} {
		g, events := failing(t, winguest.Config{Key: "gvlk"}, func(g *winguest.Guest) {
			if err := os.MkdirAll(g.Path(`C:\Windows\Panther\Unattend`), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(g.Path(theirs), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		})
		if p := published(t, g); p["AvmaStatus"] != "not_avma" {
			t.Errorf("published: %v", p)
		}
		data, err := os.ReadFile(g.Path(`C:\Program Files\avma\verdict.json`))
		if named := strings.Contains(string(data), `Panther`); err != nil || named != told || len(events) != 1 || strings.Contains(events[0].Message, "VMM") != told {
			t.Errorf("verdict.json: %s %v, events: %v", data, err, events)
		}
	}
}

// A check that breaks leaves nothing old behind, and says so once.
func TestFirstBootThatBreaks(t *testing.T) {
	g, events := failing(t, winguest.Config{Key: "avma"}, func(g *winguest.Guest) {
		g.Config.Faults.DiskFull = true
		edit(t, g, func(s *winguest.State) {
			s.Registry[keyGuest]["AvmaStatus"] = winguest.Value{Kind: "String", Data: "activated"}
		})
	})
	if p := published(t, g); p["AvmaStatus"] != "unknown" || p["AvmaReason"] != "AVMA-702" {
		t.Errorf("published: %v", p)
	}
	if len(events) != 1 || events[0].ID != 3 {
		t.Errorf("events: %v", events)
	}
}
