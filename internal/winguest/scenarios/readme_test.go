// SPDX-License-Identifier: MPL-2.0

package scenarios

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/internal/packertest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
)

var update = flag.Bool("update", false, "write what Packer printed into the README")

// shown is a block of the README with the output of a scenario's build: a comment that names the scenario, then the block.
var shown = regexp.MustCompile("(?s)<!-- the build of (\\S+) -->\n```text\n(.*?)```\n")

// TestREADMEBuilds holds the builds that the README shows against what the newest Packer prints. Times are told apart
// from run to run, and nothing else is.
func TestREADMEBuilds(t *testing.T) {
	p := packertest.Newest(t)
	p.Install(t)
	root, err := packertest.Root()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	stories := map[string]winguest.Scenario{}
	for _, s := range winguest.LoadScenarios(t, "testdata") {
		stories[s.Name] = s
	}
	blocks := shown.FindAllSubmatch(readme, -1)
	if len(blocks) != 3 {
		t.Fatalf("the README shows %d builds, want 3: one that activates, one on a Standard host, one of evaluation media", len(blocks))
	}
	text := string(readme)
	for _, b := range blocks {
		name, old := string(b[1]), string(b[2])
		s, ok := stories[name]
		if !ok {
			t.Errorf("the README shows the build of %s, and there is no such scenario", name)
			continue
		}
		now := buildOutput(t, p, s)
		if *update {
			text = strings.Replace(text, string(b[0]), "<!-- the build of "+name+" -->\n```text\n"+now+"```\n", 1)
		} else if timeless(old) != timeless(now) {
			t.Errorf("the README's build of %s is not what Packer prints (-update writes it):\n%s", name, now)
		}
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// buildOutput is what the provisioner said in a build, and how the build ended.
func buildOutput(t *testing.T, p *packertest.Packer, s winguest.Scenario) string {
	t.Helper()
	g := winguest.New(t, s.Guest)
	// What scenarios shorten is shown as it is by default.
	s.Provisioner = append([]string{`activation_timeout = "10m"`, `restart_timeout = "15m"`, `conversion_timeout = "30m"`}, s.Provisioner...)
	name := p.Write(t, "readme-"+s.Name+"/build.pkr.hcl", template(s, g, "ssh", filepath.Join(t.TempDir(), "report.json")))
	r := p.Run(t, "build", "-color=false", filepath.Dir(name))
	var out strings.Builder
	for line := range strings.Lines(r.Stdout) {
		line = strings.TrimRight(line, " \r\n")
		if rest, ok := strings.CutPrefix(line, "==> null.guest: "); ok && !strings.HasPrefix(rest, "Using ") && !strings.HasPrefix(rest, "Waiting for SSH") && !strings.HasPrefix(rest, "Connected to SSH") {
			out.WriteString(line + "\n")
		}
		if strings.HasPrefix(line, "Build 'null.guest'") {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

// waitedFor is a line that comes when something takes a while, and the times within a line.
var (
	waitedFor = regexp.MustCompile(`(?m)^.*Still waiting for .*\n`)
	took      = regexp.MustCompile(`\d+(\.\d+)?(ms|s|m\d+s)|\d+ (minutes?|seconds?|milliseconds?)( \d+ (seconds?|milliseconds?|microseconds?))?`)
)

func timeless(s string) string {
	return took.ReplaceAllString(waitedFor.ReplaceAllString(s, ""), "TIME")
}
