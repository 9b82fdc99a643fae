# SPDX-License-Identifier: MPL-2.0
# Facts: one look at everything. Judges nothing.
$Avma.Full = $true

function Get-AvmaEvents {
    $found = @()
    try {
        $found = @(Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and (EventID=12309)]]" -MaxEvents 20 -ErrorAction Stop)
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'NoMatchingEventsFound*') { Add-AvmaError 'events' $_ }
    }
    foreach ($record in $found) {
        Use-AvmaArea 'events' {
            # By local name: the prefix of the namespace is of no account.
            $xml = [xml]$record.ToXml()
            $result = @{}
            foreach ($item in 'id=EventID/text()', 'qualifiers=EventID/@Qualifiers', 'level=Level/text()', 'time_utc=TimeCreated/@SystemTime') {
                $name, $path = $item.Split('=')
                $step, $last = $path.Split('/')
                $node = $xml.SelectSingleNode("/*/*[local-name()='System']/*[local-name()='$step']/$last")
                if ($null -ne $node) { $result[$name] = "$($node.Value)" }
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
            Copy-AvmaValues $result $product ('id=ID name=Name description=Description license_status#=LicenseStatus license_status_reason#=LicenseStatusReason ' +
                'product_key_channel=ProductKeyChannel partial_product_key=PartialProductKey license_family=LicenseFamily grace_minutes#=GracePeriodRemaining ' +
                'evaluation_end_utc=EvaluationEndDate host_machine_name=AutomaticVMActivationHostMachineName host_digital_pid2=AutomaticVMActivationHostDigitalPid2 ' +
                'last_activation_utc=AutomaticVMActivationLastActivationTime iaid=IAID')
            $result
        }
    })
    $service = @{ rearm_count = -1 }
    $virtual = @{}
    $exchange = @{}
    Use-AvmaArea 'services' {
        foreach ($found in Get-AvmaCim 'Win32_Service' "Name='sppsvc' OR Name='vmickvpexchange'") {
            if ((Get-AvmaText $found 'Name') -eq 'sppsvc') { Copy-AvmaValues $service $found 'state=State start_mode=StartMode' } else { Copy-AvmaValues $exchange $found 'service_state=State start_mode=StartMode' }
        }
    }
    Use-AvmaArea 'service' {
        Copy-AvmaValues $service (Get-AvmaOne 'SoftwareLicensingService') 'version=Version rearm_count#=RemainingWindowsReArmCount client_machine_id=ClientMachineID kms_machine=KeyManagementServiceMachine is_kms_host?=IsKeyManagementServiceMachine'
        if ($service.rearm_count -gt 1000) { $service.rearm_count = -1 }
    }
    Use-AvmaArea 'virtualization' {
        Copy-AvmaValues $virtual (Get-AvmaOne 'Win32_ComputerSystem') 'hypervisor_present?=HypervisorPresent manufacturer=Manufacturer model=Model'
        Copy-AvmaValues $virtual (Get-AvmaOne 'Win32_BIOS') 'bios_version=SMBIOSBIOSVersion bios_vendor=Manufacturer'
        Copy-AvmaValues $virtual (Get-AvmaOne 'Win32_SystemEnclosure') 'chassis_asset_tag=SMBIOSAssetTag'
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
