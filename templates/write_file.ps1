# SPDX-License-Identifier: MPL-2.0
# write_file {path, content (base64)}: a file that only SYSTEM and Administrators may read. It is protected while it is
# still empty, and never left half written under its name.
$AvmaAction = New-AvmaAction 'write_file'
Complete-AvmaAction $AvmaAction $true {
    $path = Get-AvmaText $AvmaArgs 'path'
    if (-not $path) { throw 'AvmaNoPath' }
    $bytes = [Convert]::FromBase64String((Get-AvmaText $AvmaArgs 'content'))
    $folder = Split-Path -Path $path -Parent
    if ($folder -and -not (Test-Path -LiteralPath $folder)) { [void](New-Item -Path $folder -ItemType Directory -Force) }
    $new = "$path.avma-new"
    try {
        Remove-AvmaFile $new
        [void](New-Item -Path $new -ItemType File -Force -ErrorAction Stop)
        Protect-AvmaPath $new $false
        $raw = @{ Encoding = 'Byte' }
        if ($PSVersionTable.PSVersion.Major -ge 6) { $raw = @{ AsByteStream = $true } }
        Set-Content -LiteralPath $new -Value $bytes -ErrorAction Stop @raw
        Move-AvmaFile $new $path
    } finally { Remove-AvmaFile $new }
    $AvmaAction['target'] = $path
    $AvmaAction.done = $true
}
