# SPDX-License-Identifier: MPL-2.0
# Common: what every script needs. Written so that leading blanks, empty lines and lines that start with "#" can be
# taken away: no here-strings, no text over several lines, no comment behind code.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$global:LASTEXITCODE = 0
# One object for all state: functions change it by reference, in whatever scope they run.
$Avma = @{ Errors = [Collections.ArrayList]@(); Query = 'cim'; Folder = "$env:ProgramFiles\avma" }

# A property that may be missing, of an object that may be missing.
function Get-AvmaValue($Object, [string]$Name, $Default) {
    if ($null -ne $Object) { $property = $Object.PSObject.Properties[$Name] } else { $property = $null }
    if ($null -eq $property -or $null -eq $property.Value) { $Default } else { $property.Value }
}

# PowerShell 7 makes DateTimes of times that it reads from JSON.
function Get-AvmaText($Object, [string]$Name) {
    $value = Get-AvmaValue $Object $Name ''
    if ($value -is [DateTime]) { ConvertTo-AvmaUtc $value } else { "$value" }
}

function Get-AvmaNumber($Object, [string]$Name, [long]$Default) {
    $number = [long]0
    if ([long]::TryParse("$(Get-AvmaValue $Object $Name $Default)", [ref]$number)) { $number } else { $Default }
}

# Copies properties into a table. Each item is "Property" or "name=Property", and a sign behind it says what it is: a
# number (#), a truth (?), a time (~), else text. Without a name it has the property's own in snake case.
function Copy-AvmaValues($To, $From, [string]$Items) {
    foreach ($item in $Items.Split(' ')) {
        $name, $property = $item.TrimEnd('#?~').Split('=')
        if (-not $property) {
            $property = $name
            $name = ($name -creplace '([a-z])([A-Z])', '$1_$2').ToLowerInvariant()
        }
        if ($item.EndsWith('#')) { $To[$name] = Get-AvmaNumber $From $property 0 }
        elseif ($item.EndsWith('?')) { $To[$name] = (Get-AvmaText $From $property) -match '^(1|True)$' }
        elseif ($item.EndsWith('~')) { $To[$name] = ConvertTo-AvmaUtc (Get-AvmaValue $From $property $null) }
        else { $To[$name] = Get-AvmaText $From $property }
    }
}

# UTC in RFC 3339. CIM gives local DateTimes, WMI DMTF text; unset is the year 1601.
function ConvertTo-AvmaUtc($Value) {
    if ($null -eq $Value) { return '' }
    $date = $Value
    if ("$Value" -match '^(\d{14})\.\d{6}([+-]\d{3})$') {
        $text = $Matches[1]
        $minutes = [int]$Matches[2]
        $date = [DateTime]::SpecifyKind([DateTime]::ParseExact($text, 'yyyyMMddHHmmss', [Globalization.CultureInfo]::InvariantCulture).AddMinutes(-$minutes), 'Utc')
    }
    if ($date -isnot [DateTime]) { return '' }
    $date = $date.ToUniversalTime()
    if ($date.Year -le 1601) { return '' }
    $date.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
}

function ConvertTo-AvmaHResult($Number) {
    $n = [long]0
    if (-not [long]::TryParse("$Number", [ref]$n)) { return [long]0 }
    if ($n -lt 0) { $n += 4294967296 }
    # 0x8013xxxx is what .NET says when it knows nothing better; small numbers are no HRESULTs.
    if ($n -lt 1073741824 -or $n -gt 4294967295 -or [Math]::Floor($n / 65536.0) -eq 32787) { return [long]0 }
    $n
}

# The HRESULT of an error record, as an unsigned number; 0 when there is none.
function Get-AvmaHResult($Record) {
    $texts = @("$($Record.FullyQualifiedErrorId)")
    $numbers = @()
    $exception = $Record.Exception
    while ($null -ne $exception) {
        $texts += Get-AvmaText $exception 'MessageId'
        $numbers += Get-AvmaNumber (Get-AvmaValue $exception 'ErrorData' $null) 'error_Code' 0
        $numbers += Get-AvmaNumber $exception 'StatusCode' 0
        $numbers += Get-AvmaNumber $exception 'ErrorCode' 0
        $numbers += Get-AvmaNumber $exception 'HResult' 0
        $exception = $exception.InnerException
    }
    foreach ($text in $texts) {
        if ($text -match 'HRESULT 0x([0-9A-Fa-f]{8})') { return [Convert]::ToInt64($Matches[1], 16) }
    }
    foreach ($number in $numbers) {
        $n = ConvertTo-AvmaHResult $number
        if ($n -ne 0) { return $n }
    }
    if ("$($Record.Exception.Message)" -match '0x([0-9A-Fa-f]{8})') { return [Convert]::ToInt64($Matches[1], 16) }
    [long]0
}

function Get-AvmaStart($Text) { "$Text".Substring(0, [Math]::Min(500, "$Text".Length)) }

function Add-AvmaError([string]$Area, $Record) {
    [void]$Avma.Errors.Add(@{ area = $Area; hresult = (Get-AvmaHResult $Record); id = (Get-AvmaStart $Record.FullyQualifiedErrorId); message = (Get-AvmaStart $Record.Exception.Message) })
}

# What the action had done stays done.
function Set-AvmaFailure($Action, $Record) {
    $Action.hresult = Get-AvmaHResult $Record
    $Action.error_id = Get-AvmaStart $Record.FullyQualifiedErrorId
    $Action.message = Get-AvmaStart $Record.Exception.Message
}

# Runs a block in this scope's functions; what fails is noted and nothing else.
function Use-AvmaArea([string]$Area, [scriptblock]$Block) {
    try { . $Block } catch { Add-AvmaError $Area $_ }
}

# CIM first, WMI where CIM cannot answer. Items, as of Copy-AvmaValues, are all that is read: some properties of the
# licensing classes take Windows long to work out. The class's key has to be among them where a method is to be called.
function Get-AvmaCim([string]$Class, [string]$Filter, [string]$Items) {
    $options = @{ Namespace = 'root\cimv2' }
    if ($Filter) { $options['Filter'] = $Filter }
    if ($Items) { $options['Property'] = @($Items.Split(' ') | ForEach-Object { $_.TrimEnd('#?~').Split('=')[-1] }) }
    $first = $null
    if ($Avma.Query -eq 'cim') {
        try { return Get-CimInstance -ClassName $Class @options } catch { $first = $_ }
    }
    try {
        $found = Get-WmiObject -Class $Class @options
        $Avma.Query = 'wmi'
        return $found
    } catch {
        if ($null -eq $first) { $first = $_ }
    }
    throw $first
}

function Invoke-AvmaMethod($Object, [string]$Name, [hashtable]$Arguments) {
    $options = @{ InputObject = $Object }
    if ($Avma.Query -eq 'cim') {
        if ($Arguments.Count) { $options['Arguments'] = $Arguments }
        $answer = Invoke-CimMethod -MethodName $Name @options
    } else {
        if ($Arguments.Count) { $options['ArgumentList'] = @($Arguments.Values) }
        $answer = Invoke-WmiMethod -Name $Name @options
    }
    $code = Get-AvmaNumber $answer 'ReturnValue' 0
    # Below 0x80000000 it worked, even when there is more to say (0x4.......).
    if ($code -lt 0 -or $code -gt 2147483647) { throw ('HRESULT 0x{0:X8}' -f ($code -band 4294967295)) }
}

# All values of a registry key; nothing when there is no such key.
function Get-AvmaKey([string]$Path) {
    if (Test-Path -LiteralPath $Path) { Get-ItemProperty -LiteralPath $Path }
}

# The string values of a registry key as a table, without those that the provider adds.
function Get-AvmaStrings($Key, [string]$Like) {
    $values = [ordered]@{}
    if ($null -ne $Key) {
        foreach ($property in $Key.PSObject.Properties) {
            if ($property.Name -like $Like -and $property.Name -notmatch '^PS(Path|ParentPath|ChildName|Drive|Provider)$') { $values[$property.Name] = "$($property.Value)" }
        }
    }
    $values
}

# The first instance of a class.
function Get-AvmaOne([string]$Class, [string]$Items) { Get-AvmaCim $Class '' $Items | Select-Object -First 1 }

function Get-AvmaNow { ConvertTo-AvmaUtc (Get-Date) }
