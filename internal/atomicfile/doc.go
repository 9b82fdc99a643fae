// SPDX-License-Identifier: MPL-2.0

// Package atomicfile writes every file that the two programs make: answer files, images, reports. The reader of a file
// sees the old content or the new, never half of it: a temporary file in the same folder, flushed to the disk, then a
// rename. Whatever goes wrong in between (an error, a full disk, a cancelled context) leaves the folder as it was; what
// a killed process left is cleared away by the next that writes the same file.
//
// Missing folders are made. A symbolic link at the path is replaced and never written through, so that a link that
// somebody else put into a folder that all may write to does no harm (CWE-59). A pipe or a character device is written
// to, if it is the caller's own or lies below /dev or /proc. A secret file is its owner's alone from its first byte: by
// its mode, and on Windows by its access list.
//
// It is no lock and does not keep two writers apart: the last rename wins.
package atomicfile
