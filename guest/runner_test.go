// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

const seen = `{"schema":1,"os":{"build":20348}}`

func TestTransports(t *testing.T) {
	for name, c := range map[string]struct {
		transport Transport
		script    templates.Script
		secret    bool
		uploads   int
	}{
		"what is small goes inline":       {"", templates.Facts(), false, 0},
		"what is large is uploaded":       {Auto, templates.FirstBootRegister(), false, 1},
		"what is secret is uploaded":      {Auto, templates.WriteFile(), true, 1},
		"inline":                          {Inline, templates.Facts(), false, 0},
		"upload":                          {Upload, templates.Facts(), false, 1},
		"upload, with a secret":           {Upload, templates.WriteFile(), true, 1},
		"even a small secret is uploaded": {Auto, templates.Facts(), true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			r, comm := runner(t, reply{document: seen})
			r.Transport = c.transport
			f, err := r.Run(context.Background(), c.script, map[string]string{"password": "S3cret"}, RunOptions{Secret: c.secret})
			if err != nil || f.OS.Build != 20348 {
				t.Fatalf("%+v %v", f, err)
			}
			if len(comm.commands) != 1 || len(comm.uploads) != c.uploads {
				t.Errorf("%d commands, %d uploads", len(comm.commands), len(comm.uploads))
			}
			if len(comm.commands[0]) > 8191 {
				t.Errorf("a command of %d characters", len(comm.commands[0]))
			}
			for path := range comm.uploads {
				if !strings.HasPrefix(path, "C:/Windows/Temp/avma-") || !strings.HasSuffix(path, ".ps1") {
					t.Errorf("uploaded to %s", path)
				}
				if windows := strings.ReplaceAll(path, "/", `\`); !strings.Contains(wire.Script(comm.commands[0]), "ri -LiteralPath '"+windows+"'") {
					t.Errorf("the command does not delete %s: %s", windows, comm.commands[0])
				}
			}
		})
	}
	r, _ := runner(t)
	r.Transport = Inline
	if _, err := r.Run(context.Background(), templates.FirstBootRegister(), nil, RunOptions{}); !errors.Is(err, wire.ErrTooLong) {
		t.Errorf("too long for inline: %v", err)
	}
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{Secret: true}); err == nil {
		t.Error("a secret inline")
	}
	r.Transport = "pigeon"
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err == nil || !strings.Contains(err.Error(), "pigeon") {
		t.Errorf("an unknown transport: %v", err)
	}
}

func TestArgumentsTravelAsData(t *testing.T) {
	r, comm := runner(t, reply{document: seen})
	r.Transport = Upload
	const nasty = "'; Remove-Item C:\\ -Recurse #\"$(x)`n"
	if _, err := r.Run(context.Background(), templates.Facts(), map[string]string{"key": nasty}, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, text := range comm.uploads {
		if strings.Contains(text, "Remove-Item C:") {
			t.Error("an argument stands in the code")
		}
	}
}

func TestAnswersThatDoNotCome(t *testing.T) {
	var (
		cut     *CutError
		locked  *ConstrainedError
		missing *NoPowerShellError
		failed  *ScriptError
	)
	const english = "'powershell' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n"
	const german = "Der Befehl \"powershell\" ist entweder falsch geschrieben oder\r\nkonnte nicht gefunden werden.\r\n"
	const progress = "#< CLIXML\r\n<Objs Version=\"1.1.0.1\"><Obj S=\"progress\" RefId=\"0\"></Obj></Objs>"
	for name, c := range map[string]struct {
		reply reply
		as    any
	}{
		"SSH lost":                        {reply{exit: packersdk.CmdDisconnect}, &cut},
		"WinRM lost":                      {reply{exit: 16001, blocking: true}, &cut},
		"half an answer":                  {reply{stdout: "#AVMA1,%s,B,9,500,00000000000000000000000000000000#\r\n#AVMA1,%s,0,AAAA#"}, &cut},
		"half an answer, exit 1":          {reply{stdout: "#AVMA1,%s,B,9,500,00000000000000000000000000000000#", exit: 1, stderr: "x"}, &cut},
		"nothing at all":                  {reply{}, &cut},
		"killed by the shutdown":          {reply{exit: 0x40010004, stderr: "x"}, &cut},
		"killed by Ctrl-C":                {reply{exit: -1073741510, stderr: "x"}, &cut},
		"exit 1 without a word":           {reply{exit: 1}, &cut},
		"exit 1 with progress only":       {reply{exit: 1, stderr: progress}, &cut},
		"Start fails":                     {reply{start: errors.New("connection refused")}, &cut},
		"locked down":                     {reply{stdout: "#AVMA1,%s,P,ConstrainedLanguage#", exit: 3}, &locked},
		"no PowerShell, bash":             {reply{exit: 127, stderr: "bash: powershell: command not found"}, &missing},
		"no PowerShell, batch":            {reply{exit: 9009, stderr: english}, &missing},
		"no PowerShell, cmd":              {reply{exit: 1, stderr: english}, &missing},
		"no PowerShell, cmd, German":      {reply{exit: 1, stderr: german}, &missing},
		"refused, with a text on stderr":  {reply{exit: 1, stderr: "This script contains malicious content and has been blocked by your antivirus software."}, &failed},
		"an answer of another kind":       {reply{document: `[1]`}, &failed},
		"another one's answer, no exit 0": {reply{stdout: "#AVMA1,ffffffffffffffff,B,0,0,00000000000000000000000000000000#", exit: 1, stderr: "boom"}, &failed},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := runner(t, c.reply)
			r.Transport = Inline
			_, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{})
			if !errors.As(err, c.as) {
				t.Errorf("%T %v", err, err)
			}
			if err != nil && !strings.Contains(err.Error(), `"facts"`) {
				t.Errorf("it does not name the script: %v", err)
			}
		})
	}
}

func TestAnAnswerCountsWhateverTheExitStatus(t *testing.T) {
	r, _ := runner(t, reply{document: seen, exit: packersdk.CmdDisconnect, stderr: "noise"})
	if f, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err != nil || f.OS.Build != 20348 {
		t.Errorf("%+v %v", f, err)
	}
}

func TestRefusedInlineIsUploaded(t *testing.T) {
	r, comm := runner(t, reply{exit: 1, stderr: "blocked by your antivirus software"}, reply{document: seen})
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(comm.commands) != 2 || len(comm.uploads) != 1 {
		t.Errorf("%d commands, %d uploads", len(comm.commands), len(comm.uploads))
	}
	// It is not asked again: a refusal raises an alarm.
	comm.replies = []reply{{document: seen}}
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err != nil || len(comm.commands) != 3 || len(comm.uploads) != 2 {
		t.Errorf("%v: %d commands, %d uploads", err, len(comm.commands), len(comm.uploads))
	}
	// Nor need it say so: a scanner may just end the process.
	r, comm = runner(t, reply{exit: 1}, reply{document: seen})
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err != nil || len(comm.uploads) != 1 {
		t.Errorf("%v, %d uploads", err, len(comm.uploads))
	}
	// What is cut off is not: the caller decides whether to try again.
	r, comm = runner(t, reply{exit: packersdk.CmdDisconnect})
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err == nil || len(comm.uploads) != 0 {
		t.Errorf("%v, %d uploads", err, len(comm.uploads))
	}
}

func TestNotElevatedComesWithTheFacts(t *testing.T) {
	r, _ := runner(t, reply{document: `{"schema":1,"os":{"build":20348},"session":{"user_sid":"S-1-5-21-1"},"action":{"name":"install","error_id":"not_elevated"}}`})
	f, err := r.Run(context.Background(), templates.Install(), nil, RunOptions{})
	var not *NotElevatedError
	if !errors.As(err, &not) || not.UserSID != "S-1-5-21-1" || f.OS.Build != 20348 || !strings.Contains(err.Error(), "elevate = true") {
		t.Errorf("%+v %v", f, err)
	}
}

func TestErrorsNameARemedy(t *testing.T) {
	for want, err := range map[string]error{
		"run again":             &CutError{Script: "facts", Err: errors.New("EOF")},
		"after this step":       &ConstrainedError{Script: "facts", Mode: "ConstrainedLanguage"},
		"built-in Admin":        &NotElevatedError{Script: "install"},
		"not filtered":          &NotElevatedError{Script: "install", Elevate: true},
		"on its PATH":           &NoPowerShellError{Script: "facts"},
		`transport = "upload"`:  &ScriptError{Script: "facts"},
		"can be run again":      &TimeoutError{Script: "facts", After: time.Minute},
		"no answer within 1m0s": &TimeoutError{Script: "facts", After: time.Minute},
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%T: %v", err, err)
		}
	}
}
