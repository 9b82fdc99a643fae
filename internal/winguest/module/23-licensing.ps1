# SPDX-License-Identifier: MPL-2.0
# The licensing service: keys, activation by the host, events 12309. State: licensing, host.

$script:WindowsApplication = '55c92734-d682-4d71-983e-d6ec3f16059f'

# Get-HostAnswer is what the Hyper-V host answers to a guest that asks for activation. [I]: which of the codes a host of
# another edition answers with is not documented; FD03 is taken unless the state names one. Nor is what a guest without the
# activation device says; FD01 is taken. Whether Data Exchange is needed in truth is a matter of the state.
function Get-HostAnswer($s) {
    $h = $s.host
    if ($h.activate_hresult -and (-not $h.refuse_seconds -or (Get-UnixNow) -lt $s.licensing.key_installed_at + $h.refuse_seconds)) { return [uint32] $h.activate_hresult }
    if ($h.platform -ne 'hyper-v' -or $h.client -or $h.activation_device -ne 'works') { return 0xC004FD01L }
    if (-not $h.exchange_optional -and (-not $h.data_exchange -or $s.services['vmickvpexchange'].state -ne 'Running')) { return 0xC004FD04L }
    if (-not $h.activated) { return 0xC004FD02L }
    if (-not $h.datacenter) { return 0xC004FD03L }
    if ($h.rank -lt $s.guest.rank) { return 0xC004FD03L }
    if ($s.guest.azure -and -not $h.azure_local) { return 0xC004FD03L }
    if ($h.throttle -gt 0 -or $h.in_progress -gt 0) { return 0xC004FD04L }
    if ($h.latency_polls -gt 0) { return 0xC004FD04L }
    if ($h.latency_seconds -and (Get-UnixNow) -lt $s.licensing.key_installed_at + $h.latency_seconds) { return 0xC004FD04L }
    0
}

# Get-LicenceAge is how many minutes ago the host activated the guest; -1 when Windows does not say.
function Get-LicenceAge($p) { if ($p.last_activation) { ((Get-UnixNow) - $p.last_activation) / 60 } else { -1 } }

# Update-Activation lets the guest ask its host, as it does by itself with an AVMA key. A licence is for grace_minutes and
# renewed by the host of the day: once a day, and when somebody asks ($now). [I]: how often is not documented.
function Update-Activation($s, [bool] $now) {
    $code = 0
    foreach ($p in $s.licensing.products) {
        if ($p.channel -ne 'VT:IA' -or -not $p.partial_key) { continue }
        if ($p.frozen) { if ($p.reason -ge 0x80000000L) { $code = $p.reason }; continue }
        if ($p.status -eq 1 -and (-not $now -or $s.host.keeps) -and (Get-LicenceAge $p) -lt 1440) { $code = 0; continue }
        $code = Get-HostAnswer $s
        if ($p.status -eq 1 -and $code -ne 0 -and (Get-LicenceAge $p) -lt $p.grace_minutes) { continue }
        if ($s.host.latency_polls -gt 0 -and $code -eq 0xC004FD04L) { $s.host.latency_polls-- }
        if ($code -eq 0) {
            $p.status = 1; $p.reason = 0x4004F401L; $p.grace_minutes = 10080
            # Windows may leave out each of the three (reference section 4).
            $leaves = "$($s.host.leaves)".Split(',')
            $p.host_name = if ($leaves -contains 'name') { $s.host.name } else { '' }
            $p.host_pid = if ($leaves -contains 'pid') { '00000-00000-000-000000-00-0000-00000.0000-0000000' } else { '' }
            $p.last_activation = if ($leaves -contains 'time') { Get-UnixNow } else { 0 }
            Add-ActivationEvent $s 0
        }
        elseif ($p.reason -ne $code) { $p.status = 5; $p.reason = $code; Add-ActivationEvent $s $code }
    }
    $code
}

# Add-ActivationEvent writes event 12309. The strings of the event are not documented: the state chooses a shape.
function Add-ActivationEvent($s, [uint32] $code) {
    $hex = '0x{0:X8}' -f $code
    $data = switch ([string] $s.host.event_style) {
        'none' { return }
        'no_hresult' { , @('AVMA', $s.host.name) }
        'hr' { , @("hr=$hex", "VmId=$($s.virtualization.uuid)") }
        default { , @($hex, $s.host.name, $s.virtualization.uuid) }
    }
    Add-Event $s 'Application' 'Microsoft-Windows-Security-SPP' 12309 4 16384 $data
}

function Get-Class_SoftwareLicensingProduct {
    # Only an AVMA key that is not yet activated, or not of late, makes a difference to look at.
    $open = @((Read-State).licensing.products | Where-Object { $_.channel -eq 'VT:IA' -and ($_.status -ne 1 -or (Get-LicenceAge $_) -ge 1440) })
    if ($open.Count) { Edit-State { $null = Update-Activation $s } }
    $s = Read-State
    foreach ($p in $s.licensing.products) {
        $left = $p.grace_minutes
        if ($p.status -eq 1 -and $p.channel -eq 'VT:IA' -and $left) { $left = [Math]::Max(0, [Math]::Ceiling($left - [Math]::Max(0, (Get-LicenceAge $p)))) }
        [ordered]@{
            ApplicationID = $p.application_id; ID = $p.id; Name = $p.name; Description = $p.description; LicenseIsAddon = [bool] $p.addon
            LicenseStatus = [uint32] $p.status; LicenseStatusReason = [uint32] $p.reason; ProductKeyChannel = $p.channel
            PartialProductKey = $p.partial_key; LicenseFamily = $p.family; GracePeriodRemaining = [uint32] $left
            EvaluationEndDate = Get-LicensingDate $p.evaluation_end; AutomaticVMActivationHostMachineName = $p.host_name
            AutomaticVMActivationHostDigitalPid2 = $p.host_pid; AutomaticVMActivationLastActivationTime = Get-LicensingDate $p.last_activation
            IAID = $p.iaid
        }
    }
}

function Get-LicensingDate($unix) {
    if ($unix) { return ConvertTo-LocalDate $unix }
    (New-Object DateTime (1601, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc))).ToLocalTime()
}

function Get-Class_SoftwareLicensingService {
    $s = Read-State
    [ordered]@{
        Version = "10.0.$(Get-CurrentVersion $s CurrentBuildNumber).1"; RemainingWindowsReArmCount = [uint32] $s.licensing.rearm_count
        ClientMachineID = $s.licensing.client_machine_id; KeyManagementServiceMachine = $s.licensing.kms_machine
        IsKeyManagementServiceMachine = [uint32] $s.licensing.is_kms_host; ClientMachineId2 = $null
    }
}

$script:KnownKeys = $null
function Get-KnownKeys {
    if ($null -eq $script:KnownKeys) { $script:KnownKeys = Read-JsonFile $env:WINGUEST_KEYS }
    , $script:KnownKeys
}

# Get-KeyAnswer is what InstallProductKey makes of a key. [I]: a key of a newer release is unknown to this Windows.
function Get-KeyAnswer($s, [string] $key) {
    if ($s.licensing.install_hresult) { return [uint32] $s.licensing.install_hresult }
    if ($key -notmatch '^([BCDFGHJKMPQRTVWXY2346789N]{5}-){4}[BCDFGHJKMPQRTVWXY2346789N]{5}$' -or $key.Replace('-', '').Replace('N', '').Length -ne 24) { return 0xC004F050L }
    $known = (Get-KnownKeys)[$key]
    if ($null -eq $known) { return 0xC004F050L }
    if ($known.rank -gt $s.guest.rank) { return 0xC004F050L }
    if ($s.guest.evaluation) { return 0xC004F069L }
    $edition = Get-CurrentVersion $s EditionID
    if ($known.builds -notcontains [int] (Get-CurrentVersion $s CurrentBuildNumber) -or $known.editions -notcontains $edition) { return 0xC004F069L }
    0
}

function Set-WindowsKey($s, [string] $key) {
    $known = (Get-KnownKeys)[$key]
    $names = @{ 'VT:IA' = 'VIRTUAL_MACHINE_ACTIVATION'; 'Volume:GVLK' = 'VOLUME_KMSCLIENT'; 'Volume:MAK' = 'VOLUME_MAK'; 'Retail' = 'RETAIL' }
    foreach ($p in $s.licensing.products) {
        if ($p.application_id -ne $script:WindowsApplication -or -not $p.windows) { continue }
        $p.channel = $known.channel; $p.partial_key = $key.Substring($key.Length - 5); $p.key = $key
        $p.description = "Windows(R) Operating System, $($names[[string]$known.channel]) channel"
        $p.status = 2; $p.reason = 0x4004F00CL; $p.grace_minutes = 43200; $p.host_name = $null; $p.host_pid = $null; $p.last_activation = 0; $p.evaluation_end = 0; $p.frozen = $false
    }
    $s.licensing.key_installed_at = Get-UnixNow
}

function Invoke-SoftwareLicensingService_InstallProductKey($instance, $arguments) {
    $key = ([string] $arguments.ProductKey).ToUpperInvariant()
    Edit-State {
        if (-not $s.guest.elevated -and -not $env:WINGUEST_SYSTEM) { return 0x80070005L }
        $code = Get-KeyAnswer $s $key
        Add-Journal $s ('InstallProductKey {0} 0x{1:X8}' -f $key.Substring([Math]::Max(0, $key.Length - 5)), $code)
        if ($code -eq 0) { Set-WindowsKey $s $key }
        $code
    }
}

function Invoke-SoftwareLicensingService_RefreshLicenseStatus($instance, $arguments) {
    Edit-State { $null = Update-Activation $s }
    0
}

function Invoke-SoftwareLicensingProduct_Activate($instance, $arguments) {
    Edit-State {
        $product = $s.licensing.products | Where-Object { $_.id -eq $instance.ID }
        if (-not $product.partial_key) { return 0xC004F014L }
        $code = if ($product.channel -eq 'VT:IA' -and $product.status -ne 1 -and $s.host.throttle -gt 0) { $s.host.throttle--; 0xC004FD00L } elseif ($product.channel -eq 'VT:IA' -and $product.status -ne 1 -and $s.host.in_progress -gt 0) { $s.host.in_progress--; 0xC004E028L } elseif ($product.channel -eq 'VT:IA') { Update-Activation $s $true } elseif ($product.channel -eq 'Volume:GVLK') { 0xC004F074L } else { 0xC004F034L }
        Add-Journal $s ('Activate 0x{0:X8}' -f $code)
        $code
    }
}
