# SPDX-License-Identifier: MPL-2.0
# Get-CimInstance and Get-WmiObject over the classes of 22-classes.ps1, and their methods.

# New-WmiException: what WMI throws. A method's failure carries the HRESULT of the provider.
function New-WmiException([uint32] $code, [string] $message) {
    if (-not $message) { $message = if ($code -eq 0x80041010L) { Get-Text BadClass } elseif ($code -eq 0x80070005L) { Get-Text Denied } else { Get-Text Licensing } }
    $hr = [BitConverter]::ToInt32([BitConverter]::GetBytes($code), 0)
    New-Object System.Runtime.InteropServices.COMException ($message, $hr)
}

# Write-WmiFault: how the code of a failure reaches the caller is not documented, so the state chooses:
# 'id' in FullyQualifiedErrorId alone, 'hresult' in the exception alone, 'text' in the message alone, 'none' nowhere.
function Write-WmiFault($cmdlet, $s, [uint32] $code, [bool] $cim) {
    $hex = '0x{0:x8}' -f $code
    $style = [string] $s.guest.error_style
    if (-not $cim -and $style -eq 'id') { $style = 'hresult' }
    $text = if ($style -eq 'text') { "$(Get-Text Licensing) ($hex)" } else { '' }
    $ex = if ($style -eq 'hresult') { New-WmiException $code $text }
    else { New-Object Microsoft.Management.Infrastructure.CimException $(if ($text) { $text } else { (New-WmiException $code).Message }) }
    $id = if ($style -eq 'id') { "HRESULT $hex" } elseif ($cim) { 'MI RESULT 1' } else { 'InvokeWMICOMException' }
    Write-Fault $cmdlet $ex $id NotSpecified $null
}

# Get-ClassItems: the instances that pass the filter, as tables of properties.
function Get-ClassItems([string] $namespace, [string] $class, [string] $filter) {
    $ns = $namespace.Replace('/', '\').ToLowerInvariant().Trim('\')
    $maker = "Get-Class_$class"
    if (($ns -and $ns -ne 'root\cimv2') -or -not (Microsoft.PowerShell.Management\Test-Path "function:$maker")) { throw (New-WmiException 0x80041010L) }
    $s = Read-State
    foreach ($broken in $s.guest.broken_classes) {
        $name, $code = $broken.Split('=')
        if ($name -eq $class) { throw (New-WmiException $(if ($code) { [uint32] $code } else { 0x80041001L })) }
    }
    foreach ($item in & $maker) { if (Test-Wql $filter $item) { $item } }
}

function Split-Query([string] $query) {
    if ($query -notmatch '^\s*SELECT\s+.+?\s+FROM\s+(\w+)(?:\s+WHERE\s+(.*?))?\s*$') { throw (New-WmiException 0x80041017L) }
    $Matches[1], $Matches[2]
}

# New-WmiInstance: with -Property, CIM has the other properties with nothing in them, WMI does not have them.
function New-WmiInstance($item, [string] $class, [bool] $cim, [string[]] $property) {
    $o = New-Object psobject
    foreach ($name in $property) { if (-not $item.Contains($name)) { throw (New-WmiException 0x80041017L) } }
    foreach ($name in $item.Keys) {
        $value = $item[$name]
        if ($property -and $property -notcontains $name) { if ($cim) { $value = $null } else { continue } }
        if (-not $cim -and $value -is [DateTime]) { $value = $value.ToString('yyyyMMddHHmmss.ffffff') + ('{0:+000;-000}' -f [int] ($value - $value.ToUniversalTime()).TotalMinutes) }
        $o.PSObject.Properties.Add((New-Object System.Management.Automation.PSNoteProperty $name, $value))
    }
    if ($cim) {
        $o | Add-Member NoteProperty CimClass ([pscustomobject]@{ CimClassName = $class })
        $o.PSTypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimInstance#root/cimv2/$class")
    }
    else {
        $o | Add-Member NoteProperty __CLASS $class
        $o.PSTypeNames.Insert(0, "System.Management.ManagementObject#root\cimv2\$class")
    }
    $o
}

function Get-CimInstance {
    [CmdletBinding(DefaultParameterSetName = 'Class')]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Class')][string] $ClassName, [Parameter(Mandatory, ParameterSetName = 'Query')][string] $Query,
        [string] $Namespace = 'root/cimv2', [Parameter(ParameterSetName = 'Class')][string] $Filter, [string[]] $Property,
        [Alias('OT')][uint32] $OperationTimeoutSec, [switch] $KeyOnly)
    try {
        if ($Query) { $ClassName, $Filter = Split-Query $Query }
        foreach ($item in Get-ClassItems $Namespace $ClassName $Filter) { New-WmiInstance $item $ClassName $true $Property }
    }
    catch [System.Runtime.InteropServices.COMException] {
        $ex = $_.Exception
        Write-Fault $PSCmdlet (New-Object Microsoft.Management.Infrastructure.CimException $ex.Message) ('HRESULT 0x{0:x8}' -f $ex.HResult) NotSpecified $ClassName
    }
}

function Get-WmiObject {
    [CmdletBinding(DefaultParameterSetName = 'Class')]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Class')][Alias('ClassName')][string] $Class, [Parameter(Mandatory, ParameterSetName = 'Query')][string] $Query,
        [Parameter(Position = 1)][string[]] $Property, [Alias('NS')][string] $Namespace = 'root\cimv2', [string] $Filter)
    try {
        if ($Query) { $Class, $Filter = Split-Query $Query }
        foreach ($item in Get-ClassItems $Namespace $Class $Filter) { New-WmiInstance $item $Class $false $Property }
    }
    catch [System.Runtime.InteropServices.COMException] { Write-Fault $PSCmdlet $_.Exception 'GetWMIManagementException' InvalidType $null }
}

# Invoke-ClassMethod finds Invoke-<class>_<method>, which answers with an HRESULT.
function Invoke-ClassMethod($cmdlet, $instance, [string] $class, [string] $method, $arguments, [bool] $cim) {
    $s = Read-State
    # A method finds its object by the class's key.
    $key = @{ SoftwareLicensingProduct = 'ID'; SoftwareLicensingService = 'Version' }[$class]
    if ($key -and (-not $instance.PSObject.Properties[$key] -or -not $instance.$key)) { Write-WmiFault $cmdlet $s 0x8004102FL $cim; return }
    $code = if (Microsoft.PowerShell.Management\Test-Path "function:Invoke-${class}_$method") { [uint32] (& "Invoke-${class}_$method" $instance $arguments) } else { 0x80041055L }
    if ($code -ge 0x80000000L) { Write-WmiFault $cmdlet $s $code $cim; return }
    [pscustomobject]@{ ReturnValue = [uint32] $code; PSComputerName = $null }
}

function Invoke-CimMethod {
    [CmdletBinding(DefaultParameterSetName = 'Instance', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ValueFromPipeline, ParameterSetName = 'Instance')][Alias('CimInstance')] $InputObject,
        [Parameter(Mandatory, ParameterSetName = 'Query')][string] $Query, [string] $Namespace = 'root/cimv2',
        [Parameter(Position = 1, Mandatory)][Alias('Name')][string] $MethodName, [Parameter(Position = 2)][System.Collections.IDictionary] $Arguments, [Alias('OT')][uint32] $OperationTimeoutSec)
    process {
        foreach ($i in $(if ($Query) { Get-CimInstance -Namespace $Namespace -Query $Query } else { $InputObject })) {
            Invoke-ClassMethod $PSCmdlet $i $i.CimClass.CimClassName $MethodName $Arguments $true
        }
    }
}

function Invoke-WmiMethod {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory, ValueFromPipeline)] $InputObject, [Parameter(Position = 1, Mandatory)][string] $Name, [Alias('Args')][object[]] $ArgumentList)
    process {
        $names = @{ InstallProductKey = 'ProductKey' }
        $arguments = @{}
        if ($names[$Name] -and $ArgumentList) { $arguments[$names[$Name]] = $ArgumentList[0] }
        Invoke-ClassMethod $PSCmdlet $InputObject $InputObject.__CLASS $Name $arguments $false
    }
}
