// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// answerLimit is how long a script may take to answer that waits for nothing in the guest. A guest that hangs is no
// better than one that is away, so restart_timeout bounds it too; PowerShell alone takes some seconds to start.
func (r *run) answerLimit() time.Duration {
	const least = 10 * time.Second
	return max(least, min(guest.DefaultTimeout, r.config.RestartTimeout))
}

// ask runs a script that may be run again, and runs it again while the connection is gone or the answer is cut, until
// restart_timeout is over. p, when there is one, speaks meanwhile; without one there is a word when it takes long.
func (r *run) ask(ctx context.Context, s templates.Script, args any, o guest.RunOptions, p *progress) (activation.Facts, error) {
	first := r.clock.Now()
	if o.Timeout == 0 {
		o.Timeout = r.answerLimit()
	}
	own := p == nil
	if own {
		p = quietProgress(r.ui.Say, r.clock, "the guest to answer", r.config.RestartTimeout)
	}
	uploads := 0
	var tries contact
	for pause := time.Second; ; pause = min(2*pause, r.config.PollInterval) {
		f, err := r.once(ctx, s, args, o, p)
		if err == nil {
			r.met = true
			return f, r.machine.check(f)
		}
		if !resumable(err) {
			return f, err
		}
		if ctx.Err() != nil {
			return activation.Facts{}, ctx.Err()
		}
		if !r.met {
			if hopeless := tries.hopeless(err); hopeless != nil {
				return activation.Facts{}, hopeless
			}
		}
		if uploads = counted(uploads, err); uploads >= fewUploads && r.guest.Answers(ctx) {
			return activation.Facts{}, fmt.Errorf("the guest answers, but does not take the file of the script %q; see that its disk is not full and that the communicator's user may write to %s: %w", s.Name(), guest.DefaultTempDir, err)
		}
		logf("%v", err)
		left := r.config.RestartTimeout - r.clock.Now().Sub(first)
		if left <= 0 {
			return activation.Facts{}, fmt.Errorf("the guest did not answer for %s (restart_timeout), while the script %q was to run; see that it is up, that nobody shut its firewall or its %s, and run the build again: %w",
				spell(r.config.RestartTimeout), s.Name(), "communicator's service", err)
		}
		if own {
			own = false
			p = newProgress(r.ui.Say, r.clock, "the guest to answer again", r.config.RestartTimeout)
		}
		p.tick("no answer")
		if err := r.clock.Sleep(ctx, min(pause, left)); err != nil {
			return activation.Facts{}, err
		}
	}
}

// once runs a script one time; p speaks while it runs.
func (r *run) once(ctx context.Context, s templates.Script, args any, o guest.RunOptions, p *progress) (activation.Facts, error) {
	if p == nil {
		return r.guest.Run(ctx, s, args, o)
	}
	ticking, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for r.clock.Sleep(ticking, time.Second) == nil {
			p.tick("")
		}
	}()
	f, err := r.guest.Run(ctx, s, args, o)
	stop()
	<-done
	return f, err
}

// fewUploads is how many uploads in a row may fail before it is looked whether the guest is there at all.
const fewUploads = 3

// counted counts the uploads that failed in a row.
func counted(n int, err error) int {
	var cut *guest.CutError
	if errors.As(err, &cut) && cut.Step == "upload" {
		return n + 1
	}
	return 0
}

// resumable says that the same script may be run again: whether it did its work is not known, and doing it twice does
// no harm.
func resumable(err error) bool {
	var cut *guest.CutError
	var late *guest.TimeoutError
	return errors.As(err, &cut) || errors.As(err, &late)
}
