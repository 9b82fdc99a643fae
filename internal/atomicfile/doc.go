// SPDX-License-Identifier: MPL-2.0

// Package atomicfile writes a file so that its reader sees the old content or the new, never half of it: a
// temporary file in the same folder, then a rename. Whatever goes wrong in between (an error, a full disk, a
// cancelled context) leaves the folder as it was.
//
// It is for files that are made in one go. It is no lock and does not keep two writers apart: the last rename wins.
package atomicfile
