# SPDX-License-Identifier: MPL-2.0
# Deletes the copies of the answer file: Windows leaves keys, scripts and at times passwords in them.
foreach ($pattern in @($AvmaPlan.delete)) {
    $path = [Environment]::ExpandEnvironmentVariables($pattern)
    foreach ($file in @(Get-ChildItem -Path $path -Force -ErrorAction SilentlyContinue)) {
        if (-not $file.PSIsContainer) { Remove-Item -LiteralPath $file.FullName -Force }
    }
}
