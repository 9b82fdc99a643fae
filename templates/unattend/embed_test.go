// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var all = []string{Extract, Hook, Task, Steps, Finish, FirstLogon, LogonTask, Clean, WinRM, OpenSSH, Close}

func TestText(t *testing.T) {
	for _, name := range all {
		text := Text(name)
		if text == "" || strings.Contains(text, "\r") || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s is empty, has CR, or no line end", name)
		}
		for i := range len(text) {
			if text[i] >= 0x80 {
				t.Errorf("%s is not ASCII", name)
				break
			}
		}
		if strings.HasSuffix(name, ".ps1") && regexp.MustCompile(`(?m)^\s*#`).MatchString(text) {
			t.Errorf("%s is carried with its comments", name)
		}
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(all) {
		t.Errorf("%d files are embedded, %d have a name", len(entries), len(all))
	}
	if Text("no.ps1") != "" {
		t.Error("an unknown name has a text")
	}
}

// Steps may take for ever as far as Task Scheduler is concerned, whose default ends a task after three days: each has its own
// limit. What goes on at a logon runs in the session of an administrator, whatever his name and Windows' language are.
func TestTasks(t *testing.T) {
	for name, want := range map[string]string{Task: "<UserId>S-1-5-18</UserId>", LogonTask: "<GroupId>S-1-5-32-544</GroupId>"} {
		if text := Text(name); !strings.Contains(text, "<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>") || !strings.Contains(text, want) {
			t.Errorf("%s has a limit, or not %s:\n%s", name, want, text)
		}
	}
}

// What the product's scripts never do: read translated output, ask the licensing script, run without strictness.
func TestScripts_Rules(t *testing.T) {
	for _, name := range all {
		text := strings.ToLower(Text(name))
		for _, never := range []string{"slmgr", "invoke-webrequest", "new-guid", "get-computerinfo", "convertto-securestring", "write-host"} {
			if strings.Contains(text, never) {
				t.Errorf("%s has %s", name, never)
			}
		}
	}
	for _, name := range []string{Extract, Steps} {
		if !strings.Contains(Text(name), "Set-StrictMode -Version 2") {
			t.Errorf("%s is not strict", name)
		}
	}
}

func TestScripts_SyntaxOfPowerShell4(t *testing.T) {
	pwsh := os.Getenv("AVMA_TEST_PWSH")
	if pwsh == "" {
		pwsh, _ = exec.LookPath("pwsh")
	}
	if pwsh == "" {
		t.Skip("no PowerShell: put pwsh 7 on PATH, or name one in AVMA_TEST_PWSH")
	}
	if out, _ := exec.Command(pwsh, "-Version").CombinedOutput(); !strings.Contains(string(out), "(reduced)") {
		t.Skip("this pwsh has no -CheckSyntax: name the reduced test PowerShell in AVMA_TEST_PWSH")
	}
	dir := t.TempDir()
	var args []string
	for _, name := range all {
		if strings.HasSuffix(name, ".ps1") {
			file := filepath.Join(dir, name)
			if err := os.WriteFile(file, []byte(Text(name)), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
	}
	if out, err := exec.Command(pwsh, append([]string{"-CheckSyntax", "4.0"}, args...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
