// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

type answer = func(n int, args any) (activation.Facts, error)

// sleepy waits in the guest as long as the script was told to.
func sleepy(args any) int {
	seconds := 0
	switch a := args.(type) {
	case templates.InstallArgs:
		seconds = a.WaitSeconds
	case templates.WaitArgs:
		seconds = a.WaitSeconds
	}
	time.Sleep(time.Duration(seconds) * time.Second)
	return seconds
}

func TestHappyPathTakesTwoCommands(t *testing.T) {
	g := &fakeGuest{facts: server2022(), on: map[string]answer{
		"install": func(_ int, args any) (activation.Facts, error) {
			if key := args.(templates.InstallArgs).Key; key != "W3GNR-8DDXR-2TFRP-H8P33-DV9BG" {
				t.Errorf("installed %s", key)
			}
			return withKey(server2022(), "HV-01", "install", 2), nil
		},
	}}
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatal(o.err)
		}
		o.ranExactly(t, "facts", "install")
		if !strings.Contains(o.ui.all(), "Activated by the host HV-01") {
			t.Errorf("the host is not named:\n%s", o.ui.all())
		}
	})
}

func TestActivatedGuestIsLeftAlone(t *testing.T) {
	g := &fakeGuest{facts: withKey(server2022(), "hv-01", "", 0)}
	g.facts.Action = nil
	play(t, Config{ExpectedHosts: []string{"HV-01.example.net"}}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatal(o.err)
		}
		o.ranExactly(t, "facts")
	})
}

func TestWaitingEndsAtTheDeadlineAndIsNeverSilent(t *testing.T) {
	waiting := func(_ int, args any) (activation.Facts, error) {
		return withKey(server2022(), "", "wait", sleepy(args)), nil
	}
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": waiting, "wait": waiting}}
	play(t, Config{ActivationTimeout: 10 * time.Minute}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "activation_timeout") {
			t.Errorf("error: %v", o.err)
		}
		if o.took < 9*time.Minute || o.took > 11*time.Minute {
			t.Errorf("it took %s", o.took)
		}
		if s := o.ui.longestSilence(); s > time.Minute {
			t.Errorf("silent for %s:\n%s", s, o.ui.all())
		}
		if o.verdict.Status != activation.Pending || o.verdict.Reasons[len(o.verdict.Reasons)-1].Code != activation.CodeDeadline {
			t.Errorf("verdict %s, reasons %+v", o.verdict.Status, o.verdict.Reasons)
		}
	})
}

// A host that refuses is believed once it has been asked for a minute, and not waited for until the deadline.
func TestARefusalIsBelievedAfterAMinute(t *testing.T) {
	refused := func(_ int, args any) (activation.Facts, error) {
		f := withKey(server2022(), "", "wait", sleepy(args))
		f.Action.HResult, f.Products[0].LicenseStatusReason = 0xC004FD02, 0xC004FD02
		return f, nil
	}
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": refused, "wait": refused}}
	play(t, Config{ActivationTimeout: 10 * time.Minute}, g, func(t *testing.T, o outcome) {
		if o.took < time.Minute || o.took > 3*time.Minute {
			t.Errorf("it took %s", o.took)
		}
		if o.verdict.Reasons[0].Code != activation.CodeHostNotActivated {
			t.Errorf("reasons %+v", o.verdict.Reasons)
		}
		for _, r := range o.verdict.Reasons {
			if r.Code == activation.CodeDeadline {
				t.Error("waited until the deadline")
			}
		}
	})
}

func TestCutConnectionsAreResumed(t *testing.T) {
	cut := &guest.CutError{Script: "x", Step: "answer", Err: errors.New("gone")}
	g := &fakeGuest{facts: server2022()}
	g.on = map[string]answer{
		"facts": func(n int, _ any) (activation.Facts, error) {
			if n < 3 {
				return activation.Facts{}, cut
			}
			return g.facts, nil
		},
		"install": func(n int, _ any) (activation.Facts, error) {
			if n == 0 {
				return activation.Facts{}, &guest.TimeoutError{Script: "install", After: time.Minute}
			}
			f := withKey(server2022(), "hv-01", "install", 1)
			f.Action.Skipped = "already_installed"
			return f, nil
		},
	}
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatal(o.err)
		}
		o.ranExactly(t, "facts", "facts", "facts", "facts", "install", "install")
	})
}

func TestGuestThatNeverAnswersEndsAtRestartTimeout(t *testing.T) {
	g := &fakeGuest{on: map[string]answer{"facts": func(int, any) (activation.Facts, error) {
		time.Sleep(10 * time.Second)
		return activation.Facts{}, &guest.CutError{Script: "facts", Step: "start", Err: errors.New("connection refused")}
	}}}
	play(t, Config{RestartTimeout: 5 * time.Minute}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "restart_timeout") || !strings.Contains(o.err.Error(), "connection refused") {
			t.Errorf("error: %v", o.err)
		}
		if o.took > 6*time.Minute {
			t.Errorf("it took %s", o.took)
		}
		if s := o.ui.longestSilence(); s > time.Minute {
			t.Errorf("silent for %s", s)
		}
		if o.verdict.Status != activation.Unknown {
			t.Errorf("verdict %s", o.verdict.Status)
		}
	})
}

func TestStandardHostExplainsItself(t *testing.T) {
	g := &fakeGuest{facts: server2022()}
	g.facts.DataExchange.Parameters["HostingSystemEditionId"] = "7"
	play(t, Config{Report: &Report{JSON: "out/r.json", JUnit: "out/r.xml"}}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "AVMA-") {
			t.Fatalf("error: %v", o.err)
		}
		if !strings.Contains(o.ui.all(), "What to do:") {
			t.Errorf("no remedy:\n%s", o.ui.all())
		}
		if strings.Contains(o.ui.all(), activation.CodeGVLK) {
			t.Errorf("it advises to mend what it would mend itself:\n%s", o.ui.all())
		}
		o.ranExactly(t, "facts")
		data, err := afero.ReadFile(o.fs, "out/r.json")
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Verdict activation.Verdict }
		if err := json.Unmarshal(data, &doc); err != nil || doc.Verdict.Status != activation.Failed {
			t.Errorf("report: %v, status %q", err, doc.Verdict.Status)
		}
		if data, _ := afero.ReadFile(o.fs, "out/r.xml"); !strings.Contains(string(data), "<failure") {
			t.Errorf("JUnit report without a failure: %s", data)
		}
	})
}

func TestVerifyWarnGoesOn(t *testing.T) {
	answerWithoutHost := func(_ int, args any) (activation.Facts, error) {
		f := withKey(server2022(), "", "wait", sleepy(args))
		f.DataExchange.Parameters["HostingSystemEditionId"] = "7"
		return f, nil
	}
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": answerWithoutHost, "wait": answerWithoutHost}}
	g.facts.DataExchange.Parameters["HostingSystemEditionId"] = "7"
	play(t, Config{Verify: verifyWarn, ActivationTimeout: time.Minute}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatal(o.err)
		}
		if g.count("install") != 1 || !strings.Contains(o.ui.all(), `verify = "warn"`) {
			t.Errorf("scripts %v\n%s", g.ran, o.ui.all())
		}
	})
}

func TestMAKStaysUnlessReplaced(t *testing.T) {
	mak := server2022()
	mak.Products = []activation.Product{product("VOLUME_MAK", "Volume:MAK", "ABCDE", 1, "")}
	t.Run("left alone", func(t *testing.T) {
		play(t, Config{}, &fakeGuest{facts: mak}, func(t *testing.T, o outcome) {
			if o.err == nil || o.verdict.Status != activation.NotAVMA {
				t.Errorf("error %v, verdict %s", o.err, o.verdict.Status)
			}
			o.ranExactly(t, "facts")
		})
	})
	t.Run("replaced", func(t *testing.T) {
		g := &fakeGuest{facts: mak, on: map[string]answer{"install": func(_ int, args any) (activation.Facts, error) {
			if !args.(templates.InstallArgs).Replace {
				t.Error("the script was not told to replace it")
			}
			return withKey(server2022(), "hv-01", "install", 1), nil
		}}}
		play(t, Config{ReplaceKey: true}, g, func(t *testing.T, o outcome) {
			if o.err != nil {
				t.Error(o.err)
			}
		})
	})
}

func TestOwnKeyIsUploadedAndNeverShown(t *testing.T) {
	const key = "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J" // well formed; stands for a key that nobody may see
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": func(_ int, args any) (activation.Facts, error) {
		if args.(templates.InstallArgs).Key != key {
			t.Error("another key was installed")
		}
		f := withKey(server2022(), "hv-01", "install", 1)
		f.Products[0].PartialProductKey = "CWG3J"
		return f, nil
	}}}
	play(t, Config{ProductKey: key, Report: &Report{JSON: "r.json"}}, g, func(t *testing.T, o outcome) {
		if !g.opts[1].Secret {
			t.Error("the key would stand in a command line")
		}
		data, _ := afero.ReadFile(o.fs, "r.json")
		if strings.Contains(o.ui.all()+string(data), key) {
			t.Error("the key is shown")
		}
	})
}

func TestCancelLeavesAtOnce(t *testing.T) {
	waiting := func(_ int, args any) (activation.Facts, error) {
		return withKey(server2022(), "", "wait", sleepy(args)), nil
	}
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": waiting, "wait": waiting}}
	playUntil(t, Config{Report: &Report{JSON: "r.json"}}, g, 90*time.Second, func(t *testing.T, o outcome) {
		if !errors.Is(o.err, context.Canceled) {
			t.Errorf("error: %v", o.err)
		}
		if o.took > 3*time.Minute {
			t.Errorf("it took %s", o.took)
		}
		if ok, _ := afero.Exists(o.fs, "r.json"); !ok {
			t.Error("a cancelled build has no report")
		}
	})
}

func TestConstrainedLanguageModeIsAVerdict(t *testing.T) {
	g := &fakeGuest{on: map[string]answer{"facts": func(int, any) (activation.Facts, error) {
		return activation.Facts{}, &guest.ConstrainedError{Script: "facts", Mode: "ConstrainedLanguage"}
	}}}
	play(t, Config{Report: &Report{JSON: "r.json"}}, g, func(t *testing.T, o outcome) {
		var constrained *guest.ConstrainedError
		if !errors.As(o.err, &constrained) || o.verdict.Status != activation.Unknown {
			t.Errorf("error %v, verdict %s", o.err, o.verdict.Status)
		}
	})
}

func TestDurationsAreSpelledAsInATemplate(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 3 * time.Second: "3s", 10 * time.Minute: "10m", 90 * time.Second: "1m30s", time.Hour: "1h", time.Hour + time.Second: "1h0m1s", 100 * time.Minute: "1h40m",
	} {
		if got := spell(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestVerifyWarnGoesOnWithoutALookToo(t *testing.T) {
	g := &fakeGuest{on: map[string]answer{"facts": func(int, any) (activation.Facts, error) {
		return activation.Facts{}, &guest.NoPowerShellError{Script: "facts", Exit: 127}
	}}}
	play(t, Config{Verify: verifyWarn}, g, func(t *testing.T, o outcome) {
		if o.err != nil || o.verdict.Reasons[0].Code != activation.CodeNoPowerShell || !strings.Contains(o.ui.all(), "ERROR") {
			t.Errorf("error %v, verdict %+v\n%s", o.err, o.verdict, o.ui.all())
		}
	})
}

func TestKeyThatDoesNotStayIsInstalledAFewTimesOnly(t *testing.T) {
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": func(int, any) (activation.Facts, error) {
		f := server2022() // something in the guest puts the old key back
		f.Action = &activation.Action{Name: "install", Done: true}
		return f, nil
	}}}
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if o.err == nil || g.count("install") != mostInstalls {
			t.Errorf("error %v after %d installs", o.err, g.count("install"))
		}
	})
}
