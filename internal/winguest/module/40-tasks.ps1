# SPDX-License-Identifier: MPL-2.0
# Scheduled tasks. The Go side runs them (scheduler.go); here they are registered, started and removed.
# State: tasks = { name: { xml, command, arguments, user, triggers, limit, state, runs, last_result } }.

# A duration of the task schema in seconds, within its bounds.
function ConvertFrom-TaskDuration([string] $text, [double] $least, [double] $most) {
    $seconds = [System.Xml.XmlConvert]::ToTimeSpan($text).TotalSeconds
    if ($seconds -lt $least -or $seconds -gt $most) { throw "The task XML contains a value which is incorrectly formatted or out of range: $text" }
    $seconds
}

# What a trigger asks for. A kind that is not simulated is refused, so that nobody relies on it.
function ConvertFrom-TaskTrigger($node) {
    if ('BootTrigger', 'LogonTrigger', 'RegistrationTrigger' -notcontains $node.LocalName) { throw "winguest does not simulate $($node.LocalName)" }
    $t = @{ kind = $node.LocalName; enabled = $true; delay = 0; interval = 0; duration = 0 }
    foreach ($n in $node.ChildNodes) {
        switch ($n.LocalName) {
            'UserId' { }
            'Enabled' { $t.enabled = $n.InnerText -eq 'true' }
            'Delay' { $t.delay = ConvertFrom-TaskDuration $n.InnerText 0 ([double]::MaxValue) }
            'Repetition' {
                foreach ($r in $n.ChildNodes) {
                    switch ($r.LocalName) {
                        'Interval' { $t.interval = ConvertFrom-TaskDuration $r.InnerText 60 (31 * 86400) }
                        'Duration' { $t.duration = ConvertFrom-TaskDuration $r.InnerText 60 ([double]::MaxValue) }
                        'StopAtDurationEnd' { if ($r.InnerText -ne 'false') { throw 'winguest does not simulate StopAtDurationEnd' } }
                        default { throw "unexpected node $_" }
                    }
                }
                if (-not $t.interval -or $t.duration -and $t.duration -lt $t.interval) { throw 'The task XML contains a value which is incorrectly formatted or out of range: Repetition' }
            }
            default { throw "winguest does not simulate $_" }
        }
    }
    $t
}

function ConvertFrom-TaskXml([string] $text) {
    $x = [xml] $text
    $exec = @($x.Task.Actions.Exec)[0]
    $principal = $x.Task.Principals.Principal
    if ($principal.UserId -and $principal.GroupId) { throw 'a principal is a user or a group' }
    $settings = $x.Task.Settings
    $policy = [string] $settings.MultipleInstancesPolicy
    if ($policy -and $policy -ne 'IgnoreNew') { throw "winguest does not simulate the policy $policy" }
    $limit = [string] $settings.ExecutionTimeLimit
    if (-not $limit) { $limit = 'PT72H' }
    @{
        xml = $text; command = [Environment]::ExpandEnvironmentVariables([string] $exec.Command); arguments = [string] $exec.Arguments; working_directory = [string] $exec.WorkingDirectory
        user = [string] $principal.UserId; group = [string] $principal.GroupId; run_level = [string] $principal.RunLevel
        triggers = @(if ($x.Task.Triggers -is [System.Xml.XmlElement]) { $x.Task.Triggers.ChildNodes | ForEach-Object { ConvertFrom-TaskTrigger $_ } })
        limit = ConvertFrom-TaskDuration $limit 0 ([double]::MaxValue); state = 'Ready'; runs = 0; last_result = 267011
    }
}

function Get-TaskNotFound([string] $name) { New-Object Microsoft.Management.Infrastructure.CimException (Get-Text NoTask $name) }

function Register-ScheduledTask {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $TaskName, [string] $TaskPath = '\', [Parameter(Mandatory)][string] $Xml, [string] $User, [switch] $Force)
    $s = Read-State
    if (Test-SessionDenied $PSCmdlet $s) { return }
    if ($s.tasks.ContainsKey($TaskName) -and -not $Force) {
        Write-Fault $PSCmdlet (New-Object Microsoft.Management.Infrastructure.CimException 'Cannot create a file when that file already exists.') 'HRESULT 0x800700b7' ResourceExists $null; return
    }
    try { $task = ConvertFrom-TaskXml $Xml }
    catch { Write-Fault $PSCmdlet (New-Object Microsoft.Management.Infrastructure.CimException 'The task XML is malformed.') 'HRESULT 0x8004131a' NotSpecified $null; return }
    Edit-State {
        $old = $s.tasks[$TaskName]
        if ($old) { $task.runs = $old.runs; $task.state = $old.state; $task.last_result = $old.last_result }
        $s.tasks[$TaskName] = $task
        Add-Journal $s "RegisterTask $TaskName"
    }
    Send-Request 'registered' @{ name = $TaskName } -Wait
    Get-ScheduledTask -TaskName $TaskName
}

function Get-ScheduledTask {
    [CmdletBinding()] param([Parameter(Position = 0)][string[]] $TaskName, [string[]] $TaskPath)
    $s = Read-State
    if (-not $TaskName) { $TaskName = @('*') }
    foreach ($n in $TaskName) {
        $hits = @($s.tasks.Keys | Where-Object { $_ -like $n })
        if (-not $hits -and $n -notmatch '[*?]') { Write-Fault $PSCmdlet (Get-TaskNotFound $n) 'CmdletizationQuery_NotFound_TaskName' ObjectNotFound $n }
        foreach ($h in $hits) {
            $o = [pscustomobject]@{ TaskName = $h; TaskPath = '\'; State = $s.tasks[$h].state; Author = $null }
            $o.PSTypeNames.Insert(0, 'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_ScheduledTask')
            $o
        }
    }
}

function Get-ScheduledTaskInfo {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $TaskName)
    $t = (Read-State).tasks[$TaskName]
    if ($null -eq $t) { Write-Fault $PSCmdlet (Get-TaskNotFound $TaskName) 'HRESULT 0x80070002' ObjectNotFound $TaskName; return }
    [pscustomobject]@{ TaskName = $TaskName; LastTaskResult = $t.last_result; NumberOfMissedRuns = 0 }
}

function Start-ScheduledTask {
    [CmdletBinding()] param([Parameter(Position = 0, Mandatory)][string] $TaskName)
    $s = Read-State
    if (Test-SessionDenied $PSCmdlet $s) { return }
    if (-not $s.tasks.ContainsKey($TaskName)) { Write-Fault $PSCmdlet (Get-TaskNotFound $TaskName) 'HRESULT 0x80070002' ObjectNotFound $TaskName; return }
    if ($s.tasks[$TaskName].state -eq 'Running') { return }
    Edit-State { $s.tasks[$TaskName].state = 'Running'; Add-Journal $s "StartTask $TaskName" }
    Send-Request 'task' @{ name = $TaskName }
}

function Unregister-ScheduledTask {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([Parameter(Position = 0, Mandatory)][string] $TaskName)
    $s = Read-State
    if (Test-SessionDenied $PSCmdlet $s) { return }
    if (-not $s.tasks.ContainsKey($TaskName)) { Write-Fault $PSCmdlet (Get-TaskNotFound $TaskName) 'CmdletizationQuery_NotFound_TaskName' ObjectNotFound $TaskName; return }
    if ($PSBoundParameters['Confirm'] -ne $false -and -not $PSBoundParameters.ContainsKey('Confirm')) { throw 'Unregister-ScheduledTask would ask for confirmation.' }
    Edit-State { $s.tasks.Remove($TaskName); Add-Journal $s "UnregisterTask $TaskName" }
    Send-Request 'registered' @{ name = $TaskName } -Wait
}

function schtasks.exe {
    $global:LASTEXITCODE = 1
    $v = @{}
    for ($i = 0; $i -lt $args.Count; $i++) { if ($args[$i] -match '^/[A-Za-z]+$') { $v[[string] $args[$i]] = if ($i + 1 -lt $args.Count -and $args[$i + 1] -notmatch '^/[A-Za-z]+$') { [string] $args[$i + 1] } else { '' } } }
    $name = ([string] $v['/TN']).TrimStart('\')
    try {
        if ($v.ContainsKey('/Create')) { $null = Register-ScheduledTask -TaskName $name -Xml (Microsoft.PowerShell.Management\Get-Content -LiteralPath $v['/XML'] -Raw -ErrorAction Stop) -Force -ErrorAction Stop }
        elseif ($v.ContainsKey('/Run')) { Start-ScheduledTask -TaskName $name -ErrorAction Stop }
        elseif ($v.ContainsKey('/Delete')) { Unregister-ScheduledTask -TaskName $name -Confirm:$false -ErrorAction Stop }
        elseif ($v.ContainsKey('/Query')) { $null = Get-ScheduledTask -TaskName $name -ErrorAction Stop }
        else { return }
        $global:LASTEXITCODE = 0
    }
    catch { "ERROR: $_" }
}
