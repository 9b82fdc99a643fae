// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// grace is how long a command may take to end after Ctrl-C: enough to remove a temporary file, and what nobody notices.
const grace = 2 * time.Second

func main() {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	// After the first signal the next one ends the process at once: nobody has to wait for a tidy end.
	context.AfterFunc(ctx, stop)
	os.Exit(ends(ctx, grace, os.Stderr, func() int { return newProcess().run(ctx, os.Args[1:]) }))
}

// ends gives the status of work, or that of an interrupted command when ctx has ended and the work does not: it may sit
// in a call to the system that nothing wakes, such as a read of a file on a server that is gone. It is left behind then.
// What it writes is no danger: a file gets its name when it is whole.
func ends(ctx context.Context, grace time.Duration, stderr io.Writer, work func() int) int {
	done := make(chan int, 1)
	go func() { done <- work() }()
	select {
	case status := <-done:
		return status
	case <-ctx.Done():
	}
	late := time.NewTimer(grace)
	defer late.Stop()
	select {
	case status := <-done:
		return status
	case <-late.C:
		fmt.Fprintln(stderr, "avma: interrupted")
		return exitInterrupted
	}
}
