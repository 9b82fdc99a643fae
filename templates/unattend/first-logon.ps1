# SPDX-License-Identifier: MPL-2.0
# The one command of the first logon: Windows starts such commands all at once, so this one runs the steps in turn.
. (Join-Path $PSScriptRoot 'steps.ps1')
# Windows counts one logon too many.
if ($AvmaPlan.auto_logon -gt 0) {
    $null = Use-AvmaPart 'auto_logon' {
        New-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon' -Name 'AutoLogonCount' -Value ([int]$AvmaPlan.auto_logon - 1) -PropertyType DWord -Force
    }
}
Invoke-AvmaSteps 'first_logon' $AvmaPlan.first_logon
Set-AvmaMark 'first_logon'
# Where nobody could wait for this logon, it cleans up after itself.
if (@($AvmaPlan.late).Count -gt 0) {
    foreach ($name in @($AvmaPlan.late)) { Remove-Item -LiteralPath (Join-Path $AvmaFolder $name) -Force -ErrorAction SilentlyContinue }
    Remove-Item -Path (Join-Path $AvmaFolder 'first_logon*.mark') -Force -ErrorAction SilentlyContinue
}
