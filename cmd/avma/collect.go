// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// lookTimeout bounds a look at this machine. It takes seconds; the licensing service of a guest that has just started
// may need a minute.
const lookTimeout = 3 * time.Minute

// collect looks at the guest that this process runs in.
func (a *app) collect(ctx context.Context) (activation.Facts, error) {
	var none activation.Facts
	id := make([]byte, 8)
	if _, err := io.ReadFull(a.random, id); err != nil {
		return none, err
	}
	token := hex.EncodeToString(id)
	command, err := lookCommand(token)
	if err != nil {
		return none, err
	}
	look, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	out, runErr := a.exec(look, nil, a.powershell(), command...)
	data, err := wire.Parse(out, token)
	switch {
	case err == nil:
		return activation.ParseFacts(data)
	case ctx.Err() != nil:
		return none, ctx.Err()
	case look.Err() != nil:
		return none, fmt.Errorf("no answer from Windows within %v; is the Software Protection service (sppsvc) stuck? Try again after a restart", lookTimeout)
	case errors.Is(runErr, exec.ErrNotFound), errors.Is(runErr, fs.ErrNotExist):
		return none, fmt.Errorf("%s is not there; Windows PowerShell 4.0 or newer is needed to look at this machine", a.powershell())
	case errors.Is(err, wire.ErrMode):
		return none, fmt.Errorf("%w: an application control policy (AppLocker, WDAC) allows no script to look at the licence; run avma verify as an account that the policy exempts", err)
	case runErr != nil:
		return none, fmt.Errorf("looking at this machine failed: %w", runErr)
	}
	return none, fmt.Errorf("looking at this machine failed: %w", err)
}

// lookCommand is the arguments for PowerShell that run the facts script. What travels to a guest as one command line is
// taken apart again, so that no shell is needed in between.
func lookCommand(token string) ([]string, error) {
	text, err := templates.Facts().Text()
	if err != nil {
		return nil, err
	}
	payload, err := wire.Payload(text, token, nil)
	if err != nil {
		return nil, err
	}
	line, err := wire.Inline(payload, token)
	if err != nil {
		return nil, err
	}
	options, script, ok := strings.Cut(line, ` -Command "`)
	if !ok {
		return nil, errors.New("the facts script has no command line of the known form")
	}
	return append(strings.Fields(options)[1:], "-Command", strings.TrimSuffix(script, `"`)), nil
}

// powershell is Windows PowerShell by its full path: whatever else is called powershell on the PATH is not asked.
func (a *app) powershell() string {
	root, _ := a.getenv("SystemRoot")
	if root == "" {
		root = `C:\Windows`
	}
	return root + `\System32\WindowsPowerShell\v1.0\powershell.exe`
}
