# SPDX-License-Identifier: MPL-2.0
# restart {delay_seconds}: asks for a restart and answers before it: the boot time in the answer is the one that must
# change. It looks first, because the connection may go soon after the request.
$AvmaAction = New-AvmaAction 'restart'
$AvmaAnswer = Get-AvmaQuickFacts
try {
    if (-not (Get-AvmaSession).elevated) { Deny-AvmaAction $AvmaAction } else {
        $delay = [Math]::Max(2, [Math]::Min(600, (Get-AvmaNumber $AvmaArgs 'delay_seconds' 5)))
        [void](shutdown.exe /r /f /t $delay /d p:2:4)
        $AvmaAction['exit_code'] = $LASTEXITCODE
        # 1115: on its way; 1190: asked for already; 1717: the interface is gone, because it is on its way.
        if (@(0, 1115, 1190, 1717) -notcontains $LASTEXITCODE) { Restart-Computer -Force }
        $AvmaAction.done = $true
    }
} catch { Set-AvmaFailure $AvmaAction $_ }
$AvmaAnswer['action'] = $AvmaAction
Write-AvmaAnswer $AvmaAnswer
