// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/spf13/afero"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// unreadable says of a file that could not be read by which flag, variable or argument it came, and what to do. It is
// "" where err is about something else.
func (a *app) unreadable(cmd *cobra.Command, err error) string {
	var path *fs.PathError
	if !errors.As(err, &path) {
		return ""
	}
	name, ok := a.giver(cmd, path.Path)
	switch {
	case !ok:
		return ""
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("%s: %v", name, path.Err)
	}
	return fmt.Sprintf("%s: there is no such file%s", name, a.wayOut(path.Path))
}

// giver names what gave a path.
func (a *app) giver(cmd *cobra.Command, path string) (name string, ok bool) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, is := f.Value.(pflag.SliceValue); is {
			values = list.GetSlice()
		}
		if !ok && f.Name != "output" && f.Name != "iso" && slices.Contains(values, path) {
			name, ok = "--"+f.Name+" "+path, true
		}
	})
	if v, _ := a.getenv("AVMA_CATALOG"); !ok && v != "" && v == path {
		return "AVMA_CATALOG " + path, true
	}
	return cmp.Or(name, path), ok || slices.Contains(cmd.Flags().Args(), path)
}

// wayOut is what to do about a file that is not there: its folder, or a name like it.
func (a *app) wayOut(path string) string {
	folder := filepath.Dir(path)
	entries, err := afero.ReadDir(a.fs, folder)
	if err != nil && folder != "." {
		return fmt.Sprintf(", nor the folder %s; a relative path starts at the current folder", folder)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if meant := near.Match(filepath.Base(path), names); meant != "" {
		return fmt.Sprintf("; did you mean %s?", filepath.Join(folder, meant))
	}
	return "; check the name, a relative path starts at the current folder"
}
