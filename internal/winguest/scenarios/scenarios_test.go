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
					o = inProcess(t, s, comm, port)
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

// tellClone generalizes the guest, clones it, and looks at what the clone publishes about itself.
func tellClone(t *testing.T, g *winguest.Guest, s winguest.Story) {
	t.Helper()
	for range s.RestartsBefore {
		g.Restart()
		time.Sleep(time.Second) // whatever runs at startup has its chance
	}
	if err := g.Generalize(); err != nil {
		t.Fatal(err)
	}
	c := g.Clone(t, winguest.CloneOptions{Host: s.Host, AnswerFile: s.AnswerFile})
	c.Until(2*time.Minute, "the clone's verdict "+s.Want.Status+" "+fmt.Sprint(s.Want.Reasons), func(st *winguest.State) bool {
		v := st.Registry[winguest.KeyGuest]
		return v["AvmaStatus"].Data == s.Want.Status && (len(s.Want.Reasons) == 0 || v["AvmaReason"].Data == s.Want.Reasons[0])
	})
	c.Until(2*time.Minute, "the task to end", func(st *winguest.State) bool { return st.Tasks["avma-first-boot"].State == "Ready" })
	s.Want.CheckGuest(t, c)
	if s.Key == "replaced" {
		if err := c.InstallKey("gvlk"); err != nil {
			t.Fatal(err)
		}
		c.Restart()
		c.Until(2*time.Minute, "the values to be withdrawn", func(st *winguest.State) bool { return st.Registry[winguest.KeyGuest]["AvmaStatus"].Data == nil })
	}
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
