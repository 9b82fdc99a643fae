// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/golden-image/packer-plugin-avma/internal/regular"
)

// The stages of commands and scripts.
const (
	stageWindowsPE     = "windowspe"
	stageSpecialize    = "specialize"
	stageSetupComplete = "setup_complete"
	stageFirstLogon    = "first_logon"
	stageLogon         = "logon"
)

// limits are the longest command lines of each stage, in UTF-16 units. (reference section 1.6) Those of
// setup_complete and first_logon do not stand in the XML: a script hands them to cmd.exe, whose own limit holds.
var limits = map[string]int{
	stageWindowsPE: 255, stageSpecialize: 259, stageSetupComplete: 8191, stageFirstLogon: 8191, stageLogon: 1024,
}

// shorter says what to do with a command that is too long for its stage.
func shorter(stage string) string {
	switch stage {
	case stageWindowsPE:
		return `There are no script blocks in this stage, before anything is on the disk: put the commands into a .cmd file on the answer CD and call that, ` +
			`for example cmd.exe /c for %d in (D E F G) do if exist %d:\setup.cmd %d:\setup.cmd.`
	case stageLogon:
		return "There are no script blocks in this stage: let a script of the stage setup_complete or first_logon write a file, and call that here."
	}
	return "Use a script block: the file carries scripts of any length."
}

const (
	maxOrder  = 500     // reference section 1.6
	maxScript = 1 << 20 // a script is carried inside the answer file
)

// step is one command or script of a stage.
type step struct {
	path        string
	order       *int   // nil: after those that have one
	name        string // for the log
	line        string // of a command
	description string
	file        string // of a script: its name in the guest
	kind        string // "powershell", "cmd", "command"
	minutes     int    // how long it may take
}

// gatherSteps checks all commands and scripts and sorts them into their stages.
func (m *model) gatherSteps() map[string][]step {
	out := map[string][]step{}
	for _, c := range m.machine.commands {
		stage := m.choice(c.path+".stage", c.v.Stage, stageFirstLogon, stageWindowsPE, stageSpecialize, stageSetupComplete, stageLogon)
		m.checkCommand(c, stage)
		out[stage] = append(out[stage], step{path: c.path, order: c.v.Order, name: orElse(c.v.Description, "command"), line: c.v.CommandLine, description: c.v.Description, kind: "command", minutes: m.stepMinutes(c.path, c.v.Timeout, stage)})
	}
	names := map[string]bool{}
	for i, s := range m.machine.scripts {
		stage := m.choice(s.path+".stage", s.v.Stage, stageFirstLogon, stageSpecialize, stageSetupComplete)
		minutes := m.stepMinutes(s.path, s.v.Timeout, stage)
		if st, ok := m.checkScript(s, i, names); ok {
			st.minutes = minutes
			out[stage] = append(out[stage], st)
		}
	}
	for _, steps := range out {
		m.sortSteps(steps)
	}
	return out
}

// stepMinutes is the limit of a step, where it has one: the other stages are Windows' own.
func (m *model) stepMinutes(path, timeout, stage string) int {
	if timeout != "" && stage != stageSetupComplete && stage != stageFirstLogon {
		m.fail(path+".timeout", "in the stage "+stage+" Windows itself runs it, without a limit", "Leave it out, or use setup_complete or first_logon.")
	}
	return m.minutes(path+".timeout", timeout, defaultStepTimeout)
}

// sortSteps puts the steps of a stage in their order: those with a number first, the others as written.
func (m *model) sortSteps(steps []step) {
	seen := map[int]string{}
	for _, s := range steps {
		if s.order == nil {
			continue
		}
		n := *s.order
		if n < 1 || n > maxOrder {
			m.fail(s.path+".order", fmt.Sprintf("%d is out of range", n), fmt.Sprintf("Use 1 to %d, or leave it out.", maxOrder))
		} else if other, ok := seen[n]; ok {
			m.fail(s.path+".order", fmt.Sprintf("%d stands twice in this stage", n), "It is the order of "+other+" too. Give each its own, or leave them out to run them as written.")
		}
		seen[n] = s.path
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		return cmp.Compare(orDefault(a.order, maxOrder+1), orDefault(b.order, maxOrder+1))
	})
	if len(steps) > maxOrder {
		m.fail(steps[maxOrder].path, fmt.Sprintf("there are %d commands and scripts in one stage", len(steps)), fmt.Sprintf("Windows takes at most %d.", maxOrder))
	}
}

func (m *model) checkCommand(c located[Command], stage string) {
	line := c.path + ".command_line"
	m.length(c.path+".description", c.v.Description, 256)
	m.printable(c.path+".description", c.v.Description)
	if strings.TrimSpace(c.v.CommandLine) == "" {
		m.fail(line, "it is required", "For example cmd.exe /c md C:\\Temp.")
	}
	// Rule E7: white space counts, and a line break ends the command.
	m.printable(line, c.v.CommandLine)
	if n := utf16Length(c.v.CommandLine); n > limits[stage] && !unknown(c.v.CommandLine) {
		m.fail(line, fmt.Sprintf("it has %d characters", n), fmt.Sprintf("In the stage %s a command has at most %d. ", stage, limits[stage])+shorter(stage))
	}
	if stage == stageWindowsPE && m.kind == Deploy {
		m.fail(c.path+".stage", "Windows PE does not run on a clone", "Use specialize, setup_complete or first_logon.")
	}
}

// checkScript checks a script and takes it into the files that the answer file carries.
func (m *model) checkScript(s located[Script], i int, names map[string]bool) (step, bool) {
	text, ok := m.scriptText(s)
	if !ok {
		return step{}, false
	}
	name := s.v.Name
	if name == "" && s.v.Path != "" && !unknown(s.v.Path) {
		name = path.Base(strings.ReplaceAll(s.v.Path, `\`, "/"))
	}
	kind := "powershell"
	switch low := strings.ToLower(name); {
	case strings.HasSuffix(low, ".cmd"), strings.HasSuffix(low, ".bat"):
		kind = "cmd"
	}
	kind = m.choice(s.path+".type", orElse(s.v.Type, kind), "powershell", "cmd")
	ending := map[string]string{"powershell": ".ps1", "cmd": ".cmd"}[kind]
	if name == "" || unknown(name) {
		name = fmt.Sprintf("script-%d%s", i+1, ending)
	}
	if e := strings.ToLower(path.Ext(name)); e != ending && (kind != "cmd" || e != ".bat") {
		name += ending
	}
	switch {
	case strings.ContainsAny(name, `<>:"/\|?*%&^!'()`+"`$;,= ") || strings.ContainsFunc(name, unicode.IsControl) || len(name) > 64 || !isASCII(name):
		m.fail(s.path+".name", fmt.Sprintf("%q is not the name of a script", name), "Use letters, digits, dots and hyphens, at most 64.")
	case isDevice(name):
		m.fail(s.path+".name", fmt.Sprintf("%q is a device to Windows, whatever its ending", name), "Choose another name.")
	case reserved(name):
		m.fail(s.path+".name", fmt.Sprintf("%q is a name that the answer file uses itself", name), "Choose another.")
	case names[strings.ToLower(name)]:
		m.fail(s.path+".name", fmt.Sprintf("there is a second script %q", name), "Set name to tell them apart.")
	}
	names[strings.ToLower(name)] = true
	m.carry(name, scriptBytes(text, kind))
	return step{path: s.path, order: s.v.Order, name: name, file: name, kind: kind}, true
}

// isDevice says whether Windows takes a file's name for a device, as it does with con.ps1 and com1.tar.cmd.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}

// scriptText is the text of a script, from the Config or from its file.
func (m *model) scriptText(s located[Script]) ([]byte, bool) {
	switch {
	case s.v.Content != "" && s.v.Path != "":
		m.fail(s.path+".path", "it stands beside content", "Give one of them.")
		return nil, false
	case unknown(s.v.Content) || unknown(s.v.Path):
		return []byte("# " + Unknown), true
	case s.v.Path != "":
		data, err := m.readScript(s.v.Path)
		if err != nil {
			m.fail(s.path+".path", "the script cannot be read", err.Error()+".")
			return nil, false
		}
		if strings.TrimSpace(string(data)) == "" {
			m.fail(s.path+".path", "the file is empty", "Leave the block out.")
			return nil, false
		}
		return data, true
	case strings.TrimSpace(s.v.Content) == "":
		m.fail(s.path+".content", "neither content nor path is given", "Give the script's text, or the file to read it from.")
		return nil, false
	}
	if len(s.v.Content) > maxScript {
		m.fail(s.path+".content", fmt.Sprintf("it has %d bytes", len(s.v.Content)), fmt.Sprintf("A script has at most %d; put larger things on the answer CD.", maxScript))
		return nil, false
	}
	return []byte(s.v.Content), true
}

func (m *model) readScript(name string) ([]byte, error) {
	info, err := m.opts.FS.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a script", name)
	}
	if info.Size() > maxScript {
		return nil, fmt.Errorf("%s has %d bytes, a script has at most %d; put larger things on the answer CD", name, info.Size(), maxScript)
	}
	f, err := regular.Open(m.opts.FS, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxScript))
}
