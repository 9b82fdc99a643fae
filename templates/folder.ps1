# SPDX-License-Identifier: MPL-2.0
# Folder: %ProgramFiles%\avma. Nothing that SYSTEM runs or reads lies where users can create files.
function Protect-AvmaPath([string]$Path, [bool]$Folder) {
    $flags = ''
    if ($Folder) { $flags = '(OI)(CI)' }
    # By SID: the names are translated.
    $said = icacls.exe $Path /inheritance:r /grant:r "*S-1-5-18:${flags}F" /grant:r "*S-1-5-32-544:${flags}F"
    if ($LASTEXITCODE -ne 0) { throw "AvmaProtect: icacls.exe exit $LASTEXITCODE, $Path $said" }
}

function Open-AvmaFolder {
    if (-not (Test-Path -LiteralPath $Avma.Folder)) { [void](New-Item -Path $Avma.Folder -ItemType Directory -Force) }
    Protect-AvmaPath $Avma.Folder $true
}

# Windows PowerShell 4.0 does not always put one file in the place of another.
function Move-AvmaFile([string]$From, [string]$To) {
    try { Move-Item -LiteralPath $From -Destination $To -Force -ErrorAction Stop } catch {
        if (-not (Test-Path -LiteralPath $To)) { throw }
        Remove-Item -LiteralPath $To -Force -ErrorAction Stop
        Move-Item -LiteralPath $From -Destination $To -Force -ErrorAction Stop
    }
}

# Written beside and moved into place: a reader sees the old or the new, never a half.
function Save-AvmaText([string]$Path, [string]$Text) {
    Set-Content -LiteralPath "$Path.tmp" -Value $Text -Encoding ASCII -ErrorAction Stop
    Move-AvmaFile "$Path.tmp" $Path
}

# JSON as ASCII, whatever the values hold.
function Save-AvmaJson([string]$Path, $Document) {
    $json = ConvertTo-Json -InputObject $Document -Depth 8 -Compress
    $json = [regex]::Replace($json, '[^\x20-\x7e]', { param($m) '\u{0:x4}' -f [int][char]$m.Value })
    Save-AvmaText $Path $json
}

function Read-AvmaJson([string]$Path) {
    if (-not (Test-Path -LiteralPath $Path)) { return }
    try { ConvertFrom-Json "$(Get-Content -LiteralPath $Path -Raw)" } catch { Add-AvmaError 'state' $_ }
}

function Remove-AvmaFile([string]$Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Force -ErrorAction SilentlyContinue }
}
