// SPDX-License-Identifier: MPL-2.0

// Command packer builds the Packers that the tests run, once, and keeps them in a cache. It ships nothing: Packer
// from 1.10 on is under the Business Source License, and is used here to test with and for nothing else.
//
// A Packer that cannot be built (no network, and an empty module cache) is said and is no failure: the tests that
// need it skip, and say so too. With -require it is one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/golden-image/packer-plugin-avma/internal/packerbin"
)

func main() {
	root := flag.String("root", ".", "the repository")
	require := flag.Bool("require", false, "fail when a Packer cannot be built")
	limit := flag.Duration("timeout", 30*time.Minute, "give up after this long")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, *limit)
	defer cancel()

	if missing := ensure(ctx, *root); missing > 0 && *require {
		os.Exit(1)
	}
}

// ensure finds or builds each Packer, and returns how many could not be had.
func ensure(ctx context.Context, root string) (missing int) {
	for _, r := range packerbin.Releases() {
		path, err := packerbin.Find(root, r)
		if errors.Is(err, packerbin.ErrNotBuilt) {
			fmt.Printf("building packer %s for the tests (minutes the first time) ...\n", r.Version)
			path, err = packerbin.Build(ctx, root, r)
		}
		if err != nil {
			missing++
			fmt.Fprintf(os.Stderr, "%v\nThe tests that run packer %s will be skipped.\n", err, r.Version)
			continue
		}
		fmt.Printf("packer %s: %s\n", r.Version, path)
	}
	return missing
}
