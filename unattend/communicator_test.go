// SPDX-License-Identifier: MPL-2.0

package unattend_test

import (
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/internal/winguest"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// policy is a script that sets a policy of WinRM before anything is opened.
func policy(under, name string) unattend.Script {
	return unattend.Script{Name: name + ".ps1", Stage: "specialize", Content: "$k = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WinRM\\Service" + under +
		"'\n$null = New-Item -Path $k -Force\n$null = New-ItemProperty -LiteralPath $k -Name " + name + " -Value 0 -PropertyType DWord -Force\n"}
}

// done waits for the end of finish.ps1.
func (b built) done() *winguest.State {
	b.t.Helper()
	return b.Until(patience, "the end of finish.ps1", func(s *winguest.State) bool {
		return strings.Contains(b.read(`Windows\Setup\avma\setup.log`), "Z done") && s.Tasks["avma-setup"] == nil
	})
}

func journal(s *winguest.State, part string) bool {
	for _, e := range s.Journal {
		if strings.Contains(e.What, part) {
			return true
		}
	}
	return false
}

// What a policy forbids is said, and no listener is made that nobody can use.
func TestGuest_WinRMAndPolicies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		winrm    unattend.WinRM
		policies []unattend.Script
		log      string
		open     bool
	}{
		"unencrypted": {unattend.WinRM{Protocol: "http"}, []unattend.Script{policy("", "AllowUnencryptedTraffic")}, "winrm: failed: a policy forbids unencrypted messages", false},
		"basic":       {unattend.WinRM{}, []unattend.Script{policy("", "AllowBasic")}, "a policy forbids Basic authentication", true},
		"negotiate":   {unattend.WinRM{DisableBasic: true}, []unattend.Script{policy("", "AllowNegotiate")}, "winrm: failed: a policy forbids Negotiate authentication", false},
		"shells":      {unattend.WinRM{}, []unattend.Script{policy(`\WinRS`, "AllowRemoteShellAccess")}, "winrm: failed: a policy forbids remote shells", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := install(t, winguest.Config{}, unattend.Config{WinRM: &c.winrm, Scripts: c.policies})
			s := b.done()
			if log := b.read(`Windows\Setup\avma\setup.log`); !strings.Contains(log, c.log) || strings.Contains(log, "set in the registry") {
				t.Errorf("the log does not say %q, or says more:\n%s", c.log, log)
			}
			if listener := journal(s, "Listener HTTP"); listener != c.open || s.Opened() != c.open {
				t.Errorf("a listener: %v, open: %v, want %v", listener, s.Opened(), c.open)
			}
			if notice := s.Registry[winguest.KeyPolicies]["legalnoticetext"].Data != nil; notice == c.open {
				t.Errorf("a message before the logon: %v", notice)
			}
		})
	}
}

// OpenSSH that cannot be installed says so at the console, where one looks while Packer waits.
func TestGuest_OpenSSHThatCannotBeInstalled(t *testing.T) {
	t.Parallel()
	b := install(t, winguest.Config{Language: "ko-KR"}, unattend.Config{OpenSSH: &unattend.OpenSSH{Source: "windows-update"}})
	s := b.done()
	text, _ := s.Registry[winguest.KeyPolicies]["legalnoticetext"].Data.(string)
	if !strings.Contains(text, "openssh could not be set up") || !strings.Contains(strings.ToLower(text), "0x800f0954") || !strings.Contains(text, "setup.log") {
		t.Errorf("before the logon stands %q", text)
	}
	if !journal(s, "msg.exe * ") {
		t.Error("who is logged on is not told")
	}
	if log := b.read(`Windows\Setup\avma\setup.log`); !strings.Contains(strings.ToLower(log), "openssh: failed") || !strings.Contains(strings.ToLower(log), "0x800f0954") {
		t.Errorf("the log is\n%s", log)
	}
}
