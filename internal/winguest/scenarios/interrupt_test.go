// SPDX-License-Identifier: MPL-2.0

//go:build unix

package scenarios

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/internal/packertest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
)

// Ctrl-C while the host is waited for: Packer returns at once and ends the plugin, and the report of what was known
// until then is there, whole and alone in its folder.
func TestInterruptLeavesTheReport(t *testing.T) {
	packertest.Each(t, func(t *testing.T, p *packertest.Packer) {
		p.Install(t)
		g := winguest.New(t, winguest.Config{Host: winguest.Host{LatencySeconds: 3600}})
		s := winguest.Scenario{Name: "interrupt", Provisioner: []string{`activation_timeout = "30m"`}}
		report := filepath.Join(t.TempDir(), "out", "report.json")
		name := p.Write(t, "build.pkr.hcl", template(s, g, "ssh", report))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
		defer cancel()
		cmd := p.Command(ctx, "build", "-color=false", filepath.Dir(name))
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a terminal sends the signal to the whole group
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if strings.Contains(lines.Text(), "Waiting for the host") {
				if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil || ctx.Err() != nil {
			t.Fatalf("%v, %v", err, ctx.Err())
		}
		v := readReport(t, report)
		if last := v.Reasons[len(v.Reasons)-1]; v.Status != activation.NotAVMA || last.Code != activation.CodeUnfinished {
			t.Errorf("the report says %s, %+v", v.Status, v.Reasons)
		}
		if left, _ := os.ReadDir(filepath.Dir(report)); len(left) != 1 {
			t.Errorf("beside the report there is something: %v", left)
		}
	})
}
