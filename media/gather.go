// SPDX-License-Identifier: MPL-2.0

package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// MaxNames is how many files and folders an image may be made of. An answer image has some hundreds of them, with all
// drivers some ten thousand; what has more is a disk that was given by mistake.
const MaxNames = 1 << 18

const (
	maxProblems = 20                   // shown at once
	maxDepth    = 256                  // folders below one another; a loop that os.SameFile does not see ends here
	maxTotal    = iso9660.MaxImageSize // of all files
	batch       = 1024                 // names of a folder that are read at once
)

// gatherer turns paths and content into the tree of an image.
type gatherer struct {
	ctx      context.Context
	fs       afero.Fs
	output   string // absolute path of the image; "": none
	outInfo  os.FileInfo
	problems []error
	names    int
	total    int64
	full     bool // a limit was reached, and nothing more is looked at
	gathered
}

// gathered is what an image is made of.
type gathered struct {
	tree  iso9660.Tree
	empty []string // folders that were given and hold no file
}

// gather reads names and sizes, no content. It says everything that is wrong, not the first thing.
func gather(ctx context.Context, o CreateOptions, output string) (gathered, error) {
	g := &gatherer{ctx: ctx, fs: o.FS}
	if output != "" {
		g.output = absolute(output)
		if info, err := lstat(o.FS, output); err == nil && info.Mode().IsRegular() {
			g.outInfo = info
		}
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
		return gathered{}, err
	}
	if len(g.problems) > maxProblems {
		n := len(g.problems) - maxProblems
		g.problems = append(g.problems[:maxProblems], fmt.Errorf("and %d problems more", n))
	}
	if err := errors.Join(g.problems...); err != nil {
		return gathered{}, err
	}
	return g.gathered, nil
}

// add takes one of CreateOptions.Files.
func (g *gatherer) add(path string) {
	if path == "" {
		g.refuse("an input path is empty; name a file or a folder")
		return
	}
	info, err := g.fs.Stat(path)
	if err != nil {
		err = shown(err)
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
		before := len(g.tree.Files)
		if g.isReal(path) {
			g.folder(path, "", []os.FileInfo{info})
		}
		if len(g.tree.Files) == before {
			g.empty = append(g.empty, path)
		}
		return
	}
	g.file(path, filepath.Base(path), info)
}

// folder takes in what is below path. around are the folders on the way, outermost first, the last being path itself.
func (g *gatherer) folder(path, prefix string, around []os.FileInfo) {
	if g.ctx.Err() != nil || g.full {
		return
	}
	if len(around) > maxDepth {
		g.refuse("%s lies more than %d folders deep; does a link lead back?", path, maxDepth)
		return
	}
	list, err := g.list(path)
	if err != nil {
		g.problems = append(g.problems, shown(err))
		return
	}
	for _, info := range list {
		if g.full {
			return
		}
		full, name := filepath.Join(path, info.Name()), prefix+info.Name()
		link := info.Mode()&(os.ModeSymlink|os.ModeIrregular) != 0 // irregular: a junction of Windows
		if link {
			if info, err = g.fs.Stat(full); err != nil {
				g.problems = append(g.problems, fmt.Errorf("a symbolic link leads nowhere; remove or mend it: %w", shown(err)))
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
		case !link && isMount(info, around[len(around)-1]):
			g.refuse("%s is another file system, mounted there; leave it out, or put a symbolic link to it in its place", full)
		case !g.isReal(full):
		default:
			g.tree.Folders = append(g.tree.Folders, iso9660.Folder{Path: name, Origin: full})
			g.folder(full, name+"/", append(around[:len(around):len(around)], info))
		}
	}
}

// list reads a folder, sorted by name, and no more names than an image may have.
func (g *gatherer) list(path string) ([]os.FileInfo, error) {
	f, err := g.fs.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []os.FileInfo
	for {
		some, err := f.Readdir(batch)
		list = append(list, some...)
		if g.names += len(some); g.names > MaxNames {
			g.refuse("%s: there are more than %d files and folders to put into the image; is that the right folder?", path, MaxNames)
			g.full = true
			return nil, nil
		}
		switch {
		case errors.Is(err, io.EOF) || err == nil && len(some) == 0:
			slices.SortFunc(list, func(a, b os.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
			return list, nil
		case err != nil:
			return nil, err
		case g.ctx.Err() != nil:
			return nil, nil
		}
	}
}

// isReal refuses a folder that the kernel makes up, such as /proc.
func (g *gatherer) isReal(path string) bool {
	if _, real := g.fs.(*afero.OsFs); !real {
		return true
	}
	kind := pseudo(path)
	if kind != "" {
		g.refuse("%s is no folder of a disk, the kernel makes it up (%s); leave it out", path, kind)
	}
	return kind == ""
}

// file takes in one file under its name in the image.
func (g *gatherer) file(path, name string, info os.FileInfo) {
	if !info.Mode().IsRegular() {
		g.refuse("%s is %s, not a file or a folder; leave it out", path, kind(info.Mode()))
		return
	}
	g.tree.Files = append(g.tree.Files, iso9660.File{Path: name, Size: info.Size(), Origin: path, Open: opener(g.fs, path, info)})
	// A file that is too large by itself is refused by its name.
	if g.total += min(info.Size(), iso9660.MaxFileSize); g.total > maxTotal {
		g.refuse("%s: the files for the image have more than %d bytes together; is that the right folder?", path, int64(maxTotal))
		g.full = true
	}
}

func (g *gatherer) refuse(format string, args ...any) {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = untrusted.Line(s)
		}
	}
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
	return g.output != "" && atomicfile.IsTemp(filepath.Base(path), filepath.Base(g.output)) && filepath.Dir(absolute(path)) == filepath.Dir(g.output)
}

func isAround(info os.FileInfo, around []os.FileInfo) bool {
	for _, a := range around {
		if os.SameFile(info, a) {
			return true
		}
	}
	return false
}

func lstat(fsys afero.Fs, path string) (fs.FileInfo, error) {
	if l, ok := fsys.(afero.Lstater); ok {
		info, _, err := l.LstatIfPossible(path)
		return info, err
	}
	return fsys.Stat(path)
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
