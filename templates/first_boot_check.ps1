# SPDX-License-Identifier: MPL-2.0
# First-boot check, run as SYSTEM by the task avma-first-boot, at startup and again and again. On a machine it has not
# seen, it waits for the host to activate Windows, decides whether it did, and says so in three places: Data Exchange
# (Avma* values), the Application log (source avma: 1 activated, 2 not, 3 could not look) and verdict.json beside it. From
# then on it looks at each start and once an hour, and publishes what it finds: the host renews a licence, or does not.
# It takes the values back when the key is no longer an AVMA key.
# To remove it: unregister the task avma-first-boot, delete this folder and the Avma* values.
$AvmaStateFile = "$($Avma.Folder)\state.json"

# Codes of package activation with the status each leads to; a test compares them.
$AvmaStatus = @{
    'AVMA-101' = 'activated'; 'AVMA-102' = 'pending'; 'AVMA-105' = 'failed'; 'AVMA-106' = 'pending'; 'AVMA-109' = 'activated'; 'AVMA-110' = 'pending'; 'AVMA-119' = 'activated'
    'AVMA-201' = 'failed'; 'AVMA-211' = 'not_avma'; 'AVMA-212' = 'not_avma'; 'AVMA-213' = 'not_avma'; 'AVMA-214' = 'not_avma'; 'AVMA-217' = 'unknown'
    'AVMA-301' = 'no_host'; 'AVMA-302' = 'failed'; 'AVMA-307' = 'failed'; 'AVMA-308' = 'failed'; 'AVMA-316' = 'failed'
    'AVMA-401' = 'failed'; 'AVMA-402' = 'failed'; 'AVMA-403' = 'pending'; 'AVMA-406' = 'pending'; 'AVMA-423' = 'failed'
    'AVMA-501' = 'failed'; 'AVMA-702' = 'unknown'
}

function Get-AvmaExchangeService {
    Get-AvmaCim 'Win32_Service' "Name='sppsvc' OR Name='vmickvpexchange'" | Where-Object { (Get-AvmaText $_ 'Name') -eq 'vmickvpexchange' } | Select-Object -First 1
}

# Full names where both are full, else first labels.
function Test-AvmaHost([string]$Name, $Expected) {
    if (-not @($Expected).Count) { return $true }
    foreach ($item in @($Expected)) {
        $a = $Name.TrimEnd('.')
        $b = "$item".TrimEnd('.')
        if ($a.Contains('.') -ne $b.Contains('.')) {
            $a = $a.Split('.')[0]
            $b = $b.Split('.')[0]
        }
        if ($a -eq $b) { return $true }
    }
    $false
}

# The judge's rule of success: which traces of its host an activation has left. Windows may leave out each of them.
function Test-AvmaShowsHost($Product) {
    [bool]((Get-AvmaText $Product 'AutomaticVMActivationHostMachineName') -or (Get-AvmaText $Product 'AutomaticVMActivationHostDigitalPid2') -or
        (ConvertTo-AvmaUtc (Get-AvmaValue $Product 'AutomaticVMActivationLastActivationTime' $null)))
}

# The firmware names a platform that is not Hyper-V: a licence shown there came with an image that was moved. Azure's
# tag may stand on Azure Local too, whose hosts say 406.
function Test-AvmaElsewhere {
    try {
        $computer = Get-AvmaOne 'Win32_ComputerSystem'
        $bios = Get-AvmaOne 'Win32_BIOS'
        $maker = Get-AvmaText $computer 'Manufacturer'
        $model = Get-AvmaText $computer 'Model'
        $text = "$maker;$model;$(Get-AvmaText $bios 'Manufacturer');$(Get-AvmaText $bios 'SMBIOSBIOSVersion')"
        if ($text -match 'vmware|virtualbox|innotek|vbox|hvm domu|citrix|xcp-ng|nutanix|google|amazon|parallels|bhyve|alibaba|qemu|kvm|proxmox|ovirt|rhev|openstack|bochs|seabios|kubevirt|red hat') { return $true }
        if ($maker -eq 'Xen') { return $true }
        if ($maker -eq 'Microsoft Corporation' -and $model -eq 'Virtual Machine') {
            $tag = Get-AvmaText (Get-AvmaOne 'Win32_SystemEnclosure') 'SMBIOSAssetTag'
            return $tag -eq '7783-7084-3265-9085-8269-3286-77' -and (Get-AvmaText (Get-AvmaKey "$AvmaGuestKey\Parameters") 'HostingSystemEditionId') -ne '406'
        }
        [bool]($maker -and (Get-AvmaText $computer 'HypervisorPresent') -notmatch '^(1|True)$')
    } catch {
        Add-AvmaError 'virtualization' $_
        $false
    }
}

# The code that says best how things stand. Its parameter State is that of this machine.
function Get-AvmaReason($Product, $Products, $Action, $Expected, $State) {
    if ($null -eq $Product) {
        $other = $Products | Select-Object -First 1
        if ($null -eq $other) { return 'AVMA-201' }
        $channel = Get-AvmaText $other 'ProductKeyChannel'
        if ($channel -match 'TB:Eval' -or (Get-AvmaText $other 'Description') -match 'TIMEBASED_EVAL') { return 'AVMA-501' }
        if ($channel -match '^Volume:GVLK') { return 'AVMA-211' }
        if ($channel -match '^Volume:MAK') { return 'AVMA-212' }
        if ($channel -match '^Retail') { return 'AVMA-213' }
        if ($channel -match '^OEM') { return 'AVMA-214' }
        return 'AVMA-217'
    }
    $inherited = Test-AvmaInherited $Product $State
    if ((Get-AvmaNumber $Product 'LicenseStatus' 0) -eq 1) {
        $name = Get-AvmaText $Product 'AutomaticVMActivationHostMachineName'
        if (Test-AvmaElsewhere) { return 'AVMA-423' }
        if (-not (Test-AvmaShowsHost $Product)) { return 'AVMA-301' }
        if (-not $inherited) {
            if (-not $name -and @($Expected).Count) { return 'AVMA-316' }
            if ($name -and -not (Test-AvmaHost $name $Expected)) { return 'AVMA-302' }
            if (Test-AvmaLapse $Product $State) { return 'AVMA-119' }
            if (-not $name) { return 'AVMA-109' }
            return 'AVMA-101'
        }
    }
    $service = Get-AvmaExchangeService
    if ($null -eq $service) { return 'AVMA-401' }
    if ((Get-AvmaText $service 'StartMode') -eq 'Disabled') { return 'AVMA-402' }
    if ((Get-AvmaText $service 'State') -ne 'Running') { return 'AVMA-403' }
    switch ('{0:X8}' -f $Action.hresult) {
        'C004FD00' { return 'AVMA-106' }
        'C004FD02' { return 'AVMA-307' }
        'C004FD03' { return 'AVMA-308' }
        'C004FD04' { return 'AVMA-406' }
    }
    if ($inherited) { return 'AVMA-110' }
    'AVMA-102'
}

function Send-AvmaEvent($Verdict) {
    $id = 2
    $type = 'Warning'
    if ($Verdict.status -eq 'activated') { $id = 1 }
    if ($Verdict.reason -eq 'AVMA-101') { $type = 'Information' }
    if ($Verdict.status -eq 'unknown') { $id = 3; $type = 'Error' }
    $text = "Automatic Virtual Machine Activation: $($Verdict.status), reason $($Verdict.reason), host '$($Verdict.host)', key $($Verdict.partial_key), HRESULT $($Verdict.hresult). Details: $($Avma.Folder)\verdict.json"
    if ($Verdict.answer_file) { $text += ". Setup took the answer file $($Verdict.answer_file) (System Center VMM writes one there) and not the one that sysprep was given: put the AVMA key into the VMM template" }
    Use-AvmaArea 'eventlog' {
        try { New-EventLog -LogName Application -Source avma -ErrorAction Stop } catch { $null = $_ }
        Write-EventLog -LogName Application -Source avma -EventId $id -EntryType $type -Message $text -ErrorAction Stop
    }
}

function Save-AvmaState($State) { Save-AvmaJson $AvmaStateFile $State }

function Clear-AvmaVerdict {
    Clear-AvmaPublished
    Remove-AvmaFile "$($Avma.Folder)\verdict.json"
}

# One look: publishes what it finds and writes it into the state. Events only tell what is new.
function Update-AvmaVerdict($Config, $State, $Machine) {
    $action = @{ hresult = [long]0; error_id = ''; message = ''; done = $false; throttled = 0 }
    $product = $null
    $code = 'AVMA-702'
    try {
        $products = @(Get-AvmaProducts)
        if ($State.status -eq 'activated' -or $State.status -eq 'withdrawn') {
            if (-not @($products | Where-Object { Test-AvmaChannel $_ }).Count) {
                # Somebody chose another key: no business of ours any more.
                Clear-AvmaVerdict
                $State.status = 'withdrawn'
                $State.reason = ''
                Set-AvmaPace $Config $State $true
                Save-AvmaState $State
                return
            }
            if ($State.status -eq 'withdrawn') {
                $State.status = ''
                $State.since_utc = Get-AvmaNow
            }
        }
        $product = Get-AvmaLicence $Config $State $action
        $products = @(Get-AvmaProducts)
        $code = Get-AvmaReason $product $products $action @(Get-AvmaValue $Config 'expected_hosts' @()) $State
        if ($null -eq $product) { $product = $products | Select-Object -First 1 }
    } catch {
        Add-AvmaError 'products' $_
        $action.hresult = Get-AvmaHResult $_
    }
    $late = Test-AvmaLate $Config $State
    # The number beside the reason still says what Windows answered. A licence that the machine came with may last for days.
    if ($late -and $AvmaStatus[$code] -eq 'pending' -and $code -ne 'AVMA-110') { $code = 'AVMA-105' }
    $number = ''
    if ($action.hresult -ne 0 -and $AvmaStatus[$code] -ne 'activated') { $number = '0x{0:X8}' -f $action.hresult }
    $other = ''
    if ($null -eq $product -or -not (Test-AvmaChannel $product)) { $other = Get-AvmaOtherAnswerFile }
    $verdict = [ordered]@{
        schema = 1; status = $AvmaStatus[$code]; reason = $code; host = (Get-AvmaText $product 'AutomaticVMActivationHostMachineName')
        partial_key = (Get-AvmaText $product 'PartialProductKey'); channel = (Get-AvmaText $product 'ProductKeyChannel'); license_status = (Get-AvmaNumber $product 'LicenseStatus' 0)
        hresult = $number; checked_utc = (Get-AvmaNow); computer_name = "$env:COMPUTERNAME"; vm_id = $Machine.vm_id; answer_file = $other; errors = @($Avma.Errors)
    }
    Use-AvmaArea 'publish' {
        Publish-AvmaValues ([ordered]@{
            AvmaSchema = '1'; AvmaStatus = $verdict.status; AvmaReason = $code; AvmaHost = $verdict.host; AvmaPartialKey = $verdict.partial_key; AvmaCheckedUtc = $verdict.checked_utc
        })
    }
    if ($State.reason -ne $code) { Send-AvmaEvent $verdict }
    Save-AvmaJson "$($Avma.Folder)\verdict.json" $verdict
    $State.status = $verdict.status
    $State.reason = $code
    Set-AvmaPace $Config $State ($verdict.status -eq 'activated' -or $late)
    Save-AvmaState $State
}

function Invoke-AvmaFirstBoot {
    $config = Read-AvmaJson "$($Avma.Folder)\first-boot.json"
    if ($null -eq $config) { return }
    $old = Read-AvmaJson $AvmaStateFile
    $state = Read-AvmaState $old
    # Setup may still be at work; if it takes longer than four minutes, the next repetition looks again.
    $waited = 0
    while ((Get-AvmaText (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State') 'ImageState') -ne 'IMAGE_STATE_COMPLETE') {
        if ($waited -eq 0) {
            # What is published at this time is the template's, who may have looked once an hour.
            Clear-AvmaVerdict
            if ($null -ne $state) {
                Set-AvmaPace $config $state $false
                Save-AvmaState $state
            }
        }
        if ($waited -ge 240) { return }
        Start-Sleep -Seconds 5
        $waited += 5
    }
    $then = $old
    if ($null -eq $then) { $then = Get-AvmaValue $config 'baseline' $null }
    if ($null -ne $then -and (Test-AvmaOtherMachine (Get-AvmaMachine) $then)) { Clear-AvmaVerdict }
    # Until Data Exchange runs, and for a moment after, its values in the registry may be those of the template.
    $waited = 0
    while ($waited -lt 120) {
        $service = $null
        try { $service = Get-AvmaExchangeService } catch { $null = $_ }
        if ((Get-AvmaText $service 'StartMode') -eq 'Disabled') { break }
        if ((Get-AvmaText $service 'State') -eq 'Running') {
            $machine = Get-AvmaMachine
            if ($machine.vm_id -and ($machine.vm_id -ne (Get-AvmaText $then 'vm_id') -or -not (Test-AvmaOtherMachine $machine $then) -or $waited -gt 30)) { break }
        }
        Start-Sleep -Seconds 3
        $waited += 3
    }
    $machine = Get-AvmaMachine
    if ($null -ne $then -and -not (Test-AvmaOtherMachine $machine $then)) {
        # The template itself: nothing to do.
        if ($null -eq $old) { return }
        # What was not known when the state was written.
        foreach ($name in 'vm_id', 'install_date', 'uuid') { if ("$($machine[$name])" -and "$($machine[$name])" -ne '0') { $state[$name] = $machine[$name] } }
    } else {
        # Another machine: what the template said or published is not ours.
        Clear-AvmaVerdict
        $pace = "PT$(Get-AvmaNumber $config 'interval_minutes' 5)M"
        if ($null -ne $state) { $pace = $state.pace }
        $state = @{
            vm_id = $machine.vm_id; install_date = $machine.install_date; uuid = $machine.uuid; since_utc = (Get-AvmaNow); status = ''; reason = ''; pace = $pace
            inherited_utc = (Get-AvmaInherited $machine $then); span_minutes = 0
        }
        Save-AvmaState $state
        foreach ($file in @(Get-AvmaValue $config 'delete_files' @())) { Remove-AvmaFile "$file" }
    }
    Update-AvmaVerdict $config $state $machine
}

# What stands published now, before anything is cleared: a check that breaks at each look says so once.
$AvmaBefore = ''
try { $AvmaBefore = Get-AvmaText (Get-AvmaKey $AvmaGuestKey) 'AvmaReason' } catch { $null = $_ }
try { Invoke-AvmaFirstBoot } catch {
    $first = $_
    Add-AvmaError 'first_boot' $first
    if ($AvmaBefore -ne 'AVMA-702') { Send-AvmaEvent @{ status = 'unknown'; reason = 'AVMA-702'; host = ''; partial_key = ''; hresult = ('0x{0:X8}' -f (Get-AvmaHResult $first)); answer_file = '' } }
    Use-AvmaArea 'publish' { Publish-AvmaValues ([ordered]@{ AvmaSchema = '1'; AvmaStatus = 'unknown'; AvmaReason = 'AVMA-702'; AvmaHost = ''; AvmaPartialKey = ''; AvmaCheckedUtc = (Get-AvmaNow) }) }
    try { Save-AvmaJson "$($Avma.Folder)\error.json" @($Avma.Errors) } catch { $null = $_ }
    exit 1
}
