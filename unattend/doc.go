// SPDX-License-Identifier: MPL-2.0

// Package unattend makes Windows Server answer files: one Config, two kinds of file. The install file
// (Autounattend.xml) takes Setup from an empty disk to the first logon; the deploy file is handed to
// "sysprep /generalize /oobe /unattend:" and takes a clone of the finished image through its first boot.
//
// Decode turns an HCL value into a Config and is the only decoder, Check says everything that is wrong with a
// Config at once, and Generate writes the file: ASCII, CRLF, always the same bytes for the same Config.
//
// The package does not read or change existing answer files (see unattend/lint and unattend/patch), does not
// parse HCL (see unattend/hclfile), and touches nothing but the script files that a Config names.
package unattend
