# SPDX-License-Identifier: MPL-2.0
# Opens WinRM for the build. What it changes is recorded first, so that the deploy file can close it again.
$s = $AvmaPlan.winrm
$policy = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
# What a policy decides cannot be set: a listener that Packer cannot use is not made.
function Test-AvmaForbidden([string]$Name, [string]$Under = '') {
    $key = "HKLM:\SOFTWARE\Policies\Microsoft\Windows\WinRM\Service$Under"
    if (-not (Test-Path -LiteralPath $key)) { return $false }
    $values = Get-ItemProperty -LiteralPath $key
    $null -ne $values -and $null -ne $values.PSObject.Properties[$Name] -and "$($values.$Name)" -eq '0'
}
$where = 'HKLM\SOFTWARE\Policies\Microsoft\Windows\WinRM\Service'
$basic = $s.basic
if (Test-AvmaForbidden 'AllowRemoteShellAccess' '\WinRS') { throw "a policy forbids remote shells ($where\WinRS, AllowRemoteShellAccess = 0): lift it for the build" }
if ($s.transport -eq 'HTTP' -and (Test-AvmaForbidden 'AllowUnencryptedTraffic')) { throw "a policy forbids unencrypted messages ($where, AllowUnencryptedTraffic = 0): use protocol https, or lift it for the build" }
if ($basic -and (Test-AvmaForbidden 'AllowBasic')) {
    Write-AvmaLog "winrm: a policy forbids Basic authentication ($where, AllowBasic = 0): Packer needs winrm_use_ntlm = true, or lift it for the build"
    $basic = $false
}
if (-not $basic -and (Test-AvmaForbidden 'AllowNegotiate')) { throw "a policy forbids Negotiate authentication ($where, AllowNegotiate = 0), and Basic is off: lift it for the build" }
Set-Service -Name WinRM -StartupType Automatic
Start-Service -Name WinRM
$old = Get-ItemProperty -LiteralPath $policy
$filter = $old.PSObject.Properties['LocalAccountTokenFilterPolicy']
$record = @{ transport = $s.transport; port = $s.port; thumbprint = ''; basic = "$((Get-Item -Path WSMan:\localhost\Service\Auth\Basic).Value)"; unencrypted = "$((Get-Item -Path WSMan:\localhost\Service\AllowUnencrypted).Value)"; token_filter = $null; http_made = $false }
if ($null -ne $filter) { $record.token_filter = [int]$filter.Value }
# On a public network, as a fresh machine's is, WSMan refuses to loosen its rules: the networks are private for a
# moment. Where that is not enough, the same goes into the registry, where WSMan keeps it.
$public = @()
try { $public = @(Get-NetConnectionProfile | Where-Object { "$($_.NetworkCategory)" -eq 'Public' }) } catch { Write-AvmaLog "winrm: networks: $($_.Exception.Message)" }
foreach ($network in $public) {
    try { Set-NetConnectionProfile -InterfaceIndex $network.InterfaceIndex -NetworkCategory Private } catch { Write-AvmaLog "winrm: network $($network.InterfaceIndex): $($_.Exception.Message)" }
}
function Set-AvmaWSMan([string]$Path, [string]$Value) {
    if ("$((Get-Item -Path "WSMan:\localhost\Service\$Path").Value)" -eq 'true') { return }
    try { Set-Item -Path "WSMan:\localhost\Service\$Path" -Value $true -Force } catch {
        Write-AvmaLog "winrm: ${Path}: $($_.Exception.Message); set in the registry"
        $null = New-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WSMAN\Service' -Name $Value -Value 1 -PropertyType DWord -Force
        Restart-Service -Name WinRM -Force
    }
}
$listeners = @(Get-ChildItem -Path WSMan:\localhost\Listener)
$same = @($listeners | Where-Object { $_.Keys -contains "Transport=$($s.transport)" })
if ($s.transport -eq 'HTTPS') {
    $same | Remove-Item -Recurse -Force
    $certificate = New-SelfSignedCertificate -DnsName $env:COMPUTERNAME -CertStoreLocation Cert:\LocalMachine\My
    $record.thumbprint = $certificate.Thumbprint
    $null = New-Item -Path WSMan:\localhost\Listener -Transport HTTPS -Address * -CertificateThumbPrint $certificate.Thumbprint -Port $s.port -Force
} else {
    if ($same.Count -gt 0 -and $s.port -ne 5985) { $same | Remove-Item -Recurse -Force; $same = @() }
    if ($same.Count -eq 0) { $record.http_made = $true; $null = New-Item -Path WSMan:\localhost\Listener -Transport HTTP -Address * -Port $s.port -Force }
    Set-AvmaWSMan 'AllowUnencrypted' 'allow_unencrypted'
}
if ($basic) { Set-AvmaWSMan 'Auth\Basic' 'auth_basic' }
foreach ($network in $public) {
    try { Set-NetConnectionProfile -InterfaceIndex $network.InterfaceIndex -NetworkCategory Public } catch { Write-AvmaLog "winrm: network $($network.InterfaceIndex): $($_.Exception.Message)" }
}
Set-Content -LiteralPath (Join-Path $AvmaFolder 'winrm.json') -Value (ConvertTo-Json -InputObject $record -Compress) -Encoding ASCII
# Local administrators other than the built-in one come with their full rights.
$null = New-ItemProperty -LiteralPath $policy -Name LocalAccountTokenFilterPolicy -Value 1 -PropertyType DWord -Force
Remove-NetFirewallRule -Name avma-winrm -ErrorAction SilentlyContinue
$null = New-NetFirewallRule -Name avma-winrm -DisplayName 'avma: WinRM for the build' -Direction Inbound -Action Allow -Protocol TCP -LocalPort $s.port -Profile Any
