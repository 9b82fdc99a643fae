// SPDX-License-Identifier: MPL-2.0

//go:build !linux

package main

import "os"

// maxRSS is known on Linux alone.
func maxRSS(*os.ProcessState) int64 { return 0 }
