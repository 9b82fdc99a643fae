// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/packerbin"
)

// limit bounds each run of Packer: long enough for a loaded machine, short enough for a hanging test to be seen.
const limit = 5 * time.Minute

var used atomic.Bool // whether this test binary needed the plugin

// Packer is one Packer in a home of its own.
type Packer struct {
	Flavor Flavor
	Dir    string   // where it runs; a template's folder
	Env    []string // more variables for it

	path    string
	home    string
	plugins string
}

// New gives a Packer of that flavour with nothing installed. It skips the test when the Packer is not there.
func New(t *testing.T, flavor Flavor) *Packer {
	t.Helper()
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	path, err := packerbin.Find(root, flavor.Release)
	if errors.Is(err, packerbin.ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	return &Packer{Flavor: flavor, Dir: t.TempDir(), path: path, home: home, plugins: filepath.Join(home, "plugins")}
}

// Install puts the plugin into p's home: with `plugins install` where this Packer has it, else by hand.
func (p *Packer) Install(t *testing.T) *Packer {
	t.Helper()
	used.Store(true)
	b := plugin()
	if b.err != nil {
		t.Fatal(b.err)
	}
	if strings.HasPrefix(p.Flavor.Release.Version, "1.9.") {
		if err := installByHand(b.path, p.plugins); err != nil {
			t.Fatal(err)
		}
		return p
	}
	p.Run(t, "plugins", "install", "--path", b.path, source).Succeeds(t)
	return p
}

// Write puts a file into p's folder, as text or as bytes, and returns its path.
func (p *Packer) Write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(p.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Run runs Packer to its end, and fails the test when it hangs. Its exit status is the caller's to judge.
func (p *Packer) Run(t *testing.T, args ...string) Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := p.Command(ctx, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("packer %s did not run: %v", strings.Join(args, " "), err)
	}
	if ctx.Err() != nil {
		t.Fatalf("packer %s ran longer than %v\n%s%s", strings.Join(args, " "), limit, &stdout, &stderr)
	}
	log, _ := os.ReadFile(p.logPath())
	return Result{Args: args, Stdout: stdout.String(), Stderr: stderr.String(), Log: string(log), Exit: cmd.ProcessState.ExitCode()}
}

// Command is a run of Packer that the caller starts, stops and waits for itself.
func (p *Packer) Command(ctx context.Context, args ...string) *exec.Cmd {
	_ = os.Remove(p.logPath())
	cmd := exec.CommandContext(ctx, p.path, args...)
	cmd.Dir = p.Dir
	cmd.WaitDelay = 10 * time.Second
	cmd.Env = append(environ(),
		"CHECKPOINT_DISABLE=1", // no call home
		"PACKER_CONFIG_DIR="+p.home,
		"PACKER_PLUGIN_PATH="+p.plugins,
		"PACKER_CACHE_DIR="+filepath.Join(p.home, "cache"),
		"PACKER_NO_COLOR=1",
		"PACKER_LOG=1", // a test may look for secrets here
		"PACKER_LOG_PATH="+p.logPath(),
	)
	if p.Flavor.Gob {
		cmd.Env = append(cmd.Env, "PACKER_FORCE_GOB=1")
	}
	cmd.Env = append(cmd.Env, p.Env...)
	return cmd
}

func (p *Packer) logPath() string { return filepath.Join(p.home, "packer.log") }

// environ is this process's environment without what would change Packer's behaviour.
func environ() []string {
	var out []string
	for _, kv := range os.Environ() {
		switch name, _, _ := strings.Cut(kv, "="); {
		case strings.HasPrefix(name, "PACKER_"), strings.HasPrefix(name, "PKR_"), strings.HasPrefix(name, "HCP_"):
		default:
			out = append(out, kv)
		}
	}
	return out
}
