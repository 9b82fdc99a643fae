// SPDX-License-Identifier: MPL-2.0

// Package unattend holds the scripts that a generated answer file carries: how they are extracted on the first start, and
// what they do when Setup has finished (communicator, closing it on clones, clean-up). Which of them a file carries, and with
// which data, is decided in the package unattend of this module; scripts that Packer runs in a guest are in templates.
package unattend

import (
	"embed"
	"strings"
	"sync"
)

//go:embed *.ps1 hook.cmd *.xml
var files embed.FS

// The scripts, by the names that they have in the guest.
const (
	Extract    = "extract.ps1"     // run by the specialize pass straight out of the answer file
	Hook       = "hook.cmd"        // becomes SetupComplete.cmd where there is none
	Task       = "task.xml"        // the task that runs Finish
	Steps      = "steps.ps1"       // shared by those below
	Finish     = "finish.ps1"      // waits for the end of Setup and does what is left
	FirstLogon = "first-logon.ps1" // the one command of the first logon
	LogonTask  = "logon-task.xml"  // the task that runs FirstLogon after a restart
	Clean      = "clean.ps1"
	WinRM      = "winrm.ps1"
	OpenSSH    = "openssh.ps1"
	Close      = "close.ps1"
)

// texts holds every file as it is carried, prepared once, when the first is asked for.
var texts = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, name := range []string{Extract, Hook, Task, Steps, Finish, FirstLogon, LogonTask, Clean, WinRM, OpenSSH, Close} {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("templates/unattend: " + err.Error()) // the names are those of the embedded files
		}
		all[name] = prepare(name, strings.ReplaceAll(string(data), "\r\n", "\n"))
	}
	return all
})

// prepare leaves PowerShell's lines of comment out.
func prepare(name, text string) string {
	if !strings.HasSuffix(name, ".ps1") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimLeft(line, " "); strings.HasPrefix(trimmed, "#") || trimmed == "\n" {
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

// Text is the text of a script as it is carried: line ends are LF, and PowerShell's lines of comment are left out. It
// is empty for a name that is not one of the constants.
func Text(name string) string { return texts()[name] }

// Windows reports whether the file needs CRLF in the guest: cmd.exe misses labels without.
func Windows(name string) bool { return strings.HasSuffix(name, ".cmd") }
