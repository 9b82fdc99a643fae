# SPDX-License-Identifier: MPL-2.0
# Licence: the Windows products that hold a key, and waiting for one of them to be activated.
$AvmaProductItems = 'ID Name Description LicenseStatus# LicenseStatusReason# ProductKeyChannel PartialProductKey LicenseFamily grace_minutes=GracePeriodRemaining# evaluation_end_utc=EvaluationEndDate~ ' +
    'host_machine_name=AutomaticVMActivationHostMachineName host_digital_pid2=AutomaticVMActivationHostDigitalPid2 last_activation_utc=AutomaticVMActivationLastActivationTime~ IAID'

function Get-AvmaProducts {
    Get-AvmaCim 'SoftwareLicensingProduct' "ApplicationID='55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL AND LicenseIsAddon=FALSE" $AvmaProductItems
}

function Test-AvmaChannel($Product) {
    (Get-AvmaText $Product 'ProductKeyChannel') -eq 'VT:IA' -or (Get-AvmaText $Product 'Description') -match 'VIRTUAL_MACHINE_ACTIVATION'
}

# Polls until the product with this partial key ('': any AVMA product) is licensed and names its host, or the time is
# over; the name may stay away. Asks for activation at growing intervals; Windows also does so by itself. What the host
# answers (0xC004FD00 to FD04), or that Windows is at it already (0xC004E028), may be another thing a minute later; any
# other number ends the wait, and so does a refusal (FD01 to FD03) after a minute. Whoever reads the answer decides what to believe.
# Returns the product, or nothing when there is none.
function Wait-AvmaActivation($Action, [string]$Partial, [double]$Seconds, [double]$Poll, [bool]$Activate) {
    if ($Poll -lt 0.1 -or $Poll -gt 30) { $Poll = 3 }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $pause = [Math]::Min(1, $Poll)
    $interval = 5
    $next = [Math]::Min(2, $Seconds / 2)
    $hostless = 0
    $slept = 0
    $product = $null
    while ($true) {
        # A watch, because the clock may be set meanwhile; but at least what was slept.
        $now = [Math]::Max($clock.Elapsed.TotalSeconds, $slept)
        $product = Get-AvmaProducts | Where-Object { ($Partial -and (Get-AvmaText $_ 'PartialProductKey') -eq $Partial) -or (-not $Partial -and (Test-AvmaChannel $_)) } | Select-Object -First 1
        if ($null -eq $product) { break }
        if ((Get-AvmaNumber $product 'LicenseStatus' 0) -eq 1) {
            if ((Get-AvmaText $product 'AutomaticVMActivationHostMachineName') -or -not (Test-AvmaChannel $product)) { break }
            # Licensed and no host's name: give it a moment, then report it as it is.
            $hostless++
            if ($hostless -gt 3) { break }
        } elseif ($Activate -and $now -ge $next) {
            try {
                Invoke-AvmaMethod $product 'Activate' @{}
                $Action.hresult = 0
                $Action.error_id = $Action.message = ''
                $next = $now + $interval
                $interval = $interval * 2
                if ($now -lt $Seconds) { continue }
            } catch {
                Set-AvmaFailure $Action $_
                $code = '{0:X}' -f $Action.hresult
                if ($code -eq 'C004FD00') { $Action.throttled++; $interval = $interval * 2 } elseif ($code -notmatch '^C004(FD0[1-4]|E028)$' -or ($now -gt 60 -and $code -match 'FD0[1-3]')) { break }
                $next = $now + $interval
                $interval = $interval * 2
            }
        }
        $left = $Seconds - $now
        if ($left -le 0) { break }
        $nap = [Math]::Min($pause, $left)
        Start-Sleep -Milliseconds ([int]($nap * 1000 + 1))
        $slept += $nap
        $pause = [Math]::Min($Poll, $pause * 1.5)
    }
    $Action.waited_seconds = [int][Math]::Floor([Math]::Max($clock.Elapsed.TotalSeconds, $slept))
    $product
}
