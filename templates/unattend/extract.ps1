# SPDX-License-Identifier: MPL-2.0
# Runs in the specialize pass with $x, the answer file as XML: writes the files that it carries to %WINDIR%\Setup\avma and
# arms finish.ps1. Only SYSTEM and Administrators may read them; by SID, because the names are translated.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$d = Join-Path $env:windir 'Setup/avma'
$null = New-Item -ItemType Directory -Force -Path $d
$null = icacls.exe $d /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F'
# What an earlier answer file has done, or had left to do, counts no more.
if (Test-Path -LiteralPath (Join-Path $d 'logon-task.xml')) { $null = schtasks.exe /Delete /F /TN avma-first-logon }
foreach ($n in '*.mark', '*.lock', 'logon-task.xml') { Remove-Item -Path (Join-Path $d $n) -Force -ErrorAction SilentlyContinue }
foreach ($f in @($x.DocumentElement.Extensions.File)) {
    $t = $f.InnerText
    if ($f.GetAttribute('encoding') -eq 'base64') {
        $b = [Convert]::FromBase64String($t)
    } else {
        # Whether the line ends of the file were kept depends on who reads it.
        $t = $t.Replace("`r`n", "`n")
        if ($f.GetAttribute('eol') -eq 'crlf') { $t = $t.Replace("`n", "`r`n") }
        $b = [Text.Encoding]::ASCII.GetBytes($t)
    }
    [IO.File]::WriteAllBytes((Join-Path $d $f.GetAttribute('name')), $b)
}
$task = Join-Path $d 'task.xml'
$hook = Join-Path $env:windir 'Setup/Scripts/SetupComplete.cmd'
if (Test-Path -LiteralPath $task) {
    if (Test-Path -LiteralPath $hook) {
        # Somebody else's is never touched: the task is registered here.
        $null = schtasks.exe /Create /F /TN avma-setup /XML $task
    } else {
        $null = New-Item -ItemType Directory -Force -Path (Split-Path -Parent $hook)
        Copy-Item -LiteralPath (Join-Path $d 'hook.cmd') -Destination $hook
    }
}
