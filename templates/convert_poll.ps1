# SPDX-License-Identifier: MPL-2.0
# convert_poll {}: how far the conversion is. Phases: none, running, restart_needed, done (restarted since), failed.
$AvmaAction = New-AvmaAction 'convert_poll'
try {
    # The state lies where only administrators read.
    if (-not (Get-AvmaSession).elevated) { Deny-AvmaAction $AvmaAction } else {
        Read-AvmaConversion $AvmaAction
        $AvmaAction.done = $true
    }
} catch { Set-AvmaFailure $AvmaAction $_ }
$AvmaFacts = Get-AvmaQuickFacts
$AvmaFacts['action'] = $AvmaAction
Write-AvmaAnswer $AvmaFacts
