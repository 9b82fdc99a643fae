# SPDX-License-Identifier: MPL-2.0
# The guest's state: one JSON file, read and written whole under a lock, shared with the Go side.

$script:StateFile = $env:WINGUEST_STATE
$script:Root = $env:WINGUEST_ROOT
$script:Epoch = New-Object DateTime (1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))

# Read-Json makes hash tables that do not mind the case of a name, and leaves dates in text as they are.
function Read-Json($reader) {
    switch ([int] $reader.TokenType) {
        1 {
            $table = New-Object System.Collections.Hashtable ([StringComparer]::OrdinalIgnoreCase)
            while ($reader.Read() -and $reader.TokenType -ne 13) {
                $name = $reader.Value
                $null = $reader.Read()
                $kind = [int] $reader.TokenType
                if ($kind -eq 1 -or $kind -eq 2) { $table[$name] = Read-Json $reader } else { $table[$name] = $reader.Value }
            }
            return $table
        }
        2 {
            $list = New-Object System.Collections.ArrayList
            while ($reader.Read() -and $reader.TokenType -ne 14) {
                $kind = [int] $reader.TokenType
                if ($kind -eq 1 -or $kind -eq 2) { $null = $list.Add((Read-Json $reader)) } else { $null = $list.Add($reader.Value) }
            }
            return , $list
        }
    }
}

function Read-JsonFile([string] $file) {
    $reader = New-Object Newtonsoft.Json.JsonTextReader (New-Object System.IO.StringReader ([System.IO.File]::ReadAllText($file)))
    $reader.DateParseHandling = [Newtonsoft.Json.DateParseHandling]::None
    $null = $reader.Read()
    Read-Json $reader
}

# Read-State is for looking; what it returns is shared until the file changes, and never changed itself.
$script:Cached = $null
$script:CachedAt = 0
function Read-State {
    $at = [System.IO.File]::GetLastWriteTimeUtc($script:StateFile).Ticks
    if ($at -ne $script:CachedAt) { $script:Cached = Read-JsonFile $script:StateFile; $script:CachedAt = $at }
    $script:Cached
}

# Edit-State runs a block that changes $s under the lock and returns what the block returns.
function Edit-State([scriptblock] $Change) {
    $lock = "$script:StateFile.lock"
    $until = [DateTime]::UtcNow.AddSeconds(20)
    while ($true) {
        try { $held = [System.IO.File]::Open($lock, 'CreateNew', 'Write'); break }
        catch {
            if ([DateTime]::UtcNow -gt $until) { [System.IO.File]::Delete($lock) }
            [System.Threading.Thread]::Sleep(5)
        }
    }
    try {
        $s = Read-JsonFile $script:StateFile
        . $Change
        $next = "$script:StateFile.$PID.tmp"
        [System.IO.File]::WriteAllText($next, (Microsoft.PowerShell.Utility\ConvertTo-Json $s -Depth 32 -Compress))
        [System.IO.File]::Move($next, $script:StateFile, $true)
    }
    finally { $held.Dispose(); [System.IO.File]::Delete($lock) }
}

# Get-UnixNow is the time in the guest. For a task, the real clock stands still.
function Get-UnixNow {
    $real = if ($env:WINGUEST_CLOCK) { [double] $env:WINGUEST_CLOCK } else { ([DateTime]::UtcNow - $script:Epoch).TotalSeconds }
    $real + (Read-State).guest.elapsed
}
function ConvertTo-LocalDate([double] $unix) { $script:Epoch.AddSeconds($unix).ToLocalTime() }

# Add-Journal records what was done to the guest, for the tests to read.
function Add-Journal($s, [string] $what) {
    $null = $s.journal.Add(@{ at = (Get-UnixNow); what = $what })
}

# Send-Request leaves a job for the Go side: run a task, restart. With -Wait it returns when the job is done.
function Send-Request([string] $kind, [hashtable] $data, [switch] $Wait) {
    $data['kind'] = $kind
    $name = '{0:D20}-{1}' -f [DateTime]::UtcNow.Ticks, $PID
    $file = [System.IO.Path]::Combine($env:WINGUEST_SPOOL, $name)
    if ($Wait) {
        $data['ack'] = "$file.wait"
        [System.IO.File]::WriteAllText($data['ack'], '')
    }
    [System.IO.File]::WriteAllText("$file.tmp", (Microsoft.PowerShell.Utility\ConvertTo-Json $data -Depth 10 -Compress))
    [System.IO.File]::Move("$file.tmp", "$file.json")
    while ($Wait -and [System.IO.File]::Exists("$file.wait")) { [System.Threading.Thread]::Sleep(5) }
}

# Get-CallerErrorAction is what an error does in the caller's eyes: a function of a module does not see its preference.
function Get-CallerErrorAction($cmdlet) {
    if ($cmdlet.MyInvocation.BoundParameters.ContainsKey('ErrorAction')) {
        return [string] $cmdlet.MyInvocation.BoundParameters['ErrorAction']
    }
    [string] $cmdlet.SessionState.PSVariable.GetValue('ErrorActionPreference')
}

function Write-Fault($cmdlet, $exception, [string] $id, [string] $category, $target) {
    $record = New-Object System.Management.Automation.ErrorRecord ($exception, $id,
        [System.Management.Automation.ErrorCategory]::$category, $target)
    switch (Get-CallerErrorAction $cmdlet) {
        'Stop' { $cmdlet.ThrowTerminatingError($record) }
        'Ignore' { }
        default { $cmdlet.WriteError($record) }
    }
}

# Invoke-Native passes a call on to the command of PowerShell that a function here stands in front of.
function Get-PassThrough($cmdlet) {
    $bound = @{} + $cmdlet.MyInvocation.BoundParameters
    if (-not $bound.ContainsKey('ErrorAction')) { $bound['ErrorAction'] = Get-CallerErrorAction $cmdlet }
    $bound
}
