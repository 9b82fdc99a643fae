// SPDX-License-Identifier: MPL-2.0

// Package iso is the builder "avma-iso": answer media as the artifact of a `packer build` of its own, made in-process
// with no ISO program on the machine. It boots nothing. Where the ISO is for another source of the same run, the data
// source avma-unattend makes it in time, and this builder does not: sources run side by side.
package iso
