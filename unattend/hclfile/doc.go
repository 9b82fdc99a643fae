// SPDX-License-Identifier: MPL-2.0

// Package hclfile reads an answer file's configuration from an HCL or JSON file outside of Packer: variables with their
// values from the command line, files and the environment, locals, and functions as in a Packer template. What it
// hands on is a cty value for unattend.Decode, so that a block copied out of a template means the same here.
//
// Each message points into the file, with the source line, and shows no secret. What a configuration means, and what
// is wrong in it, is the business of the package unattend; this package only finds the place.
package hclfile
