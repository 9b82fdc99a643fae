// SPDX-License-Identifier: MPL-2.0

// Package key is the data source "avma-key": the one right key of a release and edition, with the reason, before any
// virtual machine exists. It looks things up in the catalogue and decides nothing by itself.
package key
