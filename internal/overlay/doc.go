// SPDX-License-Identifier: MPL-2.0

// Package overlay gives Packer components the catalogue that their user means: the built-in one, with the catalogue
// file over it that an attribute or the environment names. What a file may hold is the business of catalogfile.
package overlay
