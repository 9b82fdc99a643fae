// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// fakeGuest answers scripts by name. on[NAME] is called with how often the script ran before.
type fakeGuest struct {
	t     *testing.T
	facts activation.Facts
	on    map[string]func(n int, args any) (activation.Facts, error)
	ran   []string
	opts  []guest.RunOptions
	args  []any
	fs    afero.Fs // of the run
	gone  bool     // it does not even answer echo
}

func (g *fakeGuest) Answers(context.Context) bool { return !g.gone }

func (g *fakeGuest) Run(ctx context.Context, s templates.Script, args any, o guest.RunOptions) (activation.Facts, error) {
	if err := ctx.Err(); err != nil {
		return activation.Facts{}, err
	}
	n := g.count(s.Name())
	g.ran, g.opts, g.args = append(g.ran, s.Name()), append(g.opts, o), append(g.args, args)
	if f, ok := g.on[s.Name()]; ok {
		return f(n, args)
	}
	if s.Name() == "facts" || s.Name() == "probe" {
		return g.facts, nil
	}
	g.t.Errorf("unexpected script %s", s.Name())
	return activation.Facts{}, fmt.Errorf("unexpected script %s", s.Name())
}

func (g *fakeGuest) count(name string) int {
	n := 0
	for _, r := range g.ran {
		if r == name {
			n++
		}
	}
	return n
}

// lines is a Ui that remembers what it said, and when.
type lines struct {
	packersdk.Ui
	text []string
	at   []time.Time
}

func (l *lines) put(s string) { l.text, l.at = append(l.text, s), append(l.at, time.Now()) }

func (l *lines) Say(s string)     { l.put(s) }
func (l *lines) Message(s string) { l.put(s) }
func (l *lines) Error(s string)   { l.put("ERROR " + s) }
func (l *lines) all() string      { return strings.Join(l.text, "\n") }

// longestSilence is the longest time between two lines.
func (l *lines) longestSilence() time.Duration {
	var most time.Duration
	for i := 1; i < len(l.at); i++ {
		most = max(most, l.at[i].Sub(l.at[i-1]))
	}
	return most
}

// server2022 is a Datacenter guest on a Hyper-V Datacenter host, with the KMS client key of its media.
func server2022() activation.Facts {
	return activation.Facts{
		Schema: 1, CollectedUTC: "2026-01-02T03:04:05Z",
		OS: activation.OS{Build: 20348, EditionID: "ServerDatacenter", InstallationType: "Server", ProductType: 3, SKU: 8,
			InstallDate: 1700000000, BootTimeUTC: "2026-01-02T03:00:00Z", ComputerName: "BUILD"},
		Products: []activation.Product{product("VOLUME_KMSCLIENT", "Volume:GVLK", "6VM33", 5, "")},
		Service:  activation.Service{Version: "10.0.20348.1", State: "Running", StartMode: "Auto", RearmCount: 1000},
		Virtualization: activation.Virtualization{
			HypervisorPresent: true, Manufacturer: "Microsoft Corporation", Model: "Virtual Machine", BIOSVersion: "Hyper-V UEFI Release v4.1", BIOSVendor: "Microsoft Corporation",
		},
		DataExchange: activation.DataExchange{ServiceState: "Running", StartMode: "Manual", Parameters: map[string]string{
			"HostingSystemEditionId": "8", "HostingSystemOsMajor": "10", "HostingSystemOsMinor": "0", "PhysicalHostName": "HV-01", "PhysicalHostNameFullyQualified": "hv-01.example.net",
			"VirtualMachineId": "0A0B0C0D-0000-4000-8000-000000000001", "VirtualMachineName": "build", "HostName": "hv-01",
		}},
		PowerShell: activation.PowerShell{Version: "5.1.20348.1", LanguageMode: "FullLanguage", Edition: "Desktop", Query: "cim"},
		Setup:      activation.Setup{ImageState: "IMAGE_STATE_COMPLETE"},
		Session:    activation.Session{Elevated: true, UserSID: "S-1-5-21-1-2-3-500"},
	}
}

func product(kind, channel, partial string, status uint32, host string) activation.Product {
	return activation.Product{
		ID: "00000000-0000-4000-8000-000000000000", Name: "Windows(R), ServerDatacenter edition", Description: "Windows(R) Operating System, " + kind + " channel",
		LicenseStatus: status, ProductKeyChannel: channel, PartialProductKey: partial, LicenseFamily: "ServerDatacenter", HostMachineName: host,
	}
}

const avma2022 = "DV9BG" // last group of the key of 2022 Datacenter

// withKey is the guest after its AVMA key was installed; host "" is a host that has not answered yet.
func withKey(f activation.Facts, host string, action string, waited int) activation.Facts {
	status := uint32(5)
	if host != "" {
		status = 1
	}
	f.Products = []activation.Product{product("VIRTUAL_MACHINE_ACTIVATION", "VT:IA", avma2022, status, host)}
	f.Action = &activation.Action{Name: action, Done: true, WaitedSeconds: waited}
	return f
}

// outcome is what a run left behind.
type outcome struct {
	err     error
	ui      *lines
	guest   *fakeGuest
	fs      afero.Fs
	took    time.Duration
	verdict activation.Verdict
}

// play runs the flow against a fake guest in a bubble of fake time.
func play(t *testing.T, c Config, g *fakeGuest, then func(t *testing.T, o outcome)) {
	t.Helper()
	playUntil(t, c, g, 0, then)
}

// playUntil cancels the build after a while; 0: never.
func playUntil(t *testing.T, c Config, g *fakeGuest, cancelAfter time.Duration, then func(t *testing.T, o outcome)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c.setDefaults()
		if err := c.check(catalog.Default(), afero.NewMemMapFs()); err != nil {
			t.Fatalf("the test's own configuration: %v", err)
		}
		g.t = t
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if cancelAfter > 0 {
			stop := time.AfterFunc(cancelAfter, cancel)
			defer stop.Stop()
		}
		fs := afero.NewMemMapFs()
		g.fs = fs
		ui := &lines{}
		r := &run{config: c, catalog: catalog.Default(), clock: systemClock{}, ui: ui, guest: g, port: 5986, fs: fs}
		start := time.Now()
		err := r.conclude(ctx, r.all(ctx))
		then(t, outcome{err: err, ui: ui, guest: g, fs: fs, took: time.Since(start), verdict: r.verdict})
	})
}

func (o outcome) ranExactly(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(o.guest.ran, want) {
		t.Errorf("scripts run: %v, want %v\n%s", o.guest.ran, want, o.ui.all())
	}
}
