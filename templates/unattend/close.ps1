# SPDX-License-Identifier: MPL-2.0
# Closes on a clone what the build opened. Runs in the specialize pass, and what fails there runs again when Setup has
# finished. By the registry, because services may not run yet.
. (Join-Path $PSScriptRoot 'steps.ps1')
$s = $AvmaPlan.close
$wsman = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WSMAN'
$all = $true

function Read-AvmaRecord([string]$Name) {
    $file = Join-Path $AvmaFolder "$Name.json"
    if (Test-Path -LiteralPath $file) { ConvertFrom-Json "$(Get-Content -Raw -LiteralPath $file)" }
}

function Close-Avma([string]$Name, [scriptblock]$Block) {
    if (Test-AvmaMark "close-$Name") { return }
    if (Use-AvmaPart "close $Name" $Block) { Set-AvmaMark "close-$Name" } else { $script:all = $false }
}

function Remove-AvmaValue([string]$Key, [string]$Name) {
    if (Test-Path -LiteralPath $Key) { Remove-ItemProperty -LiteralPath $Key -Name $Name -Force -ErrorAction SilentlyContinue }
}

function Restart-AvmaService([string]$Name) {
    $service = Get-Service -Name $Name -ErrorAction SilentlyContinue
    if ($null -ne $service -and "$($service.Status)" -eq 'Running') { Restart-Service -Name $Name -Force }
}

Close-Avma 'winrm' {
    $record = Read-AvmaRecord 'winrm'
    if (Test-Path -LiteralPath "$wsman\Listener") {
        foreach ($key in @(Get-ChildItem -LiteralPath "$wsman\Listener")) {
            $listener = Get-ItemProperty -LiteralPath $key.PSPath
            $made = $null -ne $record -and $record.http_made -and $key.PSChildName -like '*+HTTP'
            if ($key.PSChildName -like '*+HTTPS') {
                $value = $listener.PSObject.Properties['certThumbprint']
                $thumbprint = ''
                if ($null -ne $value) { $thumbprint = "$($value.Value)" -replace '[^0-9A-Fa-f]', '' }
                elseif ($null -ne $record) { $thumbprint = "$($record.thumbprint)" }
                if (-not $thumbprint) { continue }
                $path = "Cert:\LocalMachine\My\$thumbprint"
                $certificate = $null
                if (Test-Path -LiteralPath $path) { $certificate = Get-Item -LiteralPath $path }
                # A certificate of an authority is not the build's.
                if ($null -ne $certificate -and $certificate.Subject -ne $certificate.Issuer) { continue }
                $made = $true
                if ($null -ne $certificate) { Remove-Item -LiteralPath $path -Force }
                $port = 5986
                if ($null -ne $listener.PSObject.Properties['Port']) { $port = [int]$listener.Port }
                $null = netsh.exe http delete sslcert "ipport=0.0.0.0:$port"
            }
            if ($made) { Remove-Item -LiteralPath $key.PSPath -Recurse -Force }
        }
    }
    # Without the values Basic authentication and unencrypted messages are off.
    Remove-AvmaValue "$wsman\Service" 'auth_basic'
    Remove-AvmaValue "$wsman\Service" 'allow_unencrypted'
    if ($null -ne $record -and $null -eq $record.token_filter) { Remove-AvmaValue 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System' 'LocalAccountTokenFilterPolicy' }
    Restart-AvmaService 'WinRM'
}
Close-Avma 'openssh' {
    $record = Read-AvmaRecord 'openssh'
    $data = Join-Path $env:ProgramData 'ssh'
    if ($null -ne $record -and $null -ne (Get-Service -Name sshd -ErrorAction SilentlyContinue)) {
        Stop-Service -Name sshd -Force
        Set-Service -Name sshd -StartupType Disabled
    }
    foreach ($file in @(Get-ChildItem -Path (Join-Path $data 'ssh_host_*') -Force -ErrorAction SilentlyContinue)) { Remove-Item -LiteralPath $file.FullName -Force }
    $keys = Join-Path $data 'administrators_authorized_keys'
    if ($null -ne $record -and @($record.authorized_keys).Count -gt 0 -and (Test-Path -LiteralPath $keys)) {
        $left = @(Get-Content -LiteralPath $keys | Where-Object { @($record.authorized_keys) -notcontains $_ })
        Set-Content -LiteralPath $keys -Value $left -Encoding ASCII
    }
    Restart-AvmaService 'sshd'
}
Close-Avma 'auto_logon' {
    $logon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    foreach ($name in 'DefaultPassword', 'AutoLogonCount', 'AutoAdminLogon') { Remove-AvmaValue $logon $name }
}
Close-Avma 'notice' {
    $policies = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
    $caption = (Get-ItemProperty -LiteralPath $policies).PSObject.Properties['legalnoticecaption']
    if ($null -ne $caption -and "$($caption.Value)" -like 'avma: *') { foreach ($name in 'legalnoticecaption', 'legalnoticetext') { Remove-AvmaValue $policies $name } }
}
Close-Avma 'users' {
    foreach ($name in @($s.users)) {
        $filter = "LocalAccount=TRUE AND Name='{0}'" -f $name.Replace("'", "\'")
        $account = @(Get-CimInstance -ClassName Win32_UserAccount -Filter $filter -ErrorAction Stop)
        if ($account.Count -eq 0) { continue }
        $null = net.exe user $name /delete
        if ($LASTEXITCODE -ne 0) { throw "net.exe user: exit code $LASTEXITCODE" }
        # The profile too; an account that never logged on has none.
        Get-CimInstance -ClassName Win32_UserProfile -Filter "SID='$($account[0].SID)'" -ErrorAction SilentlyContinue | Remove-CimInstance -ErrorAction SilentlyContinue
    }
}
Close-Avma 'firewall' {
    foreach ($name in 'avma-winrm', 'avma-openssh') {
        $there = $true
        # In the specialize pass the firewall may not answer: that is not the same as no such rule.
        try { $null = Get-NetFirewallRule -Name $name -ErrorAction Stop } catch {
            if ("$($_.FullyQualifiedErrorId)" -notlike 'CmdletizationQuery_NotFound*') { throw }
            $there = $false
        }
        if ($there) { Remove-NetFirewallRule -Name $name }
    }
}
if (-not $all) { throw 'not everything could be closed' }
foreach ($name in 'winrm.json', 'openssh.json') { Remove-Item -LiteralPath (Join-Path $AvmaFolder $name) -Force -ErrorAction SilentlyContinue }
