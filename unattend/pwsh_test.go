// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// shell is a PowerShell over a folder that stands for a guest: %WINDIR%, and the programs of Windows as small recorders.
type shell struct {
	t       *testing.T
	pwsh    string
	windir  string
	calls   string // every program called, one a line
	reduced bool
	env     []string
}

func newShell(t *testing.T) *shell {
	t.Helper()
	pwsh := os.Getenv("AVMA_TEST_PWSH")
	if pwsh == "" {
		pwsh, _ = exec.LookPath("pwsh")
	}
	if pwsh == "" {
		t.Skip("no PowerShell: put pwsh 7 on PATH, or name one in AVMA_TEST_PWSH")
	}
	if runtime.GOOS == "windows" {
		t.Skip("on Windows this would change the machine: run it on Linux or macOS")
	}
	dir := t.TempDir()
	s := &shell{t: t, pwsh: pwsh, windir: filepath.Join(dir, "Windows"), calls: filepath.Join(dir, "calls.log")}
	bin := filepath.Join(dir, "bin")
	for _, d := range []string{bin, filepath.Join(s.windir, "Panther"), filepath.Join(dir, "data", "ssh")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	recorder := "#!/bin/sh\nprintf '%s\\n' \"$(basename \"$0\") $*\" >> '" + s.calls + "'\n"
	for _, name := range []string{"icacls.exe", "schtasks.exe", "powershell.exe", "cmd.exe", "net.exe", "netsh.exe", "msiexec.exe", "taskkill.exe", "msg.exe"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(recorder), 0o700); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
	}
	s.env = append(os.Environ(), "windir="+s.windir, "WINDIR="+s.windir, "SystemDrive="+dir, "ProgramData="+filepath.Join(dir, "data"), "ProgramFiles="+filepath.Join(dir, "programs"),
		"COMPUTERNAME=GUEST", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "PWSH_EMULATE=4.0", "POWERSHELL_TELEMETRY_OPTOUT=1", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
	out, _ := exec.Command(pwsh, "-Version").CombinedOutput()
	s.reduced = bytes.Contains(out, []byte("(reduced)"))
	return s
}

// run runs a script given as text.
func (s *shell) run(script string) string {
	s.t.Helper()
	out, err := s.try(script)
	if err != nil {
		s.t.Fatalf("PowerShell: %v\n%s", err, out)
	}
	return out
}

func (s *shell) try(script string) (string, error) {
	cmd := exec.Command(s.pwsh, "-NoProfile", "-NonInteractive", "-Command", script)
	cmd.Env, cmd.WaitDelay = s.env, 5*time.Second
	timer := time.AfterFunc(2*time.Minute, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// log is what programs were called with.
func (s *shell) log() string {
	data, _ := os.ReadFile(s.calls)
	return string(data)
}

// folder is where the answer file's files go.
func (s *shell) folder(name ...string) string {
	return filepath.Join(append([]string{s.windir, "Setup", "avma"}, name...)...)
}

// specialize puts a file in place as Setup does and runs the command that extracts it, as it stands in the file.
func (s *shell) specialize(cfg Config, kind Kind) document {
	s.t.Helper()
	d := must(s.t, cfg, kind)
	if err := os.WriteFile(filepath.Join(s.windir, "Panther", "unattend.xml"), d.raw, 0o600); err != nil {
		s.t.Fatal(err)
	}
	line := d.text("specialize", "Deployment", "RunSynchronous/RunSynchronousCommand[1]/Path")
	script, ok := strings.CutPrefix(line, inPowerShell+`"`)
	if !ok {
		s.t.Fatalf("the first command is %q", line)
	}
	s.run(strings.TrimSuffix(script, `"`))
	return d
}

func TestPwsh_ExtractionGivesTheSameBytes(t *testing.T) {
	s := newShell(t)
	contents := map[string]string{
		"lf.ps1": "Write-Output 'a & b < c > d ]]> \"e\" `f $g'\n\n  indented\n", "crlf.ps1": "one\r\ntwo\r\n", "mixed.ps1": "one\r\ntwo\nthree\rfour",
		"letters.ps1": "Write-Output 'Grüße 日本語 😀'\n", "noend.ps1": "no line end", "blank.ps1": "\n\n  x  \n\n", "tab.ps1": "\tx\x00\x01", "entity.ps1": "&amp; &#10; <![CDATA[x]]>\n",
		"latin.ps1": "Write-Output '\xfc'\r\n", "do.cmd": "@echo off\ngoto end\n:end\n",
	}
	cfg := server()
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		cfg.Scripts = append(cfg.Scripts, Script{Name: name, Stage: "specialize", Content: contents[name]})
	}
	s.specialize(cfg, Install)
	for name, want := range contents {
		kind := "powershell"
		if strings.HasSuffix(name, ".cmd") {
			kind = "cmd"
		}
		got, err := os.ReadFile(s.folder(name))
		if err != nil {
			t.Error(err)
			continue
		}
		if want := scriptBytes([]byte(want), kind); !bytes.Equal(got, want) {
			t.Errorf("%s is\n%q, want\n%q", name, got, want)
		}
	}
	if got, _ := os.ReadFile(s.folder("letters.ps1")); !bytes.Equal(got, []byte("\xef\xbb\xbf"+contents["letters.ps1"])) {
		t.Errorf("letters.ps1 has no byte order mark: %q", got)
	}
	if !strings.Contains(s.log(), "icacls.exe "+s.folder()+" /inheritance:r") {
		t.Errorf("the folder is not protected:\n%s", s.log())
	}
}

func TestPwsh_SetupCompleteOfOthersIsNotTouched(t *testing.T) {
	s := newShell(t)
	hook := filepath.Join(s.windir, "Setup", "Scripts", "SetupComplete.cmd")
	s.specialize(full(), Install)
	if data, _ := os.ReadFile(hook); !bytes.Contains(data, []byte("schtasks.exe /Run /TN avma-setup\r\n")) || strings.Contains(s.log(), "schtasks") {
		t.Errorf("the hook is %q, calls:\n%s", data, s.log())
	}
	if err := os.WriteFile(hook, []byte("echo mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.specialize(full(), Install)
	if data, _ := os.ReadFile(hook); string(data) != "echo mine" {
		t.Errorf("somebody else's hook is now %q", data)
	}
	if !strings.Contains(s.log(), "schtasks.exe /Create /F /TN avma-setup /XML "+s.folder("task.xml")) {
		t.Errorf("the task is not registered:\n%s", s.log())
	}
}

func TestPwsh_AnswerFileReadBackInAnotherForm(t *testing.T) {
	// Windows may write its copy anew: as UTF-16, with a mark on the passes, with LF.
	s := newShell(t)
	d := must(t, full(), Install)
	text := strings.ReplaceAll(strings.Replace(string(d.raw), `<settings pass="windowsPE">`, `<settings pass="windowsPE" wasPassProcessed="true">`, 1), "\r\n", "\n")
	data := []byte{0xff, 0xfe}
	for _, r := range strings.Replace(text, "utf-8", "utf-16", 1) {
		data = append(data, byte(r), byte(r>>8))
	}
	file := filepath.Join(s.windir, "Panther", "unattend.xml")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s.run(strings.TrimSuffix(strings.TrimPrefix(extractCommand, inPowerShell+`"`), `"`))
	got, err := os.ReadFile(s.folder("tools.cmd"))
	if err != nil || string(got) != "@echo off\r\ngoto end\r\n:end\r\n" {
		t.Errorf("tools.cmd is %q, %v", got, err)
	}
}

// fakes are the parts of Windows that the scripts touch; each writes a line into the log.
const fakes = `
$global:RegistryState = 'IMAGE_STATE_UNDEPLOYABLE'; $global:Looks = 0
function global:Note { Add-Content -LiteralPath $env:AVMA_CALLS -Value ($args -join ' ') }
function global:Get-ItemProperty { param($LiteralPath)
  if ($LiteralPath -like '*Setup\State') { $global:Looks++; if ($global:Looks -gt 2) { $global:RegistryState = 'IMAGE_STATE_COMPLETE' }; return [pscustomobject]@{ ImageState = $global:RegistryState } }
  if ($LiteralPath -like 'HKLM:\SYSTEM\Setup') { return [pscustomobject]@{ SystemSetupInProgress = 0; OOBEInProgress = 0 } }
  if ($LiteralPath -like '*HTTPS') { return [pscustomobject]@{ certThumbprint = 'AB12'; Port = 5986 } }
  [pscustomobject]@{ Port = 5985 } }
function global:New-ItemProperty { param($LiteralPath, $Name, $Value, $PropertyType, [switch]$Force) Note "set $LiteralPath $Name=$Value" }
function global:Remove-ItemProperty { param($LiteralPath, $Name, [switch]$Force, $ErrorAction) Note "unset $LiteralPath $Name" }
function global:Get-WinEvent { throw 'there is none' }
function global:Set-Service { param($Name, $StartupType) Note "service $Name $StartupType" }
function global:Start-Service { param($Name) Note "start $Name (looks: $global:Looks)" }
function global:Stop-Service { param($Name, [switch]$Force) Note "stop $Name" }
function global:Restart-Service { param($Name, [switch]$Force) Note "restart $Name" }
function global:Get-Service { param($Name, $ErrorAction) [pscustomobject]@{ Name = $Name; Status = 'Stopped' } }
function global:New-SelfSignedCertificate { param($DnsName, $CertStoreLocation) Note "certificate $DnsName"; [pscustomobject]@{ Thumbprint = 'AB12' } }
function global:New-NetFirewallRule { param($Name, $DisplayName, $Direction, $Action, $Protocol, $LocalPort, $Profile) Note "open $Name $LocalPort $Profile" }
function global:Remove-NetFirewallRule { param($Name, $ErrorAction) Note "shut $Name" }
function global:Get-NetFirewallRule { param($Name, $ErrorAction) $Name }
function global:Get-CimInstance { param($ClassName, $Filter, $ErrorAction) if ("$Filter" -like "*'packer'*") { return [pscustomobject]@{ SID = 'S-1-5-21-1' } } }
function global:Remove-CimInstance { }
function global:Add-Type { }
function global:Get-Item { param($Path, $LiteralPath) if ("$Path$LiteralPath" -like 'WSMan:*') { return [pscustomobject]@{ Value = 'false' } }
  if ("$LiteralPath" -like 'Cert:*') { return [pscustomobject]@{ Subject = 'CN=GUEST'; Issuer = 'CN=GUEST' } }
  Microsoft.PowerShell.Management\Get-Item @PSBoundParameters }
function global:Get-NetConnectionProfile { [pscustomobject]@{ InterfaceIndex = 7; NetworkCategory = 'Public' }; [pscustomobject]@{ InterfaceIndex = 8; NetworkCategory = 'DomainAuthenticated' } }
function global:Set-NetConnectionProfile { param($InterfaceIndex, $NetworkCategory) Note "network $InterfaceIndex $NetworkCategory" }
function global:Set-Item { param($Path, $Value, [switch]$Force)
  if ($env:AVMA_WSMAN_REFUSES) { throw 'WinRM firewall exception will not work since one of the network connection types is set to Public' }
  Note "wsman $Path=$Value" }
function global:Test-Path { param($LiteralPath) if ($LiteralPath -match '^(HKLM|Cert|WSMan):') { return $true }; Microsoft.PowerShell.Management\Test-Path -LiteralPath $LiteralPath }
function global:New-Item { param($Path, $ItemType, $Transport, $Address, $CertificateThumbPrint, $Port, [switch]$Force)
  if ($Path -like 'WSMan:*') { Note "listener $Transport $Port $CertificateThumbPrint"; return }
  Microsoft.PowerShell.Management\New-Item -Path $Path -ItemType $ItemType -Force }
function global:Get-ChildItem { param($Path, $LiteralPath, [switch]$Force, $ErrorAction, [switch]$Recurse, $Filter)
  if ("$Path" -like 'WSMan:*') { return [pscustomobject]@{ Keys = @('Transport=HTTP', 'Address=*'); PSPath = 'x' } }
  if ("$LiteralPath" -like 'HKLM:*') { return @([pscustomobject]@{ PSChildName = '*+HTTP'; PSPath = 'HKLM:\x\*+HTTP' }, [pscustomobject]@{ PSChildName = '*+HTTPS'; PSPath = 'HKLM:\x\*+HTTPS' }) }
  Microsoft.PowerShell.Management\Get-ChildItem @PSBoundParameters }
function global:Remove-Item { param($Path, $LiteralPath, [switch]$Force, [switch]$Recurse, $ErrorAction)
  process { if ("$LiteralPath" -match '^(HKLM|Cert):') { Note "remove $LiteralPath"; return }
  if (-not $Path -and -not $LiteralPath) { if ($_ -is [IO.FileInfo]) { Microsoft.PowerShell.Management\Remove-Item -LiteralPath $_.FullName -Force } else { Note 'remove listener' }; return }
  Microsoft.PowerShell.Management\Remove-Item @PSBoundParameters } }
`

func (s *shell) withFakes(script string) string {
	s.t.Helper()
	s.env = append(s.env, "AVMA_CALLS="+s.calls)
	out, err := s.try(fakes + "\n" + script)
	if err != nil {
		log, _ := os.ReadFile(s.folder("setup.log"))
		s.t.Fatalf("PowerShell: %v\n%s\n%s", err, out, log)
	}
	return out
}

// minutes changes a wait of the plan.
func (s *shell) minutes(wait string, n int) {
	s.t.Helper()
	plan, err := os.ReadFile(s.folder("plan.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	plan = regexp.MustCompile(`"`+wait+`": \d+`).ReplaceAll(plan, fmt.Appendf(nil, "%q: %d", wait, n))
	if err := os.WriteFile(s.folder("plan.json"), plan, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func TestPwsh_FinishWaitsThenOpensLast(t *testing.T) {
	s := newShell(t)
	cfg := full()
	cfg.WinRM.Protocol = ""
	cfg.OpenSSH = &OpenSSH{AuthorizedKeys: []string{"ssh-ed25519 AAAA me"}}
	cfg.Release, cfg.ImageName = "2025", ""
	s.specialize(cfg, Install)
	if err := os.WriteFile(filepath.Join(s.windir, "Panther", "unattend-original.xml"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.minutes("begin_minutes", 0) // the first logon does not wait for the steps of setup_complete, which nobody runs yet
	s.withFakes("& (Join-Path $env:windir 'Setup/avma/first-logon.ps1')")
	s.withFakes("& (Join-Path $env:windir 'Setup/avma/finish.ps1') -PollSeconds 0.01")
	log := s.log()
	inOrder(t, log, "AutoLogonCount=100", "cmd.exe /d /s /c", "powershell.exe -NoProfile", "set HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon AutoLogonCount=1", // first logon
		"tools.cmd", "start sshd (looks: 3)", "open avma-openssh 22 Any", "start WinRM (looks: 3)", "certificate GUEST", "listener HTTPS 5986 AB12", "wsman WSMan:\\localhost\\Service\\Auth\\Basic=True", "open avma-winrm 5986 Any",
		"schtasks.exe /Delete /F /TN avma-setup")
	if strings.Contains(log, "AllowUnencrypted=True") {
		t.Error("HTTPS allows unencrypted messages")
	}
	left, _ := filepath.Glob(s.folder("*"))
	for i := range left {
		left[i] = filepath.Base(left[i])
	}
	if got := strings.Join(left, " "); got != "openssh.json setup.log winrm.json" {
		t.Errorf("what is left is %s", got)
	}
	for _, gone := range []string{filepath.Join(s.windir, "Panther", "unattend.xml"), filepath.Join(s.windir, "Panther", "unattend-original.xml"), filepath.Join(s.windir, "Setup", "Scripts", "SetupComplete.cmd")} {
		if _, err := os.Stat(gone); err == nil {
			t.Errorf("%s is still there", gone)
		}
	}
	setup, _ := os.ReadFile(s.folder("setup.log"))
	if bytes.Contains(setup, []byte("failed")) {
		t.Errorf("something failed:\n%s", setup)
	}
	if keys, _ := os.ReadFile(filepath.Join(filepath.Dir(s.windir), "data", "ssh", "administrators_authorized_keys")); !bytes.Contains(keys, []byte("ssh-ed25519 AAAA me")) {
		t.Errorf("the keys are %q", keys)
	}
}

// A fresh machine's network is public, and WSMan refuses to be loosened there.
func TestPwsh_WinRMOpensOnAPublicNetwork(t *testing.T) {
	for _, c := range []struct {
		name, refuses string
		want          []string
	}{
		{"private for a moment", "", []string{"network 7 Private", "wsman WSMan:\\localhost\\Service\\AllowUnencrypted=True", "wsman WSMan:\\localhost\\Service\\Auth\\Basic=True", "network 7 Public", "open avma-winrm 5985 Any"}},
		{"by the registry", "1", []string{"network 7 Private", "WSMAN\\Service allow_unencrypted=1", "restart WinRM", "WSMAN\\Service auth_basic=1", "network 7 Public", "open avma-winrm 5985 Any"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("AVMA_WSMAN_REFUSES", c.refuses)
			s := newShell(t)
			cfg := server()
			cfg.WinRM, cfg.AdministratorPassword = &WinRM{Protocol: "http"}, "P@ssw0rd"
			s.specialize(cfg, Install)
			s.withFakes("& (Join-Path $env:windir 'Setup/avma/finish.ps1') -PollSeconds 0.01")
			log := s.log()
			inOrder(t, log, c.want...)
			if strings.Contains(log, "network 8") {
				t.Error("a domain's network was touched")
			}
		})
	}
}

func TestPwsh_FirstLogonThatNobodyWaitsFor(t *testing.T) {
	s := newShell(t)
	cfg := server()
	cfg.Commands = []Command{{CommandLine: "echo one"}}
	cfg.Scripts = []Script{{Name: "late.ps1", Content: "x"}, {Name: "early.ps1", Content: "x", Stage: "setup_complete"}}
	s.specialize(cfg, Install)
	s.withFakes("& (Join-Path $env:windir 'Setup/avma/finish.ps1') -PollSeconds 0.01")
	if _, err := os.Stat(s.folder("early.ps1")); err == nil {
		t.Error("early.ps1 is still there")
	}
	s.withFakes("& (Join-Path $env:windir 'Setup/avma/first-logon.ps1')")
	inOrder(t, s.log(), "early.ps1", "schtasks.exe /Delete /F /TN avma-setup", "schtasks.exe /Create /F /TN avma-first-logon", "cmd.exe /d /s /c echo one", "late.ps1", "schtasks.exe /Delete /F /TN avma-first-logon")
	left, _ := filepath.Glob(s.folder("*"))
	if len(left) != 1 || filepath.Base(left[0]) != "setup.log" {
		t.Errorf("what is left is %v", left)
	}
}

func TestPwsh_StepsAreNotRepeatedAfterARestart(t *testing.T) {
	s := newShell(t)
	cfg := server()
	cfg.Scripts = []Script{{Name: "restarts.ps1", Content: "x", Stage: "setup_complete"}, {Name: "after.ps1", Content: "x", Stage: "setup_complete"}}
	s.specialize(cfg, Install)
	// The machine went away in the first step.
	if err := os.WriteFile(s.folder("setup_complete-1.mark"), []byte("begun 1 0"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.withFakes("& (Join-Path $env:windir 'Setup/avma/finish.ps1') -PollSeconds 0.01")
	if log := s.log(); strings.Contains(log, "restarts.ps1") || !strings.Contains(log, "after.ps1") {
		t.Errorf("the calls are\n%s", log)
	}
}

func TestPwsh_SetupThatDoesNotFinish(t *testing.T) {
	s := newShell(t)
	cfg := full()
	s.specialize(cfg, Install)
	s.minutes("setup_minutes", 0)
	s.env = append(s.env, "AVMA_CALLS="+s.calls)
	if out, err := s.try(fakes + "\n& (Join-Path $env:windir 'Setup/avma/finish.ps1') -PollSeconds 0.01"); err == nil {
		t.Errorf("it goes on: %s", out)
	}
	if log := s.log(); strings.Contains(log, "WinRM") || strings.Contains(log, "/Delete") {
		t.Errorf("it opens WinRM, or gives up for ever:\n%s", log)
	}
}

func TestPwsh_CloseClosesWhatWasOpened(t *testing.T) {
	s := newShell(t)
	s.specialize(full(), Deploy)
	for _, f := range []struct{ path, text string }{
		{s.folder("winrm.json"), `{"transport":"HTTPS","port":5986,"thumbprint":"AB12","token_filter":null,"http_made":false}`},
		{s.folder("openssh.json"), `{"port":22,"authorized_keys":["ssh-ed25519 AAAA me"]}`},
		{filepath.Join(filepath.Dir(s.windir), "data", "ssh", "ssh_host_ed25519_key"), "private"},
		{filepath.Join(filepath.Dir(s.windir), "data", "ssh", "administrators_authorized_keys"), "ssh-ed25519 AAAA me\nssh-ed25519 BBBB other\n"},
	} {
		if err := os.WriteFile(f.path, []byte(f.text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.withFakes("& (Join-Path $env:windir 'Setup/avma/close.ps1')")
	log := s.log()
	for _, want := range []string{
		"remove HKLM:\\x\\*+HTTPS", "remove Cert:\\LocalMachine\\My\\AB12", "netsh.exe http delete sslcert ipport=0.0.0.0:5986", "WSMAN\\Service auth_basic", "WSMAN\\Service allow_unencrypted",
		"Policies\\System LocalAccountTokenFilterPolicy", "stop sshd", "service sshd Disabled", "Winlogon DefaultPassword", "Winlogon AutoAdminLogon", "shut avma-winrm", "shut avma-openssh", "net.exe user packer /delete",
	} {
		if !strings.Contains(log, want) {
			t.Errorf("it does not %q:\n%s", want, log)
		}
	}
	if strings.Contains(log, "vagrant") {
		t.Error("it deletes an account that is not there")
	}
	if strings.Contains(log, "remove HKLM:\\x\\*+HTTP\n") {
		t.Error("the listener that Windows has by itself is gone")
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(s.windir), "data", "ssh", "ssh_host_ed25519_key")); err == nil {
		t.Error("the clone keeps the host key")
	}
	if keys, _ := os.ReadFile(filepath.Join(filepath.Dir(s.windir), "data", "ssh", "administrators_authorized_keys")); bytes.Contains(keys, []byte("AAAA")) || !bytes.Contains(keys, []byte("BBBB")) {
		t.Errorf("the keys are %q", keys)
	}
}

func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	from := 0
	for _, p := range parts {
		i := strings.Index(text[from:], p)
		if i < 0 {
			t.Fatalf("%q is missing, or too early, in\n%s", p, text)
		}
		from += i
	}
}
