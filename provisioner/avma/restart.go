// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

const (
	// restartDelay lets the answer of the command get out before the connection goes.
	restartDelay = 5
	// askAgain is how long the old boot time may go on being answered before the restart is asked for once more.
	askAgain = 3 * time.Minute
	// bootDrift is how far Windows' own idea of its boot time moves when its clock is set.
	bootDrift = 5 * time.Second
	// probeLimit is short: a guest that goes down must not hold a probe for minutes.
	probeLimit = time.Minute
)

// restart restarts the guest and returns when it answers with another boot time. Afterwards nothing is known of the
// guest's licence: the caller looks.
func (r *run) restart(ctx context.Context) error {
	before, err := r.bootTime(ctx)
	if err != nil {
		return err
	}
	p := newProgress(r.ui.Say, r.clock, "the guest to restart", r.config.RestartTimeout)
	asked := time.Time{}
	for {
		if asked.IsZero() || r.clock.Now().Sub(asked) > askAgain {
			asked = r.clock.Now()
			// A cut is what one expects here: whether the restart happened is seen from the boot time.
			if _, err := r.once(ctx, templates.Restart(), templates.RestartArgs{DelaySeconds: restartDelay}, guest.RunOptions{Timeout: min(probeLimit, r.answerLimit())}, p); err != nil && !resumable(err) {
				return err
			}
		}
		if err := r.clock.Sleep(ctx, min(r.config.PollInterval, 5*time.Second)); err != nil {
			return err
		}
		f, err := r.once(ctx, templates.Probe(), nil, guest.RunOptions{Timeout: min(probeLimit, r.answerLimit())}, p)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && restarted(before, f.OS.BootTimeUTC):
			r.ui.Say(fmt.Sprintf("The guest is back after %s", spell(p.elapsed())))
			return r.look(ctx)
		case err != nil && !resumable(err):
			return err
		}
		if p.left() <= 0 {
			return fmt.Errorf("the guest did not come back from its restart within %s (restart_timeout): see its console; it may wait at a prompt, or its firewall may keep the communicator out", spell(r.config.RestartTimeout))
		}
		p.tick("")
	}
}

// bootTime is the boot time of now. Facts that were collected a while ago may be from before another restart.
func (r *run) bootTime(ctx context.Context) (string, error) {
	f, err := r.ask(ctx, templates.Probe(), nil, guest.RunOptions{Timeout: min(probeLimit, r.answerLimit())}, nil)
	if err != nil {
		return "", err
	}
	if f.OS.BootTimeUTC == "" {
		return "", fmt.Errorf("the guest does not tell when it started (%s), so a restart could not be recognised; repair WMI in the guest (winmgmt /verifyrepository)", lookErrors(f))
	}
	return f.OS.BootTimeUTC, nil
}

// restarted says that the two boot times are of two boots. The later one may be the smaller one, when the clock was
// wrong.
func restarted(before, now string) bool {
	b, err1 := time.Parse(time.RFC3339, before)
	n, err2 := time.Parse(time.RFC3339, now)
	if err1 != nil || err2 != nil {
		return false
	}
	return n.Sub(b).Abs() > bootDrift
}

func lookErrors(f activation.Facts) string {
	for _, e := range f.Errors {
		return activation.Clean(e.Area+": "+e.Message, 300)
	}
	return "no error was given"
}
