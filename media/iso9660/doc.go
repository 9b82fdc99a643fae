// SPDX-License-Identifier: MPL-2.0

// Package iso9660 writes and reads CD images: ECMA-119 (ISO 9660) with the Joliet tree that Windows reads.
//
// Writing takes two steps. [Plan] checks every name, size and label and gives each file and folder its place; nothing has
// been written by then, so whatever can be refused is refused early. [Layout.Write] then streams the image to an
// io.Writer, front to back, without seeking. The same input gives the same bytes.
//
// An image holds two trees over the same file data. The Joliet tree carries the true names and the true depth. The
// primary tree (interchange level 1) carries unique 8.3 names, at most eight levels deep: a folder that would lie deeper
// moves into a folder DEEP in the root of that tree, with all its content. Readers without Joliet still find every file.
//
// Reading ([Open]) gives an fs.FS over any io.ReaderAt and reads no more than it is asked for. It treats the image as
// hostile: what it allocates is bounded, extents outside of the image and loops are errors.
//
// The package is not for bootable media, Rock Ridge, UDF or files of 4 GiB and more, and knows nothing of paths on a disk:
// that is package media.
//
// Section numbers in comments are those of ECMA-119, 4th edition numbering of clauses 6 to 9 as in the 2nd edition
// (https://ecma-international.org/publications-and-standards/standards/ecma-119/).
package iso9660
