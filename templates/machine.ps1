# SPDX-License-Identifier: MPL-2.0
# Machine: which machine this is, and what is published about it through Data Exchange.
$AvmaGuestKey = 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest'

# A clone differs from the machine it was made of in at least one of these.
function Get-AvmaMachine {
    $machine = [ordered]@{ vm_id = ''; install_date = [long]0; uuid = '' }
    Use-AvmaArea 'machine' { $machine.vm_id = Get-AvmaText (Get-AvmaKey "$AvmaGuestKey\Parameters") 'VirtualMachineId' }
    Use-AvmaArea 'machine' { $machine.install_date = Get-AvmaNumber (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion') 'InstallDate' 0 }
    Use-AvmaArea 'machine' {
        # XCP-ng and CloudStack give a VM another UUID at each cold start, so there it says nothing.
        $system = Get-AvmaOne 'Win32_ComputerSystem'
        if ("$(Get-AvmaText $system 'Manufacturer') $(Get-AvmaText $system 'Model')" -notmatch 'Xen|HVM domU|CloudStack') { $machine.uuid = Get-AvmaText (Get-AvmaOne 'Win32_ComputerSystemProduct') 'UUID' }
    }
    $machine
}

# What is not known on either side says nothing.
function Test-AvmaOtherMachine($Now, $Then) {
    foreach ($name in 'vm_id', 'install_date', 'uuid') {
        $new = "$($Now[$name])"
        $old = Get-AvmaText $Then $name
        if ($new -and $old -and $new -ne '0' -and $old -ne '0' -and $new -ne $old) { return $true }
    }
    $false
}

function Clear-AvmaPublished {
    foreach ($name in @((Get-AvmaStrings (Get-AvmaKey $AvmaGuestKey) 'Avma*').Keys)) { Remove-ItemProperty -LiteralPath $AvmaGuestKey -Name $name -Force -ErrorAction Stop }
}

# Data Exchange takes 1,023 characters a value; control characters are of no use to anybody who reads it.
function Publish-AvmaValues($Values) {
    # New-Item -Force would empty a key that is there.
    if (-not (Test-Path -LiteralPath $AvmaGuestKey)) { [void](New-Item -Path $AvmaGuestKey -Force) }
    foreach ($name in $Values.Keys) {
        $text = [regex]::Replace("$($Values[$name])", '[\x00-\x1f\x7f]', '')
        if ($text.Length -gt 1000) { $text = $text.Substring(0, 1000) }
        [void](New-ItemProperty -LiteralPath $AvmaGuestKey -Name $name -Value $text -PropertyType String -Force)
    }
}
