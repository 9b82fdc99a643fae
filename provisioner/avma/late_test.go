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
)

// reported is the verdict of a JSON report.
func reported(t *testing.T, fs afero.Fs, path string) activation.Verdict {
	t.Helper()
	data, err := afero.ReadFile(fs, path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := fs.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the report has the mode %v, %v; it is for its owner", info.Mode(), err)
	}
	var doc struct{ Verdict activation.Verdict }
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Verdict
}

func codes(v activation.Verdict) string {
	var out []string
	for _, r := range v.Reasons {
		out = append(out, r.Code)
	}
	return strings.Join(out, " ")
}

// Packer ends a plugin without a word, so whatever was known has to stand in the report before.
func TestTheReportIsThereAllTheTime(t *testing.T) {
	g := &fakeGuest{facts: server2022()}
	g.on = map[string]answer{
		"facts": func(int, any) (activation.Facts, error) {
			if v := reported(t, g.fs, "out/r.json"); v.Status != activation.Unknown || codes(v) != activation.CodeUnfinished {
				t.Errorf("before the first look: %s %s", v.Status, codes(v))
			}
			return server2022(), nil
		},
		"install": func(_ int, args any) (activation.Facts, error) {
			if v := reported(t, g.fs, "out/r.json"); v.Status != activation.NotAVMA || !strings.HasSuffix(codes(v), activation.CodeUnfinished) {
				t.Errorf("after the first look: %s %s", v.Status, codes(v))
			}
			return withKey(server2022(), "hv-01", "install", sleepy(args)), nil
		},
	}
	play(t, Config{Report: &Report{JSON: "out/r.json", JUnit: "out/r.xml"}}, g, func(t *testing.T, o outcome) {
		if v := reported(t, o.fs, "out/r.json"); o.err != nil || v.Status != activation.Activated || strings.Contains(codes(v), activation.CodeUnfinished) {
			t.Errorf("in the end: %v, %s %s", o.err, v.Status, codes(v))
		}
	})
}

// A report that cannot be written is better known before the work than after it.
func TestAReportThatCannotBeWrittenIsToldFirst(t *testing.T) {
	g := &fakeGuest{facts: server2022()}
	fs := afero.NewReadOnlyFs(afero.NewMemMapFs())
	c := Config{Report: &Report{JSON: "out/r.json"}}
	c.setDefaults()
	ui := &lines{}
	r := &run{config: c, clock: systemClock{}, ui: ui, guest: g, fs: fs}
	err := r.conclude(t.Context(), r.all(t.Context()))
	if err == nil || !strings.Contains(err.Error(), "report.json") || len(g.ran) > 0 {
		t.Errorf("%v after %v", err, g.ran)
	}
}

func TestCancelDuringTheFirstLook(t *testing.T) {
	g := &fakeGuest{}
	g.on = map[string]answer{"facts": func(int, any) (activation.Facts, error) {
		time.Sleep(10 * time.Second)
		return activation.Facts{}, context.Canceled // as guest.Runner gives it
	}}
	playUntil(t, Config{Report: &Report{JSON: "r.json"}}, g, 2*time.Second, func(t *testing.T, o outcome) {
		if !errors.Is(o.err, context.Canceled) || strings.Contains(o.err.Error(), "script") {
			t.Errorf("error: %v", o.err)
		}
		if v := reported(t, o.fs, "r.json"); v.Lead().Code != activation.CodeUnfinished || strings.Contains(v.Lead().Remedy, "report it") {
			t.Errorf("report: %+v", v.Reasons)
		}
	})
}

// A command that hangs is not waited for longer than for a guest that is gone, nor in silence.
func TestAHangingFirstCommand(t *testing.T) {
	g := &fakeGuest{}
	g.on = map[string]answer{"facts": func(int, any) (activation.Facts, error) {
		limit := g.opts[len(g.opts)-1].Timeout
		if limit == 0 {
			limit = guest.DefaultTimeout
		}
		time.Sleep(limit)
		return activation.Facts{}, &guest.TimeoutError{Script: "facts", After: limit}
	}}
	play(t, Config{RestartTimeout: 10 * time.Second}, g, func(t *testing.T, o outcome) {
		if o.err == nil || o.took > 20*time.Second {
			t.Errorf("after %s: %v", o.took, o.err)
		}
	})
	g.ran, g.opts = nil, nil
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if silence := o.ui.longestSilence(); silence > time.Minute {
			t.Errorf("it said nothing for %s:\n%s", silence, o.ui.all())
		}
		if o.took > 20*time.Minute {
			t.Errorf("it took %s", o.took)
		}
	})
}

// What was done and undone is said so, not advised again.
func TestAKeyThatIsTakenOutAgain(t *testing.T) {
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": func(int, any) (activation.Facts, error) {
		f := server2022()
		f.Action = &activation.Action{Name: "install", Done: true}
		return f, nil
	}}}
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if lead := o.verdict.Lead(); lead.Code != activation.CodeKeyUndone || !strings.Contains(lead.Detail, "3 times") || !strings.Contains(lead.Detail, "6VM33") {
			t.Errorf("verdict %+v", o.verdict.Reasons)
		}
		if strings.Contains(o.ui.all(), "without being asked") {
			t.Errorf("it advises what it did:\n%s", o.ui.all())
		}
	})
}

func TestNumbersAndFullStopsInTexts(t *testing.T) {
	ui := &lines{}
	r := &run{ui: ui}
	r.explain(activation.Reason{Code: "AVMA-000", Summary: "S", Detail: "D.", HResult: "0xC004F034"}, true)
	if !strings.Contains(ui.all(), "[0xC004F034]") {
		t.Errorf("%q", ui.all())
	}
	err := acted(activation.Facts{Action: &activation.Action{Message: "Access is denied.", HResult: 0x80070005}})
	if err == nil || !strings.Contains(err.Error(), "denied [0x80070005]") {
		t.Errorf("%v", err)
	}
}
