// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// ask runs a command in the guest's PowerShell, as the communicator's user.
func ask(t *testing.T, g *Guest, command string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if _, err := g.PowerShell(context.Background(), []string{"-NoProfile", "-Command", command}, false, Streams{Out: &out, Err: &errs}); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(strings.ReplaceAll(out.String()+errs.String(), "\r\n", "\n"))
}

// A fact about the module: what a line prints.
type fact struct{ line, want string }

func check(t *testing.T, g *Guest, facts []fact) {
	t.Helper()
	var b strings.Builder
	for _, f := range facts {
		b.WriteString("try { '[' + ($(" + f.line + ") -join '|') + ']' } catch { 'E:' + $_.FullyQualifiedErrorId }\n")
	}
	got := strings.Split(ask(t, g, b.String()), "\n")
	if len(got) != len(facts) {
		t.Fatalf("%d lines for %d facts:\n%s", len(got), len(facts), strings.Join(got, "\n"))
	}
	for i, f := range facts {
		want := "[" + f.want + "]"
		if strings.HasPrefix(f.want, "E:") {
			want = f.want
			if strings.HasPrefix(got[i], want) {
				continue
			}
		}
		if got[i] != want {
			t.Errorf("%s\n  says %s, want %s", f.line, got[i], want)
		}
	}
}

func TestRegistryAndFiles(t *testing.T) {
	t.Parallel()
	const cv = `'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'`
	const own = `'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest'`
	check(t, New(t, Config{}), []fact{
		{`(Get-ItemProperty -LiteralPath ` + cv + ` -ErrorAction Stop).EditionID`, "ServerDatacenter"},
		{`(Get-ItemProperty ` + cv + ` -Name UBR).UBR.GetType().Name`, "Int32"},
		{`(Get-Item ` + cv + `).GetValue('InstallationType')`, "Server"},
		{`(Get-ItemProperty 'Registry::HKEY_LOCAL_MACHINE\software\microsoft\windows nt\currentversion').editionid`, "ServerDatacenter"},
		{`Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\None' -ErrorAction Stop`, "E:PathNotFound"},
		{`Get-ItemProperty ` + cv + ` -Name Nothing -ErrorAction Stop`, "E:System.Management.Automation.PSArgumentException"},
		{`& { $ErrorActionPreference = 'Stop'; Get-ItemProperty 'HKLM:\None' }`, "E:PathNotFound"},
		{`Get-ItemProperty 'HKLM:\None' -ErrorAction SilentlyContinue`, ""},
		{`(New-ItemProperty -LiteralPath ` + own + ` -Name AvmaX -Value 1.5 -PropertyType String -Force).AvmaX`, "1.5"},
		{`(Get-ItemProperty ` + own + `).AvmaX.GetType().Name`, "String"},
		{`Remove-ItemProperty -LiteralPath ` + own + ` -Name AvmaX -Force -ErrorAction Stop; (Get-Item ` + own + `).ValueCount`, "0"},
		{`(New-Item -Path 'HKLM:\SOFTWARE\avma\deep' -Force).PSChildName; Test-Path HKLM:\SOFTWARE\AVMA`, "deep|True"},
		{`Remove-Item HKLM:\SOFTWARE\avma -Recurse; Test-Path HKLM:\SOFTWARE\avma\deep`, "False"},
		{`(Get-ChildItem 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest').PSChildName`, "parameters"},
		// Files go through, by drive and by environment, with either slash.
		{`[void](New-Item "$env:ProgramFiles\avma" -ItemType Directory -Force); Set-Content -LiteralPath "$env:ProgramFiles\avma\a.txt" -Value x, y -Encoding ASCII; Get-Content 'C:\Program Files\avma\a.txt'`, "x|y"},
		{`Move-Item -LiteralPath 'C:\Program Files\avma\a.txt' -Destination "$env:ProgramFiles\avma\b.txt" -Force; (Get-ChildItem "$env:ProgramFiles/avma").Name`, "b.txt"},
		{`Remove-Item -LiteralPath "$env:ProgramFiles\avma\b.txt"; Test-Path "$env:ProgramFiles\avma\b.txt"`, "False"},
		{`Get-Item C:\None -ErrorAction Stop`, "E:PathNotFound"},
	})
}

func TestQueries(t *testing.T) {
	t.Parallel()
	const filter = `"ApplicationID='55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL AND LicenseIsAddon=FALSE"`
	check(t, New(t, Config{TimeZone: "America/New_York"}), []fact{
		{`(Get-CimInstance -Namespace root\cimv2 -ClassName SoftwareLicensingProduct -Filter ` + filter + `).ProductKeyChannel`, "Volume:GVLK"},
		{`@(Get-CimInstance SoftwareLicensingProduct).Count`, "4"},
		{`(Get-CimInstance -Query "SELECT * FROM Win32_Service WHERE (Name='sppsvc' OR Name LIKE 'vmic%') AND NOT State='Stopped'").Name`, "sppsvc|vmickvpexchange"},
		{`(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.Kind`, "Local"},
		{`(Get-CimInstance SoftwareLicensingProduct -Filter ` + filter + `).EvaluationEndDate.ToUniversalTime().Year`, "1601"},
		{`(Get-WmiObject -Class SoftwareLicensingProduct -Filter ` + filter + `).EvaluationEndDate -match '^\d{14}\.\d{6}[+-]\d{3}$'`, "True"},
		{`Get-CimInstance Win32_Nothing -ErrorAction Stop`, "E:HRESULT 0x80041010,"},
		{`Get-CimInstance Win32_BIOS -Filter "None=1" -ErrorAction Stop`, "E:HRESULT 0x80041017,"},
		{`Get-WmiObject Win32_Nothing -ErrorAction Stop`, "E:GetWMIManagementException"},
		{`Get-WinEvent -LogName Application -FilterXPath "*[System[(EventID=12309)]]" -ErrorAction Stop`, "E:NoMatchingEventsFound"},
		{`Write-EventLog Application -Source none -EventId 1 -Message x -ErrorAction Stop`, "E:InvalidOperationException"},
		{`New-EventLog -LogName Application -Source avma; Write-EventLog -LogName Application -Source avma -EventId 1 -EntryType Information -Message hi; ([xml](Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='avma'}).ToXml()).Event.EventData.Data`, "hi"},
		{`Get-ScheduledTask -TaskName none -ErrorAction Stop`, "E:CmdletizationQuery_NotFound_TaskName"},
		{`Get-NetFirewallRule -Name none -ErrorAction Stop`, "E:CmdletizationQuery_NotFound_InstanceID"},
		{`shutdown.exe /x; [void](dism.exe /Set-Edition:x); $LASTEXITCODE`, "87"},
	})
}

// TestKeys: what InstallProductKey makes of a key, in each way in which the code may reach a script.
func TestKeys(t *testing.T) {
	t.Parallel()
	g := New(t, Config{Release: "2019", EditionID: "ServerStandard"})
	install := func(key string) string {
		return `Get-CimInstance SoftwareLicensingService | Invoke-CimMethod -MethodName InstallProductKey -Arguments @{ProductKey='` + key + `'} -ErrorAction Stop | % ReturnValue`
	}
	check(t, g, []fact{
		{install(keyOf("2019", "ServerStandard", "AVMA")), "0"},
		{install(keyOf("2019", "ServerStandard", "GVLK")), "0"},
		{install(MAKKey), "0"},
		{install(keyOf("2019", "ServerDatacenter", "AVMA")), "E:HRESULT 0xc004f069,"}, // another edition
		{install(keyOf("2016", "ServerStandard", "AVMA")), "E:HRESULT 0xc004f069,"},   // an older release
		{install(keyOf("2022", "ServerStandard", "AVMA")), "E:HRESULT 0xc004f050,"},   // a newer one is unknown
		{install("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"), "E:HRESULT 0xc004f050,"},
	})
	check(t, New(t, Config{EditionID: "ServerStandardEval", ErrorStyle: "hresult"}), []fact{
		{`try { ` + install(keyOf("2022", "ServerStandard", "AVMA")) + ` } catch { '{0:X8}' -f $_.Exception.HResult }`, "C004F069"},
		{`(Get-CimInstance Win32_OperatingSystem).OperatingSystemSKU`, "79"},
		{`(dism.exe /Online /Get-TargetEditions /English) -match 'Target Edition'`, "Target Edition : ServerStandard|Target Edition : ServerDatacenter"},
	})
}

// TestHosts: what a host answers.
func TestHosts(t *testing.T) {
	t.Parallel()
	ask := `Get-CimInstance SoftwareLicensingProduct -Filter "ProductKeyChannel='VT:IA'" | Invoke-CimMethod -MethodName Activate -ErrorAction Stop | % ReturnValue`
	licensed := `(Get-CimInstance SoftwareLicensingProduct -Filter "ProductKeyChannel='VT:IA'").LicenseStatus`
	for _, c := range []struct {
		name string
		host Host
		want []fact
	}{
		{"datacenter", Host{}, []fact{{licensed, "1"}, {ask, "0"}}},
		{"standard", Host{Edition: "standard"}, []fact{{ask, "E:HRESULT 0xc004fd03,"}, {licensed, "5"}}},
		{"not activated", Host{NotActivated: true}, []fact{{ask, "E:HRESULT 0xc004fd02,"}}},
		{"too old", Host{Release: "2019"}, []fact{{ask, "E:HRESULT 0xc004fd03,"}}},
		{"kvm", Host{Platform: "kvm"}, []fact{{ask, "E:HRESULT 0xc004fd01,"}}},
		{"no data exchange", Host{NoDataExchange: true}, []fact{{ask, "E:HRESULT 0xc004fd04,"}}},
		{"throttled once", Host{Throttle: 1}, []fact{{licensed, "5"}, {ask, "E:HRESULT 0xc004fd00,"}, {ask, "0"}, {licensed, "1"}}},
		{"after two looks", Host{LatencyPolls: 2}, []fact{{licensed, "5"}, {licensed, "5"}, {licensed, "1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			check(t, New(t, Config{Key: "avma", Host: c.host}), c.want)
		})
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	t.Run("german", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{Language: "de-DE"})
		check(t, g, []fact{
			{`(Get-UICulture).Name; (Get-CimInstance Win32_OperatingSystem).MUILanguages`, "de-DE|de-DE"},
			{`try { Get-CimInstance Win32_Nothing -ErrorAction Stop } catch { "$_" }`, "Ungültige Klasse"},
			{`@(dism.exe /Online /Get-TargetEditions) -match 'Zieledition'`, ""},
		})
		if got := g.console("cmd", "ü\n"); string(got) != "\x81\r\n" {
			t.Errorf("%q", got)
		}
	})
	t.Run("4.0", func(t *testing.T) {
		t.Parallel()
		check(t, New(t, Config{Release: "2012 R2", Without: []string{"cim", "tasks"}}), []fact{
			{`Get-CimInstance Win32_BIOS`, "E:CommandNotFoundException"},
			{`(Get-WmiObject Win32_OperatingSystem).BuildNumber`, "9600"},
			{`Get-ScheduledTask`, "E:CommandNotFoundException"},
		})
	})
	t.Run("constrained", func(t *testing.T) {
		t.Parallel()
		got := ask(t, New(t, Config{LanguageMode: "ConstrainedLanguage"}), `$ExecutionContext.SessionState.LanguageMode; try { [IO.File]::Exists('x') } catch { $_.FullyQualifiedErrorId }; (Get-CimInstance Win32_BIOS).Manufacturer`)
		if got != "ConstrainedLanguage\nMethodInvocationNotSupportedInConstrainedLanguage\nMicrosoft Corporation" {
			t.Error(got)
		}
	})
	t.Run("not elevated", func(t *testing.T) {
		t.Parallel()
		check(t, New(t, Config{NotElevated: true}), []fact{
			{`New-ItemProperty HKLM:\SOFTWARE -Name x -Value y -ErrorAction Stop`, "E:System.Security.SecurityException"},
			{`Get-CimInstance SoftwareLicensingService | Invoke-CimMethod -MethodName InstallProductKey -Arguments @{ProductKey='x'} -ErrorAction Stop`, "E:HRESULT 0x80070005,"},
			{`[bool]((whoami.exe /groups /fo csv /nh) -match 'S-1-16-8192')`, "True"},
		})
	})
	t.Run("full disk", func(t *testing.T) {
		t.Parallel()
		check(t, New(t, Config{Faults: Faults{DiskFull: true}}), []fact{{`Set-Content C:\x.txt y -ErrorAction Stop`, "E:System.IO.IOException"}, {`Test-Path C:\x.txt`, "False"}})
	})
}
