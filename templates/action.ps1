# SPDX-License-Identifier: MPL-2.0
# Runs an action and answers with the facts after it, whatever happened: all of them where the script knows how to.
function Complete-AvmaAction($Action, [bool]$Elevated, [scriptblock]$Block) {
    try {
        if ($Elevated -and -not (Get-AvmaSession).elevated) { Deny-AvmaAction $Action } else { . $Block }
    } catch { Set-AvmaFailure $Action $_ }
    if ($Avma.ContainsKey('Full')) { $facts = Get-AvmaFacts } else { $facts = Get-AvmaQuickFacts }
    $facts['action'] = $Action
    Write-AvmaAnswer $facts
}
