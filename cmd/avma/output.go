// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
)

// write gives data to -o: a path of "" or "-" is standard output, all else is a file that is there whole or not at
// all. A secret file is readable by its owner alone.
func (a *app) write(ctx context.Context, path string, secret bool, data []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if path == "" || path == "-" {
		if _, err := a.stdout.Write(data); err != nil {
			return failed(fmt.Errorf("cannot write to standard output: %w", err))
		}
		return nil
	}
	mode := fs.FileMode(0)
	if secret {
		mode = atomicfile.Secret
	}
	err := atomicfile.Write(ctx, a.fs, path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return failed(err)
	}
	return nil
}

// writeJSON gives v as one indented JSON document.
func (a *app) writeJSON(ctx context.Context, path string, v any) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return failed(err)
	}
	return a.write(ctx, path, false, buf.Bytes())
}

// checkedWriter remembers that something could not be written.
type checkedWriter struct {
	io.Writer
	err error
}

func (w *checkedWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}
