# SPDX-License-Identifier: MPL-2.0
# The same from an answer file, in specialize: nobody reads an answer, and a failure must not stop Setup, which looks at
# the exit status. What went wrong stands in setup-error.json.
try {
    [void](Register-AvmaFirstBoot (ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($AvmaIn)))))
} catch {
    Add-AvmaError 'first_boot' $_
    try { Save-AvmaJson "$($Avma.Folder)\setup-error.json" @($Avma.Errors) } catch { $null = $_ }
}
exit 0
