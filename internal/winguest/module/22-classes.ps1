# SPDX-License-Identifier: MPL-2.0
# The classes of root\cimv2 that the guest knows, apart from those of licensing. Each answers with tables of properties.

function Get-CurrentVersion($s, [string] $name) { $s.registry['software\microsoft\windows nt\currentversion'][$name].v }

function Get-Class_Win32_OperatingSystem {
    $s = Read-State
    [ordered]@{
        BuildNumber = [string] (Get-CurrentVersion $s CurrentBuildNumber); Version = "10.0.$(Get-CurrentVersion $s CurrentBuildNumber)"
        Caption = "Microsoft $(Get-CurrentVersion $s ProductName)"; ProductType = [uint32] $s.guest.product_type
        OperatingSystemSKU = [uint32] $s.guest.sku; LastBootUpTime = ConvertTo-LocalDate $s.guest.boot_time
        InstallDate = ConvertTo-LocalDate $s.guest.install_date; LocalDateTime = Get-Date
        MUILanguages = [string[]] @($s.guest.language); OSLanguage = [uint32] 1033; CSName = $s.guest.computer_name
    }
}

function Get-Class_Win32_ComputerSystem {
    $v = (Read-State).virtualization
    [ordered]@{ HypervisorPresent = [bool] $v.hypervisor_present; Manufacturer = $v.manufacturer; Model = $v.model; Name = $env:COMPUTERNAME; DomainRole = [uint16] 2; PartOfDomain = $false }
}

function Get-Class_Win32_ComputerSystemProduct {
    $s = Read-State
    [ordered]@{ UUID = $s.virtualization.uuid; Vendor = $s.virtualization.manufacturer; Name = $s.virtualization.model }
}

function Get-Class_Win32_BIOS {
    $v = (Read-State).virtualization
    [ordered]@{ Manufacturer = $v.bios_vendor; SMBIOSBIOSVersion = $v.bios_version; SerialNumber = '0000-0000' }
}

function Get-Class_Win32_SystemEnclosure {
    $v = (Read-State).virtualization
    [ordered]@{ Manufacturer = $v.manufacturer; SMBIOSAssetTag = $v.asset_tag; SerialNumber = '0000-0000' }
}

function Get-Class_Win32_Service {
    $s = Read-State
    foreach ($name in $s.services.Keys | Sort-Object) {
        $x = $s.services[$name]
        [ordered]@{ Name = $name; State = $x.state; StartMode = $x.start_mode; Started = ($x.state -eq 'Running'); Status = 'OK' }
    }
}

# What a guest of Hyper-V has on its VMBus, among much else: a keyboard, and the device over which the host activates it.
function Get-Class_Win32_PnPEntity {
    $h = (Read-State).host
    if ($h.platform -ne 'hyper-v') { return }
    [ordered]@{ DeviceID = 'VMBUS\{D34B2567-B9B6-42A9-8778-0A4EC0B955BF}\5&1EC51BF1&0&{D34B2567-B9B6-42A9-8778-0A4EC0B955BF}'; Name = 'Microsoft Hyper-V Virtual Keyboard'; Status = 'OK'; ConfigManagerErrorCode = [uint32] 0 }
    if ($h.activation_device -eq 'missing') { return }
    $code = if ($h.activation_device -eq 'disabled') { 22 } else { 0 }
    [ordered]@{
        DeviceID = 'VMBUS\{3375BAF4-9E15-4B30-B765-67ACB10D607B}\5&1EC51BF1&0&{3375BAF4-9E15-4B30-B765-67ACB10D607B}'
        Name = 'Microsoft Hyper-V Activation Component'; Status = $(if ($code) { 'Error' } else { 'OK' }); ConfigManagerErrorCode = [uint32] $code
    }
}
