# SPDX-License-Identifier: MPL-2.0
# Convert: the state of a conversion of an evaluation edition, shared by its scripts.
# convert.json: phase running, restart_needed, done or failed; exit_code; target; targets; started_utc; boot_utc.
function Get-AvmaBootTime { ConvertTo-AvmaUtc (Get-AvmaValue (Get-AvmaOne 'Win32_OperatingSystem') 'LastBootUpTime' $null) }

function Save-AvmaConversion($State) {
    Save-AvmaJson "$($Avma.Folder)\convert.json" $State
}

# Reads the state into the action and corrects what time has changed. Phase 'none': nothing was ever started.
function Read-AvmaConversion($Action) {
    $Action.phase = 'none'
    $state = Read-AvmaJson "$($Avma.Folder)\convert.json"
    if ($null -eq $state) { return }
    $Action.phase = Get-AvmaText $state 'phase'
    $Action.exit_code = Get-AvmaNumber $state 'exit_code' 0
    $Action.target = Get-AvmaText $state 'target'
    $Action.targets = @(Get-AvmaValue $state 'targets' @() | ForEach-Object { "$_" })
    $Action.started_utc = Get-AvmaText $state 'started_utc'
    $restarted = (Get-AvmaText $state 'boot_utc') -ne (Get-AvmaBootTime)
    $minutes = 0
    try {
        $start = [DateTime]::Parse($Action.started_utc, [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::AdjustToUniversal)
        $minutes = ((Get-Date).ToUniversalTime() - $start).TotalMinutes
    } catch { Add-AvmaError 'convert' $_ }
    if ($Action.phase -eq 'restart_needed' -and $restarted) { $Action.phase = 'done' }
    if ($Action.phase -eq 'running' -and ($restarted -or ($minutes -gt 1 -and (Get-AvmaTaskState 'avma-convert') -ne 'Running'))) {
        # Look again: it may have ended between the two looks.
        $state = Read-AvmaJson "$($Avma.Folder)\convert.json"
        if ((Get-AvmaText $state 'phase') -eq 'running') {
            $Action.phase = 'failed'
            $Action.exit_code = -1
            $Action.error_id = 'interrupted'
        } else {
            $Action.phase = Get-AvmaText $state 'phase'
            $Action.exit_code = Get-AvmaNumber $state 'exit_code' 0
        }
    }
}
