# SPDX-License-Identifier: MPL-2.0
# Convert: the state of a conversion of an evaluation edition, shared by its scripts.
# convert.json: phase running, restart_needed, done or failed; exit_code; target; targets; started_utc; boot_utc.
function Get-AvmaBootTime { ConvertTo-AvmaUtc (Get-AvmaValue (Get-AvmaOne 'Win32_OperatingSystem') 'LastBootUpTime' $null) }

function Save-AvmaConversion($State) {
    Save-AvmaJson "$($Avma.Folder)\convert.json" $State
}
