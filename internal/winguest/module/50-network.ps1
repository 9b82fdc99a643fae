# SPDX-License-Identifier: MPL-2.0
# Firewall rules. State: firewall = { on, rules: { name: { port, protocol, direction, action } } }.

function New-NetFirewallRule {
    [CmdletBinding()] param([string] $Name, [Parameter(Mandatory)][string] $DisplayName, [string] $Direction = 'Inbound', [string] $Action = 'Allow', [string] $Protocol = 'Any',
        [string[]] $LocalPort, [string[]] $Profile = 'Any', [string] $Enabled = 'True', [string] $Program)
    $s = Read-State
    if (Test-SessionDenied $PSCmdlet $s) { return }
    if ($s.firewall.rules.ContainsKey($Name)) {
        Write-Fault $PSCmdlet (New-Object Microsoft.Management.Infrastructure.CimException 'Cannot create a file when that file already exists.') 'Windows System Error 183' NotSpecified $null; return
    }
    Edit-State { $s.firewall.rules[$Name] = @{ port = [string] $LocalPort[0]; protocol = $Protocol; direction = $Direction; action = $Action; profile = [string] $Profile[0] }; Add-Journal $s "FirewallRule $Name $LocalPort" }
    Get-NetFirewallRule -Name $Name
}

function Get-NetFirewallRule {
    [CmdletBinding()] param([Parameter(Position = 0)][string] $Name)
    $r = (Read-State).firewall.rules[$Name]
    if ($null -eq $r) { Write-Fault $PSCmdlet (New-Object Microsoft.Management.Infrastructure.CimException (Get-Text NotFound)) 'CmdletizationQuery_NotFound_InstanceID' ObjectNotFound $Name; return }
    [pscustomobject]@{ Name = $Name; InstanceID = $Name; Direction = $r.direction; Action = $r.action; Enabled = 'True' }
}

function Remove-NetFirewallRule {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Position = 0)][string] $Name)
    $s = Read-State
    if (Test-SessionDenied $PSCmdlet $s) { return }
    if (-not $s.firewall.rules.ContainsKey($Name)) { Write-Fault $PSCmdlet (New-Object Microsoft.Management.Infrastructure.CimException (Get-Text NotFound)) 'CmdletizationQuery_NotFound_InstanceID' ObjectNotFound $Name; return }
    Edit-State { $s.firewall.rules.Remove($Name); Add-Journal $s "RemoveFirewallRule $Name" }
}
