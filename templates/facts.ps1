# SPDX-License-Identifier: MPL-2.0
# Facts: one look at everything. Judges nothing.
$Avma.Full = $true

function Get-AvmaEvents {
    $found = @()
    try {
        $found = @(Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and (EventID=12309)]]" -MaxEvents 20)
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'NoMatchingEventsFound*') { Add-AvmaError 'events' $_ }
    }
    foreach ($record in $found) {
        Use-AvmaArea 'events' {
            # By local name: the prefix of the namespace is of no account.
            $xml = [xml]$record.ToXml()
            $result = @{}
            foreach ($item in 'id/EventID/text()', 'qualifiers/EventID/@Qualifiers', 'level/Level/text()', 'time_utc/TimeCreated/@SystemTime') {
                $name, $step, $last = $item.Split('/')
                $node = $xml.SelectSingleNode("/*/*[local-name()='System']/*[local-name()='$step']/$last")
                if ($null -ne $node) { $result[$name] = $node.Value }
                if ($name -ne 'time_utc') { $result[$name] = [int]$result[$name] }
            }
            $result.data = @($xml.SelectNodes("/*/*[local-name()='EventData']//*[local-name()='Data']") | ForEach-Object { "$($_.InnerText)" })
            $result
        }
    }
}

function Get-AvmaFacts {
    $products = @(Use-AvmaArea 'products' {
        foreach ($product in Get-AvmaProducts) {
            $result = [ordered]@{}
            Copy-AvmaValues $result $product $AvmaProductItems
            $result
        }
    })
    $service = @{ rearm_count = -1 }
    $virtual = @{}
    $exchange = @{}
    Use-AvmaArea 'services' {
        foreach ($found in Get-AvmaCim 'Win32_Service' "Name='sppsvc' OR Name='vmickvpexchange'") {
            if ((Get-AvmaText $found 'Name') -eq 'sppsvc') { Copy-AvmaValues $service $found 'State StartMode' } else { Copy-AvmaValues $exchange $found 'service_state=State StartMode' }
        }
    }
    Use-AvmaArea 'service' {
        $items = 'Version rearm_count=RemainingWindowsReArmCount# client_machine_id=ClientMachineID kms_machine=KeyManagementServiceMachine is_kms_host=IsKeyManagementServiceMachine?'
        Copy-AvmaValues $service (Get-AvmaOne 'SoftwareLicensingService' $items) $items
        # Unset is 4294967295; a fresh machine has 1001.
        if ($service.rearm_count -gt 100000) { $service.rearm_count = -1 }
    }
    Use-AvmaArea 'virtualization' {
        Copy-AvmaValues $virtual (Get-AvmaOne 'Win32_ComputerSystem') 'HypervisorPresent? Manufacturer Model'
        Copy-AvmaValues $virtual (Get-AvmaOne 'Win32_BIOS') 'bios_version=SMBIOSBIOSVersion bios_vendor=Manufacturer'
        Copy-AvmaValues $virtual (Get-AvmaOne 'Win32_SystemEnclosure') 'chassis_asset_tag=SMBIOSAssetTag'
    }
    # The sign that a host offers AVMA: its device in the guest. ConfigManagerErrorCode 0 is a device that works.
    Use-AvmaArea 'activation_device' {
        $found = @(Get-AvmaCim 'Win32_PnPEntity' "DeviceID LIKE 'VMBUS\\{3375BAF4%'")
        $virtual.activation_device = @{ count = $found.Count; error_code = Get-AvmaNumber ($found | Select-Object -First 1) 'ConfigManagerErrorCode' 0 }
    }
    Use-AvmaArea 'data_exchange' {
        $exchange.parameters = Get-AvmaStrings (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest\Parameters') '*'
        $exchange.published = Get-AvmaStrings (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest') 'Avma*'
    }
    $facts = Get-AvmaQuickFacts
    $facts['products'] = $products
    $facts['service'] = $service
    $facts['virtualization'] = $virtual
    $facts['data_exchange'] = $exchange
    $facts['events'] = @(Get-AvmaEvents)
    $facts
}
