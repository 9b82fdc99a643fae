// SPDX-License-Identifier: MPL-2.0

// Package templates holds everything that runs inside a Windows guest: PowerShell fragments, embedded, and the Go
// code that puts them together. It does not run them (package guest does, and the command line for its own machine)
// and it judges nothing (package activation does). Subpackage wire is the form in which a script and its answer travel.
//
// # What the scripts touch
//
// The scripts call nothing else than what stands here, and in this form. A test double of Windows needs no more.
// All of it goes through commands (never Microsoft.Win32.Registry, System.IO.File or the wmi accelerator), so that a
// function of the same name can stand in for it. Paths are always passed as -LiteralPath.
//
// Environment: $env:ProgramFiles, $env:SystemRoot, $env:COMPUTERNAME.
//
// CIM (fall-back: the same with Get-WmiObject -Class, Invoke-WmiMethod -InputObject -Name -ArgumentList):
//
//	Get-CimInstance -Namespace root\cimv2 -ClassName C [-Filter F] [-Property P,...]    (errors stop: $ErrorActionPreference)
//	  (the licensing classes with -Property: some of their properties take Windows long to work out)
//	  SoftwareLicensingProduct     -Filter "ApplicationID='55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL AND LicenseIsAddon=FALSE"
//	    ID Name Description LicenseStatus LicenseStatusReason ProductKeyChannel PartialProductKey LicenseFamily
//	    GracePeriodRemaining EvaluationEndDate AutomaticVMActivationHostMachineName AutomaticVMActivationHostDigitalPid2
//	    AutomaticVMActivationLastActivationTime IAID
//	  SoftwareLicensingService     Version RemainingWindowsReArmCount ClientMachineID KeyManagementServiceMachine IsKeyManagementServiceMachine
//	  Win32_OperatingSystem        BuildNumber Caption ProductType OperatingSystemSKU LastBootUpTime MUILanguages
//	  Win32_ComputerSystem         HypervisorPresent Manufacturer Model
//	  Win32_ComputerSystemProduct  UUID
//	  Win32_BIOS                   Manufacturer SMBIOSBIOSVersion
//	  Win32_SystemEnclosure        SMBIOSAssetTag
//	  Win32_PnPEntity              -Filter "DeviceID LIKE 'VMBUS\\{3375BAF4%'": ConfigManagerErrorCode
//	  Win32_Service                -Filter "Name='sppsvc' OR Name='vmickvpexchange'": Name State StartMode
//	Invoke-CimMethod -InputObject $service -MethodName InstallProductKey -Arguments @{ProductKey='...'}
//	Invoke-CimMethod -InputObject $service -MethodName RefreshLicenseStatus
//	Invoke-CimMethod -InputObject $product -MethodName Activate
//
// A CIM date is a DateTime, a WMI date a DMTF string ("20240102030405.000000+060"); both are understood from both.
// An HRESULT is read from FullyQualifiedErrorId ("HRESULT 0xC004F069,..."), the exception's ErrorData.error_Code,
// StatusCode, HResult along the InnerException chain (0x8013xxxx is .NET's own and ignored), last from 0x........ in the text.
//
// Registry: Get-ItemProperty -LiteralPath P (all values of the key), Test-Path -LiteralPath P,
// New-Item -Path P -Force, New-ItemProperty -LiteralPath P -Name N -Value V -PropertyType String -Force,
// Remove-ItemProperty -LiteralPath P -Name N -Force -ErrorAction Stop
//
//	HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion            EditionID InstallationType ProductName CurrentBuildNumber UBR InstallDate
//	HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State   ImageState
//	HKLM:\SYSTEM\Setup                                            SystemSetupInProgress OOBEInProgress
//	HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest\Parameters     every value; only ever read
//	HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest                Avma*: read, written, removed
//	HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending            Test-Path
//	HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired           Test-Path
//	HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager                          PendingFileRenameOperations
//	HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName\ActiveComputerName          ComputerName
//	HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName                ComputerName
//
// Events:
//
//	Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and (EventID=12309)]]" -MaxEvents 20
//	  (objects with .ToXml(); none found: an error whose FullyQualifiedErrorId begins NoMatchingEventsFound)
//	New-EventLog -LogName Application -Source avma -ErrorAction Stop   (an error when the source exists is ignored)
//	Write-EventLog -LogName Application -Source avma -EventId 1|2|3 -EntryType Information|Warning|Error -Message M -ErrorAction Stop
//
// Tasks (fall-back: schtasks.exe /Create /TN N /XML FILE /F, /Run /TN N, /Delete /TN N /F):
//
//	Register-ScheduledTask -TaskName N -Xml X -Force -ErrorAction Stop     N: avma-first-boot, avma-convert, avma-run-TOKEN
//	Start-ScheduledTask -TaskName N -ErrorAction Stop
//	Get-ScheduledTask -TaskName N -ErrorAction Stop                       .State ("Ready", "Running"); none: CmdletizationQuery_NotFound_TaskName
//	Unregister-ScheduledTask -TaskName N -Confirm:$false -ErrorAction Stop
//
// The task's XML names S-1-5-18; its one Exec is Command %SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe (expanded), Arguments
// -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "C:\Program Files\avma\NAME.ps1" (no further argument).
// avma-first-boot has a BootTrigger with Repetition/Interval and no Duration; once it is registered by itself, or from an
// answer file, a RegistrationTrigger with the same. The interval becomes PT1H with the verdict.
//
// Firewall: New-NetFirewallRule -Name avma-communicator -DisplayName T -Direction Inbound -Action Allow -Protocol TCP -LocalPort N
// -Profile Any -ErrorAction Stop; Get-NetFirewallRule -Name N -ErrorAction Stop; Remove-NetFirewallRule -Name N -ErrorAction Stop
//
// Programs (by these names, exit status in $LASTEXITCODE):
//
//	dism.exe /Online /Get-TargetEditions /English
//	dism.exe /Online /Set-Edition:ID /ProductKey:KEY /AcceptEula /NoRestart /English
//	shutdown.exe /r /f /t N /d p:2:4          (1115, 1190 and 1717 are fine); on any other failure Restart-Computer -Force
//	icacls.exe PATH /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F /grant:r *S-1-5-32-544:(OI)(CI)F   (files: without (OI)(CI))
//	whoami.exe /user /fo csv /nh and whoami.exe /groups /fo csv /nh   only where System.Security.Principal.WindowsIdentity throws: SIDs
//	  are read from the text; S-1-5-18 is SYSTEM, S-1-16-12288 or S-1-16-16384 is elevated
//
// Files, with Test-Path, New-Item -ItemType Directory -Force, Get-Content -Raw, Set-Content -Encoding ASCII, Move-Item -Force, Remove-Item -Force,
// Get-ChildItem -LiteralPath:
//
//	%ProgramFiles%\avma\                         SYSTEM and Administrators only
//	  first-boot.ps1  first-boot.json (what was registered)  state.json (what was last seen)  verdict.json (the verdict)
//	  convert.ps1  convert-in.json (edition and key; deleted once read)  convert.json (state)
//	  run-TOKEN.ps1, run-TOKEN.in (its arguments), run-TOKEN.out, run-TOKEN.out.tmp (elevated runs, deleted after)
//	%SystemRoot%\Setup\Scripts\SetupComplete.cmd  read; created where none exists and a task cannot be registered yet
//	%SystemRoot%\Temp\avma-TOKEN.ps1              an uploaded script, deleted by the command that reads it
//	C:\Windows\System32\Sysprep\avma-deploy.xml   written by write_file (or the path given), deleted on the clone
//
// Further: Get-ExecutionPolicy -Scope MachinePolicy, Start-Sleep, Get-Date, Get-UICulture.
package templates
