// SPDX-License-Identifier: MPL-2.0

// Package packerbin knows the Packers that the tests run: which versions, where a built one lies, and how one is
// built from its module under tools/packer. It runs no template; that is internal/packertest.
package packerbin
