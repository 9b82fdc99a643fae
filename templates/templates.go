// SPDX-License-Identifier: MPL-2.0

package templates

import (
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed *.ps1 *.cmd
var files embed.FS

// Script is one script for a guest: a name and the fragments that make it, in order. The zero value is no script.
type Script struct {
	name     string
	parts    []string // file names; "@VARIABLE=NAME" puts the text of the script NAME into a variable
	elevated bool
}

// Name is the script's name, as Action.Name and errors show it.
func (s Script) Name() string { return s.name }

// NeedsElevation reports whether the script refuses to act without an elevated session. (Looking never does.)
func (s Script) NeedsElevation() bool { return s.elevated }

var (
	quick     = []string{"common.ps1", "answer.ps1", "session.ps1", "quick.ps1", "action.ps1"}
	answering = append(quick[:len(quick):len(quick)], "licence.ps1", "facts.ps1")
	keeping   = []string{"folder.ps1", "tasks.ps1"}
)

func script(name string, elevated bool, parts ...[]string) Script {
	s := Script{name: name, elevated: elevated}
	for _, p := range parts {
		s.parts = append(s.parts, p...)
	}
	return s
}

// Facts looks at the guest and does nothing else. Arguments: none.
func Facts() Script { return script("facts", false, answering, []string{"look.ps1"}) }

// Install puts a key in and waits for the host. Arguments: InstallArgs.
func Install() Script { return script("install", true, answering, []string{"install.ps1"}) }

// Wait waits a slice of at most 50 s for the host. Arguments: WaitArgs.
func Wait() Script { return script("wait", false, answering, []string{"wait.ps1"}) }

// Probe reads the boot time, the state of Setup and pending restarts, quickly. Arguments: none.
func Probe() Script { return script("probe", false, quick, []string{"probe.ps1"}) }

// Restart asks for a restart; its answer holds the boot time that must change. Arguments: RestartArgs.
func Restart() Script { return script("restart", true, quick, []string{"restart.ps1"}) }

// WriteFile writes a file that only SYSTEM and Administrators may read. Arguments: WriteFileArgs. Its arguments are
// secret: run it so that they are uploaded.
func WriteFile() Script {
	return script("write_file", true, quick, []string{"folder.ps1", "write_file.ps1"})
}

// ConvertStart starts the conversion of an evaluation edition. Arguments: ConvertArgs.
func ConvertStart() Script {
	return script("convert_start", true, quick, keeping, []string{"convert.ps1", "convert_read.ps1", "@AvmaConvertTask=convert_task", "convert_start.ps1"})
}

// ConvertPoll says how far the conversion is. Arguments: none.
func ConvertPoll() Script {
	return script("convert_poll", true, quick, keeping, []string{"convert.ps1", "convert_read.ps1", "convert_poll.ps1"})
}

// ConvertFinish removes what ConvertStart left in the guest. Arguments: none.
func ConvertFinish() Script {
	return script("convert_finish", true, quick, keeping, []string{"convert.ps1", "convert_read.ps1", "convert_finish.ps1"})
}

// FirstBootRegister leaves the first-boot check in the guest. Arguments: FirstBootArgs.
func FirstBootRegister() Script {
	return script("register_first_boot", true, quick, keeping, []string{"machine.ps1", "@AvmaFirstBoot=first_boot_check", "@AvmaSetupComplete=SetupComplete.cmd", "register.ps1", "first_boot_register.ps1"})
}

// FirstBootCheck is the script that FirstBootRegister leaves in the guest; the task avma-first-boot runs it.
func FirstBootCheck() Script {
	return script("first_boot_check", true, []string{"common.ps1", "licence.ps1"}, keeping, []string{"machine.ps1", "first_boot_watch.ps1", "first_boot_check.ps1"})
}

// FirstBootSetup is a whole script that registers the first-boot check without anybody there to read an answer: for an
// answer file, run in the specialize pass as SYSTEM. It needs no wire and no arguments, and is ASCII.
func FirstBootSetup(args FirstBootArgs) (string, error) {
	data, err := json.Marshal(args)
	if err != nil {
		return "", err
	}
	text, err := firstBootSetup().Text()
	if err != nil {
		return "", err
	}
	return "$AvmaIn = '" + base64.StdEncoding.EncodeToString(data) + "'\n" + text, nil
}

func firstBootSetup() Script {
	return script("first_boot_setup", true, []string{"common.ps1"}, keeping,
		[]string{"machine.ps1", "@AvmaFirstBoot=first_boot_check", "@AvmaSetupComplete=SetupComplete.cmd", "register.ps1", "first_boot_setup.ps1"})
}

func elevate() Script {
	return script("elevate", true, []string{"common.ps1", "answer.ps1", "session.ps1", "folder.ps1", "tasks.ps1"})
}

func convertTask() Script {
	return script("convert_task", true, []string{"common.ps1", "folder.ps1", "tasks.ps1", "convert.ps1", "convert_task.ps1"})
}

// All lists the scripts that a runner can run, in a fixed order.
func All() []Script {
	return []Script{
		Facts(), Install(), Wait(), Probe(), Restart(), WriteFile(), ConvertStart(), ConvertPoll(), ConvertFinish(),
		FirstBootRegister(),
	}
}

// Text is the whole script, ready to run, without comments and indentation. The same bytes every time.
func (s Script) Text() (string, error) { return s.compose(true) }

// Source is the same with comments, for reading.
func (s Script) Source() (string, error) { return s.compose(false) }

func (s Script) compose(short bool) (string, error) {
	var b strings.Builder
	for _, part := range s.parts {
		if variable, name, ok := strings.Cut(strings.TrimPrefix(part, "@"), "="); ok {
			if name == "SetupComplete.cmd" {
				data, err := files.ReadFile(name)
				if err != nil {
					return "", err
				}
				fmt.Fprintf(&b, "$%s = '%s'\n", variable, base64.StdEncoding.EncodeToString(data))
				continue
			}
			text, err := inner(name, short)
			if err != nil {
				return "", err
			}
			// A block's text is what stands between its braces: no quoting, and the parser checks it on the way.
			fmt.Fprintf(&b, "$%s = {\n%s}.ToString()\n", variable, text)
			continue
		}
		data, err := files.ReadFile(part)
		if err != nil {
			return "", fmt.Errorf("script %q: %w", s.name, err)
		}
		if short {
			b.WriteString(shorten(string(data), shortNames()))
		} else {
			b.Write(data)
		}
	}
	return b.String(), nil
}

func inner(name string, short bool) (string, error) {
	switch name {
	case "convert_task":
		return convertTask().compose(short)
	case "first_boot_check":
		return FirstBootCheck().Source() // stays in the guest: to be read by its administrators
	}
	return "", fmt.Errorf("no script %q to put into another", name)
}

// Elevated wraps a script's text so that it runs as SYSTEM through a scheduled task, for at most the given seconds.
func Elevated(text string, seconds int) (string, error) {
	head, err := elevate().Text()
	if err != nil {
		return "", err
	}
	tail, err := files.ReadFile("elevate.ps1")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s$AvmaElevateSeconds = %d\n$AvmaInner = {\n%s}.ToString()\n%s", head, seconds, text, shorten(string(tail), shortNames())), nil
}
