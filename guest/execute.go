// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// output is what a remote command printed and how it ended.
type output struct {
	stdout, stderr []byte
	exit           int
}

// execute runs a command to its end, or for as long as the limit and ctx allow. Every script is short by itself: a
// command that is given up ends soon after, and nobody reads what it still prints.
func (r *Runner) execute(ctx context.Context, script, command string, limit time.Duration) (output, error) {
	var stdout, stderr buffer
	cmd := &packersdk.RemoteCmd{Command: command, Stdout: &stdout, Stderr: &stderr}
	_, err := r.within(ctx, script, limit, func(ctx context.Context) error {
		if err := r.Comm.Start(ctx, cmd); err != nil {
			return err
		}
		cmd.Wait()
		return nil
	})
	if err != nil {
		var late *TimeoutError
		if errors.As(err, &late) || ctx.Err() != nil {
			return output{}, err
		}
		return output{}, &CutError{Script: script, Step: "start", Err: err}
	}
	return output{stdout: stdout.bytes(), stderr: stderr.bytes(), exit: cmd.ExitStatus()}, nil
}

// within waits for f, the limit or ctx, whichever comes first. A communicator does not always look at ctx, and its
// Start may block until the command ends (WinRM) or return at once (SSH): so f has a goroutine of its own, which may go
// on after within has returned. It is counted in r.abandoned, and ended is closed when f is through.
func (r *Runner) within(ctx context.Context, script string, limit time.Duration, f func(context.Context) error) (
	ended <-chan struct{}, err error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var result error
	through := make(chan struct{})
	r.abandoned.Go(func() {
		defer close(through)
		result = f(limited)
	})
	late := func() error {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		return &TimeoutError{Script: script, After: limit}
	}
	select {
	case <-through:
	case <-limited.Done():
		select {
		case <-through: // both at once: what came counts
		default:
			return through, late()
		}
	}
	if result != nil && limited.Err() != nil {
		return through, late()
	}
	return through, result
}

// buffer collects the output of a command that may go on writing after nobody waits for it any more. It keeps the
// last bytes, where the end of an answer is.
type buffer struct {
	mu   sync.Mutex
	data bytes.Buffer
}

const maxOutput = 2 * wire.MaxAnswer

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.data.Len() > 2*maxOutput {
		b.data.Next(b.data.Len() - maxOutput)
	}
	return b.data.Write(p)
}

func (b *buffer) bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.data.Bytes())
}
