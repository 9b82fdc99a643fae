// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

func evaluation2022() activation.Facts {
	f := server2022()
	f.OS.EditionID, f.OS.SKU = "ServerDatacenterEval", 80
	f.Products = []activation.Product{product("TIMEBASED_EVAL", "Retail:TB:Eval", "7XD84", 1, "")}
	return f
}

// converter is a guest with evaluation media, as a conversion goes.
func converter(boots int) *fakeGuest {
	g := &fakeGuest{facts: evaluation2022()}
	phase, boot := "none", "2026-01-02T03:00:00Z"
	at := func(f activation.Facts) activation.Facts {
		f.OS.BootTimeUTC = boot
		return f
	}
	step := func(name string) activation.Facts {
		f := at(g.facts)
		f.Products = nil
		f.Action = &activation.Action{Name: name, Done: true, Phase: phase, Target: "ServerDatacenter", Targets: []string{"ServerStandard", "ServerDatacenter"}}
		return f
	}
	probes := 0
	g.on = map[string]answer{
		"facts": func(int, any) (activation.Facts, error) { return at(g.facts), nil },
		"convert_start": func(_ int, args any) (activation.Facts, error) {
			if a := args.(templates.ConvertArgs); a.EditionID != "ServerDatacenter" || a.Port != 5986 {
				g.t.Errorf("convert_start got %+v", a)
			}
			phase = "running"
			return step("convert_start"), nil
		},
		"convert_poll": func(n int, _ any) (activation.Facts, error) {
			if n == 2 {
				phase = "restart_needed"
			}
			return step("convert_poll"), nil
		},
		"restart": func(int, any) (activation.Facts, error) {
			return activation.Facts{}, &guest.CutError{Script: "restart", Step: "answer"}
		},
		"probe": func(int, any) (activation.Facts, error) {
			if g.count("restart") > 0 {
				if probes++; probes > boots {
					boot, phase = "2026-01-02T03:20:00Z", "done"
					g.facts = withKey(server2022(), "HV-01", "", 0)
					g.facts.Action = nil
				}
			}
			return at(g.facts), nil
		},
		"convert_finish": func(int, any) (activation.Facts, error) { return step("convert_finish"), nil },
	}
	return g
}

func TestEvaluationIsConvertedAndReadBack(t *testing.T) {
	g := converter(4)
	play(t, Config{ConvertEvaluation: true}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatalf("%v\n%s", o.err, o.ui.all())
		}
		if g.count("convert_start") != 1 || g.count("restart") != 1 || g.count("convert_finish") != 1 {
			t.Errorf("scripts %v", g.ran)
		}
		if o.verdict.Status != activation.Activated || o.verdict.EditionID != "ServerDatacenter" {
			t.Errorf("verdict %+v", o.verdict)
		}
	})
}

func TestRestartIsAskedForAgainOnlyAfterAWhile(t *testing.T) {
	g := converter(60) // the old boot time is answered for five minutes
	play(t, Config{ConvertEvaluation: true}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Fatal(o.err)
		}
		if n := g.count("restart"); n != 2 {
			t.Errorf("%d restarts were asked for, want 2", n)
		}
		if s := o.ui.longestSilence(); s > time.Minute {
			t.Errorf("silent for %s", s)
		}
	})
}

func TestEvaluationIsNotConvertedUnasked(t *testing.T) {
	g := &fakeGuest{facts: evaluation2022()}
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.ui.all(), "convert_evaluation = true") {
			t.Errorf("error %v\n%s", o.err, o.ui.all())
		}
		o.ranExactly(t, "facts")
	})
}

func TestDISMThatNeverEndsMeetsItsDeadline(t *testing.T) {
	g := converter(0)
	running := func(int, any) (activation.Facts, error) {
		f := evaluation2022()
		f.Action = &activation.Action{Name: "convert_poll", Done: true, Phase: "running"}
		return f, nil
	}
	g.on["convert_poll"] = running
	play(t, Config{ConvertEvaluation: true, ConversionTimeout: 20 * time.Minute}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "conversion_timeout") || o.took > 21*time.Minute {
			t.Errorf("after %s: %v", o.took, o.err)
		}
		if s := o.ui.longestSilence(); s > time.Minute {
			t.Errorf("silent for %s", s)
		}
		if o.verdict.Reasons[0].Code != activation.CodeConvertRunning {
			t.Errorf("the report says %s", o.verdict.Reasons[0].Code)
		}
	})
}

func TestConversionNeverPutsAnOwnKeyIntoACommandLine(t *testing.T) {
	const own = "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J"
	g := converter(1)
	inner := g.on["convert_start"]
	g.on["convert_start"] = func(n int, args any) (activation.Facts, error) {
		if args.(templates.ConvertArgs).Key != "W3GNR-8DDXR-2TFRP-H8P33-DV9BG" {
			t.Errorf("DISM got %s", args.(templates.ConvertArgs).Key)
		}
		return inner(n, args)
	}
	g.on["install"] = func(int, any) (activation.Facts, error) {
		f := withKey(server2022(), "HV-01", "install", 1)
		f.Products[0].PartialProductKey = "CWG3J"
		return f, nil
	}
	play(t, Config{ConvertEvaluation: true, ProductKey: own}, g, func(t *testing.T, o outcome) {
		if strings.Contains(o.ui.all(), own) {
			t.Error("the key is shown")
		}
		if g.count("install") == 0 {
			t.Errorf("the own key was not installed: %v\n%s", g.ran, o.ui.all())
		}
	})
}

func TestRestartThatDoesNotHelpIsNotRepeated(t *testing.T) {
	rearmed := withKey(server2022(), "", "", 0)
	rearmed.Action, rearmed.Products[0].LicenseStatusReason = nil, 0xC004D302
	g := &fakeGuest{facts: rearmed}
	g.on = map[string]answer{
		"restart": func(int, any) (activation.Facts, error) {
			boot, _ := time.Parse(time.RFC3339, g.facts.OS.BootTimeUTC)
			g.facts.OS.BootTimeUTC = boot.Add(time.Hour).Format(time.RFC3339)
			return g.facts, nil
		},
	}
	playUntil(t, Config{}, g, time.Hour, func(t *testing.T, o outcome) {
		if o.err == nil || g.count("restart") != 1 {
			t.Errorf("error %v after %d restarts\n%s", o.err, g.count("restart"), o.ui.all())
		}
	})
}

func TestConversionThatDoesNotStartIsNotTriedForEver(t *testing.T) {
	g := &fakeGuest{facts: evaluation2022()}
	idle := func(int, any) (activation.Facts, error) {
		return activation.Facts{Action: &activation.Action{Name: "convert_start", Phase: "none", Skipped: "not_evaluation"}}, nil
	}
	g.on = map[string]answer{"convert_start": idle, "convert_finish": idle}
	playUntil(t, Config{ConvertEvaluation: true}, g, time.Hour, func(t *testing.T, o outcome) {
		if o.err == nil || g.count("convert_start") != mostConversions {
			t.Errorf("error %v after %d starts\n%s", o.err, g.count("convert_start"), o.ui.all())
		}
	})
}
