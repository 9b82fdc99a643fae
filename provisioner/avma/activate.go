// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

const (
	// slice is how long one command waits inside the guest: short enough for every communicator, and for a word to
	// the user before a minute is over.
	slice = 45 * time.Second
	// mostInstalls bounds how often the key is put in: something in the guest may take it out again.
	mostInstalls = 3
	// mostConversions lets a conversion be started again that a pending restart kept from starting.
	mostConversions = 2
)

// activate takes the steps that activation.NextStep names, until there is nothing left to do, nothing that helps, or
// no time.
func (r *run) activate(ctx context.Context) error {
	var p *progress
	installs := 0
	restarted := map[string]bool{}
	conversions := 0
	for {
		policy := r.policy()
		if p != nil {
			policy.Asked = p.elapsed()
		}
		step := activation.NextStep(r.facts, r.expectation(), policy)
		switch {
		case r.ownKeyLicensed():
			return nil
		case r.ownKeyIn() && !r.config.SkipInstall:
			step = activation.Step{Do: activation.DoWait, Reason: step.Reason}
		}
		if p != nil && p.left() <= 0 && step.Do != activation.DoNothing {
			r.verdict = r.verdict.AtDeadline(p.elapsed())
			return nil
		}
		switch step.Do {
		case activation.DoConvert:
			if conversions == mostConversions {
				return nil
			}
			conversions++
			if err := r.convert(ctx, step); err != nil {
				return err
			}
			p = nil // what follows has its own time
		case activation.DoRestart:
			if restarted[step.Reason.Code] {
				return nil
			}
			restarted[step.Reason.Code] = true
			r.ui.Say(fmt.Sprintf("Restarting the guest: %s", lowerFirst(step.Reason.Summary)))
			if err := r.restart(ctx); err != nil {
				return err
			}
		case activation.DoInstall:
			if installs == mostInstalls {
				r.verdict = r.verdict.KeyUndone(installs)
				return nil
			}
			installs++
			p = r.startWaiting(p, step)
			if err := r.install(ctx, step, p); err != nil {
				return err
			}
		case activation.DoWait:
			p = r.startWaiting(p, step)
			if err := r.wait(ctx, p); err != nil {
				return err
			}
		case activation.DoStop:
			r.stopped(step)
			return nil
		default:
			return nil
		}
	}
}

func (r *run) startWaiting(p *progress, step activation.Step) *progress {
	if step.Do == activation.DoInstall {
		text := "Installing the AVMA key"
		if step.Key.Key != "" {
			text = fmt.Sprintf("Installing the AVMA key %s of Windows Server %s %s (%s)", step.Key.Key, step.Key.Release, step.Key.Edition, step.Key.Standing)
		} else {
			text = "Installing the key given as product_key"
		}
		r.ui.Say(text)
	}
	if p == nil {
		what := "the host to activate the guest"
		if r.config.ProductKey != "" {
			what = "Windows to be activated"
		}
		p = newProgress(r.ui.Say, r.clock, what, r.config.ActivationTimeout)
	}
	return p
}

// install puts the key in and waits the first slice.
func (r *run) install(ctx context.Context, step activation.Step, p *progress) error {
	key, secret := step.Key.Key, false
	if key == "" {
		key, secret = r.config.ProductKey, true
	}
	seconds := r.sliceSeconds(p)
	f, err := r.ask(ctx, templates.Install(), templates.InstallArgs{
		Key: key, Replace: r.config.ReplaceKey, WaitSeconds: seconds, PollSeconds: r.pollSeconds(), Activate: true,
	}, guest.RunOptions{Secret: secret, Timeout: r.runLimit(seconds)}, p)
	if err != nil {
		return err
	}
	r.take(ctx, f)
	return nil
}

// wait waits a slice inside the guest, and the rest of poll_interval here when the slice ended early.
func (r *run) wait(ctx context.Context, p *progress) error {
	begun := r.clock.Now()
	seconds := r.sliceSeconds(p)
	f, err := r.ask(ctx, templates.Wait(), templates.WaitArgs{
		PartialKey: r.verdict.ExpectedKey, WaitSeconds: seconds, PollSeconds: r.pollSeconds(), Activate: !r.config.SkipInstall,
	}, guest.RunOptions{Timeout: r.runLimit(seconds)}, p)
	if err != nil {
		return err
	}
	r.take(ctx, f)
	if r.satisfied() {
		return nil
	}
	p.tick(lowerFirst(r.verdict.Reasons[0].Summary))
	rest := min(r.config.PollInterval-r.clock.Now().Sub(begun), p.left())
	if rest <= 0 {
		return nil
	}
	return r.clock.Sleep(ctx, rest)
}

// stopped makes a refusal the first reason of the verdict, when the judge did not give it himself. The judge's own
// first reason is what a step would have mended; its advice would mislead here, so it only informs.
func (r *run) stopped(step activation.Step) {
	if step.Reason.Code == "" || step.Reason.Code == r.verdict.Reasons[0].Code {
		return
	}
	others := slices.Clone(r.verdict.Reasons)
	others[0].Severity = activation.Info
	others = slices.DeleteFunc(others, func(o activation.Reason) bool { return o.Code == step.Reason.Code })
	r.verdict.Reasons = append([]activation.Reason{step.Reason}, others...)
	if d, ok := activation.Define(step.Reason.Code); ok && d.Status != "" {
		r.verdict.Status = d.Status
	}
}

func (r *run) sliceSeconds(p *progress) int {
	return int(max(time.Second, min(slice, p.left())).Seconds())
}

func (r *run) pollSeconds() float64 { return min(r.config.PollInterval, 5*time.Second).Seconds() }

// runLimit bounds a command that waits inside the guest: a slow guest takes a while for the rest.
func (r *run) runLimit(seconds int) time.Duration {
	return time.Duration(seconds)*time.Second + r.answerLimit()
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && strings.ToUpper(s[:2]) == s[:2] { // "DISM ..."
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
