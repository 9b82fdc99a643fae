// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/afero"
)

var update = flag.Bool("update", false, "write what the documentation shows anew")

// world is an app with everything in memory, and what came out of it.
type world struct {
	*app
	out, err bytes.Buffer
	env      map[string]string
}

// newWorld makes a world with these files.
func newWorld(t *testing.T, files map[string]string) *world {
	t.Helper()
	w := &world{env: map[string]string{}}
	w.app = &app{
		stdin:  strings.NewReader(""),
		stdout: &w.out,
		stderr: &w.err,
		fs:     afero.NewMemMapFs(),
		getenv: func(name string) (string, bool) { v, ok := w.env[name]; return v, ok },
		env: func() []string {
			var list []string
			for name, value := range w.env {
				list = append(list, name+"="+value)
			}
			return list
		},
		now:    func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		random: strings.NewReader(strings.Repeat("\x42", 64)),
		goos:   "linux",
		exec: func(context.Context, io.Reader, string, ...string) ([]byte, error) {
			return nil, errors.New("no program runs in a test")
		},
	}
	for name, content := range files {
		if err := afero.WriteFile(w.fs, name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// call runs one command line and gives the exit status.
func (w *world) call(t *testing.T, args ...string) int {
	t.Helper()
	return w.run(t.Context(), args)
}

// want checks what one command line does. A text of "" wants no output on that stream.
func (w *world) want(t *testing.T, status int, stdout, stderr string, args ...string) {
	t.Helper()
	if got := w.call(t, args...); got != status {
		t.Errorf("avma %s: exit status %d, want %d; stderr: %s", strings.Join(args, " "), got, status, w.err.String())
	}
	for _, stream := range []struct{ name, want, got string }{{"stdout", stdout, w.out.String()}, {"stderr", stderr, w.err.String()}} {
		if stream.want == "" && stream.got != "" || !strings.Contains(stream.got, stream.want) {
			t.Errorf("avma %s: %s is %q, want %q in it", strings.Join(args, " "), stream.name, stream.got, stream.want)
		}
	}
}

// files lists all files of the world.
func (w *world) files(t *testing.T) string {
	t.Helper()
	var names []string
	err := afero.Walk(w.fs, ".", func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			names = append(names, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}
