# SPDX-License-Identifier: MPL-2.0
# convert_start {edition_id, key, fallback_key, port}: starts DISM as a one-shot SYSTEM task and answers at once. Starting twice is a
# no-op. The target's name is taken from what DISM lists, never made up.
$AvmaAction = New-AvmaAction 'convert_start'
Complete-AvmaAction $AvmaAction $true {
    $action = $AvmaAction
    Read-AvmaConversion $action
    $edition = Get-AvmaText (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion') 'EditionID'
    if ($action.phase -eq 'running' -or $action.phase -eq 'restart_needed') {
        $action.skipped = 'already_started'
        $action.done = $true
    } elseif ($edition -notmatch 'Eval') {
        $action.skipped = 'not_evaluation'
        $action.done = $true
    } elseif ((Get-AvmaNumber (Get-AvmaOne 'Win32_OperatingSystem') 'ProductType' 0) -eq 2) {
        $action.skipped = 'domain_controller'
    } elseif (@(Get-AvmaPendingRestart) -contains 'cbs') {
        $action.skipped = 'restart_pending'
    } else {
        $action.exit_code = 0
        $action.error_id = ''
        $wanted = Get-AvmaText $AvmaArgs 'edition_id'
        $key = (Get-AvmaText $AvmaArgs 'key').Trim().ToUpperInvariant()
        $fallback = (Get-AvmaText $AvmaArgs 'fallback_key').Trim().ToUpperInvariant()
        if ($wanted -notmatch '^[A-Za-z]+$' -or $key -notmatch '^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$' -or $fallback -notmatch '^(([A-Z0-9]{5}-){4}[A-Z0-9]{5})?$') { throw 'AvmaBadArguments' }
        $lines = @(dism.exe /Online /Get-TargetEditions /English)
        $code = $LASTEXITCODE
        $action.targets = @($lines | ForEach-Object { if ("$_" -match ':\s*(Server[A-Za-z]+)\s*$') { $Matches[1] } } | Select-Object -Unique)
        if ($code -ne 0) {
            $action.exit_code = $code
            throw "AvmaDismTargets: exit $code"
        }
        # Server Core has names of its own, which end in Cor; Desktop Experience has the plain ones.
        $names = @($wanted, "${wanted}Cor")
        if ((Get-AvmaText (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion') 'InstallationType') -eq 'Server Core') { $names = @("${wanted}Cor", $wanted) }
        $target = $action.targets | Where-Object { $_ -eq $names[0] } | Select-Object -First 1
        if (-not $target) { $target = $action.targets | Where-Object { $_ -eq $names[1] } | Select-Object -First 1 }
        if (-not $target) {
            $action.phase = 'none'
            $action.skipped = 'target_not_offered'
        } else {
            $action.target = $target
            Open-AvmaFolder
            $port = Get-AvmaNumber $AvmaArgs 'port' 0
            # The firewall may come back on for all profiles with the new edition.
            if ($port -gt 0 -and $port -lt 65536) {
                try { [void](Get-NetFirewallRule -Name avma-communicator -ErrorAction Stop) } catch {
                    Use-AvmaArea 'firewall' {
                        [void](New-NetFirewallRule -Name avma-communicator -DisplayName 'avma: communicator during the edition conversion' -Direction Inbound -Action Allow -Protocol TCP -LocalPort $port -Profile Any -ErrorAction Stop)
                    }
                }
            }
            $script = "$($Avma.Folder)\convert.ps1"
            Save-AvmaText $script $AvmaConvertTask
            Save-AvmaJson "$($Avma.Folder)\convert-in.json" ([ordered]@{ target = $target; key = $key; fallback_key = $fallback })
            Register-AvmaTask 'avma-convert' (Get-AvmaTaskXml $script '' 'PT1H')
            $action.phase = 'running'
            $action.started_utc = Get-AvmaNow
            Save-AvmaConversion ([ordered]@{ phase = 'running'; exit_code = 0; target = $target; targets = $action.targets; started_utc = $action.started_utc; boot_utc = (Get-AvmaBootTime) })
            try { Start-AvmaTask 'avma-convert' } catch {
                Remove-AvmaFile "$($Avma.Folder)\convert.json"
                Remove-AvmaFile "$($Avma.Folder)\convert-in.json"
                $action.phase = 'failed'
                throw
            }
            $action.done = $true
        }
    }
}
