// SPDX-License-Identifier: MPL-2.0

// Package catalogfile reads catalogue files: HCL or JSON that adds releases, keys and hosts to a catalogue, or overrides
// them, so that a new Windows does not need a new program. What is wrong in a file is said with line, column and the
// source line. What the catalogue means is the business of the package catalog.
package catalogfile
