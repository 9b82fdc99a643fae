# SPDX-License-Identifier: MPL-2.0
# Watch: how often the check looks, what it remembers of this machine, and whether a licence is its own and lasts.

# Until there is a verdict the task repeats at the interval that it was registered with, then once an hour, for good. What
# is replaced starts repeating by its registration trigger; a boot trigger waits for the next start.
function Set-AvmaPace($Config, $State, [bool]$Slow) {
    $interval = "PT$(Get-AvmaNumber $Config 'interval_minutes' 5)M"
    if ($Slow) { $interval = 'PT1H' }
    if ($State.pace -eq $interval) { return }
    Use-AvmaArea 'task' {
        Register-AvmaTask 'avma-first-boot' (Get-AvmaTaskXml "$($Avma.Folder)\first-boot.ps1" (Get-AvmaBootTrigger $interval $true) 'PT30M')
        $State.pace = $interval
    }
}

function Get-AvmaActivationTime($Product) { ConvertTo-AvmaUtc (Get-AvmaValue $Product 'AutomaticVMActivationLastActivationTime' $null) }

# A copy of a disk that nobody generalized is the same Windows on another machine, still licensed by the host of the old
# one: the activation is older than the start at which it was found. Returns its time.
function Get-AvmaInherited($Machine, $Then) {
    $date = Get-AvmaText $Then 'install_date'
    if (-not $date -or $date -eq '0' -or $date -ne "$($Machine.install_date)") { return '' }
    try {
        $start = ConvertTo-AvmaUtc (Get-AvmaValue (Get-AvmaOne 'Win32_OperatingSystem') 'LastBootUpTime' $null)
        foreach ($product in @(Get-AvmaProducts | Where-Object { Test-AvmaChannel $_ })) {
            $time = Get-AvmaActivationTime $product
            if ($time -and $start -and [string]::CompareOrdinal($time, $start) -lt 0) { return $time }
        }
    } catch { Add-AvmaError 'products' $_ }
    ''
}

function Test-AvmaInherited($Product, $State) {
    [bool]$State.inherited_utc -and (Get-AvmaNumber $Product 'LicenseStatus' 0) -eq 1 -and (Get-AvmaActivationTime $Product) -eq $State.inherited_utc
}

# Less than a day is left of the licence, or the last activation is longer ago than a licence was ever seen to last.
function Test-AvmaLapse($Product, $State) {
    $left = Get-AvmaNumber $Product 'GracePeriodRemaining' 0
    if ($left -gt 0 -and $left -lt 4294967295) {
        $State.span_minutes = [Math]::Max([long]$State.span_minutes, $left)
        if ($left -lt 1440) { return $true }
    }
    $time = Get-AvmaValue $Product 'AutomaticVMActivationLastActivationTime' $null
    if ([long]$State.span_minutes -lt 1 -or -not (ConvertTo-AvmaUtc $time)) { return $false }
    ((ConvertFrom-AvmaUtc (Get-AvmaNow)) - (ConvertFrom-AvmaUtc (ConvertTo-AvmaUtc $time))).TotalMinutes -gt [long]$State.span_minutes
}

function ConvertFrom-AvmaUtc([string]$Text) {
    [DateTime]::Parse($Text, [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::AdjustToUniversal)
}

# Setup prefers an answer file in Panther\Unattend, where System Center VMM writes one, to the one that sysprep was given.
function Get-AvmaOtherAnswerFile {
    $file = "$env:SystemRoot\Panther\Unattend\unattend.xml"
    try {
        if ((Test-Path -LiteralPath $file) -and "$(Get-Content -LiteralPath $file -Raw)" -notmatch 'packer-plugin-avma') { return $file }
    } catch { Add-AvmaError 'answer_file' $_ }
    ''
}

# What is known of this machine, or nothing.
function Read-AvmaState($Old) {
    if ($null -eq $Old) { return }
    $state = @{}
    foreach ($name in 'vm_id', 'install_date', 'uuid', 'since_utc', 'status', 'reason', 'pace', 'inherited_utc') { $state[$name] = Get-AvmaText $Old $name }
    $state.span_minutes = Get-AvmaNumber $Old 'span_minutes' 0
    $state
}

# Waits for the activation of a guest that has none, and asks for it; where there was one, it only looks whether it is
# still there. A licence of another machine is asked for anew. Returns the product.
function Get-AvmaLicence($Config, $State, $Action) {
    $slice = Get-AvmaNumber $Config 'slice_seconds' 0
    if ($slice -lt 1 -or $slice -gt 1200) { $slice = 120 }
    if ($State.status -eq 'activated') {
        $product = Wait-AvmaActivation $Action '' 0 1 $false
        if ((Get-AvmaNumber $product 'LicenseStatus' 0) -eq 1) { return $product }
        $State.since_utc = Get-AvmaNow
    }
    $product = Wait-AvmaActivation $Action '' $slice 10 $true
    if (Test-AvmaInherited $product $State) {
        try { Invoke-AvmaMethod $product 'Activate' @{} } catch { Set-AvmaFailure $Action $_ }
        $product = Get-AvmaProducts | Where-Object { Test-AvmaChannel $_ } | Select-Object -First 1
    }
    $product
}

# Whether the time for the activation is over, after which nothing is pending any more.
function Test-AvmaLate($Config, $State) {
    $deadline = Get-AvmaNumber $Config 'deadline_minutes' 0
    if ($deadline -lt 1) { $deadline = 1440 }
    try { ((ConvertFrom-AvmaUtc (Get-AvmaNow)) - (ConvertFrom-AvmaUtc $State.since_utc)).TotalMinutes -ge $deadline } catch {
        Add-AvmaError 'state' $_
        $false
    }
}
