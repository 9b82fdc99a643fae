// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"io"
	"os"

	"golang.org/x/term"
)

// interruptible is a reader whose wait for input ends with ctx: Ctrl-C at a program that reads standard input has to
// end it. The read that was under way is left behind; the process is about to end.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	type result struct {
		n   int
		err error
	}
	buf, done := make([]byte, len(p)), make(chan result, 1)
	go func() {
		n, err := i.r.Read(buf)
		done <- result{n, err}
	}()
	select {
	case r := <-done:
		return copy(p, buf[:r.n]), r.err
	case <-i.ctx.Done():
		return 0, i.ctx.Err()
	}
}

// passwordReader gives a function that reads a line from a terminal without an echo; nil where f is none.
func passwordReader(f *os.File) func(context.Context) ([]byte, error) {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return func(ctx context.Context) ([]byte, error) {
		state, err := term.GetState(fd)
		if err != nil {
			return nil, err
		}
		var data []byte
		done := make(chan error, 1)
		go func() {
			var err error
			data, err = term.ReadPassword(fd)
			done <- err
		}()
		select {
		case err := <-done:
			return data, err
		case <-ctx.Done():
			_ = term.Restore(fd, state) // or the shell would go on without an echo
			return nil, ctx.Err()
		}
	}
}
