# SPDX-License-Identifier: MPL-2.0
# Run as SYSTEM by the task avma-convert: gives Windows another edition and writes down how that went.
$state = Read-AvmaJson "$($Avma.Folder)\convert.json"
$in = Read-AvmaJson "$($Avma.Folder)\convert-in.json"
Remove-AvmaFile "$($Avma.Folder)\convert-in.json"
if ($null -ne $state -and $null -ne $in -and (Get-AvmaText $state 'phase') -eq 'running') {
    $code = -1
    $phase = 'failed'
    $problem = ''
    $refused = 0
    foreach ($name in 'key', 'fallback_key') {
        $key = Get-AvmaText $in $name
        if (-not $key) { continue }
        try {
            [void](dism.exe /Online "/Set-Edition:$(Get-AvmaText $in 'target')" "/ProductKey:$key" /AcceptEula /NoRestart /English)
            $code = $LASTEXITCODE
            if ($code -eq 0 -or $code -eq 3010) { $phase = 'restart_needed' }
        } catch { $problem = "$($_.Exception.Message)" }
        # "The product key could not be validated" comes as 87, 1605, 0x8A010101 or 0xC004000F, by the version of DISM; and
        # the licensing service has numbers of its own. Some versions take the KMS client key alone.
        if ($phase -ne 'failed' -or ('{0:X8}' -f $code) -notmatch '^(00000057|00000645|8A010101|C004000F|C004[EF].*)$') { break }
        if ($name -eq 'key' -and (Get-AvmaText $in 'fallback_key')) { $refused = $code }
    }
    Save-AvmaConversion ([ordered]@{
        phase = $phase; exit_code = $code; refused_exit = $refused; target = (Get-AvmaText $state 'target'); targets = @(Get-AvmaValue $state 'targets' @())
        started_utc = (Get-AvmaText $state 'started_utc'); boot_utc = (Get-AvmaText $state 'boot_utc'); finished_utc = (Get-AvmaNow); problem = $problem
    })
}
