// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"
)

// A script gets the name that it has in the guest from its block, its file, its kind or its place.
func TestNamesOfScripts(t *testing.T) {
	for _, c := range []struct {
		script     Script
		name, kind string
	}{
		{Script{Content: "x"}, "script-2.ps1", "powershell"},
		{Script{Content: "x", Type: "cmd"}, "script-2.cmd", "cmd"},
		{Script{Content: "x", Name: "a"}, "a.ps1", "powershell"},
		{Script{Content: "x", Name: "a.CMD"}, "a.CMD", "cmd"},
		{Script{Content: "x", Name: "a.bat"}, "a.bat", "cmd"},
		{Script{Content: "x", Name: "a.bat", Type: "powershell"}, "a.bat.ps1", "powershell"},
		{Script{Content: "x", Name: "a.ps1", Type: "cmd"}, "a.ps1.cmd", "cmd"},
		{Script{Content: "x", Name: "a.PS1"}, "a.PS1", "powershell"},
		{Script{Content: "x", Name: Unknown}, "script-2.ps1", "powershell"},
		{Script{Path: `dir\own.cmd`}, "own.cmd", "cmd"},
		{Script{Path: "dir/own.ps1"}, "own.ps1", "powershell"},
		{Script{Path: "dir/own.ps1", Name: "b.ps1"}, "b.ps1", "powershell"},
		{Script{Path: Unknown}, "script-2.ps1", "powershell"},
	} {
		fs := afero.NewMemMapFs()
		for _, name := range []string{`dir\own.cmd`, "dir/own.ps1"} {
			if err := afero.WriteFile(fs, name, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c.script.Stage = "specialize"
		cfg := server()
		cfg.Scripts = []Script{{Name: "first.ps1", Content: "x"}, c.script}
		r, err := Generate(cfg, Install, Options{FS: fs})
		if err != nil {
			t.Errorf("%+v: %v", c.script, err)
			continue
		}
		d := parse(t, r.XML)
		if d.file(c.name) == nil {
			t.Errorf("%+v: there is no %s", c.script, c.name)
		}
		line := `cmd.exe /d /c %windir%\Setup\avma\` + c.name
		if c.kind == "powershell" {
			line = `"& $env:windir\Setup\avma\` + c.name + `;exit $LASTEXITCODE"`
		}
		if got := d.text("specialize", "Deployment", "RunSynchronous/RunSynchronousCommand[2]/Path"); !strings.HasSuffix(got, line) {
			t.Errorf("%+v: it is run by %s", c.script, got)
		}
	}
	for _, name := range []string{"com0.ps1", "com9.ps1", "lpt9.ps1", "LPT1", "aux.cmd", "prn", "nul.x.ps1"} {
		cfg := server()
		cfg.Scripts = []Script{{Name: name, Content: "x"}}
		wantSaid(t, name, cfg, "script.name", "is a device")
	}
	for _, name := range []string{"comx.ps1", "com.1.ps1", "xcom1.ps1", "com:.ps1", "com/.ps1"} {
		cfg := server()
		cfg.Scripts = []Script{{Name: name, Content: "x"}}
		if strings.Contains(said(cfg, "script.name"), "is a device") {
			t.Errorf("%s is called a device", name)
		}
	}
}

func TestNamesOfScriptsAreASCII(t *testing.T) {
	for _, name := range []string{"a\x80.ps1", "ü.ps1"} {
		cfg := server()
		cfg.Scripts = []Script{{Name: name, Content: "x"}}
		wantSaid(t, name, cfg, "script.name", "is not the name of a script")
	}
}

// Scripts are read from the machine's own files where no others are given.
func TestScriptsOfTheMachine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.ps1")
	if err := os.WriteFile(file, []byte("exit 7"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := server()
	cfg.Scripts = []Script{{Path: file}}
	if got := must(t, cfg, Install).file("own.ps1"); got == nil || got.Text() != "exit 7" {
		t.Errorf("own.ps1 is %v", got)
	}
}

func TestTextOfScripts(t *testing.T) {
	fs := afero.NewMemMapFs()
	if err := afero.WriteFile(fs, "blank.ps1", []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := afero.WriteFile(fs, "long.ps1", []byte(word(maxScript+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		script Script
		want   string
	}{
		{Script{Path: "blank.ps1"}, "script.path the file is empty"},
		{Script{Content: " \n"}, "script.content neither content nor path"},
		{Script{Path: "long.ps1"}, "script.path the script cannot be read. long.ps1 has 1048577 bytes, a script has at most 1048576;"},
		{Script{Content: word(maxScript + 1)}, "script.content it has 1048577 bytes. A script has at most 1048576;"},
		{Script{Path: "none.ps1"}, "script.path the script cannot be read"},
		{Script{Content: "x", Path: "blank.ps1"}, "script.path it stands beside content"},
		{Script{Content: Unknown + word(maxScript)}, ""},
	} {
		cfg := server()
		cfg.Scripts = []Script{c.script}
		var got []string
		for _, p := range Check(cfg, Options{FS: fs}).Only(Error) {
			got = append(got, p.Attribute+" "+p.Summary+". "+p.Detail)
		}
		if len(got) > 1 || !strings.Contains(strings.Join(got, ""), c.want) || c.want == "" && len(got) > 0 {
			t.Errorf("%.80v: it says %q, want %q", c.script, got, c.want)
		}
	}
	must(t, Config{Release: "2022", Edition: "datacenter", Scripts: []Script{{Content: Unknown}}}, Install)
}

// The steps of a stage run by their order, those without one last and as they are written, whatever they are.
func TestOrderOfSteps(t *testing.T) {
	cfg := server()
	cfg.Commands = []Command{
		{Stage: "setup_complete", CommandLine: "e", Description: "fifth"}, {Stage: "setup_complete", CommandLine: "c & <d>", Order: new(500)},
		{Stage: "setup_complete", CommandLine: "a", Order: new(1)}, {Stage: "windowspe", CommandLine: "w", Order: new(1)}, {Stage: "logon", CommandLine: "l", Description: "d"},
	}
	cfg.Scripts = []Script{{Stage: "setup_complete", Content: "x", Name: "f.ps1"}, {Stage: "setup_complete", Content: "x", Name: "b.cmd", Order: new(2)}}
	d := must(t, cfg, Install)
	plan := strings.Join(strings.Fields(d.file(planName).Text()), "")
	at := -1
	for _, step := range []string{
		`{"name":"command","type":"command","file":"","line":"a","minutes":120}`, `{"name":"b.cmd","type":"cmd","file":"b.cmd","line":"","minutes":120}`,
		`{"name":"command","type":"command","file":"","line":"c&<d>","minutes":120}`, `{"name":"fifth","type":"command","file":"","line":"e","minutes":120}`,
		`{"name":"f.ps1","type":"powershell","file":"f.ps1","line":"","minutes":120}`,
	} {
		i := strings.Index(plan, step)
		if i <= at {
			t.Errorf("%s stands at %d, after %d:\n%s", step, i, at, plan)
		}
		at = i
	}
	d.want("windowsPE", "Setup", "RunSynchronous/RunSynchronousCommand[1]/Path", "w")
	d.want("oobeSystem", "Shell-Setup", "LogonCommands/AsynchronousCommand[1]/CommandLine", "l")
	d.want("oobeSystem", "Shell-Setup", "LogonCommands/AsynchronousCommand[1]/Description", "d")
	if ps := Check(cfg, Options{}); len(ps.Only(Warning))+len(ps.Only(Error)) > 0 {
		t.Errorf("one order in two stages: %s", list(ps))
	}
}

func TestCommandLines(t *testing.T) {
	for _, c := range []struct {
		name, want string
		command    Command
	}{
		{"blank", "command.command_line it is required", Command{CommandLine: " "}},
		{"a line break", "command.command_line it has the character U+000A", Command{CommandLine: "a\nb"}},
		{"a line break in the description", "command.description it has", Command{CommandLine: "a", Description: "a\nb"}},
		{"long and not known", "", Command{Stage: "specialize", CommandLine: Unknown + word(259)}},
		{"too many", "there are 502 commands and scripts in the stage specialize. Windows takes at most 500, with those of the file itself.", Command{Stage: "specialize", CommandLine: "many"}},
		{"too many of one stage", "command[500] there are 501 commands and scripts in one stage. Windows takes at most 500.", Command{Stage: "windowspe", CommandLine: "many"}},
		{"out of order", "command.order 501 is out of range. Use 1 to 500, or leave it out.", Command{CommandLine: "a", Order: new(501)}},
		{"a limit of logon", "command.timeout in the stage logon", Command{Stage: "logon", CommandLine: "a", Timeout: "1m"}},
		{"a limit of first_logon", "", Command{Stage: "first_logon", CommandLine: "a", Timeout: "1m"}},
		{"a limit of setup_complete", "", Command{Stage: "setup_complete", CommandLine: "a", Timeout: "1m"}},
	} {
		cfg := server()
		cfg.Commands = []Command{c.command}
		if c.command.CommandLine == "many" {
			cfg.AdministratorPassword, cfg.Commands = "P", slices.Repeat(cfg.Commands, 501) // one of specialize extracts
		}
		wantSaid(t, c.name, cfg, "command", c.want)
	}
}

// Scripts are carried where they have something to do, and nothing is carried where nothing has.
func TestWhatIsCarried(t *testing.T) {
	all := []string{"plan.json", "steps.ps1", "finish.ps1", "first-logon.ps1", "logon-task.xml", "close.ps1", "clean.ps1", "openssh.ps1", "winrm.ps1", firstBootName}
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   string // of an install file
	}{
		{"nothing", func(*Config) {}, ""},
		{"a command of Windows PE", func(c *Config) { c.Commands = []Command{{Stage: "windowspe", CommandLine: "x"}} }, ""},
		{"a command of specialize", func(c *Config) { c.Commands = []Command{{Stage: "specialize", CommandLine: "x"}} }, ""},
		{"a password", func(c *Config) { c.AdministratorPassword = "P" }, "plan.json steps.ps1 finish.ps1 clean.ps1"},
		{"a password, and answer files are kept", func(c *Config) { c.AdministratorPassword, c.KeepAnswerFiles = "P", true }, ""},
		{"a script", func(c *Config) { c.Scripts = []Script{{Stage: "specialize", Content: "x"}} }, "plan.json steps.ps1 finish.ps1 clean.ps1"},
		{"a step of setup_complete", func(c *Config) { c.Commands = []Command{{Stage: "setup_complete", CommandLine: "x"}} }, "plan.json steps.ps1 finish.ps1 clean.ps1"},
		{"a step of first_logon", func(c *Config) { c.Commands = []Command{{CommandLine: "x"}} }, "plan.json steps.ps1 finish.ps1 first-logon.ps1 logon-task.xml clean.ps1"},
		{"a logon", func(c *Config) { c.AdministratorPassword, c.AutoLogon = "P", &AutoLogon{} }, "plan.json steps.ps1 finish.ps1 first-logon.ps1 clean.ps1"},
		{"WinRM", func(c *Config) { c.AdministratorPassword, c.WinRM = "P", &WinRM{} }, "plan.json steps.ps1 finish.ps1 clean.ps1 winrm.ps1"},
		{"OpenSSH, and answer files are kept", func(c *Config) {
			c.AdministratorPassword, c.OpenSSH, c.KeepAnswerFiles = "P", &OpenSSH{Source: "a.zip"}, true
		}, "plan.json steps.ps1 finish.ps1 openssh.ps1"},
		{"a check of the first boot", func(c *Config) { c.FirstBoot = &FirstBoot{} }, "plan.json steps.ps1 finish.ps1 clean.ps1 first_boot.ps1"},
	} {
		cfg := server()
		c.change(&cfg)
		d := must(t, cfg, Install)
		var got []string
		for _, name := range all {
			if d.file(name) != nil {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v is carried, want %s", c.name, got, c.want)
		}
		if extracts := strings.Contains(d.text("specialize", "Deployment", "RunSynchronous/RunSynchronousCommand[1]/Path"), "Extensions.Extract"); extracts != (c.want != "") {
			t.Errorf("%s: the files are extracted: %v", c.name, extracts)
		}
	}
	d := must(t, server(), Deploy)
	if d.file("close.ps1") == nil || !d.has(`close.ps1}catch{}`) {
		t.Error("a clone closes nothing")
	}
	cfg := server()
	cfg.Deploy = &DeploySettings{KeepCommunicator: true}
	if must(t, cfg, Deploy).root.SelectElement("Extensions") != nil {
		t.Error("a clone that keeps the communicator carries something")
	}
}

// The waits of the scripts follow from what there is to wait for.
func TestWaitsInThePlan(t *testing.T) {
	step, logon := []Command{{CommandLine: "x"}}, &AutoLogon{Count: new(3)}
	for _, c := range []struct {
		name     string
		commands []Command
		logon    *AutoLogon
		want     []string
	}{
		{"a step", step, nil, []string{`"logon_minutes": 60`, `"auto_logon": 0`, `"wait_first_logon": false`, `"first_logon_script": true`}},
		{"a step and a logon", step, logon, []string{`"logon_minutes": 60`, `"auto_logon": 3`, `"wait_first_logon": true`, `"first_logon_script": true`}},
		{"a logon", nil, logon, []string{`"logon_minutes": 10`, `"auto_logon": 3`, `"wait_first_logon": true`, `"first_logon_script": true`}},
		{"a logon once", nil, &AutoLogon{}, []string{`"auto_logon": 1`, `"wait_first_logon": true`}},
		{"none", nil, nil, []string{`"logon_minutes": 10`, `"auto_logon": 0`, `"wait_first_logon": false`, `"first_logon_script": false`, `"setup_minutes": 1440`, `"begin_minutes": 10`, `"held_logons": 100`}},
	} {
		cfg := server()
		cfg.AdministratorPassword, cfg.Commands, cfg.AutoLogon = "P", c.commands, c.logon
		plan := must(t, cfg, Install).file(planName).Text()
		for _, want := range c.want {
			if !strings.Contains(plan, want) {
				t.Errorf("%s: no %s in\n%s", c.name, want, plan)
			}
		}
	}
}

func TestExpectedHosts(t *testing.T) {
	for host, want := range map[string]string{
		"hv-01": "", "hv-01.example.net": "", Unknown: "", name(255): "",
		"": "it is empty", " ": "it is empty", "hv 01": "is not the name of a host", name(256): "is not the name of a host",
	} {
		cfg := server()
		cfg.FirstBoot = &FirstBoot{ExpectedHosts: []string{"first", host}}
		wantSaid(t, host, cfg, "first_boot.expected_hosts[1]", want)
	}
	// An interval that is wrong is not held against the deadline as well.
	f := &FirstBoot{Interval: "25h", Deadline: "1m"}
	if _, ps := f.Args(); len(ps) != 1 || ps[0].Attribute != "interval" {
		t.Errorf("it says %v", ps)
	}
}

func TestFirstBootOfWhatIsNotActivated(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(*Config)
	}{
		{"AVMA", "", func(*Config) {}},
		{"a KMS client", "a KMS client is not activated", func(c *Config) { c.Channel = "GVLK" }},
		{"a key of the user's own", "", func(c *Config) { c.Channel, c.ProductKey = "gvlk", avma2022DC }},
		{"an evaluation", "an evaluation is never activated", func(c *Config) { c.Evaluation = "keep" }},
		{"a converted evaluation", "", func(c *Config) { c.Evaluation = "convert" }},
	} {
		cfg := server()
		cfg.FirstBoot = &FirstBoot{}
		c.change(&cfg)
		wantSaid(t, c.name, cfg, "first_boot", c.want)
	}
}
