// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"errors"
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/guest"
)

// contact is what the first script of a build meets. A guest that was there and is gone for a while comes back; what
// keeps the very first script from being answered may stay for ever, and then waiting only hides it.
type contact struct {
	ran     int // commands in a row that ended without an answer of ours
	refused int // connections in a row that were refused for a reason that stays
}

// fewTries is how often the same must be met in a row, with pauses in between: once, it may be a guest that restarts.
const fewTries = 3

// stays are the refusals that no waiting cures, as the communicators' libraries (golang.org/x/crypto/ssh, masterzen/winrm
// and crypto/tls) word them. Packer itself has connected before, so something has changed since.
var stays = []struct{ text, why string }{
	{"unable to authenticate", "it does not take the communicator's user and password (or key) any more"},
	{"http response error: 401", "its WinRM does not take the communicator's user and password any more"},
	{"http error 401", "its WinRM does not take the communicator's user and password any more"},
	{"http response error: 403", "its WinRM does not let the communicator's user in"},
	{"http error 403", "its WinRM does not let the communicator's user in"},
	{"no common algorithm", "its SSH server and Packer have no algorithm in common"},
	{"host key mismatch", "its SSH host key is another one than before"},
	{"x509: ", "its certificate is not trusted"},
	{"communicator = 'none'", "the communicator is \"none\""},
}

// hopeless is the error to end with, when waiting will not help; nil: it may.
func (c *contact) hopeless(err error) error {
	var cut *guest.CutError
	if !errors.As(err, &cut) {
		*c = contact{}
		return nil
	}
	why := ""
	for _, s := range stays {
		if cut.Step != "answer" && cut.Err != nil && strings.Contains(cut.Err.Error(), s.text) {
			why = s.why
		}
	}
	if cut.Ran() {
		c.ran++
	} else {
		c.ran = 0
	}
	if why != "" {
		c.refused++
	} else {
		c.refused = 0
	}
	switch {
	case c.refused >= fewTries:
		return fmt.Errorf("the guest refuses the connection, and waiting does not change that: %s; see what was changed in the guest since Packer connected to it: %w", why, err)
	case c.ran >= fewTries:
		return fmt.Errorf("the guest runs commands, and PowerShell's answer never comes back (exit status %d); see that the communicator's user can start powershell in the guest and that no policy, virus scanner or login script keeps it from answering, or try transport = \"upload\": %w", cut.Exit, err)
	}
	return nil
}
