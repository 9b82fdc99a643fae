# SPDX-License-Identifier: MPL-2.0
# Register: puts the first-boot check ($AvmaFirstBoot) and its task into this machine. Doing it again starts afresh.
# Returns 'task', or 'setup_complete' where a task cannot be registered yet and SetupComplete.cmd will do it.
function Register-AvmaFirstBoot($Settings) {
    Open-AvmaFolder
    $armed = [bool](Get-AvmaValue $Settings 'armed' $false)
    $minutes = Get-AvmaNumber $Settings 'interval_minutes' 0
    if ($minutes -lt 1 -or $minutes -gt 1440) { $minutes = 5 }
    $baseline = $null
    # Armed: no machine is the template's, this one is checked like a clone.
    if (-not $armed) { $baseline = Get-AvmaMachine }
    foreach ($name in 'state.json', 'verdict.json') { Remove-AvmaFile "$($Avma.Folder)\$name" }
    Clear-AvmaPublished
    Save-AvmaText "$($Avma.Folder)\first-boot.ps1" $AvmaFirstBoot
    Save-AvmaJson "$($Avma.Folder)\first-boot.json" ([ordered]@{
        schema = 1; registered_utc = (Get-AvmaNow); baseline = $baseline; interval_minutes = $minutes
        delete_files = @(Get-AvmaValue $Settings 'delete_files' @() | ForEach-Object { "$_" })
        expected_hosts = @(Get-AvmaValue $Settings 'expected_hosts' @() | ForEach-Object { "$_" })
        deadline_minutes = (Get-AvmaNumber $Settings 'deadline_minutes' 0); slice_seconds = (Get-AvmaNumber $Settings 'slice_seconds' 0)
    })
    $xml = Get-AvmaTaskXml "$($Avma.Folder)\first-boot.ps1" (Get-AvmaBootTrigger "PT${minutes}M" $armed) 'PT30M'
    try { Register-AvmaTask 'avma-first-boot' $xml } catch {
        $first = $_
        $command = "$env:SystemRoot\Setup\Scripts\SetupComplete.cmd"
        # Somebody else's is never touched; and once Setup is over nobody would run ours.
        if (-not $armed -or (Test-Path -LiteralPath $command) -or -not $AvmaSetupComplete) { throw $first }
        Add-AvmaError 'task' $first
        Set-Content -LiteralPath "$($Avma.Folder)\avma-first-boot.xml" -Value $xml -Encoding Unicode
        if (-not (Test-Path -LiteralPath "$env:SystemRoot\Setup\Scripts")) { [void](New-Item -Path "$env:SystemRoot\Setup\Scripts" -ItemType Directory -Force) }
        Set-Content -LiteralPath $command -Value ([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String($AvmaSetupComplete)).Split("`n")) -Encoding ASCII
        return 'setup_complete'
    }
    'task'
}
