// SPDX-License-Identifier: MPL-2.0

// Package catalog knows the releases and editions of Windows Server, the product keys that people need for them (AVMA
// keys and the KMS client keys, GVLKs, that are mistaken for them), which Hyper-V host activates which guest, and the
// form of a product key.
//
// It is data and look-ups: constant tables, no files, no network, nothing done at start. It never answers with the key
// of a neighbour: where no key is known, a [NoKeyError] says why and what to do. Each key carries how well it is known
// ([Standing]) and where that was read.
//
// Catalogue files, which add what this version does not know, are read by the package catalogfile beside this one. What
// a guest says about its licence is judged in the package activation.
package catalog
