// SPDX-License-Identifier: MPL-2.0

package wire_test

import (
	"encoding/base64"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/templates"
	"github.com/golden-image/packer-plugin-avma/templates/wire"
)

// Arguments as long as they come in practice.
var longest = templates.InstallArgs{Key: "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", Replace: true, WaitSeconds: 50, PollSeconds: 2.5, Activate: true}

func TestWhatFitsIntoACommandLine(t *testing.T) {
	uploaded := map[string]bool{"convert_start": true, "register_first_boot": true}
	for _, s := range templates.All() {
		text, err := s.Text()
		if err != nil {
			t.Fatal(err)
		}
		payload, err := wire.Payload(text, token, longest)
		if err != nil {
			t.Fatal(err)
		}
		command, err := wire.Inline(payload, token)
		if uploaded[s.Name()] {
			if err != nil && !errors.Is(err, wire.ErrTooLong) {
				t.Errorf("%s: %v", s.Name(), err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s does not fit: %v", s.Name(), err)
			continue
		}
		t.Logf("%s: %d characters of %d", s.Name(), len(command), wire.MaxCommand)
		if room := wire.MaxCommand - len(command); room < 100 {
			t.Errorf("%s leaves room for %d characters only", s.Name(), room)
		}
		// Outside of the double quotes nothing that a shell changes, inside nothing that any of them reads.
		head, rest, ok := strings.Cut(command, `"`)
		if !ok || !strings.HasSuffix(rest, `"`) || strings.ContainsAny(rest[:len(rest)-1], "\"$%`!\\/^\r\n") || strings.ContainsAny(head, "'&|<>^%") {
			t.Errorf("%s: a character that a shell changes: %s", s.Name(), command)
		}
		again, err := wire.Inline(payload, token)
		if err != nil || again != command {
			t.Errorf("%s: not the same twice", s.Name())
		}
	}
}

func TestPathsThatAShellWouldChangeAreRefused(t *testing.T) {
	for _, path := range []string{`C:\a'b`, `C:\a"b`, `C:\a$b`, "C:\\a`b", `C:\a%b%`, "C:\\a\nb", `C:\a;b`, `C:\ä`} {
		if c, err := wire.FromFile(path, token); err == nil {
			t.Errorf("%q: %s", path, c)
		}
		if c, err := wire.Remove(path); err == nil {
			t.Errorf("%q: %s", path, c)
		}
	}
	c, err := wire.FromFile("C:/Windows/Temp/avma-1.ps1", token)
	if err != nil || !strings.Contains(wire.Script(c), `'C:\Windows\Temp\avma-1.ps1'`) {
		t.Errorf("%s %v", c, err)
	}
	// Nothing that any shell changes, quotes included: some lose them.
	remove, err := wire.Remove("C:/Windows/Temp/avma-1.ps1")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{c, remove} {
		if strings.ContainsAny(c, "\"'$%`!\\^&|<>();\r\n") || strings.Contains(c, " /") || len(c) > 4000 {
			t.Errorf("%d characters, one that a shell changes: %s", len(c), c)
		}
	}
	if _, err := wire.Payload("", "no token", nil); err == nil {
		t.Error("a token that is none")
	}
}

// Code is logged by Windows, arguments are not: they never stand in what is given to PowerShell as code.
func TestArgumentsOfAFileAreNotCode(t *testing.T) {
	file, err := wire.File("'the script'\n", token, map[string]string{"password": "secret"})
	if err != nil {
		t.Fatal(err)
	}
	data, code, _ := strings.Cut(file, "\n")
	if j, err := base64.StdEncoding.DecodeString(data); err != nil || string(j) != `{"password":"secret"}` {
		t.Errorf("first line %q: %s, %v", data, j, err)
	}
	if strings.Contains(code, data) || strings.Contains(code, "AvmaIn") || !strings.HasSuffix(code, "'the script'\n") {
		t.Errorf("code: %s", code)
	}
	if file, err = wire.File("x", token, nil); err != nil || !strings.HasPrefix(file, "\n$AvmaToken=") {
		t.Errorf("no arguments: %q, %v", file, err)
	}
	text, err := templates.Elevated("'inner'\n", 60)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "$AvmaIn='$AvmaIn'") || !strings.Contains(text, ".in'") {
		t.Error("an elevated run puts its arguments into its script")
	}
}

func TestFilesAreReadAndDeleted(t *testing.T) {
	pwsh := os.Getenv("AVMA_TEST_PWSH")
	if pwsh == "" {
		var err error
		if pwsh, err = exec.LookPath("pwsh"); err != nil {
			t.Skip("no PowerShell: set AVMA_TEST_PWSH to a pwsh 7, or put one on PATH (https://github.com/PowerShell/PowerShell/releases)")
		}
	}
	for _, ends := range []string{"\n", "\r\n"} {
		dir := t.TempDir()
		for name, args := range map[string]any{"some": map[string]string{"a": "b"}, "none": nil} {
			file, err := wire.File("\"<$AvmaIn><$AvmaToken><$AvmaOut><$(Test-Path -LiteralPath avma-1.ps1)>\"\n", token, args)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "avma-1.ps1"), []byte(strings.ReplaceAll(file, "\n", ends)), 0o600); err != nil {
				t.Fatal(err)
			}
			command, err := wire.FromFile("avma-1.ps1", token)
			if err != nil {
				t.Fatal(err)
			}
			c := exec.Command(pwsh, "-NoProfile", "-Command", wire.Script(command))
			c.Dir = dir
			c.Env = append(os.Environ(), "PWSH_EMULATE=4.0")
			out, err := c.CombinedOutput()
			want := map[string]string{"some": "<eyJhIjoiYiJ9><" + token + "><><False>", "none": "<><" + token + "><><False>"}[name]
			if err != nil || strings.TrimSpace(string(out)) != want {
				t.Errorf("%s, %q: %v: %s, want %s", name, ends, err, out, want)
			}
		}
	}
}

// The command lines through real shells: bash, and PowerShell in PowerShell. cmd.exe is simulated in internal/winguest.
func TestShellsPassTheCommandOn(t *testing.T) {
	pwsh := os.Getenv("AVMA_TEST_PWSH")
	if pwsh == "" {
		var err error
		if pwsh, err = exec.LookPath("pwsh"); err != nil {
			t.Skip("no PowerShell: set AVMA_TEST_PWSH to a pwsh 7, or put one on PATH (https://github.com/PowerShell/PowerShell/releases)")
		}
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash on PATH")
	}
	bin := t.TempDir()
	if err := os.Symlink(pwsh, bin+"/powershell"); err != nil {
		t.Skipf("no symbolic links: %v", err)
	}
	text, err := templates.Probe().Text()
	if err != nil {
		t.Fatal(err)
	}
	payload, err := wire.Payload(text, token, map[string]string{"quoted": `a'b"c$d%e` + "`"})
	if err != nil {
		t.Fatal(err)
	}
	command, err := wire.Inline(payload, token)
	if err != nil {
		t.Fatal(err)
	}
	file, err := wire.File(text, token, nil)
	if err != nil {
		t.Fatal(err)
	}
	fromFile, err := wire.FromFile("avma-1.ps1", token)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, args := range map[string][]string{
		"bash": {bash, "-c", command}, "powershell": {pwsh, "-NoProfile", "-Command", command},
		"a file, bash": {bash, "-c", fromFile}, "a file, powershell": {pwsh, "-NoProfile", "-Command", fromFile},
	} {
		if err := os.WriteFile(filepath.Join(dir, "avma-1.ps1"), []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(args[0], args[1:]...)
		c.Dir = dir
		c.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "PWSH_EMULATE=4.0")
		out, err := c.Output()
		if _, parse := wire.Parse(out, token); parse != nil {
			t.Errorf("%s: %v, %v: %s", name, parse, err, out)
		}
	}
}
