# SPDX-License-Identifier: MPL-2.0
# What the other scripts share: the plan, a log, marks and locks, and running the steps of a stage one after the other.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$AvmaFolder = $PSScriptRoot
$AvmaPlan = ConvertFrom-Json "$(Get-Content -Raw -LiteralPath (Join-Path $AvmaFolder 'plan.json'))"

# The log names steps and exit codes, never a command line: that may hold a secret.
function Write-AvmaLog([string]$Text) {
    $line = '{0} {1}' -f (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture), $Text
    # Two scripts may write at the same moment.
    for ($n = 0; ; $n++) {
        try { Add-Content -LiteralPath (Join-Path $AvmaFolder 'setup.log') -Value $line -Encoding ASCII; return } catch { if ($n -ge 10) { return } }
        Start-Sleep -Milliseconds 100
    }
}

# Messages are in the language of Windows, the log is ASCII: the number says it everywhere.
function Get-AvmaReason($Record) {
    $e = $Record.Exception
    $number = '{0:X8}' -f $e.GetBaseException().HResult
    if ($number -like '8013*' -or $e.Message -like "*$number*") { $e.Message } else { "$($e.Message) (0x$number)" }
}

$AvmaReason = ''
function Use-AvmaPart([string]$Name, [scriptblock]$Block) {
    try { $null = & $Block; Write-AvmaLog "${Name}: done"; return $true } catch {
        $script:AvmaReason = Get-AvmaReason $_
        Write-AvmaLog "${Name}: failed: $AvmaReason"
        return $false
    }
}

function Get-AvmaFile([string]$Name) { Join-Path $AvmaFolder $Name }
function Test-AvmaMark([string]$Name) { Test-Path -LiteralPath (Get-AvmaFile "$Name.mark") }
function Set-AvmaMark([string]$Name, [string]$Value = 'done') { Set-Content -LiteralPath (Get-AvmaFile "$Name.mark") -Value $Value -Encoding ASCII }
function Get-AvmaMark([string]$Name) { if (Test-AvmaMark $Name) { "$(Get-Content -Raw -LiteralPath (Get-AvmaFile "$Name.mark"))".Trim() } else { '' } }

# A lock is held for as long as its process lives, and gone with it, whatever ends it.
function Open-AvmaLock([string]$Name, [int]$Tries = 1) {
    for ($n = 1; ; $n++) {
        try { return [IO.File]::Open((Get-AvmaFile "$Name.lock"), 'OpenOrCreate', 'ReadWrite', 'None') } catch { if ($n -ge $Tries) { return $null } }
        # Somebody may only have looked.
        Start-Sleep -Milliseconds 500
    }
}

function Test-AvmaLock([string]$Name) {
    $lock = Open-AvmaLock $Name
    if ($null -eq $lock) { return $true }
    $lock.Dispose()
    $false
}

# Waits for the end of what another script does: for as long as that one is at work, whose every step has a limit, and so
# many minutes more in which nobody is. Counted by polls, because the clock may jump.
function Wait-AvmaOther([string]$Mark, [scriptblock]$Works, [double]$IdleMinutes, [double]$PollSeconds) {
    $idle = 0
    while (-not (Test-AvmaMark $Mark)) {
        if (& $Works) { $idle = 0 } elseif ($idle -ge 60 * $IdleMinutes) { return $false }
        Start-Sleep -Milliseconds ([int](1000 * $PollSeconds))
        $idle += $PollSeconds
    }
    $true
}

# The number of the newest event of this kind in the System log: 1074 is a restart or shutdown that somebody ordered, 1075
# one that was called off, 41 a start after the power was cut. Numbers grow, whatever the clock does.
function Get-AvmaEvent([int]$Id) {
    $provider = @{ 41 = "@Name='Microsoft-Windows-Kernel-Power'" }[$Id]
    if (-not $provider) { $provider = "@Name='User32' or @Name='USER32'" }
    try { return [long]@(Get-WinEvent -LogName System -FilterXPath "*[System[Provider[$provider] and (EventID=$Id)]]" -MaxEvents 1 -ErrorAction Stop)[0].RecordId } catch { return [long]0 }
}

# When a step has ordered a restart and ended, the next one must not begin under it.
function Wait-AvmaRestart([long]$Before) {
    for ($n = 0; $n -lt 900; $n++) {
        $ordered = Get-AvmaEvent 1074
        if ($ordered -le $Before -or (Get-AvmaEvent 1075) -gt $ordered) { if ($n -ge 2) { return } }
        elseif ($n -eq 2) { Write-AvmaLog 'a restart is on its way: waiting for it' }
        Start-Sleep -Seconds 1
    }
    Write-AvmaLog 'no restart in 15 minutes: going on'
}

function Start-AvmaStep($Step) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.UseShellExecute = $false
    $start.WorkingDirectory = $AvmaFolder
    if ($Step.type -eq 'powershell') {
        $start.FileName = 'powershell.exe'
        $start.Arguments = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}"' -f (Get-AvmaFile $Step.file)
    } elseif ($Step.type -eq 'cmd') {
        $start.FileName = 'cmd.exe'
        $start.Arguments = '/d /s /c ""{0}""' -f (Get-AvmaFile $Step.file)
    } else {
        $start.FileName = 'cmd.exe'
        $start.Arguments = '/d /s /c "{0}"' -f $Step.line
    }
    $process = [Diagnostics.Process]::Start($start)
    if (-not $process.WaitForExit([int]$Step.minutes * 60000)) {
        # With what it has started.
        try { $null = taskkill.exe /PID $process.Id /T /F } catch { }
        if (-not $process.WaitForExit(10000)) { $process.Kill() }
        throw "ended after $($Step.minutes) minutes, its limit"
    }
    $process.ExitCode
}

# Which try of a step is next; 0: it is over. One that has begun and not ended was cut: by a restart in order, which is taken
# for its own, or by the power, and then it is tried again. A mark without its text was cut by the power too.
function Get-AvmaTry([string]$Mark, [string]$Name) {
    if (-not (Test-AvmaMark $Mark)) { return 1 }
    $state = Get-AvmaMark $Mark
    if ($state -eq 'ended') { return 0 }
    $tries = 1
    $cut = $true
    if ($state -match '^begun (\d+) (\d+)$') {
        $tries = [int]$Matches[1]
        $cut = (Get-AvmaEvent 41) -gt [long]$Matches[2]
    }
    if (-not $cut) {
        Write-AvmaLog "${Name}: Windows was restarted in the middle of it; it counts as done"
    } elseif ($tries -lt 3) {
        Write-AvmaLog "${Name}: the power was cut in the middle of it; it is run again"
        return $tries + 1
    } else {
        Write-AvmaLog "${Name}: failed: the power was cut in the middle of it $tries times"
    }
    Set-AvmaMark $Mark 'ended'
    0
}

function Invoke-AvmaSteps([string]$Stage, $Steps) {
    $n = 0
    foreach ($step in @($Steps)) {
        $n++
        $mark = "$Stage-$n"
        $name = "$Stage $n ($($step.name))"
        $try = Get-AvmaTry $mark $name
        if ($try -eq 0) { continue }
        $ordered = Get-AvmaEvent 1074
        Set-AvmaMark $mark "begun $try $(Get-AvmaEvent 41)"
        Write-AvmaLog "${name}: begins"
        $code = 0
        try { $code = Start-AvmaStep $step; Write-AvmaLog "${name}: $(if ($code -eq 0) { 'done' } else { "failed: exit code $code" })" } catch {
            Write-AvmaLog "${name}: failed: $($_.Exception.Message)"
            $cause = $_.Exception.GetBaseException()
            if ($cause -is [ComponentModel.Win32Exception]) { $code = $cause.NativeErrorCode }
        }
        if ($code -eq -1073741502 -or $code -eq -1073741205 -or $code -eq 1115) {
            # 0xC0000142, 0xC000026B, ERROR_SHUTDOWN_IN_PROGRESS: Windows is going down and starts no programs any more. The step
            # is for after the restart.
            Remove-Item -LiteralPath (Get-AvmaFile "$mark.mark") -Force
            Wait-AvmaRestart ($ordered - 1)
        }
        Set-AvmaMark $mark 'ended'
        Wait-AvmaRestart $ordered
    }
}

# The automatic logon: held for as long as steps are left, because Winlogon forgets the password with the last logon that it
# counts; then as often as the answer file says, and in the end without the password.
function Set-AvmaLogon([int]$Count) {
    $key = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    if ($Count -gt 0) { $null = New-ItemProperty -LiteralPath $key -Name AutoLogonCount -Value $Count -PropertyType DWord -Force; return }
    $null = New-ItemProperty -LiteralPath $key -Name AutoAdminLogon -Value '0' -PropertyType String -Force
    foreach ($name in 'DefaultPassword', 'AutoLogonCount') { Remove-ItemProperty -LiteralPath $key -Name $name -Force -ErrorAction SilentlyContinue }
}

function Complete-AvmaLogon {
    if ($AvmaPlan.auto_logon -eq 0 -or (Test-AvmaMark 'auto_logon')) { return }
    if (Use-AvmaPart 'auto_logon' { Set-AvmaLogon ([Math]::Max(0, $AvmaPlan.auto_logon - [int]"0$(Get-AvmaMark 'first_logon-logons')")) }) { Set-AvmaMark 'auto_logon' }
}

# FirstLogonCommands are started once, and RunOnce is Explorer's, which Server Core lacks: what comes after a restart is started
# by a task at the logon of any administrator, in his session and with all his rights.
function Register-AvmaLogon {
    # Once: to replace it at the very moment of a logon might lose that logon.
    if (Test-AvmaMark 'logon_task') { return }
    $null = schtasks.exe /Create /F /TN avma-first-logon /XML (Get-AvmaFile 'logon-task.xml')
    if ($LASTEXITCODE -ne 0) { throw "schtasks.exe: exit code $LASTEXITCODE" }
    Set-AvmaMark 'logon_task'
}

# Deletes files that were carried; what the first logon has yet to run stays.
function Remove-AvmaFiles([string[]]$Names) {
    $keep = @()
    if ($AvmaPlan.first_logon_script -and -not (Test-AvmaMark 'first_logon')) {
        $keep = @('plan.json', 'steps.ps1', 'first-logon.ps1', 'logon-task.xml') + @(@($AvmaPlan.first_logon) | ForEach-Object { $_.file })
    }
    foreach ($name in @($Names | Where-Object { $keep -notcontains $_ })) { Remove-Item -LiteralPath (Get-AvmaFile $name) -Force -ErrorAction SilentlyContinue }
}

# The end of all: whoever is the last of the two scripts deletes what is left but the log and the records.
function Remove-AvmaRest {
    Remove-AvmaFiles $AvmaPlan.files
    if ($AvmaPlan.first_logon_script -and -not (Test-AvmaMark 'first_logon')) { return }
    Get-ChildItem -Path (Get-AvmaFile '*') | Where-Object { $_.Name -like '*.mark' -or $_.Name -like '*.lock' } | Remove-Item -Force -ErrorAction SilentlyContinue
}
