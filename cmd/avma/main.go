// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the next one ends the process at once: nobody has to wait for a tidy end.
	context.AfterFunc(ctx, stop)
	os.Exit(newProcess().run(ctx, os.Args[1:]))
}
