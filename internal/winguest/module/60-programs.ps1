# SPDX-License-Identifier: MPL-2.0
# Programs of Windows that scripts call by name. Each sets $LASTEXITCODE.

function dism.exe {
    $global:LASTEXITCODE = 0
    $s = Read-State
    $opt = @{}
    foreach ($a in $args) { if ([string] $a -match '^/([^:]+)(?::(.*))?$') { $opt[$Matches[1]] = [string] $Matches[2] } }
    $text = { param($id, $value) if ($opt.ContainsKey('English')) { $script:Texts.en[$id] -f $value } else { Get-Text $id $value } }
    "`nDeployment Image Servicing and Management tool`nVersion: 10.0.$(Get-CurrentVersion $s CurrentBuildNumber).1`n"
    $fail = { param($code) $global:LASTEXITCODE = $code; "`n$(& $text DismError $code)`n" }
    if (-not $s.guest.elevated -and -not $env:WINGUEST_SYSTEM) { & $fail 740; return }
    if (-not $opt.ContainsKey('Online')) { & $fail 87; return }
    if ($s.dism.busy_until -and (Get-UnixNow) -lt $s.dism.busy_until) { & $fail 87; return }
    if ($opt.ContainsKey('Get-CurrentEdition')) { & $text DismEdition $s.dism.current; & $text DismDone; return }
    if ($opt.ContainsKey('Get-TargetEditions')) {
        "$(& $text DismTargets)`n"
        foreach ($t in $s.dism.targets) { & $text DismTarget $t }
        "`n$(& $text DismDone)"
        return
    }
    if (-not $opt.ContainsKey('Set-Edition')) { & $fail 87; return }
    if (-not $opt.ContainsKey('AcceptEula') -or -not $opt['ProductKey'] -or $s.dism.targets -notcontains $opt['Set-Edition']) { & $fail 87; return }
    if ($s.guest.product_type -eq 2) { & $fail 50; return }
    $known = (Get-KnownKeys)[[string] $opt['ProductKey']]
    if ($s.dism.refuse_key -and ($s.dism.refuse_key -eq '*' -or $s.dism.refuse_key -eq $known.channel)) {
        Edit-State { Add-Journal $s "SetEditionRefused $($known.channel)" }
        & $fail ([int] $s.dism.refuse_exit)
        return
    }
    Edit-State { $s.dism.busy_until = (Get-UnixNow) + $s.dism.seconds + 1; $s.dism.starts++; Add-Journal $s "SetEdition $($opt['Set-Edition'])" }
    [System.Threading.Thread]::Sleep([int] (1000 * $s.dism.seconds))
    $code = [int] $s.dism.exit_code
    Edit-State {
        $s.dism.busy_until = 0
        if ($code -in 0, 3010) {
            $s.dism.pending = $opt['Set-Edition']; $s.dism.pending_key = $opt['ProductKey']
            $s.registry['software\microsoft\windows\currentversion\component based servicing\rebootpending'] = @{}
        }
        Add-Journal $s "SetEditionDone $code"
    }
    if ($code -in 0, 3010) { $global:LASTEXITCODE = $code; & $text DismDone } else { & $fail $code }
}

function shutdown.exe {
    $s = Read-State
    $global:LASTEXITCODE = 0
    if ($s.guest.shutdown_exit) { $global:LASTEXITCODE = [int] $s.guest.shutdown_exit; if ($s.guest.shutdown_exit -notin 1115, 1190, 1717) { return } }
    if (-not $s.guest.elevated -and -not $env:WINGUEST_SYSTEM) { $global:LASTEXITCODE = 5; "$(Get-Text Denied)(5)"; return }
    if ($args -contains '/a') {
        if (-not $s.guest.restarting) { $global:LASTEXITCODE = 1116; return }
        Edit-State { $s.guest.restarting = $false; Add-Journal $s 'Shutdown aborted'; Add-Event $s 'System' 'User32' 1075 4 32768 @() '' }
        return
    }
    if ($s.guest.restarting) { $global:LASTEXITCODE = 1190; return }
    $delay = 30
    for ($i = 0; $i -lt $args.Count; $i++) { if ($args[$i] -eq '/t') { $delay = [int] $args[$i + 1] } }
    if ($args -notcontains '/r' -and $args -notcontains '/s') { $global:LASTEXITCODE = 1; return }
    $kind = if ($args -contains '/r') { 'restart' } else { 'shutdown' }
    Edit-State { $s.guest.restarting = $true; Add-Journal $s "Shutdown $kind"; Add-Event $s 'System' 'User32' 1074 4 32768 @('C:\Windows\System32\shutdown.exe', $env:COMPUTERNAME) '' }
    Send-Request $kind @{ delay = $delay }
}

function Stop-Computer {
    [CmdletBinding(SupportsShouldProcess)] param([switch] $Force)
    if (Test-SessionDenied $PSCmdlet (Read-State)) { return }
    Edit-State { $s.guest.restarting = $true; Add-Journal $s 'Shutdown shutdown'; Add-Event $s 'System' 'User32' 1074 4 32768 @('C:\Windows\system32\wbem\wmiprvse.exe', $env:COMPUTERNAME) '' }
    Send-Request 'shutdown' @{ delay = 0 }
}

# taskkill.exe ends what this side started by its number; what the Go side runs for it ends with it.
function taskkill.exe {
    $global:LASTEXITCODE = 128
    for ($i = 0; $i -lt $args.Count; $i++) {
        if ($args[$i] -eq '/PID') { try { [System.Diagnostics.Process]::GetProcessById([int] $args[$i + 1]).Kill(); $global:LASTEXITCODE = 0 } catch { } }
    }
}

function msg.exe { $global:LASTEXITCODE = 0; $a = $args; Edit-State { Add-Journal $s "msg.exe $a" } }
function net.exe { $global:LASTEXITCODE = 0; $a = $args; Edit-State { Add-Journal $s "net.exe $a" } }
function netsh.exe { $global:LASTEXITCODE = 0; $a = $args; Edit-State { Add-Journal $s "netsh.exe $a" } }

function Restart-Computer {
    [CmdletBinding(SupportsShouldProcess)] param([switch] $Force)
    if (Test-SessionDenied $PSCmdlet (Read-State)) { return }
    Edit-State { $s.guest.restarting = $true; Add-Journal $s 'Shutdown restart'; Add-Event $s 'System' 'User32' 1074 4 32768 @('C:\Windows\system32\wbem\wmiprvse.exe', $env:COMPUTERNAME) '' }
    Send-Request 'restart' @{ delay = 0 }
}

function icacls.exe {
    $global:LASTEXITCODE = 0
    $path = [string] $args[0]
    if (-not (Microsoft.PowerShell.Management\Test-Path -LiteralPath $path)) { $global:LASTEXITCODE = 2; return }
    $real = (Resolve-Path -LiteralPath $path).ProviderPath
    $grants = for ($i = 1; $i -lt $args.Count; $i++) { if ($args[$i] -match '^/grant' -and $i + 1 -lt $args.Count) { [string] $args[$i + 1] } }
    $acl = @{ inherit = ($args -notcontains '/inheritance:r'); grants = @($grants) }
    Edit-State { $s.acls[$real.Substring($script:Root.Length)] = $acl }
}

function whoami.exe {
    $global:LASTEXITCODE = 0
    $s = Read-State
    $system = [bool] $env:WINGUEST_SYSTEM
    $sid = if ($system) { 'S-1-5-18' } else { $s.guest.user_sid }
    if ($args -contains '/user') { """$env:COMPUTERNAME\packer"",""$sid"""; return }
    $level = if ($system) { 'S-1-16-16384' } elseif ($s.guest.elevated) { 'S-1-16-12288' } else { 'S-1-16-8192' }
    $admins = @{ de = 'VORDEFINIERT\Administratoren'; ko = 'BUILTIN\Administrators' }[([string] $env:WINGUEST_LANGUAGE).Split('-')[0]]
    if (-not $admins) { $admins = 'BUILTIN\Administrators' }
    """$admins"",""Alias"",""S-1-5-32-544"","""""
    """Mandatory Label\Level"",""Label"",""$level"","""""
}
