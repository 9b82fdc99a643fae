# SPDX-License-Identifier: MPL-2.0
# probe {}: the few facts that tell whether a restart has happened and Windows is ready. Quick: no licensing, no events.
Write-AvmaAnswer ([ordered]@{
    schema = 1; collected_utc = Get-AvmaNow; os = Get-AvmaOS; setup = Get-AvmaSetup; pending_restart = @(Get-AvmaPendingRestart)
    powershell = [ordered]@{ version = "$($PSVersionTable.PSVersion)"; language_mode = "$($ExecutionContext.SessionState.LanguageMode)"; edition = "$($PSVersionTable['PSEdition'])"; query = $Avma.Query }
    errors = @($Avma.Errors); action = $(New-AvmaAction 'probe')
})
