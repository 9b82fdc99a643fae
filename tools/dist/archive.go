// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/version"
)

// archive is one file of a release.
type archive struct {
	name   string   // of the archive; its ending says which kind
	binary string   // name of the program in it
	pkg    string   // what to build
	with   []string // files of the repository beside it
}

// write packs the program and the files. Every entry has the same time, so that the bytes repeat.
func (a archive) write(to, binary string, at time.Time) (err error) {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	p := newPacker(f, strings.HasSuffix(a.name, ".zip"), at)
	if err := p.add(binary, a.binary, 0o755); err != nil {
		return err
	}
	for _, name := range a.with {
		if err := p.add(name, name, 0o644); err != nil {
			return err
		}
	}
	return p.close()
}

// packer adds files to a zip or a tar.gz.
type packer struct {
	add   func(from, name string, mode os.FileMode) error
	close func() error
}

func newPacker(w io.Writer, asZip bool, at time.Time) packer {
	if asZip {
		z := zip.NewWriter(w)
		return packer{close: z.Close, add: func(from, name string, mode os.FileMode) error {
			h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at}
			h.SetMode(mode)
			entry, err := z.CreateHeader(h)
			if err != nil {
				return err
			}
			return copyInto(entry, from)
		}}
	}
	g := gzip.NewWriter(w)
	t := tar.NewWriter(g)
	return packer{
		close: func() error { return errors.Join(t.Close(), g.Close()) },
		add: func(from, name string, mode os.FileMode) error {
			info, err := os.Stat(from)
			if err != nil {
				return err
			}
			if err := t.WriteHeader(&tar.Header{Name: name, Size: info.Size(), Mode: int64(mode), ModTime: at, Format: tar.FormatPAX}); err != nil {
				return err
			}
			return copyInto(t, from)
		},
	}
}

func copyInto(w io.Writer, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// writeSums writes the file that `packer init` checks the plugin's zips with. It ignores the others.
func writeSums(dir string, names []string) error {
	slices.Sort(names)
	var sums strings.Builder
	for _, name := range names {
		h := sha256.New()
		if err := copyInto(h, filepath.Join(dir, name)); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", h.Sum(nil), name)
	}
	return os.WriteFile(filepath.Join(dir, fmt.Sprintf("packer-plugin-avma_v%s_SHA256SUMS", version.String())), []byte(sums.String()), 0o644)
}
