// SPDX-License-Identifier: MPL-2.0

// Command mutate asks of the tests of a package what they would notice. It makes one test binary that holds every
// mutant of the package (a comparison moved by one, a condition turned round, a number one larger, a statement left
// out), each behind a switch, and runs it once for each mutant that the tests reach. A mutant under which all tests
// pass survives: no test holds that line.
//
//	go run ./tools/mutate ./catalog ./unattend
//
// First it runs the binary with no mutant switched on: those tests have to pass, or the score would mean nothing.
// Nothing in the repository is changed; the compiler reads the mutated files through an overlay.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"time"
)

func main() {
	jobs := flag.Int("j", runtime.NumCPU(), "test processes at once")
	patience := flag.Duration("timeout", 10*time.Second, "how long the tests may take over their usual time")
	at := flag.String("at", "", "try only the mutants that this `regexp` matches as they are printed: ^catalog/key.go:12:")
	want := flag.Float64("min", 0, "exit with 1 when fewer percent of the covered mutants are killed")
	flag.Parse()
	chosen, err := regexp.Compile(*at)
	if err != nil {
		fmt.Fprintf(os.Stderr, "mutate: -at: %v\n", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	below := false
	for _, pattern := range flag.Args() {
		score, err := measure(ctx, pattern, options{jobs: *jobs, patience: *patience, at: chosen}, os.Stdout)
		if err != nil {
			fmt.Fprintf(os.Stderr, "mutate: %s: %v\n", pattern, err)
			os.Exit(2)
		}
		below = below || score < *want
	}
	if below {
		os.Exit(1)
	}
}
