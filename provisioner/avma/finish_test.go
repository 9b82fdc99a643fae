// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

func done(name string) answer {
	return func(int, any) (activation.Facts, error) {
		return activation.Facts{Action: &activation.Action{Name: name, Done: true}}, nil
	}
}

func TestVerifyFirstBootDefersTheProof(t *testing.T) {
	elsewhere := server2022()
	elsewhere.Virtualization = activation.Virtualization{HypervisorPresent: true, Manufacturer: "QEMU", Model: "Standard PC (Q35 + ICH9, 2009)", BIOSVendor: "SeaBIOS"}
	elsewhere.DataExchange = activation.DataExchange{ServiceState: "Stopped", StartMode: "Manual"}
	g := &fakeGuest{facts: elsewhere}
	g.on = map[string]answer{
		"install": func(_ int, args any) (activation.Facts, error) {
			f := withKey(elsewhere, "", "install", 1)
			f.Action.HResult = 0xC004FD01
			return f, nil
		},
		"register_first_boot": func(_ int, args any) (activation.Facts, error) {
			a := args.(templates.FirstBootArgs)
			if a.Armed || a.IntervalMinutes != 5 || a.DeadlineMinutes != 30 {
				t.Errorf("registered %+v", a)
			}
			return done("register_first_boot")(0, nil)
		},
	}
	play(t, Config{Verify: verifyFirstBoot, FirstBoot: &unattend.FirstBoot{}}, g, func(t *testing.T, o outcome) {
		if o.err != nil || o.verdict.Status != activation.Deferred {
			t.Errorf("error %v, verdict %s\n%s", o.err, o.verdict.Status, o.ui.all())
		}
		o.ranExactly(t, "facts", "install", "register_first_boot")
		if o.took > time.Minute {
			t.Errorf("it waited %s for a host that it knows to be none", o.took)
		}
	})
}

// The block of the answer file fits, and what it expects of the clones' hosts goes before what the build expects of its own.
func TestFirstBootArguments(t *testing.T) {
	for _, c := range []struct {
		block    unattend.FirstBoot
		hosts    []string
		interval int
		deadline int
	}{
		{unattend.FirstBoot{}, []string{"hv-build"}, 5, 30},
		{unattend.FirstBoot{ExpectedHosts: []string{"hv-01"}, Interval: "61s", Deadline: "1h30s"}, []string{"hv-01"}, 2, 61},
	} {
		g := &fakeGuest{facts: server2022()}
		var got templates.FirstBootArgs
		g.on = map[string]answer{"register_first_boot": func(_ int, args any) (activation.Facts, error) {
			got = args.(templates.FirstBootArgs)
			return done("register_first_boot")(0, nil)
		}}
		play(t, Config{Verify: verifyWarn, SkipInstall: true, ExpectedHosts: []string{"hv-build"}, FirstBoot: &c.block}, g, func(t *testing.T, o outcome) {
			if o.err != nil || !slices.Equal(got.ExpectedHosts, c.hosts) || got.IntervalMinutes != c.interval || got.DeadlineMinutes != c.deadline {
				t.Errorf("error %v, registered %+v", o.err, got)
			}
		})
	}
}

func TestFirstBootThatCannotBeRegisteredFails(t *testing.T) {
	g := &fakeGuest{facts: withKey(server2022(), "hv-01", "", 0)}
	g.on = map[string]answer{"register_first_boot": func(int, any) (activation.Facts, error) {
		return activation.Facts{Action: &activation.Action{Name: "register_first_boot", HResult: 0x80070070, Message: "disk full"}}, nil
	}}
	play(t, Config{FirstBoot: &unattend.FirstBoot{}}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "disk full") || !strings.Contains(o.err.Error(), "0x80070070") {
			t.Errorf("error: %v", o.err)
		}
	})
}

func TestDeployAnswerFileFollowsTheGuest(t *testing.T) {
	g := &fakeGuest{facts: withKey(server2022(), "hv-01", "", 0)}
	g.on = map[string]answer{"write_file": func(_ int, args any) (activation.Facts, error) {
		a := args.(templates.WriteFileArgs)
		if a.Path != defaultDeployPath || !bytes.Contains(a.Content, []byte("W3GNR-8DDXR-2TFRP-H8P33-DV9BG")) || !bytes.Contains(a.Content, []byte("W. Europe Standard Time")) {
			t.Errorf("wrote %s:\n%s", a.Path, a.Content)
		}
		return done("write_file")(0, nil)
	}}
	cfg := Config{DeployAnswerFile: &DeployAnswerFile{Config: unattend.Config{TimeZone: "W. Europe Standard Time"}}}
	play(t, cfg, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatal(o.err)
		}
		o.ranExactly(t, "facts", "probe", "write_file")
		if !g.opts[2].Secret {
			t.Error("an answer file would stand in a command line")
		}
		if !strings.Contains(o.ui.all(), "sysprep.exe /generalize") {
			t.Errorf("nothing about sysprep:\n%s", o.ui.all())
		}
	})
}

func TestDeployAnswerFileRefusesAPendingRestart(t *testing.T) {
	for _, why := range []string{"cbs", "windows_update"} {
		g := &fakeGuest{facts: withKey(server2022(), "hv-01", "", 0)}
		g.facts.PendingRestart = []string{"file_rename", why}
		play(t, Config{DeployAnswerFile: &DeployAnswerFile{}}, g, func(t *testing.T, o outcome) {
			if o.err == nil || !strings.Contains(o.err.Error(), "windows-restart") || !strings.Contains(o.err.Error(), why) || strings.Contains(o.err.Error(), "file_rename") {
				t.Errorf("error: %v", o.err)
			}
		})
	}
}

func TestRefusedUploadIsNotTakenForALostConnection(t *testing.T) {
	g := &fakeGuest{facts: withKey(server2022(), "hv-01", "", 0)}
	g.on = map[string]answer{"write_file": func(int, any) (activation.Facts, error) {
		return activation.Facts{}, &guest.CutError{Script: "write_file", Step: "upload", Err: errors.New("scp: no space left")}
	}}
	play(t, Config{DeployAnswerFile: &DeployAnswerFile{}}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "disk is not full") || o.took > time.Minute {
			t.Errorf("after %s: %v", o.took, o.err)
		}
	})
}

// With transport = "upload" the question whether the guest is there must not be an upload itself.
func TestRefusedUploadOfEverything(t *testing.T) {
	refused := func(int, any) (activation.Facts, error) {
		return activation.Facts{}, &guest.CutError{Script: "facts", Step: "upload", Err: errors.New("scp: permission denied")}
	}
	for _, gone := range []bool{false, true} {
		g := &fakeGuest{gone: gone, on: map[string]answer{"facts": refused, "probe": refused}}
		play(t, Config{Transport: "upload"}, g, func(t *testing.T, o outcome) {
			if told := o.err != nil && strings.Contains(o.err.Error(), "disk is not full") && o.took < time.Minute; told == gone {
				t.Errorf("gone %v: after %s: %v", gone, o.took, o.err)
			}
		})
	}
}
