# SPDX-License-Identifier: MPL-2.0
# HKEY_LOCAL_MACHINE behind the item commands. Every other path goes on to PowerShell's own command.
# State: registry = { "software\microsoft\...": { "value name": { k: kind, v: data } } }, key names in lower case.

# ConvertTo-KeyName is the key's name in the state, or $null where the path is not in the registry.
function ConvertTo-KeyName([string] $path) {
    $m = [regex]::Match($path, '^(?:(?:Microsoft\.PowerShell\.Core\\)?Registry::)?(?:HKLM:|HKEY_LOCAL_MACHINE|HKLM(?=\\))[\\/]*(.*)$', 'IgnoreCase')
    if (-not $m.Success) { return $null }
    $m.Groups[1].Value.Replace('/', '\').TrimEnd('\').ToLowerInvariant() -replace '\\{2,}', '\' -replace '^software\\wow6432node\\', 'software\'
}

function Test-KeyName($s, [string] $key) {
    if ($key -eq '' -or $s.registry.ContainsKey($key)) { return $true }
    foreach ($k in $s.registry.Keys) { if ($k.StartsWith("$key\")) { return $true } }
    $false
}

function ConvertFrom-RegistryData($value) {
    switch ($value.k) {
        'DWord' { return [int] $value.v }
        'QWord' { return [long] $value.v }
        'MultiString' { return , ([string[]] @($value.v)) }
        'Binary' { return , ([byte[]] @($value.v)) }
        default { return [string] $value.v }
    }
}

function ConvertTo-RegistryData($data, [string] $kind) {
    if (-not $kind -or $kind -eq 'Unknown') {
        $kind = if ($data -is [int]) { 'DWord' } elseif ($data -is [long]) { 'QWord' } elseif ($data -is [byte[]]) { 'Binary' } elseif ($data -is [array]) { 'MultiString' } else { 'String' }
    }
    $v = switch ($kind) {
        'DWord' { [int] $data }
        'QWord' { [long] $data }
        'MultiString' { , @($data | ForEach-Object { [string] $_ }) }
        'Binary' { , @($data) }
        default { [string] $data }
    }
    @{ k = $kind; v = $v }
}

function Add-RegistryNames($o, [string] $key) {
    $full = "HKEY_LOCAL_MACHINE\$key"
    $o | Add-Member NoteProperty PSPath "Microsoft.PowerShell.Core\Registry::$full"
    $o | Add-Member NoteProperty PSParentPath ("Microsoft.PowerShell.Core\Registry::" + $full.Substring(0, $full.LastIndexOf('\')))
    $o | Add-Member NoteProperty PSChildName ($full.Substring($full.LastIndexOf('\') + 1))
    $o | Add-Member NoteProperty PSProvider 'Microsoft.PowerShell.Core\Registry'
    $o
}

function New-RegistryKeyObject($s, [string] $key) {
    $values = $s.registry[$key]
    if ($null -eq $values) { $values = @{} }
    $o = New-Object psobject
    $o | Add-Member NoteProperty Name "HKEY_LOCAL_MACHINE\$key"
    $o | Add-Member NoteProperty Property ([string[]] @($values.Keys))
    $o | Add-Member NoteProperty ValueCount $values.Count
    $o | Add-Member NoteProperty WinGuestValues $values
    $o | Add-Member ScriptMethod GetValueNames { , ([string[]] @($this.WinGuestValues.Keys)) }
    $o | Add-Member ScriptMethod GetValue { param($n, $d) if ($this.WinGuestValues.ContainsKey($n)) { ConvertFrom-RegistryData $this.WinGuestValues[$n] } else { $d } }
    $o | Add-Member ScriptMethod GetValueKind { param($n) $this.WinGuestValues[$n].k }
    $o | Add-Member ScriptMethod GetSubKeyNames { , ([string[]] @(Get-SubKeys (Read-State) (ConvertTo-KeyName $this.Name))) }
    $o | Add-Member ScriptMethod Close { }
    $o.PSTypeNames.Insert(0, 'Microsoft.Win32.RegistryKey')
    Add-RegistryNames $o $key
}

function Get-SubKeys($s, [string] $key) {
    $prefix = if ($key) { "$key\" } else { '' }
    $seen = @{}
    foreach ($k in $s.registry.Keys) {
        if ($k.StartsWith($prefix) -and $k.Length -gt $prefix.Length) { $seen[$k.Substring($prefix.Length).Split('\')[0]] = $true }
    }
    $seen.Keys | Sort-Object
}

function Write-NoPath($cmdlet, [string] $path) {
    Write-Fault $cmdlet (New-Object System.Management.Automation.ItemNotFoundException (Get-Text NoPath $path)) 'PathNotFound' ObjectNotFound $path
}

# Test-RegistryDenied writes the error of a session without rights, which reads but does not write.
function Test-RegistryDenied($cmdlet, $s) {
    if ($s.guest.elevated -or $env:WINGUEST_SYSTEM) { return $false }
    Write-Fault $cmdlet (New-Object System.Security.SecurityException (Get-Text Denied)) 'System.Security.SecurityException' PermissionDenied $null
    $true
}

function Get-ItemProperty {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path', ValueFromPipeline, ValueFromPipelineByPropertyName)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal', ValueFromPipelineByPropertyName)][Alias('PSPath', 'LP')][string[]] $LiteralPath,
        [Parameter(Position = 1)][string[]] $Name, [string] $Filter, [string[]] $Include, [string[]] $Exclude)
    process {
        foreach ($p in @($Path) + @($LiteralPath)) {
            if (-not $p) { continue }
            $key = ConvertTo-KeyName $p
            if ($null -eq $key) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Get-ItemProperty @b; return }
            $s = Read-State
            if (-not (Test-KeyName $s $key)) { Write-NoPath $PSCmdlet $p; continue }
            $values = $s.registry[$key]
            $o = New-Object psobject
            $names = if ($Name) { $Name } elseif ($values) { @($values.Keys) } else { @() }
            $found = 0
            foreach ($n in $names) {
                if ($values -and $values.ContainsKey($n)) { $o | Add-Member NoteProperty $n (ConvertFrom-RegistryData $values[$n]); $found++ }
                else {
                    Write-Fault $PSCmdlet (New-Object System.Management.Automation.PSArgumentException (Get-Text NoProperty $p $n)) 'System.Management.Automation.PSArgumentException' InvalidArgument $p
                }
            }
            if ($found) { Add-RegistryNames $o $key }
        }
    }
}

function Get-ItemPropertyValue {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param([Parameter(Position = 0, ParameterSetName = 'Path', ValueFromPipeline)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal')][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1, Mandatory)][string[]] $Name)
    process {
        $b = Get-PassThrough $PSCmdlet
        Get-ItemProperty @b | ForEach-Object { foreach ($n in $Name) { $_.$n } }
    }
}

function Set-ItemProperty {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path', ValueFromPipelineByPropertyName)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal')][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1, Mandatory)][string] $Name, [Parameter(Position = 2)] $Value, [string] $Type, [switch] $Force, [switch] $PassThru)
    process {
        foreach ($p in @($Path) + @($LiteralPath)) {
            if (-not $p) { continue }
            $key = ConvertTo-KeyName $p
            if ($null -eq $key) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Set-ItemProperty @b; return }
            $s = Read-State
            if (-not (Test-KeyName $s $key)) { Write-NoPath $PSCmdlet $p; continue }
            if (Test-RegistryDenied $PSCmdlet $s) { continue }
            Set-RegistryData $key $Name (ConvertTo-RegistryData $Value $Type)
        }
    }
}

function Set-RegistryData([string] $key, [string] $name, $data) {
    Edit-State {
        if (-not $s.registry.ContainsKey($key)) { $s.registry[$key] = @{} }
        $s.registry[$key][$name] = $data
    }
}

function New-ItemProperty {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path')][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal')][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1, Mandatory)][string] $Name, [Alias('Type')][string] $PropertyType, $Value, [switch] $Force)
    process {
        foreach ($p in @($Path) + @($LiteralPath)) {
            if (-not $p) { continue }
            $key = ConvertTo-KeyName $p
            if ($null -eq $key) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\New-ItemProperty @b; return }
            $s = Read-State
            if (-not (Test-KeyName $s $key)) { Write-NoPath $PSCmdlet $p; continue }
            if (Test-RegistryDenied $PSCmdlet $s) { continue }
            if (-not $Force -and $s.registry[$key] -and $s.registry[$key].ContainsKey($Name)) {
                Write-Fault $PSCmdlet (New-Object System.IO.IOException 'The property already exists.') 'System.IO.IOException' WriteError $p; continue
            }
            Set-RegistryData $key $Name (ConvertTo-RegistryData $Value $PropertyType)
            Get-ItemProperty -LiteralPath $p -Name $Name
        }
    }
}

function Remove-ItemProperty {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path', ValueFromPipelineByPropertyName)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal')][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1, Mandatory)][string[]] $Name, [switch] $Force)
    process {
        foreach ($p in @($Path) + @($LiteralPath)) {
            if (-not $p) { continue }
            $key = ConvertTo-KeyName $p
            if ($null -eq $key) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Remove-ItemProperty @b; return }
            $s = Read-State
            if (-not (Test-KeyName $s $key)) { Write-NoPath $PSCmdlet $p; continue }
            if (Test-RegistryDenied $PSCmdlet $s) { continue }
            foreach ($n in $Name) {
                $have = if ($s.registry[$key]) { @($s.registry[$key].Keys | Where-Object { $_ -like $n }) } else { @() }
                if (-not $have) {
                    Write-Fault $PSCmdlet (New-Object System.Management.Automation.PSArgumentException (Get-Text NoProperty $p $n)) 'System.Management.Automation.PSArgumentException' InvalidArgument $p
                    continue
                }
                Edit-State { foreach ($h in $have) { $s.registry[$key].Remove($h); if ($key -like '*\virtual machine\guest') { Add-Journal $s "RemoveValue $h" } } }
            }
        }
    }
}
