// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/activation"
)

const (
	elsewhereID = "0A0B0C0D-0000-4000-8000-000000000002"
	laterBoot   = "2026-01-02T04:00:00Z"
)

func TestMachine(t *testing.T) {
	id := func(f *activation.Facts, id string) {
		f.DataExchange.Parameters = map[string]string{"VirtualMachineId": id}
	}
	for _, c := range []struct {
		name   string
		change func(f *activation.Facts)
		other  bool
	}{
		{"the same", func(*activation.Facts) {}, false},
		{"restarted", func(f *activation.Facts) { f.OS.BootTimeUTC = laterBoot }, false},
		{"restarted, Data Exchange not up yet", func(f *activation.Facts) { f.OS.BootTimeUTC = laterBoot; f.DataExchange.Parameters = nil }, false},
		{"id in other letters", func(f *activation.Facts) { id(f, strings.ToLower(f.DataExchange.Parameters["VirtualMachineId"])) }, false},
		{"not read", func(f *activation.Facts) { f.OS.InstallDate, f.OS.BootTimeUTC, f.DataExchange.Parameters = 0, "", nil }, false},
		{"an action alone", func(f *activation.Facts) { *f = activation.Facts{Action: &activation.Action{Done: true}} }, false},
		{"Data Exchange takes over from the image's machine", func(f *activation.Facts) { id(f, elsewhereID) }, false},
		{"converted", func(f *activation.Facts) {
			f.OS.EditionID, f.OS.InstallDate, f.OS.BootTimeUTC = "ServerStandard", 1700009999, laterBoot
		}, false},
		{"another machine", func(f *activation.Facts) {
			id(f, elsewhereID)
			f.OS.InstallDate, f.OS.BootTimeUTC = 1700009999, laterBoot
		}, true},
		{"a clone of the same image", func(f *activation.Facts) { id(f, elsewhereID); f.OS.BootTimeUTC = laterBoot }, true},
		{"another Windows, without Data Exchange", func(f *activation.Facts) { f.OS.InstallDate, f.DataExchange.Parameters = 1700009999, nil }, true},
		{"another Windows of another edition", func(f *activation.Facts) {
			id(f, elsewhereID)
			f.OS.EditionID, f.OS.InstallDate, f.OS.BootTimeUTC = "ServerStandard", 1700009999, laterBoot
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m machine
			if err := m.check(server2022()); err != nil {
				t.Fatal(err)
			}
			f := server2022()
			c.change(&f)
			if err := m.check(f); (err != nil) != c.other {
				t.Errorf("%v, want another machine: %v", err, c.other)
			}
			if err := m.check(f); (err != nil) != c.other {
				t.Errorf("at the next look: %v", err)
			}
		})
	}
}

// A machine that nobody looked at proves nothing about the guest, however activated it is.
func TestTheProofIsOfOneMachine(t *testing.T) {
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": func(_ int, args any) (activation.Facts, error) {
		f := withKey(server2022(), "hv-01", "install", sleepy(args))
		f.OS.InstallDate, f.OS.BootTimeUTC = 1700009999, laterBoot
		f.DataExchange.Parameters["VirtualMachineId"] = elsewhereID
		return f, nil
	}}}
	play(t, Config{Report: &Report{JSON: "r.json"}}, g, func(t *testing.T, o outcome) {
		if o.err == nil || !strings.Contains(o.err.Error(), "another machine") || o.verdict.Status != activation.Unknown || o.verdict.Lead().Code != activation.CodeOtherMachine {
			t.Errorf("error %v, verdict %+v", o.err, o.verdict)
		}
		if strings.Contains(o.ui.all(), "Activated") {
			t.Errorf("it says so:\n%s", o.ui.all())
		}
	})
}
