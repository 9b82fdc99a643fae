// SPDX-License-Identifier: MPL-2.0

// Package scenarios runs the provisioner "avma" against simulated guests: each file in testdata is a story with an
// expected outcome. All of them run inside the test binary, over Packer's own SSH and WinRM communicators; those marked
// "packer" run once more through a real Packer. A test sees to it that each reason code that a build can meet is met by
// at least one of them. The guest itself is package winguest; docs/testing.md says how to add a scenario.
package scenarios
