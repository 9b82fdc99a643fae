# SPDX-License-Identifier: MPL-2.0
# Services. State: services = { name: { state, start_mode } }.

function Get-ServiceState($cmdlet, [string] $name) {
    $service = (Read-State).services[$name]
    if ($null -eq $service) { Write-Fault $cmdlet (New-Object InvalidOperationException (Get-Text NoService $name)) 'NoServiceFoundForGivenName' ObjectNotFound $name }
    $service
}

function Get-Service {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $Name)
    $service = Get-ServiceState $PSCmdlet $Name
    if ($null -ne $service) { [pscustomobject]@{ Name = $Name; Status = $service.state; StartType = $service.start_mode } }
}

function Set-Service {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $Name, [string] $StartupType)
    if (Test-SessionDenied $PSCmdlet (Read-State)) { return }
    if ($null -eq (Get-ServiceState $PSCmdlet $Name)) { return }
    Edit-State { $s.services[$Name].start_mode = $StartupType -replace 'Automatic', 'Auto'; Add-Journal $s "SetService $Name $StartupType" }
}

function Set-ServiceRunning($cmdlet, [string] $name, [string] $state) {
    if (Test-SessionDenied $cmdlet (Read-State)) { return }
    $service = Get-ServiceState $cmdlet $name
    if ($null -eq $service) { return }
    if ($state -eq 'Running' -and $service.start_mode -eq 'Disabled') { Write-Fault $cmdlet (New-Object InvalidOperationException (Get-Text Denied)) 'CouldNotStartService' OpenError $name; return }
    Edit-State { $s.services[$name].state = $state; Add-Journal $s "Service $name $state" }
}

function Start-Service { [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $Name) Set-ServiceRunning $PSCmdlet $Name 'Running' }
function Stop-Service { [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $Name, [switch] $Force) Set-ServiceRunning $PSCmdlet $Name 'Stopped' }
function Restart-Service { [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $Name, [switch] $Force) Set-ServiceRunning $PSCmdlet $Name 'Running' }

# There is no way to Windows Update from here: the answer is the one of a machine that is told to ask a WSUS.
function Add-WindowsCapability {
    [CmdletBinding()] param([switch] $Online, [string] $Name, [string] $Source, [switch] $LimitAccess)
    Write-Fault $PSCmdlet (New-Object System.Runtime.InteropServices.COMException ((Get-Text DismError '0x800f0954'), -2146498220)) 'Microsoft.Dism.Commands.AddWindowsCapabilityCommand' NotSpecified $null
}
