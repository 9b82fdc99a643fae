// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"syscall"
)

func maxRSS(p *os.ProcessState) int64 { return p.SysUsage().(*syscall.Rusage).Maxrss }
