# SPDX-License-Identifier: MPL-2.0
# install {key, replace, wait_seconds, poll_seconds, activate}: puts the key in, waits for the host, looks.
# Repeating it is harmless. A MAK, retail or OEM key stays unless replace is true; that of
# Extended Security Updates (ESU) is no matter of Windows' own key.
$AvmaAction = New-AvmaAction 'install'
Complete-AvmaAction $AvmaAction $true {
    $action = $AvmaAction
    $key = (Get-AvmaText $AvmaArgs 'key').Trim().ToUpperInvariant()
    if ($key -notmatch '^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$') { throw 'AvmaBadKey' }
    $partial = $key.Substring(24)
    $products = @(Get-AvmaProducts)
    $foreign = @($products | Where-Object {
        (Get-AvmaText $_ 'ProductKeyChannel') -match '^(Volume:MAK|Retail|OEM)(?!:TB:Eval)' -and (Get-AvmaText $_ 'Description') -notmatch 'TIMEBASED_EVAL' -and (Get-AvmaText $_ 'Name') -notmatch 'ESU'
    })
    if (@($products | Where-Object { (Get-AvmaText $_ 'PartialProductKey') -eq $partial }).Count) {
        $action.skipped = 'already_installed'
        $action.done = $true
    } elseif ($foreign.Count -and -not (Get-AvmaValue $AvmaArgs 'replace' $false)) {
        $action.skipped = 'foreign_key'
    } else {
        $service = Get-AvmaOne 'SoftwareLicensingService' 'Version'
        Invoke-AvmaMethod $service 'InstallProductKey' @{ ProductKey = $key }
        $action.done = $true
        try { Invoke-AvmaMethod $service 'RefreshLicenseStatus' @{} } catch { Add-AvmaError 'refresh' $_ }
    }
    if ($action.done) {
        $seconds = [Math]::Min(50, (Get-AvmaNumber $AvmaArgs 'wait_seconds' 0))
        [void](Wait-AvmaActivation $action $partial $seconds (Get-AvmaValue $AvmaArgs 'poll_seconds' 3) ([bool](Get-AvmaValue $AvmaArgs 'activate' $true)))
    }
}
