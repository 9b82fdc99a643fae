# SPDX-License-Identifier: MPL-2.0
# Runs as SYSTEM, as a task, from the end of Setup on and at every start until it is done. It waits until Windows says that
# Setup has finished, runs the steps of the stage, waits until those of the first logon have run, cleans up, and opens the
# communicator last of all.
param([double]$PollSeconds = 2)
. (Join-Path $PSScriptRoot 'steps.ps1')
$lock = Open-AvmaLock 'finish' 10
if ($null -eq $lock) { exit 0 }

function Get-AvmaImageState { "$((Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State').ImageState)" }

function Test-AvmaSetupDone {
    $setup = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\Setup'
    if ((Get-AvmaImageState) -ne 'IMAGE_STATE_COMPLETE') { return $false }
    foreach ($name in 'SystemSetupInProgress', 'OOBEInProgress') {
        $value = $setup.PSObject.Properties[$name]
        if ($null -ne $value -and "$($value.Value)" -ne '0') { return $false }
    }
    $true
}

# Setup begins again after sysprep: this may be a clone of a machine whose first logon was not over.
function Test-AvmaEarlier { (Test-AvmaMark 'setup') -or (Test-AvmaMark 'first_logon-logons') }
$again = (Test-AvmaEarlier) -and $(try { (Get-AvmaImageState) -like '*_RESEAL_TO_*' } catch { $false })
if ($again) { $null = schtasks.exe /Delete /F /TN avma-first-logon }
$waited = 0
while (-not $(try { Test-AvmaSetupDone } catch { $false })) {
    if ($waited -ge 60 * $AvmaPlan.setup_minutes) {
        Write-AvmaLog 'setup: not finished in time; tried again at the next start'
        exit 1
    }
    Start-Sleep -Milliseconds ([int](1000 * $PollSeconds))
    $waited += $PollSeconds
}
if ($again -and (Test-AvmaEarlier)) {
    Write-AvmaLog 'setup: Windows was generalized before the answer file was done; nothing is opened'
    $null = schtasks.exe /Delete /F /TN avma-setup
    Set-AvmaMark 'first_logon'
    $lock.Dispose()
    Remove-AvmaRest
    exit 0
}
# Or another answer file has taken the place of the first.
if ($again) { . (Join-Path $PSScriptRoot 'steps.ps1') }
if (-not (Test-AvmaMark 'setup')) { Write-AvmaLog 'setup: finished'; Set-AvmaMark 'setup' }
$logon = $AvmaPlan.wait_first_logon -and -not (Test-AvmaMark 'first_logon')
if ($logon -and @($AvmaPlan.first_logon).Count -gt 0) {
    # A restart may come before the first logon has begun.
    $null = Use-AvmaPart 'first_logon: prepared' { Register-AvmaLogon; Set-AvmaLogon $AvmaPlan.held_logons }
}
Invoke-AvmaSteps 'setup_complete' $AvmaPlan.setup_complete
Set-AvmaMark 'setup_complete'
if ($logon -and -not (Wait-AvmaOther 'first_logon' { Test-AvmaLock 'first_logon' } $AvmaPlan.logon_minutes $PollSeconds)) {
    Write-AvmaLog "first_logon: nobody has logged on for $($AvmaPlan.logon_minutes) minutes; what it should run is kept for the next administrator who does"
    if (@($AvmaPlan.first_logon).Count -gt 0) { $null = Use-AvmaPart 'auto_logon: given up' { Set-AvmaLogon 0 } }
} elseif ($AvmaPlan.wait_first_logon) {
    Complete-AvmaLogon
    if (@($AvmaPlan.first_logon).Count -gt 0) { $null = schtasks.exe /Delete /F /TN avma-first-logon }
}
function Invoke-AvmaPart([string]$Part) {
    $file = Get-AvmaFile "$Part.ps1"
    if ((Test-Path -LiteralPath $file) -and -not (Test-AvmaMark $Part)) {
        if (Use-AvmaPart $Part { & $file }) { Set-AvmaMark $Part }
    }
}

function Show-AvmaProblem([string]$Text) {
    $key = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
    $Text = "$Text`r`nPacker cannot connect. What was done stands in $env:windir\Setup\avma\setup.log"
    # On the desktop of who is logged on; msg.exe need not be there.
    try { $null = msg.exe * /TIME:86400 $Text } catch { Write-AvmaLog 'msg.exe: not there' }
    # Before the next logon; a text of somebody else's stays.
    $old = Get-ItemProperty -LiteralPath $key
    foreach ($name in 'legalnoticecaption', 'legalnoticetext') {
        $value = $old.PSObject.Properties[$name]
        if ($null -ne $value -and "$($value.Value)") { return }
    }
    $null = New-ItemProperty -LiteralPath $key -Name legalnoticecaption -Value 'avma: no communicator' -PropertyType String -Force
    $null = New-ItemProperty -LiteralPath $key -Name legalnoticetext -Value $Text -PropertyType String -Force
}

Invoke-AvmaPart 'close'
# The first-boot check could not be registered in the specialize pass: now it can.
$failed = Join-Path $env:ProgramFiles 'avma/setup-error.json'
if (Test-Path -LiteralPath $failed) {
    Remove-Item -LiteralPath $failed -Force
    Invoke-AvmaPart 'first_boot'
}
Invoke-AvmaPart 'clean'
$hook = Join-Path $env:windir 'Setup/Scripts/SetupComplete.cmd'
if ((Test-Path -LiteralPath $hook) -and "$(Get-Content -Raw -LiteralPath $hook)" -match 'avma-setup') { Remove-Item -LiteralPath $hook -Force }
$needed = 'openssh.ps1', 'winrm.ps1', 'steps.ps1', 'finish.ps1', 'plan.json'
Remove-AvmaFiles @($AvmaPlan.files | Where-Object { $needed -notcontains $_ })
# Last of all: once it is open, Packer takes over. The log stays, and a record of what was opened.
$problems = @()
$open = 0
foreach ($part in 'openssh', 'winrm') {
    if (-not (Test-Path -LiteralPath (Get-AvmaFile "$part.ps1"))) { continue }
    Invoke-AvmaPart $part
    if (Test-AvmaMark $part) { $open++ } else { $problems += "$part could not be set up: $AvmaReason" }
}
# Packer waits for what will never come, and says no more than that. Who looks at the console is told.
if ($problems.Count -gt 0 -and $open -eq 0) {
    $null = Use-AvmaPart 'the message at the console' { Show-AvmaProblem ($problems -join "`r`n") }
}
Write-AvmaLog 'done'
$null = schtasks.exe /Delete /F /TN avma-setup
Set-AvmaMark 'finish'
$lock.Dispose()
Remove-AvmaRest
