// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"errors"
	"fmt"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
)

// conclude writes the reports, whatever happened, and gives the build its error. A build that was cancelled has its
// reports already: Packer does not wait, and ends the plugin at any moment now.
func (r *run) conclude(ctx context.Context, err error) error {
	cancelled := ctx.Err() != nil && err != nil
	if err != nil && !errors.Is(err, errNotActivated) {
		r.takeError(ctx, err)
	}
	if !cancelled {
		if werr := r.writeReports(ctx, r.verdict, true); werr != nil {
			err = errors.Join(err, werr)
		}
	}
	switch {
	case err == nil:
		if !r.satisfied() {
			r.ui.Error(fmt.Sprintf("The guest is not activated (%s), and the build goes on, because verify = %q", r.verdict.Status, r.config.Verify))
		}
		return nil
	case cancelled:
		return fmt.Errorf("the provisioner was cancelled: %w; the guest can be taken up again where it is", err)
	case errors.Is(err, errNotActivated):
		return r.refusal(err)
	}
	return err
}

// refusal is the error of a build whose guest is not activated: the first reason in one line; the others were shown.
func (r *run) refusal(err error) error {
	reason := r.verdict.Reasons[0]
	text := fmt.Errorf("%s (%s): %s: %s", errNotActivated, r.verdict.Status, reason.Code, reason.Summary)
	if r.verdict.Status == activation.Pending {
		text = fmt.Errorf("%w; it waited for %s (activation_timeout)", text, spell(r.config.ActivationTimeout))
	}
	if err != errNotActivated { //nolint:errorlint // a joined error has more to say
		return errors.Join(text, err)
	}
	return text
}

// takeError makes a script that could not run into a verdict, so that a report says why there is no proof. Facts that
// were collected before stay, and their verdict.
func (r *run) takeError(ctx context.Context, err error) {
	var other *otherMachineError
	if errors.As(err, &other) { // whatever was known is of another machine, or not known to be of this one
		r.verdict = activation.CouldNotLook(activation.CodeOtherMachine, other.what, r.expectation())
		return
	}
	if r.looked || ctx.Err() != nil {
		return
	}
	code, detail := whyUnlooked(err)
	r.facts = activation.Facts{Schema: 1, Errors: []activation.LookError{{Area: "script", Message: err.Error()}}}
	r.verdict = activation.CouldNotLook(code, detail, r.expectation())
}

// whyUnlooked is the reason's code for a script that could not run, and its detail.
func whyUnlooked(err error) (code, detail string) {
	var constrained *guest.ConstrainedError
	var none *guest.NoPowerShellError
	var nothing *guest.NothingRunsError
	switch {
	case errors.As(err, &nothing):
		return activation.CodeUnreachable, err.Error()
	case errors.As(err, &constrained):
		return activation.CodeConstrained, constrained.Mode
	case errors.As(err, &none):
		return activation.CodeNoPowerShell, err.Error()
	case resumable(err):
		return activation.CodeUnreachable, err.Error()
	}
	return activation.CodeScriptFailed, err.Error()
}
