// SPDX-License-Identifier: MPL-2.0

// Package version holds the one version number of the plugin and of the avma command. It imports nothing, so that
// both programs can; it is not the place for Packer's own version type, which main.go makes from it.
package version
