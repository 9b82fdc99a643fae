// SPDX-License-Identifier: MPL-2.0

// Package onewriter finds two components of one run of Packer that write the same file: two sources with one report,
// two ISOs of one name. Packer starts each component as a process of its own, so they leave notes for each other in
// Packer's cache folder, named after the run and the file. It locks nothing and waits for nobody.
package onewriter
