// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// Transport is how a script reaches the guest.
type Transport string

// The transports. Auto is inline for what fits into a command line and holds no secret, else upload; when an inline
// script is not run at all (a virus scanner may refuse it), it is uploaded, and so is what comes after it. The zero value
// is Auto.
const (
	Auto   Transport = "auto"
	Inline Transport = "inline"
	Upload Transport = "upload"
)

// Defaults of Runner and RunOptions.
const (
	DefaultTempDir = "C:/Windows/Temp" // where Packer itself uploads scripts to
	DefaultTimeout = 3 * time.Minute
)

// Runner runs scripts in one guest. Only Comm is needed. It may be used by several goroutines.
type Runner struct {
	Comm      packersdk.Communicator
	Transport Transport
	Elevate   bool                             // run every script as SYSTEM, through a scheduled task
	TempDir   string                           // "": DefaultTempDir; where uploaded scripts lie for a moment
	Rand      io.Reader                        // nil: crypto/rand; names and tokens
	Logf      func(format string, args ...any) // nil: silent; never given arguments or answers

	abandoned sync.WaitGroup // what still runs for a call that has returned
	answered  atomic.Bool    // a script's answer came back, so there is a guest
	noInline  atomic.Bool    // the guest refused a script in the command line, and ran it as a file
}

// RunOptions are for one run.
type RunOptions struct {
	Secret  bool          // the arguments hold a secret: always uploaded, never in a command line
	Timeout time.Duration // 0: DefaultTimeout
}

// Run runs a script and returns the facts that it answered with. args is encoded as JSON; nil means none.
// With *NotElevatedError the facts are there too.
func (r *Runner) Run(ctx context.Context, s templates.Script, args any, o RunOptions) (activation.Facts, error) {
	data, err := r.RunRaw(ctx, s, args, o)
	if err != nil {
		return activation.Facts{}, err
	}
	facts, err := activation.ParseFacts(data)
	if err != nil {
		return activation.Facts{}, &ScriptError{Script: s.Name(), Err: err}
	}
	if facts.Action != nil && facts.Action.ErrorID == notElevated {
		return facts, &NotElevatedError{Script: s.Name(), UserSID: facts.Session.UserSID, Elevate: r.Elevate}
	}
	return facts, nil
}

const notElevated = "not_elevated" // Action.ErrorID of a script that would not act

// RunRaw is Run without a look at the answer: the JSON document as the guest sent it.
func (r *Runner) RunRaw(ctx context.Context, s templates.Script, args any, o RunOptions) ([]byte, error) {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	text, err := s.Text()
	if err != nil {
		return nil, err
	}
	if r.Elevate {
		if text, err = templates.Elevated(text, max(5, int((o.Timeout-15*time.Second).Seconds()))); err != nil {
			return nil, err
		}
	}
	data, err := r.send(ctx, s, text, args, o)
	if r.nothingRuns(ctx, err) {
		return nil, &NothingRunsError{Script: s.Name()}
	}
	return data, err
}

// send takes a script to the guest by the transport.
func (r *Runner) send(ctx context.Context, s templates.Script, text string, args any, o RunOptions) ([]byte, error) {
	switch r.Transport {
	case Auto, "":
		if o.Secret || r.noInline.Load() {
			return r.uploaded(ctx, s, text, args, o)
		}
		data, err := r.inline(ctx, s, text, args, o)
		if !errors.Is(err, wire.ErrTooLong) && !refused(err) {
			return data, err
		}
		r.logf("%s: uploading, because: %v", s.Name(), err)
		data, second := r.uploaded(ctx, s, text, args, o)
		if second == nil && refused(err) {
			r.noInline.Store(true) // each refusal is an alarm in somebody's monitoring
		}
		return data, second
	case Inline:
		if o.Secret {
			return nil, fmt.Errorf("script %q holds a secret, which never goes into a command line: use the transport %q or %q", s.Name(), Auto, Upload)
		}
		return r.inline(ctx, s, text, args, o)
	case Upload:
		return r.uploaded(ctx, s, text, args, o)
	}
	return nil, fmt.Errorf("transport %q is none of %q, %q, %q", r.Transport, Auto, Inline, Upload)
}

func (r *Runner) inline(ctx context.Context, s templates.Script, text string, args any, o RunOptions) ([]byte, error) {
	token, err := r.token()
	if err != nil {
		return nil, err
	}
	payload, err := wire.Payload(text, token, args)
	if err != nil {
		return nil, err
	}
	command, err := wire.Inline(payload, token)
	if err != nil {
		return nil, fmt.Errorf("script %q: %w", s.Name(), err)
	}
	return r.ask(ctx, s, command, token, o.Timeout)
}

func (r *Runner) uploaded(ctx context.Context, s templates.Script, text string, args any, o RunOptions) ([]byte, error) {
	token, err := r.token()
	if err != nil {
		return nil, err
	}
	payload, err := wire.File(text, token, args)
	if err != nil {
		return nil, err
	}
	dir := r.TempDir
	if dir == "" {
		dir = DefaultTempDir
	}
	path := strings.TrimRight(strings.ReplaceAll(dir, `\`, "/"), "/") + "/avma-" + token + ".ps1"
	command, err := wire.FromFile(path, token)
	if err != nil {
		return nil, err
	}
	ended, data, err := r.uploadAndAsk(ctx, s, path, payload, command, token, o.Timeout)
	if err != nil && !errors.Is(err, wire.ErrMode) {
		r.sweep(ctx, path, ended)
	}
	return data, err
}

// uploadAndAsk says with ended when the upload is through; with an error that may be later.
func (r *Runner) uploadAndAsk(ctx context.Context, s templates.Script, path, payload, command, token string, limit time.Duration) (
	ended <-chan struct{}, data []byte, err error) {
	start := time.Now()
	ended, err = r.within(ctx, s.Name(), limit, func(context.Context) error {
		return r.Comm.Upload(path, strings.NewReader(payload), nil)
	})
	if err != nil {
		var late *TimeoutError
		if !errors.As(err, &late) && ctx.Err() == nil {
			err = &CutError{Script: s.Name(), Step: "upload", Err: err}
		}
		return ended, nil, err
	}
	data, err = r.ask(ctx, s, command, token, max(time.Second, limit-time.Since(start)))
	return ended, data, err
}

// sweepLimit is the time that a cancelled run takes to leave no secret behind.
const sweepLimit = 20 * time.Second

// sweep deletes an uploaded script that may not have been run. It has a little time of its own, because a cancelled
// run must not leave a secret behind; and it lets an upload that was given up end first, which would write the file
// again after it.
func (r *Runner) sweep(ctx context.Context, path string, uploaded <-chan struct{}) {
	command, err := wire.Remove(path)
	if err != nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	start := time.Now()
	patience := time.NewTimer(sweepLimit / 2)
	defer patience.Stop()
	select {
	case <-uploaded:
	case <-patience.C:
		r.logf("the upload of %s does not end; deleting what is there of it", path)
	}
	if _, err := r.execute(ctx, "sweep", command, sweepLimit-time.Since(start)); err != nil {
		r.logf("could not make sure that %s is deleted: %v", path, err)
	}
}

func (r *Runner) ask(ctx context.Context, s templates.Script, command, token string, limit time.Duration) ([]byte, error) {
	r.logf("%s: a command of %d characters", s.Name(), len(command))
	start := time.Now()
	out, err := r.execute(ctx, s.Name(), command, limit)
	if err != nil {
		return nil, err
	}
	r.logf("%s: exit status %d after %s, %d bytes", s.Name(), out.exit, time.Since(start).Round(time.Millisecond), len(out.stdout))
	data, err := wire.Parse(out.stdout, token)
	if err == nil {
		r.answered.Store(true)
		return data, nil
	}
	return nil, explain(s.Name(), out, err)
}

func (r *Runner) token() (string, error) {
	source := r.Rand
	if source == nil {
		source = rand.Reader
	}
	var b [8]byte
	if _, err := io.ReadFull(source, b[:]); err != nil {
		return "", fmt.Errorf("random name for a guest script: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

func (r *Runner) logf(format string, args ...any) {
	if r.Logf != nil {
		r.Logf(format, args...)
	}
}
