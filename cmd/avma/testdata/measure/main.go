// SPDX-License-Identifier: MPL-2.0

// Command measure runs a program many times, in turn with another one, and prints the median of their wall times in
// microseconds and of the first one's peak memory in KiB. The system counts a process's memory from that of its
// parent on, so the parent has to be small: this one, and not the test.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"sort"
	"strconv"
	"time"
)

func main() {
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	var base, wall, peak []int64
	for range n {
		t, _ := run(os.Args[2])
		base = append(base, t)
		t, m := run(os.Args[3:]...)
		wall, peak = append(wall, t), append(peak, m)
	}
	fmt.Println(median(base), median(wall), median(peak))
}

func run(argv ...string) (microseconds, kib int64) {
	cmd := exec.Command(argv[0], argv[1:]...)
	start := time.Now()
	if err := cmd.Run(); err != nil {
		panic(err)
	}
	return time.Since(start).Microseconds(), maxRSS(cmd.ProcessState)
}

func median(list []int64) int64 {
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	return list[len(list)/2]
}
