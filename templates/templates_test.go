// SPDX-License-Identifier: MPL-2.0

package templates

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func powershell(t *testing.T) string {
	t.Helper()
	if p := os.Getenv("AVMA_TEST_PWSH"); p != "" {
		return p
	}
	p, err := exec.LookPath("pwsh")
	if err != nil {
		t.Skip("no PowerShell: set AVMA_TEST_PWSH to a pwsh 7, or put one on PATH (https://github.com/PowerShell/PowerShell/releases)")
	}
	return p
}

func fragments(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(files, "*.ps1")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, n := range names {
		data, err := files.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		m[n] = string(data)
	}
	return m
}

// whole lists every script that runs in a guest, as it arrives there.
func whole(t *testing.T) map[string]string {
	t.Helper()
	m := map[string]string{}
	for _, s := range append(All(), FirstBootCheck(), convertTask()) {
		text, err := s.Text()
		if err != nil {
			t.Fatal(err)
		}
		m[s.Name()] = text
		if m[s.Name()+"_elevated"], err = Elevated(text, 60); err != nil {
			t.Fatal(err)
		}
		if m[s.Name()+"_source"], err = s.Source(); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if m["first_boot_setup"], err = FirstBootSetup(FirstBootArgs{Armed: true}); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestFragmentsAreWrittenForShortening(t *testing.T) {
	// What would make a comment, a blank or a line end part of something.
	bad := map[string]*regexp.Regexp{
		"a here-string":               regexp.MustCompile(`(?m)@['"]\s*$`),
		"a comment behind code":       regexp.MustCompile(`(?m)^[ \t]*[^#\s][^\n]*[^\n'"(\[][ \t]#[ \t]`),
		"a block comment":             regexp.MustCompile(`<#|#>`),
		"a line continued by a tick":  regexp.MustCompile("(?m)`\\s*$"),
		"something for Windows alone": regexp.MustCompile(`Microsoft\.Win32\.Registry|\[wmi|\[IO\.File\]|\[System\.IO\.File\]`),
		"slmgr":                       regexp.MustCompile(`(?i)slmgr|cscript`),
		"the network":                 regexp.MustCompile(`(?i)Invoke-WebRequest|Invoke-RestMethod|Net\.WebClient|Test-Connection`),
	}
	for name, text := range fragments(t) {
		if !strings.HasPrefix(text, "# SPDX-License-Identifier: MPL-2.0\n") {
			t.Errorf("%s: no licence line", name)
		}
		for i, r := range text {
			if r > '~' || r < ' ' && r != '\n' {
				t.Fatalf("%s: byte %d is not printable ASCII: %q", name, i, r)
			}
		}
		for what, pattern := range bad {
			if m := pattern.FindString(text); m != "" {
				t.Errorf("%s: %s: %q", name, what, m)
			}
		}
		for i, line := range strings.Split(text, "\n") {
			if strings.Count(strings.ReplaceAll(line, `"'"`, ""), "'")%2 == 1 && !strings.HasPrefix(strings.TrimSpace(line), "#") {
				t.Errorf("%s:%d: an odd number of quotation marks: %s", name, i+1, line)
			}
		}
	}
}

// The same tokens, except for comments, line ends and, with short names, names.
func TestShorteningKeepsTheTokens(t *testing.T) {
	pwsh := powershell(t)
	const compare = `
$problems = @()
foreach ($file in Get-ChildItem -LiteralPath $args[0] -Filter *.long) {
  $lists = foreach ($path in $file.FullName, ($file.FullName -replace 'long$', 'short'), ($file.FullName -replace 'long$', 'named')) {
    $tokens = $null; $errors = $null
    [void][System.Management.Automation.Language.Parser]::ParseInput([System.IO.File]::ReadAllText($path), [ref]$tokens, [ref]$errors)
    if ($errors) { $problems += "${path}: $($errors[0])" }
    $kept = $tokens | Where-Object { 'Comment', 'NewLine', 'EndOfInput' -notcontains $_.Kind }
    $text = $path -notlike '*.named'
    , @($kept | ForEach-Object { if ($text -and 'StringExpandable' -ne $_.Kind) { "$($_.Kind) $($_.Text)" } else { "$($_.Kind)" } })
    , @($kept | ForEach-Object { "$($_.Kind)" -replace 'Generic', 'Identifier' })
  }
  if (($lists[0] -join "` + "`n" + `") -cne ($lists[2] -join "` + "`n" + `")) { $problems += "$($file.Name): other tokens" }
  if (($lists[1] -join "` + "`n" + `") -cne ($lists[5] -join "` + "`n" + `")) { $problems += "$($file.Name): other kinds of tokens with short names" }
}
$problems
`
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range fragments(t) {
		write(name+".long", text)
		write(name+".short", shorten(text, nil))
		write(name+".named", shorten(text, shortNames()))
	}
	write("compare.ps1", compare)
	out, err := exec.Command(pwsh, "-NoProfile", "-NonInteractive", "-File", filepath.Join(dir, "compare.ps1"), dir).CombinedOutput()
	if err != nil || len(bytes.TrimSpace(out)) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestShortNamesAreUnique(t *testing.T) {
	seen := map[string]string{}
	for long, short := range shortNames() {
		kind := "function "
		if strings.HasPrefix(long, "$") {
			kind = "variable "
		}
		if other, ok := seen[kind+short]; ok {
			t.Errorf("%s%s stands for %s and %s", kind, short, long, other)
		}
		seen[kind+short] = long
		if len(short) > 3 {
			t.Errorf("%s is %s", long, short)
		}
	}
}

func TestShorten(t *testing.T) {
	for in, want := range map[string]string{
		"# only a comment\n\n":                           "",
		"    if ($a -eq 'x  =  y') { foo \"a = $b\" }\n": "if($a -eq'x  =  y'){foo \"a = $b\"}\n",
		"$a = @{ b = 1; c = 'it''s' }\n":                 "$a=@{b=1;c='it''s'}\n",
		"try { x } catch { y } finally { z }\n":          "try{x}catch{y}finally{z}\n",
		"\"$(f (g \"in  $x\") ' ) ' )  b\" | h\n":        "\"$(f (g \"in  $x\") ' ) ')  b\"|h\n",
		"f $a (g $b), $c { h }\n":                        "f $a (g $b),$c {h}\n",
		"x `\"a\n":                                       "x `\"a\n",
	} {
		if got := shorten(in, nil); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestScriptsSuitWindowsPowerShell(t *testing.T) {
	pwsh := powershell(t)
	dir := t.TempDir()
	var paths []string
	for name, text := range whole(t) {
		path := filepath.Join(dir, name+".ps1")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	for _, version := range []string{"4.0", "5.1"} {
		out, err := exec.Command(pwsh, append([]string{"-CheckSyntax", version}, paths...)...).CombinedOutput()
		if err != nil && bytes.Contains(out, []byte("CheckSyntax")) {
			t.Skipf("%s is a pwsh without -CheckSyntax, which the check for PowerShell %s needs", pwsh, version)
		}
		if err != nil {
			t.Errorf("PowerShell %s: %v\n%s", version, err, out)
		}
	}
}

func TestScriptsDefineWhatTheyCall(t *testing.T) {
	definition := regexp.MustCompile(`(?m)^function ([A-Z][A-Za-z]+-Avma\w+)`)
	withTail := elevate()
	withTail.parts = append(withTail.parts, "elevate.ps1")
	for _, s := range append(All(), FirstBootCheck(), convertTask(), firstBootSetup(), withTail) {
		text := ""
		for _, part := range s.parts {
			if !strings.HasPrefix(part, "@") { // a script of its own
				text += fragments(t)[part]
			}
		}
		defined := map[string]bool{}
		for _, m := range definition.FindAllStringSubmatch(text, -1) {
			defined[m[1]] = true
		}
		for _, name := range functionName().FindAllString(text, -1) {
			if !defined[name] && !(name == "Get-AvmaFacts" && strings.Contains(text, "$Avma.ContainsKey('Full')")) {
				t.Errorf("%s calls %s and does not define it", s.Name(), name)
			}
		}
	}
}

func TestTheSameBytesEveryTime(t *testing.T) {
	a, b := whole(t), whole(t)
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// The list in doc.go is what doubles of Windows are made after.
func TestDocListsWhatScriptsCall(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	plain := []string{ // the language's own, which touch nothing
		"Where-Object", "ForEach-Object", "Select-Object", "New-Object", "ConvertTo-Json", "ConvertFrom-Json", "Set-StrictMode", "Write-Output", "Split-Path",
	}
	cmdlet := regexp.MustCompile(`\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b`)
	native := regexp.MustCompile(`\b[a-z]+\.exe\b`)
	registry := regexp.MustCompile(`HKLM:[^'"]*`)
	class := regexp.MustCompile(`'(Win32_\w+|SoftwareLicensing\w+)'`)
	for name, text := range fragments(t) {
		var called []string
		for _, line := range strings.Split(text, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			called = append(called, cmdlet.FindAllString(line, -1)...)
			called = append(called, native.FindAllString(line, -1)...)
			called = append(called, registry.FindAllString(line, -1)...)
			for _, m := range class.FindAllStringSubmatch(line, -1) {
				called = append(called, m[1])
			}
		}
		for _, c := range called {
			if strings.Contains(c, "-Avma") || strings.Contains(" "+strings.Join(plain, " ")+" ", " "+c+" ") || strings.HasPrefix(c, "avma") {
				continue
			}
			if !strings.Contains(string(doc), c) {
				t.Errorf("%s uses %q, which doc.go does not list", name, c)
			}
		}
	}
}

func TestArgumentsReachScriptsByName(t *testing.T) {
	for _, c := range []struct {
		script string
		args   any
	}{
		{"install.ps1", InstallArgs{}}, {"wait.ps1", WaitArgs{}}, {"restart.ps1", RestartArgs{}}, {"write_file.ps1", WriteFileArgs{}},
		{"convert_start.ps1", ConvertArgs{}}, {"register.ps1", FirstBootArgs{}},
	} {
		data, err := json.Marshal(c.args)
		if err != nil {
			t.Fatal(err)
		}
		var names map[string]any
		if err := json.Unmarshal(data, &names); err != nil {
			t.Fatal(err)
		}
		text := fragments(t)[c.script]
		for n := range names {
			if !strings.Contains(text, "'"+n+"'") {
				t.Errorf("%s does not read %q", c.script, n)
			}
		}
	}
}

// Windows works some properties of the licensing classes out when they are read, which takes long: only those that are
// needed are asked for, and the class's key among them, without which no method can be called.
func TestLicensingIsReadByProperty(t *testing.T) {
	read := regexp.MustCompile(`Get-Avma(?:Cim|One) '(SoftwareLicensing\w+)'(?: "[^"]*")?(?: (\$\w+|'[^']+'))?`)
	found := 0
	for name, text := range fragments(t) {
		for _, m := range read.FindAllStringSubmatch(text, -1) {
			found++
			if m[2] == "" {
				t.Errorf("%s reads all of %s", name, m[1])
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d readings found", found)
	}
}
