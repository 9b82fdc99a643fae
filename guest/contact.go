// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// NothingRunsError says that the communicator takes commands and runs none: there is no guest behind it, and waiting
// brings none.
type NothingRunsError struct {
	Script string
}

func (e *NothingRunsError) Error() string {
	return fmt.Sprintf("script %q cannot run: this source has no guest to talk to, because its communicator runs nothing (not even echo answers), as with communicator = \"none\"; give the source an ssh or winrm communicator, or take the provisioner out for it with only or except", e.Script)
}

// Answers says whether the guest runs a command that needs no PowerShell and no upload: it is there, whatever becomes of
// scripts.
func (r *Runner) Answers(ctx context.Context) bool {
	out, err := r.execute(ctx, "echo", echo, echoLimit)
	return err == nil && bytes.Contains(out.stdout, []byte("avma"))
}

const echo = "echo avma"

// echoLimit bounds the question whether anything runs at all.
const echoLimit = 20 * time.Second

// nothingRuns says that a script met a communicator that takes every command, ends it with success and runs none: the
// one of communicator = "none", and those that builders without a machine make up. It asks only before the guest has
// answered for the first time, and only after a script that left nothing at all. Cmd, PowerShell and POSIX shells all
// know echo; it is asked twice, because a connection that breaks off can look like silence once.
func (r *Runner) nothingRuns(ctx context.Context, err error) bool {
	if r.answered.Load() || !leftNothing(err) {
		return false
	}
	for range 2 {
		out, err := r.execute(ctx, "echo", echo, echoLimit)
		if err != nil || out.exit != 0 || len(out.stdout)+len(out.stderr) > 0 {
			return false
		}
	}
	return true
}

// leftNothing says that a script was refused as a file, or ended with success and without a byte.
func leftNothing(err error) bool {
	var cut *CutError
	if !errors.As(err, &cut) {
		return false
	}
	return cut.Step == "upload" || cut.Silent && cut.Exit == 0 && errors.Is(cut.Err, wire.ErrNone)
}
