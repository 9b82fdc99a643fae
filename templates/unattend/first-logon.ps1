# SPDX-License-Identifier: MPL-2.0
# The one command of the first logon: Windows may start such commands all at once, so this one runs the steps in turn. After a
# restart it is started again, by the task that it leaves, until the last step has ended.
param([double]$PollSeconds = 2)
. (Join-Path $PSScriptRoot 'steps.ps1')
$lock = Open-AvmaLock 'first_logon' 10
if ($null -eq $lock) { return }
try {
    # Where this one had to wait for another, all may be over and cleaned up; the marks go after the plan.
    if (-not (Test-AvmaMark 'first_logon') -and (Test-Path -LiteralPath (Get-AvmaFile 'plan.json'))) {
        $steps = @($AvmaPlan.first_logon)
        $logons = [int]"0$(Get-AvmaMark 'first_logon-logons')" + 1
        Set-AvmaMark 'first_logon-logons' "$logons"
        if ($steps.Count -gt 0) {
            $null = Use-AvmaPart 'first_logon: the task that goes on after a restart' { Register-AvmaLogon }
            if ($AvmaPlan.auto_logon -gt 0) { $null = Use-AvmaPart 'auto_logon: held' { Set-AvmaLogon $AvmaPlan.held_logons } }
            # A restart of the stage before would cut a step of this one.
            if (@($AvmaPlan.setup_complete).Count -gt 0) {
                if (-not (Wait-AvmaOther 'setup_complete' { (Test-AvmaMark 'setup') -and (Test-AvmaLock 'finish') } $AvmaPlan.begin_minutes $PollSeconds)) { Write-AvmaLog 'first_logon: goes on without setup_complete' }
            }
            Invoke-AvmaSteps 'first_logon' $steps
        }
        Set-AvmaMark 'first_logon'
        Complete-AvmaLogon
        if ($steps.Count -gt 0) { $null = schtasks.exe /Delete /F /TN avma-first-logon }
    }
} finally { $lock.Dispose() }
# Who did not wait for this logon could not clean up after it.
if ((Test-AvmaMark 'finish') -or -not (Test-Path -LiteralPath (Get-AvmaFile 'plan.json'))) { Remove-AvmaRest }
