// SPDX-License-Identifier: MPL-2.0

package scenarios

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/internal/packertest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
)

func TestMain(m *testing.M) {
	if os.Getenv("AVMA_TEST_LOG") == "" { // the communicators log every command
		log.SetOutput(io.Discard)
	}
	packertest.Main(m)
}

// TestScenarios runs every story in this process.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, s := range winguest.LoadScenarios(t, "testdata") {
		for _, way := range s.Over {
			name := s.Name
			if len(s.Over) > 1 {
				name += "/" + way
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				g := winguest.New(t, s.Guest)
				comm, port := connect(g, way)
				var o outcome
				for range s.Runs {
					o = inProcess(t, s, g, comm, port)
				}
				checkOutcome(t, s.Want, o)
				s.Want.CheckGuest(t, g)
				if s.Clone != nil && !t.Failed() {
					tellClone(t, g, *s.Clone)
				}
				if t.Failed() {
					explain(t, g, o)
				}
			})
		}
	}
}

func connect(g *winguest.Guest, way string) (packersdk.Communicator, int) {
	switch way {
	case "winrm":
		return g.WinRMCommunicator()
	case "ssh_pty":
		return g.PTYCommunicator()
	}
	return g.SSHCommunicator()
}

func checkOutcome(t *testing.T, w winguest.Want, o outcome) {
	t.Helper()
	if w.Fails != (o.err != nil) {
		t.Errorf("error: %v, want one: %v", o.err, w.Fails)
	}
	if w.Status != "" && string(o.verdict.Status) != w.Status {
		t.Errorf("verdict: %s, want %s", o.verdict.Status, w.Status)
	}
	var codes []string
	for _, r := range o.verdict.Reasons {
		codes = append(codes, r.Code)
	}
	for i, code := range w.Reasons {
		if i == 0 && (len(codes) == 0 || codes[0] != code) || !slices.Contains(codes, code) {
			t.Errorf("reasons: %q, want %q, the first leading", codes, w.Reasons)
			break
		}
	}
	for _, not := range w.NotReasons {
		if slices.Contains(codes, not) {
			t.Errorf("reasons: %q, want no %s", codes, not)
		}
	}
	winguest.InOrder(t, "ui", o.said, w.Ui)
	for _, not := range w.NotUi {
		if strings.Contains(strings.Join(o.said, "\n"), not) {
			t.Errorf("ui: %q was said", not)
		}
	}
	limit := time.Duration(w.MaxSeconds * float64(time.Second))
	if limit == 0 {
		limit = 3 * time.Minute // nothing hangs; a loaded machine is slow
	}
	if o.took > limit {
		t.Errorf("it took %v, at most %v was right", o.took, limit)
	}
}

// explain shows what happened, when a scenario failed.
func explain(t *testing.T, g *winguest.Guest, o outcome) {
	t.Helper()
	t.Logf("after %v, the Ui said:\n  %s", o.took.Round(time.Millisecond), strings.Join(o.said, "\n  "))
	for _, r := range o.verdict.Reasons {
		t.Logf("%s %s %s: %s", r.Code, r.Severity, r.HResult, r.Summary)
	}
	for _, c := range g.Commands() {
		t.Logf("command %d: %.90s..., exit %d, %v, stderr %.300q", c.N, c.Line, c.Exit, c.Took.Round(time.Millisecond), c.Stderr)
	}
	for _, c := range g.Uploads() {
		if c.Exit != 0 || c.Stderr != "" {
			t.Logf("%s %.60s: exit %d, %.200q %.600q", c.Shell, c.Line, c.Exit, c.Stdout, c.Stderr)
		}
	}
	if s, err := g.State(); err == nil {
		t.Logf("journal: %q", s.Done())
	}
}

// tellClone generalizes the guest, clones it, and looks at what the clone publishes about itself. Its time is its own: what
// it says takes hours takes no longer than the processes that run in them.
func tellClone(t *testing.T, g *winguest.Guest, s winguest.Story) {
	t.Helper()
	for range s.RestartsBefore {
		g.Restart()
		g.Advance(6 * time.Minute)
	}
	if s.Copy {
		g.PowerOff()
	} else if err := g.Generalize(); err != nil {
		t.Fatal(err)
	}
	minutes := func(n float64) time.Duration { return time.Duration(n * float64(time.Minute)) }
	o := winguest.CloneOptions{Host: s.Host, AnswerFile: s.AnswerFile, Copy: s.Copy, Setup: minutes(s.SetupMinutes)}
	if s.SameUUID {
		st, err := g.State()
		if err != nil {
			t.Fatal(err)
		}
		o.UUID = st.Virtualization.UUID
	}
	c := g.Clone(t, o)
	c.Advance(0)
	c.Advance(minutes(s.Minutes))
	checkClone(t, c, s.Want, s.Events)
	for _, step := range s.Then {
		if t.Failed() {
			break
		}
		t.Log("then: " + step.About)
		before := publishedBy(t, c)["AvmaCheckedUtc"]
		if err := c.Happen(step); err != nil {
			t.Fatal(err)
		}
		if step.Restart {
			c.Restart()
		}
		c.Advance(minutes(step.Minutes))
		checkClone(t, c, step.Want, step.Events)
		if now := publishedBy(t, c)["AvmaCheckedUtc"]; step.Checked && now <= before {
			t.Errorf("published at %q, and before at %q", now, before)
		}
	}
	if t.Failed() {
		explain(t, c, outcome{})
		return
	}
	if s.Clone != nil {
		tellClone(t, c, *s.Clone)
	}
}

// publishedBy is what a guest gives to its host through Data Exchange.
func publishedBy(t *testing.T, c *winguest.Guest) map[string]string {
	t.Helper()
	st, err := c.State()
	if err != nil {
		t.Fatal(err)
	}
	p := map[string]string{}
	for name, v := range st.Registry[winguest.KeyGuest] {
		p[name] = fmt.Sprint(v.Data)
	}
	return p
}

// checkClone compares a clone with what must be so. Status and reason are those that it publishes.
func checkClone(t *testing.T, c *winguest.Guest, w winguest.Want, events *int) {
	t.Helper()
	p := publishedBy(t, c)
	if w.Status != "" && p["AvmaStatus"] != w.Status || len(w.Reasons) > 0 && p["AvmaReason"] != w.Reasons[0] {
		t.Errorf("published: %v, want %s %v", p, w.Status, w.Reasons)
	}
	st, err := c.State()
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range st.Events {
		if e.Provider == "avma" {
			said = append(said, fmt.Sprintf("%d: %s", e.ID, e.Message))
		}
	}
	if events != nil && len(said) != *events {
		t.Errorf("%d events, want %d:\n  %s", len(said), *events, strings.Join(said, "\n  "))
	}
	w.CheckGuest(t, c)
}

// TestPacker runs the stories marked so through a real Packer: some through the newest, some through each.
func TestPacker(t *testing.T) {
	t.Parallel()
	packertest.Each(t, func(t *testing.T, p *packertest.Packer) {
		t.Parallel() // each has a home of its own, and spends most of its time waiting
		p.Install(t)
		newest := p.Flavor == packertest.Flavors()[0]
		for _, s := range winguest.LoadScenarios(t, "testdata") {
			if s.Packer == "" || s.Packer == "newest" && !newest || testing.Short() && s.Name != "happy" {
				continue
			}
			for _, way := range s.Over {
				t.Run(s.Name+"/"+way, func(t *testing.T) {
					g := winguest.New(t, s.Guest)
					checkPacker(t, p, s, g, way)
				})
			}
		}
	})
}

func checkPacker(t *testing.T, p *packertest.Packer, s winguest.Scenario, g *winguest.Guest, way string) {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.json")
	name := p.Write(t, s.Name+"-"+way+"/build.pkr.hcl", template(s, g, way, report))
	began := time.Now()
	r := p.Run(t, "build", "-color=false", filepath.Dir(name))
	if _, err := os.Stat(report); err != nil {
		explain(t, g, outcome{})
		t.Fatalf("there is no report\n%s\n%s\n%s", r.Stdout, r.Stderr, r.Log)
	}
	o := outcome{said: strings.Split(r.Output(), "==>"), took: time.Since(began), verdict: readReport(t, report)}
	if r.Exit != 0 {
		o.err = fmt.Errorf("packer: exit status %d", r.Exit)
	}
	// Packer breaks lines and mixes streams, so what was said is looked for in the whole, not in order.
	w := s.Want
	for _, part := range w.Ui {
		r.Shows(t, part)
	}
	w.Ui = nil
	checkOutcome(t, w, o)
	w.CheckGuest(t, g)
	r.Hides(t, winguest.MAKKey, winguest.Password)
	if t.Failed() {
		explain(t, g, o)
		t.Log(r.Stdout, r.Stderr)
	}
}

func template(s winguest.Scenario, g *winguest.Guest, way, report string) string {
	host, port := g.SSH()
	lines := []string{`communicator = "ssh"`, `ssh_timeout = "2m"`, `ssh_disable_agent_forwarding = true`}
	prefix := "ssh"
	if way == "ssh_pty" {
		lines = append(lines, "ssh_pty = true")
	}
	if way == "winrm" {
		host, port = g.WinRM()
		prefix, lines = "winrm", []string{`communicator = "winrm"`, `winrm_timeout = "2m"`}
	}
	lines = append(lines, fmt.Sprintf("%s_host = %q", prefix, host), fmt.Sprintf("%s_port = %d", prefix, port),
		fmt.Sprintf("%s_username = %q", prefix, winguest.User), fmt.Sprintf("%s_password = %q", prefix, winguest.Password))
	return "source \"null\" \"guest\" {\n" + strings.Join(lines, "\n") + "\n}\nbuild {\nsources = [\"source.null.guest\"]\nprovisioner \"avma\" {\n" + block(s, report) + "}\n}\n"
}
