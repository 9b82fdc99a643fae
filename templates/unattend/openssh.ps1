# SPDX-License-Identifier: MPL-2.0
# Installs the OpenSSH server where a source is given, starts it and opens its port for every network profile.
$s = $AvmaPlan.openssh

# A path without a drive letter is looked for in the root of every drive.
function Find-AvmaSource([string]$Path) {
    if ($Path -match '^([A-Za-z]:|\\\\)') { if (Test-Path -LiteralPath $Path) { return $Path } }
    else {
        foreach ($drive in @(Get-PSDrive -PSProvider FileSystem)) {
            $candidate = Join-Path $drive.Root $Path
            if (Test-Path -LiteralPath $candidate) { return $candidate }
        }
    }
    throw "there is no $Path on any drive"
}

function Install-AvmaZip([string]$Zip) {
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $target = Join-Path $env:ProgramFiles 'OpenSSH'
    $temp = Join-Path $AvmaFolder 'openssh'
    [IO.Compression.ZipFile]::ExtractToDirectory($Zip, $temp)
    $exe = @(Get-ChildItem -Path $temp -Recurse -Filter sshd.exe)[0]
    if ($null -eq $exe) { throw "there is no sshd.exe in $Zip" }
    $null = New-Item -ItemType Directory -Force -Path $target
    Copy-Item -Path (Join-Path $exe.DirectoryName '*') -Destination $target -Recurse -Force
    Remove-Item -LiteralPath $temp -Recurse -Force
    $null = & (Join-Path $target 'install-sshd.ps1')
}

if ($s.source -eq 'windows-update') {
    $null = Add-WindowsCapability -Online -Name 'OpenSSH.Server~~~~0.0.1.0'
} elseif ($s.source) {
    $source = Find-AvmaSource $s.source
    if ($source -like '*.zip') { Install-AvmaZip $source }
    elseif ($source -like '*.msi') {
        $setup = Start-Process -FilePath msiexec.exe -ArgumentList @('/i', "`"$source`"", '/qn', '/norestart', 'ADDLOCAL=Server') -Wait -PassThru
        if ($setup.ExitCode -ne 0 -and $setup.ExitCode -ne 3010) { throw "msiexec.exe: exit code $($setup.ExitCode)" }
    } else { $null = Add-WindowsCapability -Online -Name 'OpenSSH.Server~~~~0.0.1.0' -Source $source -LimitAccess }
}
$data = Join-Path $env:ProgramData 'ssh'
Set-Service -Name sshd -StartupType Automatic
Start-Service -Name sshd
if ($s.port -ne 22) {
    $config = Join-Path $data 'sshd_config'
    $lines = @(Get-Content -LiteralPath $config | Where-Object { $_ -notmatch '^\s*Port\s' })
    Set-Content -LiteralPath $config -Value (@("Port $($s.port)") + $lines) -Encoding ASCII
    Restart-Service -Name sshd
}
if (@($s.authorized_keys).Count -gt 0) {
    $keys = Join-Path $data 'administrators_authorized_keys'
    Add-Content -LiteralPath $keys -Value @($s.authorized_keys) -Encoding ASCII
    # sshd takes the file only if nobody else can write it.
    $null = icacls.exe $keys /inheritance:r /grant:r '*S-1-5-18:F' '*S-1-5-32-544:F'
}
Set-Content -LiteralPath (Join-Path $AvmaFolder 'openssh.json') -Value (ConvertTo-Json -InputObject @{ port = $s.port; authorized_keys = @($s.authorized_keys) } -Compress) -Encoding ASCII
Remove-NetFirewallRule -Name avma-openssh -ErrorAction SilentlyContinue
$null = New-NetFirewallRule -Name avma-openssh -DisplayName 'avma: OpenSSH for the build' -Direction Inbound -Action Allow -Protocol TCP -LocalPort $s.port -Profile Any
