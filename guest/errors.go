// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// CutError says that the connection went away or that the answer did not come whole. Whether the script did its work
// is not known; every script may be run again.
type CutError struct {
	Script string
	Step   string // "upload", "start", "answer"
	Exit   int    // exit status, where there is one
	Silent bool   // the command ended and printed nothing, on either stream
	Err    error
}

func (e *CutError) Error() string {
	return fmt.Sprintf("script %q was cut off (%s, exit status %d): %v; the guest may be restarting, or the connection dropped: it can be run again", e.Script, e.Step, e.Exit, e.Err)
}

// Unwrap returns what the communicator or the parser said.
func (e *CutError) Unwrap() error { return e.Err }

// Ran says that the command ended by itself, as far as anybody can tell, and that nothing of ours was among its output:
// a shell that starts no PowerShell, a policy or a virus scanner that ends it.
func (e *CutError) Ran() bool {
	return e.Step == "answer" && errors.Is(e.Err, wire.ErrNone) && !connectionLost(e.Exit)
}

// TimeoutError says that a script gave no answer in time. It may still be running; every script is bounded and may be
// run again.
type TimeoutError struct {
	Script string
	After  time.Duration
}

func (e *TimeoutError) Error() string {
	return fmt.Sprintf("script %q gave no answer within %s: the guest is very slow or hangs; it can be run again", e.Script, e.After)
}

// ConstrainedError says that a policy keeps PowerShell from running scripts in full.
type ConstrainedError struct {
	Script string
	Mode   string // "ConstrainedLanguage", ...
}

func (e *ConstrainedError) Error() string {
	return fmt.Sprintf("script %q cannot run: PowerShell in the guest runs in %s mode (AppLocker, Windows Defender Application Control or __PSLockdownPolicy); apply that policy after this step of the build, or exempt the communicator's user", e.Script, e.Mode)
}

// Unwrap makes errors.Is(err, wire.ErrMode) true.
func (e *ConstrainedError) Unwrap() error { return wire.ErrMode }

// NotElevatedError says that the communicator's user has no elevated session.
type NotElevatedError struct {
	Script  string
	UserSID string
	Elevate bool // it was asked to run as SYSTEM, and that too needs an administrator
}

func (e *NotElevatedError) Error() string {
	if e.Elevate {
		return fmt.Sprintf("script %q needs an administrator: the communicator's user (%s) may not even register a task for SYSTEM; connect as a member of Administrators whose token is not filtered (the built-in Administrator, or LocalAccountTokenFilterPolicy = 1)", e.Script, e.UserSID)
	}
	return fmt.Sprintf("script %q needs an elevated session, and the communicator's user (%s) has none; set elevate = true, or connect as the built-in Administrator", e.Script, e.UserSID)
}

// NoPowerShellError says that the guest has no powershell command.
type NoPowerShellError struct {
	Script string
	Exit   int
	Stderr string
}

func (e *NoPowerShellError) Error() string {
	return fmt.Sprintf("script %q cannot run: the guest knows no command \"powershell\" (exit status %d: %s); the guest must be a Windows Server with Windows PowerShell on its PATH", e.Script, e.Exit, e.Stderr)
}

// ScriptError says that PowerShell ran and no answer came: it refused the script, or the script is at fault.
type ScriptError struct {
	Script string
	Exit   int
	Stderr string // its end, bounded; in the guest's language
	Err    error
}

func (e *ScriptError) Error() string {
	s := fmt.Sprintf("script %q gave no answer (exit status %d)", e.Script, e.Exit)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	if e.Stderr != "" {
		s += "; the guest said: " + e.Stderr
	}
	return s + "; if a virus scanner or an execution policy refuses it, try transport = \"upload\""
}

// Unwrap returns what was wrong with the answer.
func (e *ScriptError) Unwrap() error { return e.Err }

// Exit statuses that mean that the connection or the process was ended from outside: the communicators' own, and
// Windows' for a process that a shutdown or a logoff kills.
const (
	winRMDropped      = 16001
	killedByShutdown  = 0x40010004
	killedByControlC  = 0xC000013A
	startedTooLate    = 0xC0000142 // Windows is going down: a library refuses to be loaded
	startedAtLogoff   = 0xC000026B
	commandUnknownCmd = 9009 // cmd.exe
	commandUnknownSh  = 127  // bash
	rpcDropped        = 123  // the plugin's connection to Packer broke off
)

// explain turns a missing or damaged answer into the error that says what to do.
func explain(script string, out output, err error) error {
	stderr := excerpt(out.stderr)
	var mode *wire.ModeError
	if errors.As(err, &mode) {
		return &ConstrainedError{Script: script, Mode: mode.Mode}
	}
	cut := &CutError{Script: script, Step: "answer", Exit: out.exit, Silent: len(out.stdout)+len(out.stderr) == 0, Err: err}
	if !errors.Is(err, wire.ErrNone) {
		return cut
	}
	if connectionLost(out.exit) {
		return cut
	}
	switch uint32(out.exit) {
	case commandUnknownCmd, commandUnknownSh:
		return &NoPowerShellError{Script: script, Exit: out.exit, Stderr: stderr}
	}
	if stderr == "" {
		return cut
	}
	// "'powershell' is not recognized ..." in any language: short, and the word stands in quotation marks.
	if len(stderr) < 300 && (strings.Contains(stderr, "'powershell'") || strings.Contains(stderr, `"powershell"`)) {
		return &NoPowerShellError{Script: script, Exit: out.exit, Stderr: stderr}
	}
	return &ScriptError{Script: script, Exit: out.exit, Stderr: stderr, Err: err}
}

// refused says that a command line may not have been allowed to run, with a word about it or without: some virus
// scanners end the process and leave nothing but an exit status.
func refused(err error) bool {
	var script *ScriptError
	var cut *CutError
	switch {
	case errors.As(err, &script):
		return true
	case errors.As(err, &cut):
		return cut.Ran()
	}
	return false
}

func connectionLost(exit int) bool {
	switch uint32(exit) {
	case uint32(packersdk.CmdDisconnect), winRMDropped, rpcDropped, killedByShutdown, killedByControlC, startedTooLate, startedAtLogoff, 0:
		return true
	}
	return false
}

// excerpt is the end of what a guest wrote to stderr: printable, without a CLIXML document that holds only progress.
func excerpt(b []byte) string {
	const most = 600
	b = bytes.ReplaceAll(b, []byte{0}, nil)
	s := strings.TrimSpace(string(b))
	if strings.HasPrefix(s, "#< CLIXML") && !strings.Contains(s, `S="Error"`) {
		return ""
	}
	s = strings.ReplaceAll(s, "_x000D__x000A_", " ")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > most {
		s = "..." + strings.ToValidUTF8(s[len(s)-most:], "")
	}
	return s
}
