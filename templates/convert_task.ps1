# SPDX-License-Identifier: MPL-2.0
# Run as SYSTEM by the task avma-convert: gives Windows another edition and writes down how that went.
$state = Read-AvmaJson "$($Avma.Folder)\convert.json"
$in = Read-AvmaJson "$($Avma.Folder)\convert-in.json"
Remove-AvmaFile "$($Avma.Folder)\convert-in.json"
if ($null -ne $state -and $null -ne $in -and (Get-AvmaText $state 'phase') -eq 'running') {
    $code = -1
    $phase = 'failed'
    $problem = ''
    try {
        [void](dism.exe /Online "/Set-Edition:$(Get-AvmaText $in 'target')" "/ProductKey:$(Get-AvmaText $in 'key')" /AcceptEula /NoRestart /English)
        $code = $LASTEXITCODE
        if ($code -eq 0 -or $code -eq 3010) { $phase = 'restart_needed' }
    } catch { $problem = "$($_.Exception.Message)" }
    Save-AvmaConversion ([ordered]@{
        phase = $phase; exit_code = $code; target = (Get-AvmaText $state 'target'); targets = @(Get-AvmaValue $state 'targets' @())
        started_utc = (Get-AvmaText $state 'started_utc'); boot_utc = (Get-AvmaText $state 'boot_utc'); finished_utc = (Get-AvmaNow); problem = $problem
    })
}
