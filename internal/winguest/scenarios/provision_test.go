// SPDX-License-Identifier: MPL-2.0

package scenarios

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclparse"
	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/provisioner/avma"
)

// outcome is what came of one run of the provisioner.
type outcome struct {
	said    []string // by the Ui, line by line
	err     error
	verdict activation.Verdict
	took    time.Duration
}

// defaults keep a scenario short where it does not say otherwise.
var defaults = []struct{ name, line string }{
	{"activation_timeout", `activation_timeout = "3s"`},
	{"poll_interval", `poll_interval = "1s"`},
	{"restart_timeout", `restart_timeout = "3m"`},
	{"conversion_timeout", `conversion_timeout = "3m"`},
}

// block is the content of the provisioner's block.
func block(s winguest.Scenario, report string) string {
	lines := append([]string(nil), s.Provisioner...)
	text := strings.Join(lines, "\n")
	for _, d := range defaults {
		if !strings.Contains(text, d.name) {
			lines = append(lines, d.line)
		}
	}
	return strings.Join(append(lines, "report {", fmt.Sprintf("json = %q", report), "}"), "\n") + "\n"
}

// inProcess runs the provisioner in this process, decoding the block as Packer does.
func inProcess(t *testing.T, s winguest.Scenario, g *winguest.Guest, comm packersdk.Communicator, port int) outcome {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.json")
	file, diags := hclparse.NewParser().ParseHCL([]byte(block(s, report)), s.Name+".hcl")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	p := &avma.Provisioner{Getenv: func(string) string { return "" }}
	value, diags := hcldec.Decode(file.Body, p.ConfigSpec(), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if err := p.Prepare(value); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if s.CancelAt != "" {
		watched := make(chan struct{})
		defer func() { cancel(); <-watched }()
		go func() {
			defer close(watched)
			cancelAt(ctx, g, s.CancelAt, cancel)
		}()
	}
	ui := &recorder{}
	began := time.Now()
	err := p.Provision(ctx, ui, comm, map[string]any{"Host": "127.0.0.1", "Port": port, "ConnType": "ssh", "User": winguest.User})
	o := outcome{said: ui.lines(), err: err, took: time.Since(began), verdict: readReport(t, report)}
	if err != nil {
		o.said = append(o.said, strings.Split(err.Error(), "\n")...)
	}
	return o
}

// cancelAt cancels the build when something has happened in the guest.
func cancelAt(ctx context.Context, g *winguest.Guest, entry string, cancel func()) {
	for ticker := time.NewTicker(50 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			ticker.Stop()
			return
		case <-ticker.C:
			s, err := g.State()
			if err == nil && slices.ContainsFunc(s.Done(), func(e string) bool { return strings.HasPrefix(e, entry) }) {
				cancel()
			}
		}
	}
}

func readReport(t *testing.T, path string) (v activation.Verdict) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("there is no report: %v", err)
	}
	var doc struct {
		Verdict activation.Verdict `json:"verdict"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Verdict.Status == "" {
		if err := json.Unmarshal(data, &doc.Verdict); err != nil {
			t.Fatal(err)
		}
	}
	return doc.Verdict
}

// recorder is a Ui that keeps what it is told.
type recorder struct {
	packersdk.MockUi
	mu  sync.Mutex
	buf bytes.Buffer
}

func (r *recorder) add(s string) { r.mu.Lock(); defer r.mu.Unlock(); r.buf.WriteString(s + "\n") }

func (r *recorder) lines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Split(strings.TrimSpace(r.buf.String()), "\n")
}

func (r *recorder) Say(s string)              { r.add(s) }
func (r *recorder) Sayf(f string, a ...any)   { r.add(fmt.Sprintf(f, a...)) }
func (r *recorder) Message(s string)          { r.add(s) }
func (r *recorder) Error(s string)            { r.add("error: " + s) }
func (r *recorder) Errorf(f string, a ...any) { r.add("error: " + fmt.Sprintf(f, a...)) }
