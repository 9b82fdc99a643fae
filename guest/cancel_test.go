// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// These tests run in a bubble of their own: its time is not that of the machine, and a goroutine that is left in it
// fails the test.

func TestTimeoutAndCancel(t *testing.T) {
	for name, blocking := range map[string]bool{"Start returns at once": false, "Start blocks": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hang := make(chan struct{})
				defer close(hang)
				r, _ := runner(t, reply{hang: hang, blocking: blocking}, reply{hang: hang, blocking: blocking})
				start := time.Now()
				_, err := r.Run(t.Context(), templates.Facts(), nil, RunOptions{Timeout: time.Minute})
				var late *TimeoutError
				if !errors.As(err, &late) || late.After != time.Minute || time.Since(start) != time.Minute {
					t.Errorf("timeout: %v after %v", err, time.Since(start))
				}
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start = time.Now()
				if _, err = r.Run(ctx, templates.Facts(), nil, RunOptions{}); !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
					t.Errorf("cancel: %v after %v", err, time.Since(start))
				}
			})
		})
	}
}

func TestAnAnswerAtTheLastMomentCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := make(chan struct{})
		r, _ := runner(t, reply{hang: in, document: seen})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, func() { close(in) })
		time.AfterFunc(time.Second+1, cancel)
		if f, err := r.Run(ctx, templates.Facts(), nil, RunOptions{}); err != nil || f.OS.Build != 20348 {
			t.Errorf("%+v %v", f, err)
		}
	})
}

func TestASecretIsSweptUpWhateverHappens(t *testing.T) {
	for name, c := range map[string]struct {
		replies []reply
		upload  error
		hang    bool // the script's command does not end
		cancel  bool
		took    time.Duration
	}{
		"the connection is lost": {replies: []reply{{exit: packersdk.CmdDisconnect}, {}}},
		"the upload breaks off":  {replies: []reply{{}}, upload: errors.New("broken pipe")},
		"cancelled":              {replies: []reply{{}, {}}, hang: true, cancel: true, took: time.Second},
		"too late":               {replies: []reply{{}, {}}, hang: true, took: DefaultTimeout},
		"the sweep hangs too":    {replies: []reply{{exit: packersdk.CmdDisconnect}, {}}, hang: true, took: sweepLimit},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hang := make(chan struct{})
				defer close(hang)
				if c.hang {
					at := 0
					if c.replies[0].exit != 0 {
						at = 1
					}
					c.replies[at].hang = hang
				}
				r, comm := runner(t, c.replies...)
				comm.upload = c.upload
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if c.cancel {
					time.AfterFunc(time.Second, cancel)
				}
				start := time.Now()
				if _, err := r.Run(ctx, templates.WriteFile(), nil, RunOptions{Secret: true}); err == nil {
					t.Fatal("no error")
				}
				if took := time.Since(start); took != c.took {
					t.Errorf("it took %v, not %v", took, c.took)
				}
				swept(t, comm)
			})
		})
	}
}

// An upload that is given up goes on by itself and would write the file again after it was deleted.
func TestTheSweepWaitsForTheUpload(t *testing.T) {
	for name, c := range map[string]struct {
		ends, took time.Duration // after the start
		uploads    int           // that have ended when Run returns
	}{
		"it ends soon":  {5 * time.Second, 5 * time.Second, 1},
		"it never ends": {time.Hour, time.Second + sweepLimit/2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				slow := make(chan struct{})
				r, comm := runner(t, reply{})
				comm.slow = slow
				time.AfterFunc(c.ends, func() { close(slow) })
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				if _, err := r.Run(ctx, templates.WriteFile(), nil, RunOptions{Secret: true}); !errors.Is(err, context.Canceled) {
					t.Errorf("%v", err)
				}
				if took := time.Since(start); took != c.took {
					t.Errorf("it took %v, not %v", took, c.took)
				}
				commands, uploads := comm.seen()
				if len(commands) != 1 || len(uploads) != c.uploads {
					t.Errorf("%d commands, %d uploads", len(commands), len(uploads))
				}
				<-slow
				r.abandoned.Wait()
				swept(t, comm)
			})
		})
	}
}

// swept demands that the last command deletes the one file that was uploaded.
func swept(t *testing.T, comm *scripted) {
	t.Helper()
	commands, uploads := comm.seen()
	if len(uploads) != 1 {
		t.Errorf("%d uploads", len(uploads))
	}
	last := wire.Script(commands[len(commands)-1])
	for path := range uploads {
		if !strings.Contains(last, strings.ReplaceAll(path, "/", `\`)) || !strings.Contains(last, "ri -LiteralPath") || strings.Contains(last, "iex") {
			t.Errorf("last command: %s", last)
		}
	}
}
