// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/internal/epoch"
	"github.com/golden-image/packer-plugin-avma/internal/regular"
	"github.com/golden-image/packer-plugin-avma/media"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// The names of the two answer files where there are both. Setup looks for the first by itself; the second is named to
// sysprep.
const (
	installName = "Autounattend.xml"
	deployName  = "avma-deploy.xml"
)

// answerOutput says where the answer file goes, or both and the ISO that carries them.
type answerOutput struct {
	path  string // -o: the file; with iso the folder of both files, "-" for none
	iso   string
	check bool // write nothing, and say whether what is there is what would be written
}

func (o *answerOutput) add(cmd *cobra.Command) {
	outputFlag(cmd, &o.path)
	cmd.Flags().Lookup("output").Usage = "write to `FILE` in one step; - is standard output; with --iso, the folder for both files"
	cmd.Flags().StringVar(&o.iso, "iso", "", "make both files, and the `ISO` that carries them as "+installName+" and "+deployName)
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; say whether it could be written, and whether the files that are named hold just that (else exit status 1)")
	fileFlag(cmd, "iso", "iso")
}

// args refuses what does not go together.
func (o *answerOutput) args(cmd *cobra.Command) error {
	switch {
	case o.iso == "":
		return nil
	case o.iso == "-":
		return errors.New("--iso: name a file, such as answers.iso; standard output is not for two files and an image")
	case cmd.Flags().Changed("for"):
		return errors.New("--iso carries both answer files: leave --for out")
	case strings.EqualFold(filepath.Ext(o.path), ".xml"):
		return fmt.Errorf("with --iso there are two answer files, and -o names the folder for them: -o %s", filepath.Dir(o.path))
	}
	return nil
}

// generated is one answer file.
type generated struct {
	name string // in the ISO, and in the folder
	unattend.Result
}

// write gives the answer file to -o, or both to their folder and to the ISO.
func (o answerOutput) write(ctx context.Context, a *app, files []generated) error {
	if o.iso == "" {
		return a.write(ctx, o.path, files[0].Private, files[0].XML)
	}
	image, err := o.image(a, files)
	if err != nil {
		return err
	}
	if o.path != "-" {
		for _, f := range files {
			if err := a.write(ctx, filepath.Join(o.path, f.name), f.Private, f.XML); err != nil {
				return err
			}
		}
	}
	created, err := media.Create(ctx, o.iso, image)
	if err != nil {
		return mediaFailed(err)
	}
	return a.printMedia(ctx, created, "text")
}

// compare is nil where the files that are named hold what would be written. That is no error in use: a file may have
// been edited, or be of another version.
func (o answerOutput) compare(ctx context.Context, a *app, files []generated) error {
	var differ []string
	look := func(path string, write func(io.Writer) error) error {
		same, err := a.holds(path, write)
		if err == nil && same != "" {
			differ = append(differ, path+" "+same)
		}
		return err
	}
	for _, f := range files {
		path := o.path
		if o.iso != "" && path != "-" {
			path = filepath.Join(path, f.name)
		}
		if path == "-" {
			continue
		}
		if err := look(path, func(w io.Writer) error { _, err := w.Write(f.XML); return err }); err != nil {
			return err
		}
	}
	if o.iso != "" {
		image, err := o.image(a, files)
		if err != nil {
			return err
		}
		layout, err := media.Plan(ctx, image)
		if err != nil {
			return mediaFailed(err)
		}
		if err := look(o.iso, func(w io.Writer) error { return layout.Write(ctx, w) }); err != nil {
			return err
		}
	}
	if len(differ) > 0 {
		return no(fmt.Errorf("--check: %s; the same command without --check writes it", strings.Join(differ, ", ")))
	}
	return nil
}

// image is what the ISO is made of.
func (o answerOutput) image(a *app, files []generated) (media.CreateOptions, error) {
	image := media.CreateOptions{FS: a.fs, Content: map[string][]byte{}}
	for _, f := range files {
		image.Content[f.name] = f.XML
	}
	var err error
	image.Time, err = epoch.FromEnv(func(name string) string { v, _ := a.getenv(name); return v })
	if err != nil {
		return image, usage(err)
	}
	return image, nil
}

// holds is "" where a file holds what write gives, else what is wrong with it.
func (a *app) holds(path string, write func(io.Writer) error) (string, error) {
	f, err := regular.Open(a.fs, path)
	if errors.Is(err, fs.ErrNotExist) {
		return "is not there", nil
	}
	if err != nil {
		return "", failed(err)
	}
	defer f.Close()
	want, got := sha256.New(), sha256.New()
	if err := write(want); err != nil {
		return "", failed(err)
	}
	if _, err := io.Copy(got, f); err != nil {
		return "", failed(err)
	}
	if !bytes.Equal(want.Sum(nil), got.Sum(nil)) {
		return "is not what would be written", nil
	}
	return "", nil
}
