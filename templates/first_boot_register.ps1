# SPDX-License-Identifier: MPL-2.0
# first_boot_register {armed, delete_files, interval_minutes, deadline_minutes, slice_seconds, expected_hosts}
$AvmaAction = New-AvmaAction 'register_first_boot'
Complete-AvmaAction $AvmaAction $true {
    $AvmaAction.target = Register-AvmaFirstBoot $AvmaArgs
    $AvmaAction.done = $true
}
