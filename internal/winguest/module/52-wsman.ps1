# SPDX-License-Identifier: MPL-2.0
# WinRM as the WSMan drive shows it. Its settings lie where Windows keeps them; a policy comes first, and what it decides
# cannot be changed.

$script:WSManKey = 'software\microsoft\windows\currentversion\wsman'
$script:WSManPolicy = 'software\policies\microsoft\windows\winrm\service'
$script:WSManValues = @{ 'Auth\Basic' = @('auth_basic', 'AllowBasic'); 'AllowUnencrypted' = @('allow_unencrypted', 'AllowUnencryptedTraffic') }

function Get-WSManValue([string] $path) {
    $names = $script:WSManValues[($path -replace '^WSMan:\\localhost\\Service\\', '')]
    if ($null -eq $names) { throw "winguest: no $path" }
    $s = Read-State
    $policy = $s.registry[$script:WSManPolicy]
    $own = $s.registry["$script:WSManKey\service"]
    $forced = $policy -and $policy.ContainsKey($names[1])
    $on = if ($forced) { [int] $policy[$names[1]].v } elseif ($own -and $own.ContainsKey($names[0])) { [int] $own[$names[0]].v } else { 0 }
    @{ on = $on; forced = $forced; name = $names[0] }
}

function Test-WSManRunning($cmdlet) {
    if ((Read-State).services['WinRM'].state -eq 'Running') { return $true }
    Write-Fault $cmdlet (New-Object InvalidOperationException 'WinRM is not running.') 'WsManError' InvalidOperation $null
    $false
}

function Get-WSManItem($cmdlet, [string] $path) {
    if (-not (Test-WSManRunning $cmdlet)) { return }
    $v = Get-WSManValue $path
    [pscustomobject]@{ Name = $path; Value = @('false', 'true')[$v.on]; SourceOfValue = $(if ($v.forced) { 'GPO' }) }
}

function Set-Item {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $Path, [Parameter(Position = 1)] $Value, [switch] $Force)
    if ($Path -notlike 'WSMan:*') { Microsoft.PowerShell.Management\Set-Item @PSBoundParameters; return }
    if (-not (Test-WSManRunning $PSCmdlet)) { return }
    $v = Get-WSManValue $Path
    if ($v.forced) { Write-Fault $PSCmdlet (New-Object InvalidOperationException (Get-Text Denied)) 'WsManError' InvalidOperation $Path; return }
    Set-RegistryData "$script:WSManKey\service" $v.name @{ k = 'DWord'; v = [int] [bool] $Value }
}

function Get-WSManListener {
    $s = Read-State
    foreach ($t in 'HTTP', 'HTTPS') {
        $l = $s.registry["$script:WSManKey\listener\*+$t".ToLowerInvariant()]
        if ($l) { [pscustomobject]@{ Name = "Listener_$t"; Keys = @("Transport=$t", 'Address=*'); PSPath = "WSMan::localhost\Listener\Listener_$t" } }
    }
}

function New-WSManListener($cmdlet, [string] $transport, [string] $address, [string] $thumbprint, [int] $port) {
    if (-not (Test-WSManRunning $cmdlet)) { return }
    $key = "$script:WSManKey\listener\$address+$transport".ToLowerInvariant()
    $values = @{ Port = @{ k = 'DWord'; v = $port }; enabled = @{ k = 'DWord'; v = 1 } }
    if ($thumbprint) { $values['certThumbprint'] = @{ k = 'String'; v = $thumbprint } }
    Edit-State { $s.registry[$key] = $values; Add-Journal $s "Listener $transport $port" }
}

function New-SelfSignedCertificate { [CmdletBinding()] param([string] $DnsName, [string] $CertStoreLocation) [pscustomobject]@{ Thumbprint = 'AB12CD34'; Subject = "CN=$DnsName" } }

function Get-NetConnectionProfile { [CmdletBinding()] param() [pscustomobject]@{ InterfaceIndex = 7; NetworkCategory = 'Private' } }
function Set-NetConnectionProfile { [CmdletBinding()] param([int] $InterfaceIndex, [string] $NetworkCategory) }
