# SPDX-License-Identifier: MPL-2.0
# wait {partial_key, wait_seconds, poll_seconds, activate}: a slice of waiting for the host, at most 50 s.
$AvmaAction = New-AvmaAction 'wait'
Complete-AvmaAction $AvmaAction $false {
    $activate = (Get-AvmaSession).elevated -and (Get-AvmaValue $AvmaArgs 'activate' $true)
    $seconds = [Math]::Min(50, (Get-AvmaNumber $AvmaArgs 'wait_seconds' 0))
    $AvmaAction.done = $true
    $product = Wait-AvmaActivation $AvmaAction (Get-AvmaText $AvmaArgs 'partial_key') $seconds (Get-AvmaValue $AvmaArgs 'poll_seconds' 3) $activate
    if ($null -eq $product) { $AvmaAction.skipped = 'no_product' }
}
