// SPDX-License-Identifier: MPL-2.0

//go:build unix

package packertest

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Ctrl-C while provisioners run: Packer ends, and the ISO of the half-done build is gone.
func TestInterruptLeavesNoISO(t *testing.T) {
	Each(t, func(t *testing.T, p *Packer) {
		p.Install(t)
		p.Write(t, "iso.pkr.hcl", `
source "avma-iso" "x" {
  output  = "out/x.iso"
  content = { "a" = "b" }
}
build {
  sources = ["source.avma-iso.x"]
  provisioner "shell-local" {
    inline = ["echo now-waiting", "exec sleep 60"]
  }
}
`)
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		cmd := p.Command(ctx, "build", ".")
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a terminal sends the signal to the whole group
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "now-waiting") && !strings.Contains(lines.Text(), "echo") {
				if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Error("an interrupted packer build succeeds")
		}
		if ctx.Err() != nil {
			t.Fatal("packer did not end on the interrupt")
		}
		if _, err := os.Stat(filepath.Join(p.Dir, "out", "x.iso")); err == nil {
			t.Error("the ISO of an interrupted build is left")
		}
	})
}
