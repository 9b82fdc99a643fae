// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	scripts "github.com/golden-image/packer-plugin-avma/templates/unattend"
)

// Bounds of what the scripts in the guest wait for, in minutes. None of them is the time that a step takes: for as long as one
// runs, and it has a limit of its own, nobody's wait ends.
const (
	setupMinutes = 24 * 60 // the page that asks for a password waits for somebody, too
	logonMinutes = 60      // until somebody logs on
	beginMinutes = 10      // until the task that runs setup_complete has begun
	// Where the first logon has nothing to do but to correct its count.
	shortLogonMinutes = 10
)

// defaultStepTimeout is how long a step may take.
const defaultStepTimeout = 2 * time.Hour

// heldLogons is the count of the automatic logon for as long as steps are left. It is set anew at every start, so it never
// runs out; it is finite so that a machine whose scripts are gone does not log on for ever.
const heldLogons = 100

const inPowerShell = "powershell.exe -NoProfile -ExecutionPolicy Bypass -Command "

// extractCommand writes the files that the answer file carries. It is the one command that a long script costs, has less
// than the 259 characters of the specialize pass, and runs on PowerShell 4.0. (reference sections 1.2, 1.6)
const extractCommand = inPowerShell + `"$x=[xml](gc -Raw $env:windir\Panther\unattend.xml);iex $x.DocumentElement.Extensions.Extract"`

const (
	closeCommand      = inPowerShell + `"try{& $env:windir\Setup\avma\close.ps1}catch{};exit 0"`
	firstLogonCommand = inPowerShell + `"& $env:windir\Setup\avma\first-logon.ps1"`
)

// plan is everything that runs, and what the file carries for it.
type plan struct {
	windowsPE  []runCommand
	specialize []runCommand
	logon      []runCommand
	firstLogon bool
	// firstLogonSteps are what the first logon runs.
	firstLogonSteps []step
	files           []carriedFile
}

// runCommand is a command line in one of the lists of the answer file.
type runCommand struct{ line, description string }

// planDocument is plan.json: what the scripts in the guest are told, as data. Lists are never null.
type planDocument struct {
	SetupMinutes   int            `json:"setup_minutes"`
	LogonMinutes   int            `json:"logon_minutes"`
	BeginMinutes   int            `json:"begin_minutes"`
	AutoLogon      int            `json:"auto_logon"`  // count; 0: none
	HeldLogons     int            `json:"held_logons"` // count for as long as steps are left
	WaitFirstLogon bool           `json:"wait_first_logon"`
	FirstLogonRuns bool           `json:"first_logon_script"` // first-logon.ps1 is carried
	SetupComplete  []planStep     `json:"setup_complete"`
	FirstLogon     []planStep     `json:"first_logon"`
	WinRM          *winrmSettings `json:"winrm"`
	OpenSSH        *sshSettings   `json:"openssh"`
	Close          *closeSettings `json:"close"`
	Delete         []string       `json:"delete"`
	Files          []string       `json:"files"` // what is carried
}

type planStep struct {
	Name string `json:"name"`
	Type string `json:"type"`
	File string `json:"file"`
	Line string `json:"line"`
	// Minutes is how long it may take.
	Minutes int `json:"minutes"`
}

type winrmSettings struct {
	Transport string `json:"transport"`
	Port      int    `json:"port"`
	Basic     bool   `json:"basic"`
}

type sshSettings struct {
	Source         string   `json:"source"`
	Port           int      `json:"port"`
	AuthorizedKeys []string `json:"authorized_keys"`
}

type closeSettings struct {
	Users []string `json:"users"`
}

// planSteps decides what runs when, and which scripts the file carries for it.
func (m *model) planSteps() {
	stages := m.gatherSteps()
	p := &m.plan
	firstBoot := m.planFirstBoot()
	own := p.files // scripts of the user, by now
	doc := planDocument{
		SetupMinutes: setupMinutes, LogonMinutes: logonMinutes, BeginMinutes: beginMinutes, HeldLogons: heldLogons,
		SetupComplete: planned(stages[stageSetupComplete]), FirstLogon: planned(stages[stageFirstLogon]),
		Delete: []string{}, Files: []string{},
	}
	for _, s := range stages[stageWindowsPE] {
		p.windowsPE = append(p.windowsPE, runCommand{s.line, s.description})
	}
	for _, s := range stages[stageLogon] {
		p.logon = append(p.logon, runCommand{s.line, s.description})
	}
	m.planCommunicator(&doc)
	if a := m.cfg.AutoLogon; a != nil && m.kind == Install {
		doc.AutoLogon = orDefault(a.Count, 1)
	}
	p.firstLogonSteps = stages[stageFirstLogon]
	p.firstLogon = doc.AutoLogon > 0 || len(doc.FirstLogon) > 0
	doc.FirstLogonRuns = p.firstLogon
	doc.WaitFirstLogon = doc.AutoLogon > 0 // else nobody knows when somebody logs on
	if len(doc.FirstLogon) == 0 {
		doc.LogonMinutes = shortLogonMinutes
	}
	m.checkFirstLogon(stages[stageFirstLogon])

	finish := doc.WinRM != nil || doc.OpenSSH != nil || doc.Close != nil || len(doc.SetupComplete) > 0
	if finish || p.firstLogon || len(own) > 0 || m.sensitive && !m.cfg.KeepAnswerFiles {
		m.carryPlan(&doc, own)
		p.specialize = append(p.specialize, runCommand{extractCommand, "Extract the files that the answer file carries"})
	}
	if doc.Close != nil {
		p.specialize = append(p.specialize, runCommand{closeCommand, "Close what the build opened"})
	}
	if firstBoot {
		p.specialize = append(p.specialize, runCommand{firstBootCommand, "Register the check of the activation"})
	}
	for _, s := range stages[stageSpecialize] {
		p.specialize = append(p.specialize, runCommand{specializeLine(s), s.description})
	}
	if len(p.specialize) > maxOrder {
		m.fail("command", fmt.Sprintf("there are %d commands and scripts in the stage specialize", len(p.specialize)), fmt.Sprintf("Windows takes at most %d, with those of the file itself.", maxOrder))
	}
}

// planned turns the steps of a stage into those of plan.json.
func planned(steps []step) []planStep {
	out := make([]planStep, 0, len(steps))
	for _, s := range steps {
		out = append(out, planStep{Name: s.name, Type: s.kind, File: s.file, Line: s.line, Minutes: s.minutes})
	}
	return out
}

// specializeLine is the command of one step in the specialize pass.
func specializeLine(s step) string {
	switch s.kind {
	case "powershell":
		return inPowerShell + `"& $env:windir\Setup\avma\` + s.file + `;exit $LASTEXITCODE"`
	case "cmd":
		return `cmd.exe /d /c %windir%\Setup\avma\` + s.file
	}
	return s.line
}

// planCommunicator opens the communicator of the build, or closes it on a clone.
func (m *model) planCommunicator(doc *planDocument) {
	if m.kind == Deploy {
		if d := m.cfg.Deploy; d == nil || !d.KeepCommunicator {
			doc.Close = &closeSettings{Users: m.usersToRemove()}
		}
		return
	}
	if w := m.cfg.WinRM; w != nil {
		s := &winrmSettings{Transport: "HTTPS", Port: orDefault(w.Port, 5986), Basic: !w.DisableBasic}
		if strings.EqualFold(strings.TrimSpace(w.Protocol), "http") {
			s.Transport, s.Port = "HTTP", orDefault(w.Port, 5985)
		}
		doc.WinRM = s
	}
	if s := m.cfg.OpenSSH; s != nil {
		doc.OpenSSH = &sshSettings{Source: s.Source, Port: orDefault(s.Port, 22), AuthorizedKeys: append([]string{}, s.AuthorizedKeys...)}
	}
}

// usersToRemove are the build's accounts that a clone does not keep.
func (m *model) usersToRemove() []string {
	out := []string{}
	remains := map[string]bool{"administrator": true}
	for _, u := range m.machine.users {
		remains[strings.ToLower(u.v.Name)] = true
	}
	add := func(name string) {
		if low := strings.ToLower(name); name != "" && !remains[low] && !unknown(name) {
			remains[low] = true
			out = append(out, name)
		}
	}
	if !m.opts.Standalone {
		for _, u := range m.cfg.Users {
			if !u.Keep {
				add(u.Name)
			}
		}
	}
	if m.cfg.Deploy != nil {
		for _, name := range m.cfg.Deploy.RemoveUsers {
			add(name)
		}
	}
	return out
}

// checkFirstLogon says when the stage will run later than one expects, or without the rights that it needs.
func (m *model) checkFirstLogon(steps []step) {
	if len(steps) == 0 {
		return
	}
	if m.kind == Deploy || m.cfg.AutoLogon == nil {
		m.note(steps[0].path+".stage", "first_logon runs when somebody logs on for the first time", "For what should run without anybody, use setup_complete"+map[Kind]string{Install: ", or add an auto_logon block"}[m.kind]+".")
		return
	}
	if who, ok := m.logonAccount(); ok && m.cfg.AutoLogon.Domain == "" && !isAdministrator(who) {
		m.fail("auto_logon.username", fmt.Sprintf("%q is no administrator", who.Name), "The commands of the first logon need one: add Administrators to its groups, or use the stage setup_complete.")
	}
}

func isAdministrator(u User) bool {
	for _, g := range u.Groups {
		if strings.EqualFold(g, "Administrators") || unknown(g) {
			return true
		}
	}
	return false
}

// carryPlan adds the scripts that the plan needs, before those of the user.
func (m *model) carryPlan(doc *planDocument, own []carriedFile) {
	names := []string{scripts.Steps, scripts.Finish, scripts.Task, scripts.Hook}
	for _, n := range []struct {
		name string
		is   bool
	}{
		{scripts.FirstLogon, m.plan.firstLogon}, {scripts.LogonTask, len(doc.FirstLogon) > 0}, {scripts.Close, doc.Close != nil}, {scripts.Clean, !m.cfg.KeepAnswerFiles},
		{scripts.OpenSSH, doc.OpenSSH != nil}, {scripts.WinRM, doc.WinRM != nil},
	} {
		if n.is {
			names = append(names, n.name)
		}
	}
	if !m.cfg.KeepAnswerFiles {
		doc.Delete = m.deletions()
	}
	m.plan.files = nil
	doc.Files = append(doc.Files, planName)
	for _, name := range names {
		m.plan.files = append(m.plan.files, carriedFile{name: name, text: scripts.Text(name), crlf: scripts.Windows(name)})
		doc.Files = append(doc.Files, name)
	}
	for _, f := range own {
		doc.Files = append(doc.Files, f.name)
	}
	m.plan.files = append(m.plan.files, own...)
	head := carried(planName, documentBytes(doc))
	m.plan.files = append([]carriedFile{head}, m.plan.files...)
}

// deletions are the copies of the answer file that Windows makes. (reference section 1.8, Scrubbing)
func (m *model) deletions() []string {
	out := []string{
		`%windir%\Panther\unattend*.xml`, `%windir%\Panther\Unattend\*unattend*.xml`,
		`%SystemDrive%\unattend.xml`, `%SystemDrive%\Autounattend.xml`,
	}
	if m.kind == Deploy {
		out = append(out, `%windir%\System32\Sysprep\unattend*.xml`, `%windir%\System32\Sysprep\avma-deploy.xml`)
		out = append(out, m.opts.DeleteFiles...)
	}
	return out
}

// documentBytes is the document as ASCII, so that it is read the same whatever the code page.
func documentBytes(doc *planDocument) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		panic("unattend: encoding the plan: " + err.Error()) // strings and numbers cannot fail
	}
	return asciiJSON(buf.Bytes())
}
