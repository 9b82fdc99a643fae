# SPDX-License-Identifier: MPL-2.0
# facts {}: looks and does nothing else.
Write-AvmaAnswer (Get-AvmaFacts)
