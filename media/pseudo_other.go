// SPDX-License-Identifier: MPL-2.0

//go:build !linux

package media

// pseudo is always "": other systems have no /proc.
func pseudo(string) string { return "" }
