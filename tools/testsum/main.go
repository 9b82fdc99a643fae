// SPDX-License-Identifier: MPL-2.0

// Command testsum reads the output of `go test -json` and prints what a person wants of it: a line for each package,
// the whole output of what failed, why tests were skipped, and as the last line the sum. It runs no test itself.
//
//	go test -json ./... | go run ./tools/testsum
//
// With -strict a skipped test that the -skips file does not allow is a failure: where everything is installed, a
// test that skips is a test that was lost.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	strict := flag.Bool("strict", false, "fail on a skipped test that -skips does not allow")
	skips := flag.String("skips", "", "file of skips that are allowed: a pattern and a reason on each line")
	sum := flag.String("o", "", "also write the last line to this file")
	flag.Parse()
	ok, err := run(os.Stdin, os.Stdout, *skips, *sum, *strict)
	if err != nil {
		fmt.Fprintf(os.Stderr, "testsum: %v\n", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// run reports whether all is well.
func run(in io.Reader, out io.Writer, skipsFile, sumFile string, strict bool) (bool, error) {
	allowed, err := readAllowed(skipsFile)
	if err != nil {
		return false, err
	}
	s := newSummary()
	if err := s.read(in, out); err != nil {
		return false, err
	}
	lost := s.reportSkips(out, allowed, strict)
	line := s.line()
	fmt.Fprintln(out, line)
	if sumFile != "" {
		if err := os.WriteFile(sumFile, []byte(line+"\n"), 0o644); err != nil {
			return false, err
		}
	}
	return s.failed == 0 && !lost && s.packages > 0, nil
}
