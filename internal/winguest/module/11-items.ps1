# SPDX-License-Identifier: MPL-2.0
# Registry keys behind Get-Item, New-Item, Remove-Item, Get-ChildItem and Test-Path; files go on to PowerShell.

function Test-Path {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path', ValueFromPipeline, ValueFromPipelineByPropertyName)][AllowNull()][AllowEmptyString()][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal', ValueFromPipelineByPropertyName)][Alias('PSPath')][string[]] $LiteralPath,
        [Alias('Type')][string] $PathType, [switch] $IsValid)
    process {
        $first = @(@($Path) + @($LiteralPath) | Where-Object { $_ })
        if (-not $first -or $null -eq (ConvertTo-KeyName $first[0])) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Test-Path @b; return }
        $s = Read-State
        foreach ($p in $first) { (Test-KeyName $s (ConvertTo-KeyName $p)) -and $PathType -ne 'Leaf' }
    }
}

function Get-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path', ValueFromPipeline, ValueFromPipelineByPropertyName)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal', ValueFromPipelineByPropertyName)][Alias('PSPath')][string[]] $LiteralPath,
        [switch] $Force, [string] $Stream)
    process {
        foreach ($p in @($Path) + @($LiteralPath)) {
            if (-not $p) { continue }
            if ($p -like 'WSMan:*') { Get-WSManItem $PSCmdlet $p; continue }
            $key = ConvertTo-KeyName $p
            if ($null -eq $key) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Get-Item @b; return }
            $s = Read-State
            if (Test-KeyName $s $key) { New-RegistryKeyObject $s $key } else { Write-NoPath $PSCmdlet $p }
        }
    }
}

function Get-ChildItem {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param([Parameter(Position = 0, ParameterSetName = 'Path', ValueFromPipeline, ValueFromPipelineByPropertyName)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal', ValueFromPipelineByPropertyName)][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1)][string] $Filter, [string[]] $Include, [string[]] $Exclude, [Alias('s')][switch] $Recurse, [switch] $Force,
        [switch] $Name, [switch] $Directory, [switch] $File, [switch] $Hidden)
    process {
        $first = @(@($Path) + @($LiteralPath) | Where-Object { $_ })
        if ($first -and $first[0] -like 'WSMan:*') { Get-WSManListener; return }
        if (-not $first -or $null -eq (ConvertTo-KeyName $first[0])) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Get-ChildItem @b; return }
        $s = Read-State
        foreach ($p in $first) {
            $key = ConvertTo-KeyName $p
            if (-not (Test-KeyName $s $key)) { Write-NoPath $PSCmdlet $p; continue }
            foreach ($sub in Get-SubKeys $s $key) { New-RegistryKeyObject $s "$key\$sub".TrimStart('\') }
        }
    }
}

function New-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, ValueFromPipelineByPropertyName)][string[]] $Path, [string] $Name, [Alias('Type')][string] $ItemType,
        [Alias('Target')] $Value, [string] $Transport, [string] $Address, [string] $CertificateThumbPrint, [int] $Port, [switch] $Force)
    process {
        if ($Path -and $Path[0] -like 'WSMan:*') { New-WSManListener $PSCmdlet $Transport $Address $CertificateThumbPrint $Port; return }
        $key = if ($Path) { ConvertTo-KeyName $Path[0] }
        if ($null -eq $key) {
            if ($ItemType -ne 'Directory' -and (Test-DiskFull $PSCmdlet $Path)) { return }
            $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\New-Item @b; return
        }
        if ($Name) { $key = "$key\$Name".ToLowerInvariant() }
        $s = Read-State
        if (Test-RegistryDenied $PSCmdlet $s) { return }
        $parent = if ($key.Contains('\')) { $key.Substring(0, $key.LastIndexOf('\')) } else { '' }
        if (-not $Force -and -not (Test-KeyName $s $parent)) { Write-NoPath $PSCmdlet $Path[0]; return }
        if (-not $Force -and (Test-KeyName $s $key)) {
            Write-Fault $PSCmdlet (New-Object System.IO.IOException 'A key in this path already exists.') 'System.IO.IOException' ResourceExists $Path[0]; return
        }
        Edit-State { $s.registry[$key] = @{} }
        New-RegistryKeyObject (Read-State) $key
    }
}

function Remove-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path', ValueFromPipeline, ValueFromPipelineByPropertyName)][string[]] $Path,
        [Parameter(Mandatory, ParameterSetName = 'Literal', ValueFromPipelineByPropertyName)][Alias('PSPath')][string[]] $LiteralPath,
        [string] $Filter, [string[]] $Include, [string[]] $Exclude, [switch] $Recurse, [switch] $Force)
    process {
        foreach ($p in @($Path) + @($LiteralPath)) {
            if (-not $p) { continue }
            if ($p -match '^WSMan:.*\\Listener\\Listener_(HTTPS?)$') { $key = "$script:WSManKey\listener\*+$($Matches[1])".ToLowerInvariant(); Edit-State { $s.registry.Remove($key); Add-Journal $s "RemoveListener $key" }; continue }
            $key = ConvertTo-KeyName $p
            if ($null -eq $key) { $b = Get-PassThrough $PSCmdlet; Microsoft.PowerShell.Management\Remove-Item @b; return }
            $s = Read-State
            if (-not (Test-KeyName $s $key)) { Write-NoPath $PSCmdlet $p; continue }
            if (Test-RegistryDenied $PSCmdlet $s) { continue }
            Edit-State { foreach ($k in @($s.registry.Keys)) { if ($k -eq $key -or $k.StartsWith("$key\")) { $s.registry.Remove($k) } } }
        }
    }
}
