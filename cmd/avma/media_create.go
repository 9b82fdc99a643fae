// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/internal/epoch"
	"github.com/golden-image/packer-plugin-avma/media"
)

// createdMedia is what `avma media create --format json` answers.
type createdMedia struct {
	Path   string `json:"path"`
	Label  string `json:"label"`
	Size   int64  `json:"size"`  // bytes
	Files  int    `json:"files"` // without folders
	SHA256 string `json:"sha256,omitempty"`
}

func newMediaCreateCommand(a *app) *cobra.Command {
	var output, label, format string
	var checksum bool
	cmd := &cobra.Command{
		Use:   "create -o ISO PATH...",
		Short: "Make an image that Windows Setup finds its answer file on",
		Long: `Makes an ISO 9660 + Joliet image. A file goes into the root of the image, and so does what a folder holds, with all
that is below it. The same files give the same bytes. The image is readable by its owner alone, as answer files hold
passwords, and it is there whole or not at all. A file that Windows Setup would not find, or not read, is warned of.

SOURCE_DATE_EPOCH sets the time of the files in the image.`,
		Example: `  avma media create -o answers.iso Autounattend.xml
  avma media create -o answers.iso --label ANSWERS Autounattend.xml drivers/ scripts/
  avma unattend --release 2022 --edition datacenter -o Autounattend.xml && avma media create -o answers.iso Autounattend.xml`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return errors.New("nothing to put into the image: name files or folders, such as Autounattend.xml")
			case output == "":
				return errors.New("the image needs a name: -o answers.iso")
			}
			return nil
		},
		ValidArgsFunction: completeFiles,
		RunE: a.runs(func(cmd *cobra.Command, args []string) error {
			o := media.CreateOptions{FS: a.fs, Label: label, Files: args, SHA256: checksum, Warn: a.warnMedia}
			var err error
			o.Time, err = epoch.FromEnv(func(name string) string { v, _ := a.getenv(name); return v })
			if err != nil {
				return usage(err)
			}
			if output == "-" {
				return a.streamMedia(cmd.Context(), o)
			}
			created, err := media.Create(cmd.Context(), output, o)
			if err != nil {
				return mediaFailed(err)
			}
			return a.printMedia(cmd.Context(), created, format)
		}),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write the image to `ISO`; - is standard output")
	cmd.Flags().StringVar(&label, "label", media.DefaultLabel, "volume `LABEL`, at most 16 characters")
	cmd.Flags().BoolVar(&checksum, "sha256", false, "say the image's checksum")
	formatFlag(cmd, &format, "text", "json")
	fileFlag(cmd, "output", "iso")
	a.strictFlag(cmd)
	return cmd
}

// warnMedia says what Windows Setup would ignore.
func (a *app) warnMedia(warnings []string) error {
	for _, text := range warnings {
		a.warn(text)
	}
	return a.strictly()
}

func (a *app) printMedia(ctx context.Context, c media.Created, format string) error {
	if format == "json" {
		return a.writeJSON(ctx, "-", createdMedia{Path: c.Path, Label: c.Label, Size: c.Size, Files: c.Files, SHA256: c.SHA256})
	}
	text := fmt.Sprintf("%s: %s, %d KiB, label %s\n", c.Path, countOf(c.Files, "file"), c.Size>>10, c.Label)
	if c.SHA256 != "" {
		text += fmt.Sprintf("sha256 %s\n", c.SHA256)
	}
	return a.write(ctx, "-", false, []byte(text))
}

// streamMedia writes the image itself to standard output.
func (a *app) streamMedia(ctx context.Context, o media.CreateOptions) error {
	if a.stdoutIsTerminal {
		return usage(errors.New("an image does not belong on a terminal; name a file with -o answers.iso, or pipe the output on"))
	}
	layout, err := media.Plan(ctx, o)
	if err != nil {
		return mediaFailed(err)
	}
	if err := layout.Write(ctx, struct{ io.Writer }{a.stdout}); err != nil {
		return failed(err)
	}
	return nil
}

// mediaFailed tells what was asked for wrongly from what could not be read or written.
func mediaFailed(err error) error {
	var strict *statusError
	switch {
	case errors.As(err, &strict):
		return strict
	case errors.Is(err, media.ErrInvalid):
		return usage(err)
	}
	return failed(err)
}

// countOf is "1 file" or "2 files".
func countOf(n int, one string) string {
	return fmt.Sprintf("%d %s", n, cmp.Or(map[bool]string{true: one}[n == 1], one+"s"))
}
