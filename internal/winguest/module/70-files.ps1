# SPDX-License-Identifier: MPL-2.0
# What a full disk does to the commands that write, and to nothing else.

function Test-DiskFull($cmdlet, $paths) {
    if (-not $env:WINGUEST_DISK_FULL) { return $false }
    $ex = New-Object System.IO.IOException ((Get-Text DiskFull), -2147024784)
    Write-Fault $cmdlet $ex 'System.IO.IOException' WriteError $paths
    $true
}

function Set-Content {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path')][string[]] $Path, [Parameter(Mandatory, ParameterSetName = 'Literal')][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1, ValueFromPipeline)][AllowNull()][AllowEmptyString()][object[]] $Value, $Encoding, [switch] $Force, [switch] $NoNewline, [switch] $PassThru, [switch] $AsByteStream)
    begin { $all = New-Object System.Collections.ArrayList }
    process { foreach ($v in $Value) { $null = $all.Add($v) } }
    end {
        if (Test-DiskFull $PSCmdlet "$Path$LiteralPath") { return }
        $b = Get-PassThrough $PSCmdlet
        $b['Value'] = $all.ToArray()
        Microsoft.PowerShell.Management\Set-Content @b
    }
}

function Add-Content {
    [CmdletBinding(DefaultParameterSetName = 'Path', SupportsShouldProcess)]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Path')][string[]] $Path, [Parameter(Mandatory, ParameterSetName = 'Literal')][Alias('PSPath')][string[]] $LiteralPath,
        [Parameter(Position = 1, ValueFromPipeline)][AllowNull()][AllowEmptyString()][object[]] $Value, $Encoding, [switch] $Force, [switch] $NoNewline, [switch] $AsByteStream)
    begin { $all = New-Object System.Collections.ArrayList }
    process { foreach ($v in $Value) { $null = $all.Add($v) } }
    end {
        if (Test-DiskFull $PSCmdlet "$Path$LiteralPath") { return }
        $b = Get-PassThrough $PSCmdlet
        $b['Value'] = $all.ToArray()
        Microsoft.PowerShell.Management\Add-Content @b
    }
}
