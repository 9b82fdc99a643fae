// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

func failing(err error) map[string]answer {
	return map[string]answer{
		"facts": func(int, any) (activation.Facts, error) { return activation.Facts{}, err },
		"probe": func(int, any) (activation.Facts, error) { return activation.Facts{}, err },
	}
}

// What stays as it is, is told at once; what may be a restart is waited for.
func TestFirstContact(t *testing.T) {
	start := func(text string) error {
		return &guest.CutError{Script: "facts", Step: "start", Err: errors.New(text)}
	}
	for _, c := range []struct {
		name  string
		err   error
		waits bool
		want  string
	}{
		{"nothing runs", &guest.NothingRunsError{Script: "facts"}, false, "communicator"},
		{"another password", start("ssh: handshake failed: ssh: unable to authenticate, attempted methods [none password], no supported methods remain"), false, "user and password"},
		{"another password, WinRM", start("http response error: 401 - invalid content type"), false, "user and password"},
		{"not let in, WinRM", start("http error 403: "), false, "let the communicator's user in"},
		{"no common algorithm", start("ssh: handshake failed: ssh: no common algorithm for key exchange; we offered: [a], peer offered: [b]"), false, "algorithm"},
		{"another certificate", start(`Post "https://x:5986/wsman": tls: failed to verify certificate: x509: certificate signed by unknown authority`), false, "certificate"},
		{"a shell that starts nothing", &guest.CutError{Script: "facts", Step: "answer", Exit: 1, Err: wire.ErrNone}, false, "PowerShell"},
		{"nobody listens", start("dial tcp 10.0.0.1:22: connect: connection refused"), true, "restart_timeout"},
		{"lost", &guest.CutError{Script: "facts", Step: "answer", Exit: 2300218, Err: wire.ErrNone}, true, "restart_timeout"},
		{"cut in the middle", &guest.CutError{Script: "facts", Step: "answer", Err: wire.ErrCut}, true, "restart_timeout"},
		{"too late", &guest.TimeoutError{Script: "facts", After: time.Minute}, true, "restart_timeout"},
	} {
		t.Run(c.name, func(t *testing.T) {
			play(t, Config{Report: &Report{JSON: "r.json"}}, &fakeGuest{on: failing(c.err)}, func(t *testing.T, o outcome) {
				if o.err == nil || !strings.Contains(o.err.Error(), c.want) || o.verdict.Status != activation.Unknown {
					t.Errorf("verdict %s, error %v", o.verdict.Status, o.err)
				}
				if waited := o.took > time.Minute; waited != c.waits {
					t.Errorf("it took %s, want waiting: %v", o.took, c.waits)
				}
			})
		})
	}
}

// Once a script was answered, the same errors come from a guest that restarts, and a restart ends.
func TestLaterTheSameErrorsAreWaitedFor(t *testing.T) {
	g := &fakeGuest{facts: server2022(), on: map[string]answer{"install": func(n int, args any) (activation.Facts, error) {
		if n < 6 {
			return activation.Facts{}, &guest.CutError{Script: "install", Step: "start", Err: errors.New("http response error: 401 - invalid content type")}
		}
		return withKey(server2022(), "hv-01", "install", sleepy(args)), nil
	}}}
	play(t, Config{}, g, func(t *testing.T, o outcome) {
		if o.err != nil {
			t.Error(o.err)
		}
	})
}
