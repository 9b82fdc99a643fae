// SPDX-License-Identifier: MPL-2.0

// Package avma is the Packer provisioner "avma": it reads what a Windows guest is, brings it to the edition and key
// that its Hyper-V host can activate, waits for the activation and proves it, and leaves the first-boot check and the
// deploy answer file in the image.
//
// It holds the flow alone: what facts mean and which step comes next is decided in activation, what runs in the guest
// stands in templates, how it gets there in guest, and what an answer file says in unattend.
package avma
