// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// strictFlag adds --strict to a command whose warnings go through warn and that asks strictly before it gives anything.
func (a *app) strictFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.strict, "strict", false, "a warning is an error: exit status 2, and nothing is written")
}

// warn says a warning on standard error. With --quiet it is not said, but it counts.
func (a *app) warn(text string) {
	a.warnings++
	if !a.quiet || a.strict {
		fmt.Fprintf(a.stderr, "avma: warning: %s\n", text)
	}
}

// note says what is good to know.
func (a *app) note(text string) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "avma: note: %s\n", text)
	}
}

// strictly is the error of --strict, where there were warnings.
func (a *app) strictly() error {
	switch {
	case !a.strict || a.warnings == 0:
		return nil
	case a.warnings == 1:
		return usage(errors.New("--strict: nothing is written because of the warning above"))
	}
	return usage(fmt.Errorf("--strict: nothing is written because of the %d warnings above", a.warnings))
}
