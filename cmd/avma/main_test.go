// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"testing"
	"time"
)

// A command that does not end after Ctrl-C is left behind; one that does gives its own status.
func TestEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release, left := make(chan struct{}), make(chan struct{})
	stuck := func() int { defer close(left); cancel(); <-release; return 0 }
	var stderr bytes.Buffer
	if got := ends(ctx, time.Millisecond, &stderr, stuck); got != exitInterrupted || stderr.String() != "avma: interrupted\n" {
		t.Errorf("status %d, stderr %q", got, stderr.String())
	}
	close(release)
	<-left
	stderr.Reset()
	for _, ctx := range []context.Context{ctx, t.Context()} {
		if got := ends(ctx, time.Minute, &stderr, func() int { return 3 }); got != 3 || stderr.Len() > 0 {
			t.Errorf("status %d, stderr %q", got, stderr.String())
		}
	}
}
