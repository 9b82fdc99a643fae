// SPDX-License-Identifier: MPL-2.0

// Package hclfile reads an answer file's configuration from an HCL or JSON file, outside Packer.
package hclfile
