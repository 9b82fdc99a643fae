# SPDX-License-Identifier: MPL-2.0
# The event log. State: events = [ { log, provider, id, level, qualifiers, at, data, message } ], event_sources = [ name ].

function Add-Event($s, [string] $log, [string] $provider, [int] $id, [int] $level, [int] $qualifiers, $data, [string] $message) {
    $null = $s.events.Add(@{ log = $log; provider = $provider; id = $id; level = $level; qualifiers = $qualifiers; at = (Get-UnixNow); data = @($data); message = $message })
}

function New-EventRecord($e, [long] $record) {
    $at = $script:Epoch.AddSeconds($e.at)
    $data = ($e.data | ForEach-Object { "<Data>$([System.Security.SecurityElement]::Escape([string]$_))</Data>" }) -join ''
    $guid = if ($e.provider -eq 'Microsoft-Windows-Security-SPP') { " Guid='{E23B33B0-C8C9-472C-A5F9-F2BDFEA0F156}' EventSourceName='Software Protection Platform Service'" }
    $xml = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='$($e.provider)'$guid/>" +
    "<EventID Qualifiers='$($e.qualifiers)'>$($e.id)</EventID><Version>0</Version><Level>$($e.level)</Level><Task>0</Task><Opcode>0</Opcode>" +
    "<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='$($at.ToString('yyyy-MM-ddTHH:mm:ss.fffffff00Z'))'/><EventRecordID>$record</EventRecordID>" +
    "<Channel>$($e.log)</Channel><Computer>$env:COMPUTERNAME</Computer><Security/></System><EventData>$data</EventData></Event>"
    $o = [pscustomobject]@{ Id = [int] $e.id; RecordId = $record; LogName = $e.log; ProviderName = $e.provider; Level = [byte] $e.level; Qualifiers = [int] $e.qualifiers; TimeCreated = $at.ToLocalTime(); Message = $e.message; WinGuestXml = $xml }
    $o | Add-Member ScriptMethod ToXml { $this.WinGuestXml }
    $o.PSTypeNames.Insert(0, 'System.Diagnostics.Eventing.Reader.EventLogRecord')
    $o
}

function Get-WinEvent {
    [CmdletBinding(DefaultParameterSetName = 'Log')]
    param([Parameter(Position = 0, ParameterSetName = 'Log')][string[]] $LogName, [Parameter(Position = 0, Mandatory, ParameterSetName = 'Table')][hashtable] $FilterHashtable,
        [Parameter(ParameterSetName = 'Log')][string] $FilterXPath, [long] $MaxEvents = [long]::MaxValue, [switch] $Oldest)
    $s = Read-State
    $log = [string] $(if ($FilterHashtable) { $FilterHashtable.LogName } else { $LogName[0] })
    $providers = if ($FilterHashtable) { @($FilterHashtable.ProviderName) } else { @([regex]::Matches($FilterXPath, "@Name='([^']+)'") | ForEach-Object { $_.Groups[1].Value }) }
    $ids = if ($FilterHashtable) { @($FilterHashtable.Id) } else { @([regex]::Matches($FilterXPath, 'EventID\s*=\s*(\d+)') | ForEach-Object { [int] $_.Groups[1].Value }) }
    # XPath minds the case of a name.
    $hits = @(for ($i = 0; $i -lt $s.events.Count; $i++) { $e = $s.events[$i]; if ($e.log -eq $log -and (-not $providers -or $providers -ccontains $e.provider) -and (-not $ids -or $ids -contains $e.id)) { $i } })
    if ($hits.Count -eq 0) { Write-Fault $PSCmdlet (New-Object Exception (Get-Text NoEvents)) 'NoMatchingEventsFound' ObjectNotFound $null; return }
    if (-not $Oldest) { [array]::Reverse($hits) }
    $n = 0
    foreach ($i in $hits) { if ($n++ -ge $MaxEvents) { break }; New-EventRecord $s.events[$i] ($i + 1) }
}

function Test-SessionDenied($cmdlet, $s) {
    if ($s.guest.elevated -or $env:WINGUEST_SYSTEM) { return $false }
    Write-Fault $cmdlet (New-Object System.Security.SecurityException (Get-Text Denied)) 'AccessDenied' PermissionDenied $null
    $true
}

function New-EventLog {
    [CmdletBinding()] param([Parameter(Mandatory)][string] $LogName, [Parameter(Mandatory)][string[]] $Source)
    $s = Read-State
    if (Test-SessionDenied $PSCmdlet $s) { return }
    if ($s.event_sources -contains $Source[0]) {
        Write-Fault $PSCmdlet (New-Object InvalidOperationException "The `"$($Source[0])`" source is already registered.") 'InvalidOperationException' InvalidOperation $null; return
    }
    Edit-State { $null = $s.event_sources.Add($Source[0]) }
}

function Write-EventLog {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $LogName, [Parameter(Position = 1, Mandatory)][string] $Source, [Parameter(Position = 2, Mandatory)][int] $EventId,
        [Parameter(Position = 3)][string] $EntryType = 'Information', [Parameter(Position = 4, Mandatory)][string] $Message, [int16] $Category)
    $s = Read-State
    if ($s.event_sources -notcontains $Source) {
        Write-Fault $PSCmdlet (New-Object InvalidOperationException "The source name `"$Source`" does not exist.") 'InvalidOperationException' InvalidOperation $null; return
    }
    $level = @{ Information = 4; Warning = 3; Error = 2 }[$EntryType]
    Edit-State { Add-Event $s $LogName $Source $EventId $level 0 @($Message) $Message }
}
