// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/term"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/catalog/catalogfile"
)

// app is what a command sees of the world. Tests make one of their own; nothing else is global.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	fs     afero.Fs
	getenv func(name string) (string, bool)
	env    func() []string // all of it, as name=value: AVMA_VAR_*
	now    func() time.Time
	random io.Reader
	goos   string
	// exec runs a program and gives what it wrote to its standard output; stdin may be nil.
	exec func(ctx context.Context, stdin io.Reader, name string, args ...string) ([]byte, error)

	// readPassword reads a line from standard input without an echo; nil where that is no terminal.
	readPassword func(ctx context.Context) ([]byte, error)

	stdoutIsTerminal bool
	stderrIsTerminal bool

	catalogFile string // --catalog
	loaded      *catalog.Catalog
	quiet       bool // --quiet
	strict      bool // --strict
	warnings    int  // that were said, or would have been
	started     bool // a command's own code has run: an error is no longer about the usage
}

// newProcess is the app of the real process.
func newProcess() *app {
	return &app{
		stdin:            os.Stdin,
		stdout:           os.Stdout,
		stderr:           os.Stderr,
		fs:               afero.NewOsFs(),
		getenv:           os.LookupEnv,
		env:              os.Environ,
		now:              time.Now,
		random:           rand.Reader,
		goos:             goos,
		exec:             runProgram,
		readPassword:     passwordReader(os.Stdin),
		stdoutIsTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		stderrIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

func runProgram(ctx context.Context, stdin io.Reader, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = stdin
	cmd.WaitDelay = 5 * time.Second
	return cmd.Output()
}

// catalog gives the catalogue: the built-in one, with the file of --catalog or AVMA_CATALOG over it. It is read when a
// command first asks. A file that is not there is status 3, a file with a mistake in it 2.
func (a *app) catalog() (*catalog.Catalog, error) {
	if a.loaded != nil {
		return a.loaded, nil
	}
	path := a.catalogFile
	if path == "" {
		path, _ = a.getenv("AVMA_CATALOG")
	}
	c := catalog.Default()
	if path != "" {
		var err error
		if c, err = catalogfile.LoadFile(a.fs, path, c); err != nil {
			if isIO(err) {
				return nil, failed(err)
			}
			return nil, usage(err)
		}
	}
	a.loaded = c
	return c, nil
}

// colour says whether to colour what goes to standard output (or, with errors, to standard error): only on a terminal,
// and never when NO_COLOR is set to anything (no-color.org) or the terminal is a dumb one.
func (a *app) colour(isTerminal bool) bool {
	if no, _ := a.getenv("NO_COLOR"); no != "" {
		return false
	}
	dumb, _ := a.getenv("TERM")
	return isTerminal && dumb != "dumb"
}
