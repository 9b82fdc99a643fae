// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// convert turns an evaluation edition into the full one: DISM in a task of the guest, a restart, the edition read back.
// Whether it worked is seen from the facts that it leaves, not from exit codes. A conversion that an earlier, cut-off
// run has started is taken up where it is.
func (r *run) convert(ctx context.Context, step activation.Step) error {
	entry := step.Key
	if entry.Key == "" {
		// DISM takes the key on its command line, where a key given as product_key must not stand.
		e, err := r.catalog.KeyFor(step.Target, "")
		if err != nil {
			return fmt.Errorf("the conversion takes the AVMA key of the new edition, and there is none: %w", err)
		}
		entry = e
	}
	r.ui.Say(fmt.Sprintf("Converting the evaluation edition to %s with the AVMA key %s...", step.Target.Edition, entry.Key))
	p := newProgress(r.ui.Say, r.clock, "DISM to convert the edition", r.config.ConversionTimeout)
	f, err := r.ask(ctx, templates.ConvertStart(), templates.ConvertArgs{EditionID: step.Target.EditionID, Key: entry.Key, FallbackKey: r.fallbackKey(step.Target), Port: r.port}, guest.RunOptions{}, p)
	if err != nil {
		return err
	}
	for f.Action != nil && f.Action.Phase == "running" {
		if p.left() <= 0 {
			r.facts.Action = f.Action // the report says that DISM is at work
			r.verdict = activation.Judge(r.facts, r.expectation())
			return fmt.Errorf("DISM did not finish within %s (conversion_timeout); it goes on in the guest, and another run takes it up; see C:\\Windows\\Logs\\DISM\\dism.log there, or give conversion_timeout more", spell(r.config.ConversionTimeout))
		}
		if err := r.clock.Sleep(ctx, min(r.config.PollInterval, max(p.left(), time.Second))); err != nil {
			return err
		}
		p.tick("")
		if f, err = r.ask(ctx, templates.ConvertPoll(), nil, guest.RunOptions{}, p); err != nil {
			return err
		}
	}
	action := f.Action
	if action != nil && action.Phase == "restart_needed" {
		if action.RefusedExit != 0 {
			exit, _ := activation.ExitText(action.RefusedExit)
			r.ui.Say(fmt.Sprintf("DISM did not take the AVMA key (exit %s), and took the KMS client key of the edition; the AVMA key follows after the restart", exit))
		}
		r.ui.Say("The edition is converted; restarting the guest...")
		if err := r.restart(ctx); err != nil {
			return err
		}
		if f, err = r.ask(ctx, templates.ConvertPoll(), nil, guest.RunOptions{}, nil); err != nil {
			return err
		}
		action = f.Action
	}
	if err := r.look(ctx); err != nil {
		return err
	}
	if !r.converted() {
		r.facts.Action = action
		r.verdict = activation.Judge(r.facts, r.expectation())
	}
	if err := r.finishConversion(ctx); err != nil {
		return err
	}
	if r.converted() {
		r.ui.Say(fmt.Sprintf("The edition is now %s", r.verdict.EditionID))
	}
	return nil
}

// fallbackKey is what DISM takes where it does not take the AVMA key: the target's KMS client key, "" where none is known.
func (r *run) fallbackKey(t catalog.Target) string {
	e, err := r.catalog.KeyFor(t, catalog.GVLK)
	if err != nil {
		return ""
	}
	return e.Key
}

// converted says that the edition read back is no evaluation.
func (r *run) converted() bool { return r.verdict.EditionID != "" && !r.verdict.Evaluation }

// finishConversion removes the task, its state and the firewall rule. What cannot be removed is said, and no more.
func (r *run) finishConversion(ctx context.Context) error {
	f, err := r.ask(ctx, templates.ConvertFinish(), nil, guest.RunOptions{}, nil)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil && f.Action != nil && f.Action.Done {
		return nil
	}
	why := fmt.Sprint(err)
	if err == nil && f.Action != nil {
		why = firstOf(f.Action.Skipped, f.Action.Message, "no reason was given")
	}
	r.ui.Say("The task avma-convert and the firewall rule avma-communicator could not be removed from the guest: " + activation.Clean(why, 300))
	return nil
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
