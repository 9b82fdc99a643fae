# SPDX-License-Identifier: MPL-2.0
# Convert, read: what has become of a conversion.

# Setting the clock moves the boot time a little without a restart.
function Test-AvmaRestarted([string]$Then, [string]$Now) {
    try {
        $a, $b = foreach ($text in $Then, $Now) { [DateTime]::Parse($text, [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::AdjustToUniversal) }
        [Math]::Abs(($b - $a).TotalSeconds) -gt 5
    } catch { $Then -ne $Now }
}

# Reads the state into the action and corrects what time has changed. Phase 'none': nothing was ever started.
function Read-AvmaConversion($Action) {
    $Action.phase = 'none'
    $state = Read-AvmaJson "$($Avma.Folder)\convert.json"
    if ($null -eq $state) { return }
    $Action.phase = Get-AvmaText $state 'phase'
    Copy-AvmaValues $Action $state 'exit_code=exit_code# refused_exit=refused_exit#'
    $Action.target = Get-AvmaText $state 'target'
    $Action.targets = @(Get-AvmaValue $state 'targets' @() | ForEach-Object { "$_" })
    $Action.started_utc = Get-AvmaText $state 'started_utc'
    $restarted = Test-AvmaRestarted (Get-AvmaText $state 'boot_utc') (Get-AvmaBootTime)
    $minutes = 0
    try {
        $start = [DateTime]::Parse($Action.started_utc, [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::AdjustToUniversal)
        $minutes = [Math]::Abs(((Get-Date).ToUniversalTime() - $start).TotalMinutes)
    } catch { Add-AvmaError 'convert' $_ }
    # A clock that was put right by hours looks like a restart. Then the restart is still pending, and the edition the old one.
    if ($restarted -and $Action.phase -eq 'restart_needed' -and @(Get-AvmaPendingRestart) -contains 'cbs') {
        $restarted = (Get-AvmaText (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion') 'EditionID') -notmatch 'Eval'
    }
    if ($Action.phase -eq 'restart_needed' -and $restarted) { $Action.phase = 'done' }
    $task = 'Running'
    if ($Action.phase -eq 'running' -and ($restarted -or $minutes -gt 1)) { $task = Get-AvmaTaskState 'avma-convert' }
    if ($task -ne 'Running' -and ($restarted -or $task -ne 'unknown')) {
        # Look again: it may have ended between the two looks.
        $state = Read-AvmaJson "$($Avma.Folder)\convert.json"
        if ((Get-AvmaText $state 'phase') -eq 'running') {
            $Action.phase = 'failed'
            $Action.exit_code = -1
            $Action.error_id = 'interrupted'
        } else {
            $Action.phase = Get-AvmaText $state 'phase'
            Copy-AvmaValues $Action $state 'exit_code=exit_code# refused_exit=refused_exit#'
        }
    }
}
