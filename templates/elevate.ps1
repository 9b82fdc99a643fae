# SPDX-License-Identifier: MPL-2.0
# elevate {timeout_seconds}: runs the script in $AvmaInner as SYSTEM, through a task and a file in our folder, and
# passes its answer on. No password is needed; registering the task needs an administrator.
$AvmaTask = "avma-run-$AvmaToken"
$AvmaBase = "$($Avma.Folder)\run-$AvmaToken"
try {
    try {
        Open-AvmaFolder
        # What an interrupted run left behind.
        Get-ChildItem -LiteralPath $Avma.Folder | Where-Object { $_.Name -like 'run-*' -and $_.LastWriteTime -lt (Get-Date).AddHours(-1) } | ForEach-Object { Remove-AvmaFile $_.FullName }
        # Its arguments may be secret: they stand in a file of their own, because code is logged, and both are deleted first of all.
        $quoted = $AvmaBase.Replace("'", "''")
        Save-AvmaText "$AvmaBase.in" $AvmaIn
        Save-AvmaText "$AvmaBase.ps1" ("`$AvmaToken='$AvmaToken'`n`$AvmaIn=(Get-Content -LiteralPath '$quoted.in' -Raw).Trim()`n`$AvmaOut='$quoted.out'`nRemove-Item -LiteralPath '$quoted.ps1','$quoted.in' -Force`n" + $AvmaInner)
        Register-AvmaTask $AvmaTask (Get-AvmaTaskXml "$AvmaBase.ps1" '' 'PT15M')
        Start-AvmaTask $AvmaTask
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while (-not (Test-Path -LiteralPath "$AvmaBase.out") -and $clock.Elapsed.TotalSeconds -lt $AvmaElevateSeconds) { Start-Sleep -Milliseconds 200 }
        if (-not (Test-Path -LiteralPath "$AvmaBase.out")) { throw 'AvmaElevatedTimeout' }
        Get-Content -LiteralPath "$AvmaBase.out"
    } finally {
        Unregister-AvmaTask $AvmaTask
        foreach ($end in 'ps1', 'in', 'out', 'out.tmp') { Remove-AvmaFile "$AvmaBase.$end" }
    }
} catch {
    $action = New-AvmaAction 'elevate'
    Set-AvmaFailure $action $_
    $session = Get-AvmaSession
    if (-not $session.elevated) { Deny-AvmaAction $action }
    Write-AvmaAnswer ([ordered]@{ schema = 1; collected_utc = Get-AvmaNow; session = $session; action = $action })
}
