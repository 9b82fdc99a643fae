// SPDX-License-Identifier: MPL-2.0

package media

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/afero"
)

// output is a file that appears whole or not at all.
type output struct {
	fs      afero.Fs
	path    string
	made    []string // folders made for it, outermost first
	temp    string
	file    afero.File
	renamed bool
}

// newOutput looks at the place of an image and makes the folders that are missing.
func newOutput(fs afero.Fs, path string) (*output, error) {
	if path == "" {
		return nil, fmt.Errorf("the image has no path; name the file to write, such as build/answers.iso")
	}
	if info, err := fs.Stat(path); err == nil {
		switch {
		case info.IsDir():
			return nil, fmt.Errorf("%s is a folder; name a file in it, such as %s", path, filepath.Join(path, "answers.iso"))
		case !info.Mode().IsRegular():
			return nil, fmt.Errorf("%s is no regular file and is not replaced; name another", path)
		}
	} else if os.IsPathSeparator(path[len(path)-1]) {
		return nil, fmt.Errorf("%s is the name of a folder; name a file in it, such as %s", path, filepath.Join(path, "answers.iso"))
	}
	o := &output{fs: fs, path: path}
	if err := o.makeFolders(filepath.Dir(path)); err != nil {
		o.abort()
		return nil, fmt.Errorf("%s was not written: making its folder: %w", path, explain(err))
	}
	return o, nil
}

// makeFolders is MkdirAll that remembers what it made.
func (o *output) makeFolders(dir string) error {
	info, err := o.fs.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return fmt.Errorf("%s is a file, not a folder; name another path", dir)
	case !errors.Is(err, os.ErrNotExist):
		return err
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := o.makeFolders(parent); err != nil {
			return err
		}
	}
	err = o.fs.Mkdir(dir, 0o755)
	switch {
	case err == nil:
		o.made = append(o.made, dir)
	case errors.Is(err, os.ErrExist): // made by somebody else just now
		err = nil
	}
	return err
}

// tempSuffix ends the name of an image that is being written: ".answers.iso.1.partial".
const tempSuffix = ".partial"

// open makes the temporary file, in the same folder, as renaming does not cross file systems.
func (o *output) open(size int64) error {
	dir, base := filepath.Split(o.path)
	for n := 1; ; n++ {
		temp := filepath.Join(dir, "."+base+"."+strconv.Itoa(n)+tempSuffix)
		f, err := o.fs.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		switch {
		case err == nil:
			o.temp, o.file = temp, f
			return preallocate(f, size)
		case !errors.Is(err, os.ErrExist) || n == 1000:
			return err
		}
	}
}

// isTemp says whether base is a temporary name of an image named output.
func isTemp(base, output string) bool {
	rest, ok := strings.CutPrefix(base, "."+output+".")
	if !ok {
		return false
	}
	digits, ok := strings.CutSuffix(rest, tempSuffix)
	_, err := strconv.ParseUint(digits, 10, 16)
	return ok && err == nil
}

// commit gives the file its mode and its name.
func (o *output) commit(mode os.FileMode, sync bool) error {
	if mode != 0o600 {
		if err := o.fs.Chmod(o.temp, mode); err != nil {
			return err
		}
	}
	if sync {
		if err := o.file.Sync(); err != nil {
			return err
		}
	}
	f := o.file
	o.file = nil
	if err := f.Close(); err != nil {
		return err
	}
	if err := o.fs.Rename(o.temp, o.path); err != nil {
		return fmt.Errorf("giving the image its name (an image that a virtual machine holds open cannot be replaced): %w", err)
	}
	o.renamed = true
	return nil
}

// abort removes what was made, as far as it can.
func (o *output) abort() {
	if o.file != nil {
		_ = o.file.Close()
		o.file = nil
	}
	if o.renamed {
		return
	}
	if o.temp != "" {
		_ = o.fs.Remove(o.temp)
	}
	for i := len(o.made) - 1; i >= 0; i-- {
		removeEmpty(o.fs, o.made[i])
	}
}

// removeEmpty removes a folder unless somebody has put something into it. Not every afero.Fs refuses to remove a folder
// that is not empty.
func removeEmpty(fs afero.Fs, dir string) {
	if empty, err := afero.IsEmpty(fs, dir); err == nil && empty {
		_ = fs.Remove(dir)
	}
}
