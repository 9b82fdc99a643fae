// SPDX-License-Identifier: MPL-2.0

//go:build packer

// Package packer pins the Packer that the tests run, 1.16.0. It is built for testing only and is never shipped.
package packer

import _ "github.com/hashicorp/packer"
