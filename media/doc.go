// SPDX-License-Identifier: MPL-2.0

// Package media makes answer media: [Create] puts files, folders and generated content on a CD image that Windows Setup
// reads. The image appears at its path whole or not at all.
//
// The package is about paths, files and what can go wrong with them; how an image is laid out is package iso9660. It makes
// no bootable media and changes no existing image.
package media
