# SPDX-License-Identifier: MPL-2.0
# Runs as SYSTEM, as a task, from the end of Setup on. It waits until Windows says that Setup has finished and the commands of
# the first logon have run; then it runs the steps of the stage, cleans up, and opens the communicator last of all.
param([double]$PollSeconds = 2)
. (Join-Path $PSScriptRoot 'steps.ps1')

function Test-AvmaSetupDone {
    $state = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State'
    $setup = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\Setup'
    if ("$($state.ImageState)" -ne 'IMAGE_STATE_COMPLETE') { return $false }
    foreach ($name in 'SystemSetupInProgress', 'OOBEInProgress') {
        $value = $setup.PSObject.Properties[$name]
        if ($null -ne $value -and "$($value.Value)" -ne '0') { return $false }
    }
    $true
}

function Wait-Avma([double]$Minutes, [scriptblock]$Test) {
    $end = (Get-Date).AddMinutes($Minutes)
    while (-not (& $Test)) {
        if ((Get-Date) -ge $end) { return $false }
        Start-Sleep -Milliseconds ([int](1000 * $PollSeconds))
    }
    $true
}

if (-not (Wait-Avma $AvmaPlan.setup_minutes { try { Test-AvmaSetupDone } catch { $false } })) {
    Write-AvmaLog 'setup: not finished in time; tried again at the next start'
    exit 1
}
Write-AvmaLog 'setup: finished'
Invoke-AvmaSteps 'setup_complete' $AvmaPlan.setup_complete
if ($AvmaPlan.wait_first_logon -and -not (Test-AvmaMark 'first_logon')) {
    if (-not (Wait-Avma $AvmaPlan.logon_minutes { Test-AvmaMark 'first_logon' })) { Write-AvmaLog 'first_logon: not seen in time' }
}
function Invoke-AvmaPart([string]$Part) {
    $file = Join-Path $AvmaFolder "$Part.ps1"
    if ((Test-Path -LiteralPath $file) -and -not (Test-AvmaMark $Part)) {
        if (Use-AvmaPart $Part { & $file }) { Set-AvmaMark $Part }
    }
}

function Remove-AvmaFiles([string[]]$Names) {
    foreach ($name in @($Names | Where-Object { @($AvmaPlan.late) -notcontains $_ })) { Remove-Item -LiteralPath (Join-Path $AvmaFolder $name) -Force -ErrorAction SilentlyContinue }
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
Remove-AvmaFiles @(@($AvmaPlan.files) | Where-Object { $needed -notcontains $_ })
# Last of all: once it is open, Packer takes over. The log stays, and a record of what was opened.
Invoke-AvmaPart 'openssh'
Invoke-AvmaPart 'winrm'
Write-AvmaLog 'done'
$null = schtasks.exe /Delete /F /TN avma-setup
Remove-AvmaFiles $needed
Get-ChildItem -Path (Join-Path $AvmaFolder '*.mark') | Where-Object { @($AvmaPlan.late).Count -eq 0 -or $_.Name -notlike 'first_logon*' } | Remove-Item -Force -ErrorAction SilentlyContinue
