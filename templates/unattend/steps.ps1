# SPDX-License-Identifier: MPL-2.0
# What the other scripts share: the plan, a log, and running the steps of a stage one after the other.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$AvmaFolder = $PSScriptRoot
$AvmaPlan = ConvertFrom-Json "$(Get-Content -Raw -LiteralPath (Join-Path $AvmaFolder 'plan.json'))"

# The log names steps and exit codes, never a command line: that may hold a secret.
function Write-AvmaLog([string]$Text) {
    $line = '{0} {1}' -f (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture), $Text
    Add-Content -LiteralPath (Join-Path $AvmaFolder 'setup.log') -Value $line -Encoding ASCII
}

function Use-AvmaPart([string]$Name, [scriptblock]$Block) {
    try { $null = & $Block; Write-AvmaLog "${Name}: done"; return $true } catch { Write-AvmaLog "${Name}: failed: $($_.Exception.Message)"; return $false }
}

# What has been started is not started again: a step may restart the machine.
function Test-AvmaMark([string]$Name) { Test-Path -LiteralPath (Join-Path $AvmaFolder "$Name.mark") }
function Set-AvmaMark([string]$Name) { Set-Content -LiteralPath (Join-Path $AvmaFolder "$Name.mark") -Value $Name -Encoding ASCII }

function Start-AvmaStep($Step) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.UseShellExecute = $false
    $start.WorkingDirectory = $AvmaFolder
    if ($Step.type -eq 'powershell') {
        $start.FileName = 'powershell.exe'
        $start.Arguments = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}"' -f (Join-Path $AvmaFolder $Step.file)
    } elseif ($Step.type -eq 'cmd') {
        $start.FileName = 'cmd.exe'
        $start.Arguments = '/d /s /c ""{0}""' -f (Join-Path $AvmaFolder $Step.file)
    } else {
        $start.FileName = 'cmd.exe'
        $start.Arguments = '/d /s /c "{0}"' -f $Step.line
    }
    $process = [Diagnostics.Process]::Start($start)
    if (-not $process.WaitForExit([int]$AvmaPlan.step_minutes * 60000)) {
        $process.Kill()
        throw "ended after $($AvmaPlan.step_minutes) minutes"
    }
    if ($process.ExitCode -ne 0) { throw "exit code $($process.ExitCode)" }
}

function Invoke-AvmaSteps([string]$Stage, $Steps) {
    $n = 0
    foreach ($step in @($Steps)) {
        $n++
        $mark = "$Stage-$n"
        if (Test-AvmaMark $mark) { continue }
        Set-AvmaMark $mark
        Write-AvmaLog "$Stage $n ($($step.name)): begins"
        $null = Use-AvmaPart "$Stage $n ($($step.name))" { Start-AvmaStep $step }
    }
}
