# SPDX-License-Identifier: MPL-2.0
# probe {}: the few facts that tell whether a restart has happened and Windows is ready. Quick: no licensing, no events.
Write-AvmaAnswer (Get-AvmaQuickFacts)
