// SPDX-License-Identifier: MPL-2.0

package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"syscall"
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media/iso9660"
)

// DefaultLabel is the volume label of an image when the caller names none.
const DefaultLabel = "AVMA"

// ErrInvalid is matched by an error about the input: a name, a label, a clash, a file that is too large. Any other error
// is about reading or writing.
var ErrInvalid = iso9660.ErrInvalid

// CreateOptions say what goes into an image. Only Files or Content have to be set.
type CreateOptions struct {
	// FS is where files are read and the image is written. Nil: the operating system's.
	FS afero.Fs
	// Label is the volume label, at most 16 characters. Empty: [DefaultLabel].
	Label string
	// Files are paths. A file goes into the root of the image; the content of a folder, with all that is below it, goes
	// into the root. Symbolic links are followed; a link to a folder around itself, and anything that is neither file nor
	// folder, is an error. The image itself, where it lies within such a folder, is left out.
	Files []string
	// Content maps names in the image to what they hold. A name may have folders in front: "$OEM$/setup.cmd".
	Content map[string][]byte
	// Mode is that of the image file, whatever the umask. Zero: 0600, as answer files hold passwords.
	Mode os.FileMode
	// Time is the time stamp of everything in the image, so that the same input gives the same bytes: the time of
	// SOURCE_DATE_EPOCH if the caller honours it. Zero: [iso9660.DefaultTime]. Times of files are not recorded.
	Time time.Time
	// SHA256 asks for the checksum of the image in [Created]. It costs a pass over all data.
	SHA256 bool
	// NoSync leaves out the flush to the disk before the image gets its name. A crash of the machine, not of the
	// program, may then leave an empty or damaged file. It is for images by the hundred that can be made again.
	NoSync bool
}

// Created is what [Create] made.
type Created struct {
	Path   string // as given
	Size   int64  // of the image, in bytes
	Label  string // in the image
	Files  int    // in the image, without folders
	SHA256 string // in hex; empty unless asked for
}

// Plan checks what an image would be made of and lays it out, without writing it. Its Size and Files are those of the
// image, and its Write streams it, for output that is no file.
func Plan(ctx context.Context, o CreateOptions) (*iso9660.Layout, error) {
	return plan(ctx, o.withDefaults(), "")
}

func plan(ctx context.Context, o CreateOptions, output string) (*iso9660.Layout, error) {
	tree, err := gather(ctx, o, output)
	if err != nil {
		return nil, err
	}
	return iso9660.Plan(tree, iso9660.Options{Label: o.Label, Time: o.Time})
}

func (o CreateOptions) withDefaults() CreateOptions {
	if o.FS == nil {
		o.FS = afero.NewOsFs()
	}
	if o.Label == "" {
		o.Label = DefaultLabel
	}
	if o.Mode == 0 {
		o.Mode = 0o600
	}
	return o
}

// Create writes an image to path. A file that is there is replaced, a symbolic link too; missing folders are made. The image is written under
// a temporary name beside path and renamed when it is complete and on the disk: on any error, and when ctx is cancelled,
// nothing is left behind and an older image stays as it was. Errors about the input match [ErrInvalid].
func Create(ctx context.Context, path string, o CreateOptions) (Created, error) {
	o = o.withDefaults()
	out, err := newOutput(o.FS, path)
	if err != nil {
		return Created{}, err
	}
	created, err := create(ctx, out, o)
	if err != nil {
		out.abort()
		return Created{}, fmt.Errorf("%s was not written: %w", path, explain(err))
	}
	return created, nil
}

func create(ctx context.Context, out *output, o CreateOptions) (Created, error) {
	layout, err := plan(ctx, o, out.path)
	if err != nil {
		return Created{}, err
	}
	if err := out.open(layout.Size()); err != nil {
		return Created{}, err
	}
	w, sum := io.Writer(out.file), hash.Hash(nil)
	if o.SHA256 {
		sum = sha256.New()
		w = io.MultiWriter(w, sum)
	}
	if err := layout.Write(ctx, w); err != nil {
		return Created{}, err
	}
	if err := ctx.Err(); err != nil {
		return Created{}, err
	}
	if err := out.commit(o.Mode, !o.NoSync); err != nil {
		return Created{}, err
	}
	c := Created{Path: out.path, Size: layout.Size(), Label: o.Label, Files: layout.Files()}
	if sum != nil {
		c.SHA256 = hex.EncodeToString(sum.Sum(nil))
	}
	return c, nil
}

// explain adds the remedy to failures whose own text has none.
func explain(err error) error {
	switch {
	case isDiskFull(err):
		return fmt.Errorf("%w: the disk is full; free some space, or write to another folder", err)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: write to a folder on another file system", err)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("%w: check who may read the file, or write to the folder", err)
	}
	return err
}
