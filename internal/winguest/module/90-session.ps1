# SPDX-License-Identifier: MPL-2.0
# What a session of this guest looks like: drive C:, culture, and which commands are there at all.

function Start-Sleep {
    [CmdletBinding(DefaultParameterSetName = 'Seconds')]
    param([Parameter(Position = 0, Mandatory, ParameterSetName = 'Seconds', ValueFromPipeline)][double] $Seconds, [Parameter(Mandatory, ParameterSetName = 'Milli')][Alias('ms')][int] $Milliseconds)
    process {
        $ms = if ($PSCmdlet.ParameterSetName -eq 'Milli') { $Milliseconds } else { 1000 * $Seconds }
        if ($env:WINGUEST_TASK) { Send-Request 'sleep' @{ name = $env:WINGUEST_TASK; delay = $ms / 1000 } -Wait; return }
        [System.Threading.Thread]::Sleep([int] ($ms * [double] $env:WINGUEST_SLEEP_SCALE))
    }
}

# The guest's clock may be ahead of real time, and be wrong: that only shows to what asks for the time this way.
function Get-Date {
    if ($args.Count -eq 0) { return (ConvertTo-LocalDate (Get-UnixNow)).AddHours([double] $env:WINGUEST_CLOCK_HOURS) }
    Microsoft.PowerShell.Utility\Get-Date @args
}

function Get-UICulture { [pscustomobject]@{ Name = $env:WINGUEST_LANGUAGE; LCID = 127; DisplayName = $env:WINGUEST_LANGUAGE } }

$null = New-PSDrive -Name C -PSProvider FileSystem -Root $script:Root -Scope Global
try {
    $culture = [System.Globalization.CultureInfo]::GetCultureInfo($env:WINGUEST_LANGUAGE)
    [System.Threading.Thread]::CurrentThread.CurrentCulture = $culture
    [System.Threading.Thread]::CurrentThread.CurrentUICulture = $culture
}
catch { $culture = $null }

$script:Hidden = @()
foreach ($group in ([string] $env:WINGUEST_WITHOUT).Split(',')) {
    $script:Hidden += switch ($group) {
        'cim' { 'Get-CimInstance', 'Invoke-CimMethod' }
        'wmi' { 'Get-WmiObject', 'Invoke-WmiMethod' }
        'tasks' { 'Register-ScheduledTask', 'Get-ScheduledTask', 'Get-ScheduledTaskInfo', 'Start-ScheduledTask', 'Unregister-ScheduledTask' }
        'firewall' { 'New-NetFirewallRule', 'Get-NetFirewallRule', 'Remove-NetFirewallRule' }
    }
}
$script:Public = 'Get-ItemProperty', 'Get-ItemPropertyValue', 'Set-ItemProperty', 'New-ItemProperty', 'Remove-ItemProperty',
'Test-Path', 'Get-Item', 'Get-ChildItem', 'New-Item', 'Remove-Item', 'Set-Content', 'Add-Content', 'Start-Sleep', 'Get-UICulture', 'Get-Date',
'Get-CimInstance', 'Get-WmiObject', 'Invoke-CimMethod', 'Invoke-WmiMethod', 'Get-WinEvent', 'New-EventLog', 'Write-EventLog',
'Register-ScheduledTask', 'Get-ScheduledTask', 'Get-ScheduledTaskInfo', 'Start-ScheduledTask', 'Unregister-ScheduledTask', 'schtasks.exe',
'New-NetFirewallRule', 'Get-NetFirewallRule', 'Remove-NetFirewallRule', 'dism.exe', 'shutdown.exe', 'Restart-Computer', 'Stop-Computer', 'taskkill.exe', 'msg.exe', 'net.exe', 'netsh.exe',
'Get-Service', 'Set-Service', 'Start-Service', 'Stop-Service', 'Restart-Service', 'Set-Item', 'New-SelfSignedCertificate', 'Get-NetConnectionProfile', 'Set-NetConnectionProfile', 'Add-WindowsCapability', 'icacls.exe', 'whoami.exe'
Export-ModuleMember -Function ($script:Public | Where-Object { $script:Hidden -notcontains $_ })
