# SPDX-License-Identifier: MPL-2.0
# convert_poll {}: how far the conversion is. Phases: none, running, restart_needed, done (restarted since), failed.
$AvmaAction = New-AvmaAction 'convert_poll'
try {
    Read-AvmaConversion $AvmaAction
    $AvmaAction.done = $true
} catch { Set-AvmaFailure $AvmaAction $_ }
Write-AvmaAnswer ([ordered]@{
    schema = 1; collected_utc = Get-AvmaNow; os = Get-AvmaOS; setup = Get-AvmaSetup; pending_restart = @(Get-AvmaPendingRestart)
    session = (Get-AvmaSession); errors = @($Avma.Errors); action = $AvmaAction
})
