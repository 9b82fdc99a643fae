# SPDX-License-Identifier: MPL-2.0
# Quick facts: Windows, Setup, pending restarts, the session. No licensing, no events.
# What could not be read is missing, which is its zero value to whoever reads the answer, and an error says why.
function Get-AvmaOS {
    $os = @{ computer_name = "$env:COMPUTERNAME" }
    Use-AvmaArea 'os' {
        Copy-AvmaValues $os (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion') 'build=CurrentBuildNumber# revision=UBR# EditionID InstallationType ProductName InstallDate#'
        if ($os.install_date -lt 0) { $os.install_date += 4294967296 }
    }
    Use-AvmaArea 'os' {
        $system = Get-AvmaOne 'Win32_OperatingSystem'
        Copy-AvmaValues $os $system 'build=BuildNumber# product_name=Caption ProductType# sku=OperatingSystemSKU# boot_time_utc=LastBootUpTime~'
        $os.ui_language = "$(Get-AvmaValue $system 'MUILanguages' @() | Select-Object -First 1)"
        if (-not $os.ui_language) { $os.ui_language = (Get-UICulture).Name }
    }
    $os
}

function Get-AvmaSetup {
    $setup = @{}
    Use-AvmaArea 'setup' {
        Copy-AvmaValues $setup (Get-AvmaKey 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State') 'ImageState'
        Copy-AvmaValues $setup (Get-AvmaKey 'HKLM:\SYSTEM\Setup') 'SystemSetupInProgress# oobe_in_progress=OOBEInProgress#'
        $setup.setup_complete_cmd = [bool](Test-Path -LiteralPath "$env:SystemRoot\Setup\Scripts\SetupComplete.cmd")
    }
    $setup
}

function Get-AvmaPendingRestart {
    $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
    $control = 'HKLM:\SYSTEM\CurrentControlSet\Control'
    Use-AvmaArea 'pending_restart' {
        if (Test-Path -LiteralPath "$windows\Component Based Servicing\RebootPending") { 'cbs' }
        if (Test-Path -LiteralPath "$windows\WindowsUpdate\Auto Update\RebootRequired") { 'windows_update' }
        if ("$(Get-AvmaValue (Get-AvmaKey "$control\Session Manager") 'PendingFileRenameOperations' '')".Trim()) { 'file_rename' }
        $active = Get-AvmaText (Get-AvmaKey "$control\ComputerName\ActiveComputerName") 'ComputerName'
        $next = Get-AvmaText (Get-AvmaKey "$control\ComputerName\ComputerName") 'ComputerName'
        if ($active -and $next -and $active -ne $next) { 'computer_rename' }
    }
}

function Get-AvmaPowerShell {
    @{
        version = "$($PSVersionTable.PSVersion)"; language_mode = "$($ExecutionContext.SessionState.LanguageMode)"
        edition = "$($PSVersionTable['PSEdition'])"; query = $Avma.Query
    }
}

function Get-AvmaQuickFacts {
    [ordered]@{
        schema = 1; collected_utc = (Get-AvmaNow); os = (Get-AvmaOS); setup = (Get-AvmaSetup); pending_restart = @(Get-AvmaPendingRestart)
        session = (Get-AvmaSession); powershell = (Get-AvmaPowerShell)
    }
}
