// SPDX-License-Identifier: MPL-2.0

package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

const (
	maxProblems = 20  // shown at once
	maxDepth    = 256 // folders below one another; a loop that os.SameFile does not see ends here
)

// gatherer turns paths and content into the tree of an image.
type gatherer struct {
	ctx      context.Context
	fs       afero.Fs
	output   string // absolute path of the image; "": none
	outInfo  os.FileInfo
	tree     iso9660.Tree
	problems []error
}

// gather reads names and sizes, no content. It says everything that is wrong, not the first thing.
func gather(ctx context.Context, o CreateOptions, output string) (iso9660.Tree, error) {
	g := &gatherer{ctx: ctx, fs: o.FS}
	if output != "" {
		g.output = absolute(output)
		g.outInfo, _ = o.FS.Stat(output)
	}
	for _, name := range slices.Sorted(maps.Keys(o.Content)) {
		data := o.Content[name]
		g.tree.Files = append(g.tree.Files, iso9660.File{
			Path: name, Size: int64(len(data)), Origin: "content",
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
		})
	}
	for _, path := range o.Files {
		g.add(path)
	}
	if err := ctx.Err(); err != nil {
		return iso9660.Tree{}, err
	}
	if len(g.problems) > maxProblems {
		n := len(g.problems) - maxProblems
		g.problems = append(g.problems[:maxProblems], fmt.Errorf("and %d problems more", n))
	}
	if err := errors.Join(g.problems...); err != nil {
		return iso9660.Tree{}, err
	}
	return g.tree, nil
}

// add takes one of CreateOptions.Files.
func (g *gatherer) add(path string) {
	if path == "" {
		g.refuse("an input path is empty; name a file or a folder")
		return
	}
	info, err := g.fs.Stat(path)
	if err != nil {
		if strings.ContainsAny(path, "*?") && errors.Is(err, os.ErrNotExist) {
			err = fmt.Errorf("%w: patterns are not expanded here; name the files, or let the shell or fileset() expand them", err)
		} else {
			err = fmt.Errorf("%w; check the input path", err)
		}
		g.problems = append(g.problems, err)
		return
	}
	if !info.IsDir() && g.isOutput(path, info) {
		g.refuse("%s is the image to write and cannot be in itself; leave it out", path)
		return
	}
	if info.IsDir() {
		g.folder(path, "", []os.FileInfo{info})
		return
	}
	g.file(path, filepath.Base(path), info)
}

// folder takes in what is below path. around are the folders on the way, outermost first, the last being path itself.
func (g *gatherer) folder(path, prefix string, around []os.FileInfo) {
	if g.ctx.Err() != nil {
		return
	}
	if len(around) > maxDepth {
		g.refuse("%s lies more than %d folders deep; does a link lead back?", path, maxDepth)
		return
	}
	list, err := afero.ReadDir(g.fs, path)
	if err != nil {
		g.problems = append(g.problems, err)
		return
	}
	for _, info := range list {
		full, name := filepath.Join(path, info.Name()), prefix+info.Name()
		if info.Mode()&(os.ModeSymlink|os.ModeIrregular) != 0 { // irregular: a junction of Windows
			if info, err = g.fs.Stat(full); err != nil {
				g.problems = append(g.problems, fmt.Errorf("a symbolic link leads nowhere; remove or mend it: %w", err))
				continue
			}
		}
		switch {
		case !info.IsDir():
			if !g.isOutput(full, info) && !g.isOutputTemp(full) {
				g.file(full, name, info)
			}
		case isAround(info, around):
			g.refuse("%s is a symbolic link to a folder that it lies in itself; remove it", full)
		default:
			g.tree.Folders = append(g.tree.Folders, iso9660.Folder{Path: name, Origin: full})
			g.folder(full, name+"/", append(around[:len(around):len(around)], info))
		}
	}
}

// file takes in one file under its name in the image.
func (g *gatherer) file(path, name string, info os.FileInfo) {
	if !info.Mode().IsRegular() {
		g.refuse("%s is %s, not a file or a folder; leave it out", path, kind(info.Mode()))
		return
	}
	g.tree.Files = append(g.tree.Files, iso9660.File{
		Path: name, Size: info.Size(), Origin: path,
		Open: func() (io.ReadCloser, error) { return g.fs.Open(path) },
	})
}

func (g *gatherer) refuse(format string, args ...any) {
	g.problems = append(g.problems, &inputError{fmt.Sprintf(format, args...)})
}

// isOutput says whether a file is the image itself, by its path or, under the same base name, by its identity: a hard link
// to it elsewhere is a file of its own.
func (g *gatherer) isOutput(path string, info os.FileInfo) bool {
	if g.output == "" || filepath.Base(path) != filepath.Base(g.output) {
		return false
	}
	return absolute(path) == g.output || g.outInfo != nil && os.SameFile(info, g.outInfo)
}

// isOutputTemp says whether a file is what a killed run left behind.
func (g *gatherer) isOutputTemp(path string) bool {
	return g.output != "" && isTemp(filepath.Base(path), filepath.Base(g.output)) && filepath.Dir(absolute(path)) == filepath.Dir(g.output)
}

func isAround(info os.FileInfo, around []os.FileInfo) bool {
	for _, a := range around {
		if os.SameFile(info, a) {
			return true
		}
	}
	return false
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

func kind(m os.FileMode) string {
	switch {
	case m&os.ModeNamedPipe != 0:
		return "a named pipe"
	case m&os.ModeSocket != 0:
		return "a socket"
	case m&os.ModeDevice != 0:
		return "a device"
	}
	return "something special"
}

// inputError refuses an input; it matches [ErrInvalid].
type inputError struct{ text string }

func (e *inputError) Error() string        { return e.text }
func (e *inputError) Is(target error) bool { return target == ErrInvalid }
