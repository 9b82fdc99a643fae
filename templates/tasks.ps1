# SPDX-License-Identifier: MPL-2.0
# Tasks: scripts of our folder, run as SYSTEM. The definition is XML, because it is the same for the cmdlets and for
# schtasks.exe, for every version, and names SYSTEM by its SID.
function Get-AvmaTaskXml([string]$Script, [string]$Triggers, [string]$Limit) {
    $escaped = [Security.SecurityElement]::Escape("-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$Script`"")
    $program = [Security.SecurityElement]::Escape("$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe")
    '<?xml version="1.0" encoding="UTF-16"?><Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">' +
    "<RegistrationInfo><Author>avma</Author></RegistrationInfo><Triggers>$Triggers</Triggers>" +
    '<Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>' +
    '<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries><StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>' +
    "<StartWhenAvailable>true</StartWhenAvailable><ExecutionTimeLimit>$Limit</ExecutionTimeLimit><Priority>4</Priority></Settings>" +
    "<Actions Context=`"Author`"><Exec><Command>$program</Command><Arguments>$escaped</Arguments></Exec></Actions></Task>"
}

# At startup, and from the registration on where asked; with an interval (such as PT5M) again and again, without end.
function Get-AvmaBootTrigger([string]$Interval, [bool]$Now) {
    $repetition = ''
    if ($Interval) { $repetition = "<Repetition><Interval>$Interval</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>" }
    $triggers = "<BootTrigger>$repetition<Enabled>true</Enabled></BootTrigger>"
    if ($Now) { $triggers += "<RegistrationTrigger>$repetition<Enabled>true</Enabled></RegistrationTrigger>" }
    $triggers
}

function Register-AvmaTask([string]$Name, [string]$Xml) {
    $policy = ''
    try { $policy = "$(Get-ExecutionPolicy -Scope MachinePolicy)" } catch { $null = $_ }
    if ('AllSigned', 'Restricted' -contains $policy) { throw "AvmaExecutionPolicy: a Group Policy sets the execution policy to $policy, so Windows would not run the script of the task $Name; apply that policy later, or choose RemoteSigned" }
    try { [void](Register-ScheduledTask -TaskName $Name -Xml $Xml -Force -ErrorAction Stop) } catch {
        $first = $_
        $file = "$($Avma.Folder)\$Name.xml"
        try {
            Set-Content -LiteralPath $file -Value $Xml -Encoding Unicode
            [void](schtasks.exe /Create /TN $Name /XML $file /F)
            if ($LASTEXITCODE -ne 0) { throw $first }
        } catch { throw $first } finally { Remove-AvmaFile $file }
    }
}

function Start-AvmaTask([string]$Name) {
    try { Start-ScheduledTask -TaskName $Name -ErrorAction Stop } catch {
        $first = $_
        try { [void](schtasks.exe /Run /TN $Name) } catch { throw $first }
        if ($LASTEXITCODE -ne 0) { throw $first }
    }
}

# 'Ready', 'Running', ...; '' when there is none; 'unknown' where the cmdlets do not work (schtasks.exe answers in the
# user's language).
function Get-AvmaTaskState([string]$Name) {
    try { $state = Get-AvmaText (Get-ScheduledTask -TaskName $Name -ErrorAction Stop) 'State' } catch {
        if ("$($_.FullyQualifiedErrorId)" -like 'CmdletizationQuery_NotFound*') { return '' }
        return 'unknown'
    }
    # The number, where the types of the module are not loaded.
    if ($state -eq '4') { $state = 'Running' }
    $state
}

# One that is not there is no error.
function Unregister-AvmaTask([string]$Name) {
    try { Unregister-ScheduledTask -TaskName $Name -Confirm:$false -ErrorAction Stop } catch {
        if ((Get-AvmaTaskState $Name) -eq '') { return }
        try { [void](schtasks.exe /Delete /TN $Name /F) } catch { Add-AvmaError 'task' $_ }
    }
}
