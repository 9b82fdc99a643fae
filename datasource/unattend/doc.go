// SPDX-License-Identifier: MPL-2.0

// Package unattend is the data source "avma-unattend": the answer files of an image, and the answer ISO that carries
// them, while the template is read. That is in time for builders that look for their ISO files in Prepare. What an
// answer file holds is the business of the package unattend at the top; this one hands over and writes the ISO.
package unattend
