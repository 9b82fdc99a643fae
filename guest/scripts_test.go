// SPDX-License-Identifier: MPL-2.0

package guest_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

func TestInstallOnlyWhatMayBeReplaced(t *testing.T) {
	install := templates.InstallArgs{Key: keyOf2022, WaitSeconds: 5, PollSeconds: 0.2, Activate: true}
	for name, c := range map[string]struct {
		config  winguest.Config
		replace bool
		done    bool
		skipped string
	}{
		"a KMS client key":     {winguest.Config{Key: "gvlk"}, false, true, ""},
		"no key":               {winguest.Config{Key: "none"}, false, true, ""},
		"the right key":        {winguest.Config{Key: "avma"}, false, true, "already_installed"},
		"a MAK":                {winguest.Config{Key: "mak"}, false, false, "foreign_key"},
		"a retail key":         {winguest.Config{Key: "retail"}, false, false, "foreign_key"},
		"a MAK, asked for":     {winguest.Config{Key: "mak"}, true, true, ""},
		"WMI, PowerShell 4.0":  {winguest.Config{Without: []string{"cim"}, PowerShell: "4.0"}, false, true, ""},
		"Korean, without WMI":  {winguest.Config{Without: []string{"wmi"}, Language: "ko-KR"}, false, true, ""},
		"German, dates in WMI": {winguest.Config{Without: []string{"cim"}, Language: "de-DE", TimeZone: "Asia/Kolkata"}, false, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, r := connect(t, c.config)
			args := install
			args.Replace = c.replace
			f := act(t, r, templates.Install(), args)
			if f.Action.Done != c.done || f.Action.Skipped != c.skipped || f.Action.HResult != 0 || len(f.Errors) > 0 {
				t.Errorf("action %+v, errors %+v", f.Action, f.Errors)
			}
			if c.done && (len(f.Products) != 1 || f.Products[0].PartialProductKey != "DV9BG" || f.Products[0].HostMachineName == "") {
				t.Errorf("products: %+v", f.Products)
			}
			if len(f.Products) == 1 && f.Products[0].LastActivationUTC != "" {
				at, err := time.Parse(time.RFC3339, f.Products[0].LastActivationUTC)
				if d := time.Since(at).Abs(); err != nil || d > time.Minute {
					t.Errorf("activated at %q, %s away: %v", f.Products[0].LastActivationUTC, d, err)
				}
			}
			if boot, err := time.Parse(time.RFC3339, f.OS.BootTimeUTC); err != nil || boot.After(time.Now()) {
				t.Errorf("boot time %q: %v", f.OS.BootTimeUTC, err)
			}
			installs := 0
			for _, e := range state(t, g).Journal {
				if strings.HasPrefix(e.What, "InstallProductKey") {
					installs++
				}
			}
			if want := map[bool]int{true: 1}[c.done && c.skipped == ""]; installs != want {
				t.Errorf("%d keys installed, want %d", installs, want)
			}
		})
	}
}

func TestInstallRefusedByWindows(t *testing.T) {
	for _, style := range []string{"id", "hresult", "text"} {
		for _, without := range []string{"wmi", "cim"} {
			t.Run(style+" without "+without, func(t *testing.T) {
				t.Parallel()
				_, r := connect(t, winguest.Config{InstallHResult: "0xC004F069", ErrorStyle: style, Without: []string{without}})
				f := act(t, r, templates.Install(), templates.InstallArgs{Key: keyOf2022})
				if f.Action.Done || f.Action.HResult != 0xC004F069 || f.Action.ErrorID == "" || f.Action.Message == "" {
					t.Errorf("action: %+v", f.Action)
				}
			})
		}
	}
}

func TestWaitEndsEarlyOnWhatWaitingDoesNotCure(t *testing.T) {
	for name, c := range map[string]struct {
		host      winguest.Host
		hresult   uint32
		throttled bool
		seconds   int // to wait; what ends early is given more than the slowest machine takes for one look
		early     bool
	}{
		"not a matter of time":      {winguest.Host{ActivateHResult: "0xC004F050"}, 0xC004F050, false, 50, true},
		"the host is not activated": {winguest.Host{NotActivated: true}, 0xC004FD02, false, 6, false}, // believed after a minute
		"throttled":                 {winguest.Host{ActivateHResult: "0xC004FD00"}, 0xC004FD00, true, 6, false},
		"not bound":                 {winguest.Host{ActivateHResult: "0xC004FD04"}, 0xC004FD04, false, 6, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, r := connect(t, winguest.Config{Key: "avma", Host: c.host})
			f := act(t, r, templates.Wait(), templates.WaitArgs{PartialKey: "DV9BG", WaitSeconds: c.seconds, PollSeconds: 0.3, Activate: true})
			if f.Action.HResult != c.hresult || (f.Action.Throttled > 0) != c.throttled {
				t.Errorf("action: %+v", f.Action)
			}
			if early := f.Action.WaitedSeconds < c.seconds-1; early != c.early {
				t.Errorf("waited %d s", f.Action.WaitedSeconds)
			}
		})
	}
}

// An Azure VM is told by its chassis.
func TestFactsHoldTheAssetTag(t *testing.T) {
	_, r := connect(t, winguest.Config{Host: winguest.Host{Platform: "azure"}})
	f, err := r.Run(context.Background(), templates.Facts(), nil, guest.RunOptions{Timeout: time.Minute})
	if err != nil || f.Virtualization.AssetTag != "7783-7084-3265-9085-8269-3286-77" {
		t.Errorf("%+v, %v", f.Virtualization, err)
	}
}

func TestRestart(t *testing.T) {
	g, r := connect(t, winguest.Config{})
	before := act(t, r, templates.Restart(), templates.RestartArgs{DelaySeconds: 5})
	if !before.Action.Done || before.OS.BootTimeUTC == "" {
		t.Fatalf("action: %+v", before.Action)
	}
	for end := time.Now().Add(3 * time.Minute); g.Boots() < 2 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	comm, _ := g.SSHCommunicator()
	r.Comm = comm
	after, err := r.Run(context.Background(), templates.Probe(), nil, guest.RunOptions{})
	if err != nil || after.OS.BootTimeUTC == before.OS.BootTimeUTC || after.Setup.ImageState != "IMAGE_STATE_COMPLETE" {
		t.Errorf("after: %+v %v", after, err)
	}
}

func TestWriteFileIsProtectedAndNeverInACommandLine(t *testing.T) {
	g, r := connect(t, winguest.Config{})
	const path = `C:\Windows\System32\Sysprep\avma-deploy.xml`
	secret := []byte("<unattend>p\xe4ssword \x00\xff</unattend>\r\n")
	for range 2 {
		f, err := r.Run(context.Background(), templates.WriteFile(), templates.WriteFileArgs{Path: path, Content: secret}, guest.RunOptions{Secret: true})
		if err != nil || !f.Action.Done {
			t.Fatalf("%+v %v", f.Action, err)
		}
	}
	got, err := os.ReadFile(g.Path(path))
	if err != nil || !bytes.Equal(got, secret) {
		t.Errorf("%q %v", got, err)
	}
	acl := state(t, g).ACLs
	if len(acl) != 1 {
		t.Errorf("ACLs: %+v", acl)
	}
	for _, c := range g.Commands() {
		if len(wire.Script(c.Line)) > 1000 || c.Line == "" {
			t.Errorf("a command of %d characters carries more than a path", len(c.Line))
		}
	}
	if left, _ := os.ReadDir(g.Path(`C:\Windows\Temp`)); len(left) > 0 {
		t.Errorf("left in Temp: %v", left)
	}
	if _, err = (&guest.Runner{Comm: r.Comm, Transport: guest.Inline}).Run(context.Background(), templates.WriteFile(), nil, guest.RunOptions{Secret: true}); err == nil {
		t.Error("a secret went inline")
	}
}

func TestConstrainedLanguage(t *testing.T) {
	for _, transport := range []guest.Transport{guest.Inline, guest.Upload} {
		for _, shell := range []string{"cmd", "powershell", "bash"} {
			t.Run(string(transport)+" "+shell, func(t *testing.T) {
				t.Parallel()
				g, r := connect(t, winguest.Config{LanguageMode: "ConstrainedLanguage", Shell: shell})
				r.Transport = transport
				_, err := r.Run(context.Background(), templates.Facts(), nil, guest.RunOptions{})
				var locked *guest.ConstrainedError
				if !errors.As(err, &locked) || locked.Mode != "ConstrainedLanguage" {
					t.Errorf("%v", err)
				}
				if left, _ := os.ReadDir(g.Path(`C:\Windows\Temp`)); len(left) > 0 {
					t.Errorf("left in Temp: %v", left)
				}
			})
		}
	}
}

func TestNotElevated(t *testing.T) {
	_, r := connect(t, winguest.Config{NotElevated: true})
	f, err := r.Run(context.Background(), templates.Install(), templates.InstallArgs{Key: keyOf2022}, guest.RunOptions{})
	var not *guest.NotElevatedError
	if !errors.As(err, &not) || f.Session.Elevated || f.OS.Build != 20348 || len(f.Products) != 1 {
		t.Errorf("%v %+v", err, f)
	}
}

func TestElevate(t *testing.T) {
	g, r := connect(t, winguest.Config{})
	r.Elevate = true
	f, err := r.Run(context.Background(), templates.Install(), templates.InstallArgs{Key: keyOf2022, WaitSeconds: 5, Activate: true}, guest.RunOptions{Timeout: 3 * time.Minute})
	if err != nil || !f.Session.System || !f.Action.Done || len(f.Products) != 1 || f.Products[0].LicenseStatus != 1 {
		t.Errorf("%v %+v %+v", err, f, f.Action)
	}
	if tasks := state(t, g).Tasks; len(tasks) != 0 {
		t.Errorf("tasks left: %+v", tasks)
	}
	if left, _ := os.ReadDir(g.Path(`C:\Program Files\avma`)); len(left) > 0 {
		t.Errorf("files left: %v", left)
	}
}

func TestElevateNeedsAnAdministrator(t *testing.T) {
	_, r := connect(t, winguest.Config{NotAdministrator: true})
	r.Elevate = true
	_, err := r.Run(context.Background(), templates.Install(), templates.InstallArgs{Key: keyOf2022}, guest.RunOptions{})
	var not *guest.NotElevatedError
	if !errors.As(err, &not) || !not.Elevate {
		t.Errorf("without an administrator: %v", err)
	}
}
