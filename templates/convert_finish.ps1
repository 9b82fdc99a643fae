# SPDX-License-Identifier: MPL-2.0
# convert_finish {}: removes the task, its files and the firewall rule. While DISM still runs it does nothing.
$AvmaAction = New-AvmaAction 'convert_finish'
Complete-AvmaAction $AvmaAction $true {
    Read-AvmaConversion $AvmaAction
    if ($AvmaAction.phase -eq 'running') {
        $AvmaAction.skipped = 'still_running'
    } else {
        Unregister-AvmaTask 'avma-convert'
        foreach ($name in 'convert.ps1', 'convert-in.json', 'convert.json') { Remove-AvmaFile "$($Avma.Folder)\$name" }
        try { Remove-NetFirewallRule -Name avma-communicator -ErrorAction Stop } catch {
            try {
                [void](Get-NetFirewallRule -Name avma-communicator -ErrorAction Stop)
                Add-AvmaError 'firewall' $_
            } catch { $null = $_ }
        }
        # An elevated run answers into this folder.
        if (-not $AvmaOut -and (Test-Path -LiteralPath $Avma.Folder) -and -not @(Get-ChildItem -LiteralPath $Avma.Folder -Force).Count) { Remove-Item -LiteralPath $Avma.Folder -Force }
        $AvmaAction.done = $true
    }
}
