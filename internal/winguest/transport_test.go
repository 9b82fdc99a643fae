// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

func runner(t *testing.T, g *Guest) *guest.Runner {
	t.Helper()
	comm, _ := g.SSHCommunicator()
	return &guest.Runner{Comm: comm}
}

func run(t *testing.T, r *guest.Runner, s templates.Script, args any) activation.Facts {
	t.Helper()
	f, err := r.Run(context.Background(), s, args, guest.RunOptions{})
	if err != nil {
		t.Fatalf("%s: %v", s.Name(), err)
	}
	if f.Action != nil && !f.Action.Done && f.Action.Name != "probe" {
		t.Fatalf("%s: %+v, errors %+v", s.Name(), *f.Action, f.Errors)
	}
	return f
}

// TestWays: each way into the guest carries an inline script and an upload that holds a secret.
func TestWays(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"cmd", "powershell", "bash", "winrm"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			c := Config{Shell: way}
			if way == "winrm" {
				c.Shell = ""
			}
			g := New(t, c)
			var comm packersdk.Communicator
			if way == "winrm" {
				comm, _ = g.WinRMCommunicator()
			} else {
				comm, _ = g.SSHCommunicator()
			}
			r := &guest.Runner{Comm: comm}
			if f := run(t, r, templates.Facts(), nil); f.OS.EditionID != "ServerDatacenter" || len(f.Products) != 1 || len(f.Errors) != 0 {
				t.Errorf("%+v", f)
			}
			if n := len(g.Uploads()); n != 0 {
				t.Errorf("%d uploads for an inline script: %+v", n, g.Uploads())
			}
			const path = `C:\Windows\System32\Sysprep\avma-deploy.xml`
			_, err := r.Run(context.Background(), templates.WriteFile(), templates.WriteFileArgs{Path: path, Content: []byte("<secret>\r\n")}, guest.RunOptions{Secret: true})
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(g.Path(path))
			if err != nil || string(data) != "<secret>\r\n" {
				t.Errorf("%q, %v", data, err)
			}
			Want{Protected: []string{"Windows/System32/Sysprep/avma-deploy.xml"}, NoFiles: []string{"Windows/Temp/*", "Users/packer/AppData/Local/Temp/*"}, Commands: 2}.CheckGuest(t, g)
			for _, c := range g.Commands() {
				if strings.Contains(c.Line, "c2VjcmV0") {
					t.Errorf("the secret stands in a command line: %s", c.Line)
				}
			}
		})
	}
}

// TestFaults: what a bad line does to one look.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		faults Faults
		cut    bool
	}{
		{"noise", Faults{NoiseBefore: []string{"Loading personal and system profiles took 641ms.", "#AVMA1,"}, NoiseEach: "WARNING: x", NoiseAfter: []string{"bye"}}, false},
		{"wrapped at 40 columns", Faults{Wrap: 40}, false},
		{"stderr", Faults{Stderr: "#< CLIXML\r\n<Objs Version=\"1.1.0.1\"></Objs>"}, false},
		{"slow", Faults{DelayMS: 1500}, false},
		{"lost tail", Faults{LoseTail: 200}, true},
		{"cut before", Faults{Cut: []Cut{{Command: 1, Point: "before"}}}, true},
		{"cut during", Faults{Cut: []Cut{{Command: 1, Point: "during", AwayMS: 200}}}, true},
		{"cut in the middle", Faults{Cut: []Cut{{Command: 1, Point: "middle"}}}, true},
		{"cut after the output", Faults{Cut: []Cut{{Command: 1, Point: "after"}}}, false},
	} {
		for _, way := range []string{"ssh", "winrm"} {
			t.Run(c.name+" over "+way, func(t *testing.T) {
				t.Parallel()
				g := New(t, Config{Faults: c.faults})
				comm, _ := g.SSHCommunicator()
				if way == "winrm" {
					comm, _ = g.WinRMCommunicator()
				}
				r := &guest.Runner{Comm: comm}
				_, err := r.Run(context.Background(), templates.Probe(), nil, guest.RunOptions{Timeout: patience})
				var cut *guest.CutError
				// Over WinRM a lost connection is an error of the command, however much of its output has come.
				want := c.cut || way == "winrm" && strings.HasPrefix(c.name, "cut after") && err != nil
				if want != (err != nil) || want && !errors.As(err, &cut) {
					t.Errorf("%v", err)
				}
				if c.cut { // and the line is there again
					time.Sleep(250 * time.Millisecond)
					if _, err := r.Run(context.Background(), templates.Probe(), nil, guest.RunOptions{Timeout: patience}); err != nil {
						t.Errorf("the second time: %v", err)
					}
				}
			})
		}
	}
}

func TestRefusedUpload(t *testing.T) {
	t.Parallel()
	for _, f := range []Faults{{RefuseUpload: true}, {DiskFull: true}} {
		g := New(t, Config{Faults: f})
		comm, _ := g.SSHCommunicator()
		if err := comm.Upload("C:/Windows/Temp/x", strings.NewReader("x"), nil); err == nil {
			t.Errorf("%+v: uploaded", f)
		}
		comm, _ = g.WinRMCommunicator()
		if err := comm.Upload("C:/Windows/Temp/x", strings.NewReader("x"), nil); err == nil {
			t.Errorf("%+v: uploaded over WinRM", f)
		}
	}
}
