# SPDX-License-Identifier: MPL-2.0
# Facts: one look at everything. Judges nothing; what could not be read is its zero value and an error.
function Get-AvmaOS {
    $os = [ordered]@{
        build = 0; revision = 0; edition_id = ''; installation_type = ''; product_name = ''; product_type = 0; sku = 0
        install_date = [long]0; boot_time_utc = ''; ui_language = ''; computer_name = "$env:COMPUTERNAME"
    }
    Use-AvmaArea 'os' {
        $key = Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
        $os.build = Get-AvmaNumber $key 'CurrentBuildNumber' 0
        $os.revision = Get-AvmaNumber $key 'UBR' 0
        $os.edition_id = Get-AvmaText $key 'EditionID'
        $os.installation_type = Get-AvmaText $key 'InstallationType'
        $os.product_name = Get-AvmaText $key 'ProductName'
        $os.install_date = Get-AvmaNumber $key 'InstallDate' 0
        if ($os.install_date -lt 0) { $os.install_date += 4294967296 }
    }
    Use-AvmaArea 'os' {
        $system = Get-AvmaCim 'Win32_OperatingSystem' | Select-Object -First 1
        $os.build = Get-AvmaNumber $system 'BuildNumber' $os.build
        $os.product_type = Get-AvmaNumber $system 'ProductType' 0
        $os.sku = Get-AvmaNumber $system 'OperatingSystemSKU' 0
        $os.boot_time_utc = ConvertTo-AvmaUtc (Get-AvmaValue $system 'LastBootUpTime' $null)
        if (Get-AvmaText $system 'Caption') { $os.product_name = Get-AvmaText $system 'Caption' }
        $languages = @(Get-AvmaValue $system 'MUILanguages' @())
        if ($languages.Count) { $os.ui_language = "$($languages[0])" } else { $os.ui_language = "$((Get-UICulture).Name)" }
    }
    $os
}

function Get-AvmaServices {
    $services = @{}
    foreach ($service in @(Get-AvmaCim 'Win32_Service' "Name='sppsvc' OR Name='vmickvpexchange'")) {
        $services[(Get-AvmaText $service 'Name').ToLowerInvariant()] = $service
    }
    $services
}

function Get-AvmaService($Services) {
    $result = [ordered]@{ version = ''; state = ''; start_mode = ''; rearm_count = -1; client_machine_id = ''; kms_machine = ''; is_kms_host = $false }
    $result.state = Get-AvmaText $Services['sppsvc'] 'State'
    $result.start_mode = Get-AvmaText $Services['sppsvc'] 'StartMode'
    Use-AvmaArea 'service' {
        $service = Get-AvmaCim 'SoftwareLicensingService' | Select-Object -First 1
        $result.version = Get-AvmaText $service 'Version'
        $result.rearm_count = Get-AvmaNumber $service 'RemainingWindowsReArmCount' -1
        if ($result.rearm_count -gt 1000) { $result.rearm_count = -1 }
        $result.client_machine_id = Get-AvmaText $service 'ClientMachineID'
        $result.kms_machine = Get-AvmaText $service 'KeyManagementServiceMachine'
        $result.is_kms_host = (Get-AvmaText $service 'IsKeyManagementServiceMachine') -match '^(1|True)$'
    }
    $result
}

function Get-AvmaVirtualization {
    $result = [ordered]@{ hypervisor_present = $false; manufacturer = ''; model = ''; bios_version = ''; bios_vendor = '' }
    Use-AvmaArea 'virtualization' {
        $computer = Get-AvmaCim 'Win32_ComputerSystem' | Select-Object -First 1
        $result.hypervisor_present = [bool](Get-AvmaValue $computer 'HypervisorPresent' $false)
        $result.manufacturer = Get-AvmaText $computer 'Manufacturer'
        $result.model = Get-AvmaText $computer 'Model'
        $bios = Get-AvmaCim 'Win32_BIOS' | Select-Object -First 1
        $result.bios_version = Get-AvmaText $bios 'SMBIOSBIOSVersion'
        $result.bios_vendor = Get-AvmaText $bios 'Manufacturer'
    }
    $result
}

function Get-AvmaDataExchange($Services) {
    $result = [ordered]@{ service_state = ''; start_mode = ''; parameters = @{}; published = @{} }
    $result.service_state = Get-AvmaText $Services['vmickvpexchange'] 'State'
    $result.start_mode = Get-AvmaText $Services['vmickvpexchange'] 'StartMode'
    Use-AvmaArea 'data_exchange' {
        $result.parameters = Get-AvmaStrings (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest\Parameters') '*'
        $result.published = Get-AvmaStrings (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest') 'Avma*'
    }
    $result
}

function Get-AvmaEvents {
    $found = @()
    try {
        $found = @(Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[@Name='Microsoft-Windows-Security-SPP'] and (EventID=12309)]]" -MaxEvents 20 -ErrorAction Stop)
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'NoMatchingEventsFound*') { Add-AvmaError 'events' $_ }
    }
    foreach ($record in $found) {
        Use-AvmaArea 'events' {
            $xml = [xml]$record.ToXml()
            $result = [ordered]@{ id = 0; time_utc = ''; level = 0; qualifiers = 0; data = @() }
            $node = $xml.SelectSingleNode("/*/*[local-name()='System']/*[local-name()='EventID']")
            $result.id = [int]$node.InnerText
            if ($node.GetAttribute('Qualifiers')) { $result.qualifiers = [int]$node.GetAttribute('Qualifiers') }
            $node = $xml.SelectSingleNode("/*/*[local-name()='System']/*[local-name()='Level']")
            if ($null -ne $node) { $result.level = [int]$node.InnerText }
            $node = $xml.SelectSingleNode("/*/*[local-name()='System']/*[local-name()='TimeCreated']/@SystemTime")
            if ($null -ne $node) { $result.time_utc = "$($node.Value)" }
            $result.data = @($xml.SelectNodes("/*/*[local-name()='EventData']//*[local-name()='Data']") | ForEach-Object { "$($_.InnerText)" })
            $result
        }
    }
}

function Get-AvmaSetup {
    $result = [ordered]@{ image_state = ''; system_setup_in_progress = 0; oobe_in_progress = 0; setup_complete_cmd = $false }
    Use-AvmaArea 'setup' {
        $result.image_state = Get-AvmaText (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State') 'ImageState'
        $key = Get-AvmaKey 'HKLM:\SYSTEM\Setup'
        $result.system_setup_in_progress = Get-AvmaNumber $key 'SystemSetupInProgress' 0
        $result.oobe_in_progress = Get-AvmaNumber $key 'OOBEInProgress' 0
        $result.setup_complete_cmd = [bool](Test-Path -LiteralPath "$env:SystemRoot\Setup\Scripts\SetupComplete.cmd")
    }
    $result
}

function Get-AvmaPendingRestart {
    $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
    $control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
    Use-AvmaArea 'pending_restart' {
        if (Test-Path -LiteralPath "$windows\Component Based Servicing\RebootPending") { 'cbs' }
        if (Test-Path -LiteralPath "$windows\WindowsUpdate\Auto Update\RebootRequired") { 'windows_update' }
        if (@(Get-AvmaValue (Get-AvmaKey "$control\Session Manager") 'PendingFileRenameOperations' @() | Where-Object { "$_" }).Count) { 'file_rename' }
        $active = Get-AvmaText (Get-AvmaKey "$control\ComputerName\ActiveComputerName") 'ComputerName'
        $next = Get-AvmaText (Get-AvmaKey "$control\ComputerName\ComputerName") 'ComputerName'
        if ($active -and $next -and $active -ne $next) { 'computer_rename' }
    }
}

function Get-AvmaFacts {
    $facts = [ordered]@{ schema = 1; collected_utc = Get-AvmaNow; os = Get-AvmaOS; products = @() }
    Use-AvmaArea 'products' { $facts.products = @(Get-AvmaProducts | ForEach-Object { ConvertTo-AvmaProduct $_ }) }
    $services = @{}
    try { $services = Get-AvmaServices } catch { Add-AvmaError 'services' $_ }
    $facts['service'] = Get-AvmaService $services
    $facts['virtualization'] = Get-AvmaVirtualization
    $facts['data_exchange'] = Get-AvmaDataExchange $services
    $facts['events'] = @(Get-AvmaEvents)
    $facts['powershell'] = [ordered]@{
        version = "$($PSVersionTable.PSVersion)"; language_mode = "$($ExecutionContext.SessionState.LanguageMode)"
        edition = "$($PSVersionTable['PSEdition'])"; query = $Avma.Query
    }
    $facts['setup'] = Get-AvmaSetup
    $session = [ordered]@{ elevated = $false; system = $false; user_sid = '' }
    try { $session = Get-AvmaSession } catch { Add-AvmaError 'session' $_ }
    $facts['session'] = $session
    $facts['pending_restart'] = @(Get-AvmaPendingRestart)
    $facts['errors'] = @($Avma.Errors)
    $facts
}
