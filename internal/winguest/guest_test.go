// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

func runIn(t *testing.T, g *Guest, command string) (string, string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	code, err := g.PowerShell(context.Background(), []string{"-NoProfile", "-Command", command}, false, Streams{Out: &out, Err: &errs})
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n"), errs.String(), code
}

func TestFactsOverSSH(t *testing.T) {
	g := New(t, Config{})
	comm, _ := g.SSHCommunicator()
	if testing.Verbose() {
		comm, _ = g.WinRMCommunicator()
	}
	r := &guest.Runner{Comm: comm, Logf: t.Logf}
	began := time.Now()
	f, err := r.Run(context.Background(), templates.Facts(), nil, guest.RunOptions{})
	if err != nil {
		for _, c := range g.Commands() {
			t.Log(c.Stdout, c.Stderr, c.Exit)
		}
		t.Fatal(err)
	}
	t.Log(time.Since(began))
	t.Logf("%+v", f)
	f, err = r.Run(context.Background(), templates.Install(), templates.InstallArgs{Key: keyOf("2022", "ServerDatacenter", "AVMA"), WaitSeconds: 2, PollSeconds: 0.2, Activate: true}, guest.RunOptions{})
	t.Logf("%+v %v", f, err)
	s, _ := g.State()
	t.Logf("%+v", s.Journal)
	for _, c := range g.Commands() {
		t.Log(c.N, c.Exit, c.Took, c.Stderr, len(c.Line))
	}
}
