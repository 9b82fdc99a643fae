// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/guest"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// registerFirstBoot leaves the check in the image. It is armed for clones: restarts of this machine do not set it off.
func (r *run) registerFirstBoot(ctx context.Context) error {
	args, problems := r.config.FirstBoot.Args()
	if len(problems) > 0 { // Prepare has said so already
		return problems
	}
	if len(args.ExpectedHosts) == 0 {
		args.ExpectedHosts = r.config.ExpectedHosts
	}
	if d := r.config.DeployAnswerFile; d != nil {
		args.DeleteFiles = []string{d.Path}
	}
	f, err := r.ask(ctx, templates.FirstBootRegister(), args, guest.RunOptions{}, nil)
	if err != nil {
		return fmt.Errorf("registering the first-boot check: %w", err)
	}
	if err := acted(f); err != nil {
		return fmt.Errorf("registering the first-boot check: %w", err)
	}
	r.ui.Say("Registered the first-boot check (task avma-first-boot): each clone proves its own activation")
	return nil
}

// acted turns an action that was not done into an error.
func acted(f activation.Facts) error {
	a := f.Action
	switch {
	case a == nil:
		return fmt.Errorf("the guest's answer does not say what was done")
	case a.Done:
		return nil
	}
	number := ""
	if a.HResult != 0 {
		number = " [" + activation.FormatHResult(a.HResult) + "]"
	}
	why := activation.Clean(firstOf(a.Message, a.Skipped, a.ErrorID, "no reason was given"), 300)
	return fmt.Errorf("the guest could not do it: %s%s", strings.TrimRight(why, ". "), number)
}
