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
	"time"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
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
	// into the root. Symbolic links are followed; a link to a folder around itself, anything that is neither file nor
	// folder, a file system that is mounted below a folder, and more than [MaxNames] files and folders are errors. The
	// image itself, where it lies within such a folder, is left out.
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
	// Warn, if set, is told what Windows Setup would ignore, before anything is written. There may be nothing to tell,
	// and it is called all the same. An error of Warn ends the work with that error.
	Warn func(warnings []string) error
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

func (o CreateOptions) volume() iso9660.Options { return iso9660.Options{Label: o.Label, Time: o.Time} }

func plan(ctx context.Context, o CreateOptions, output string) (*iso9660.Layout, error) {
	if err := o.volume().Check(); err != nil { // a walk may take its time
		return nil, err
	}
	found, err := gather(ctx, o, output)
	if err != nil {
		return nil, err
	}
	layout, err := iso9660.Plan(found.tree, o.volume())
	if err != nil || o.Warn == nil {
		return layout, err
	}
	warnings, err := warn(found)
	if err != nil {
		return nil, err
	}
	return layout, o.Warn(warnings)
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

// Create writes an image to path. A file that is there is replaced, a symbolic link too; missing folders are made. A pipe
// or a character device is written to. The image is written under a temporary name beside path and renamed when it is
// complete and on the disk: on any error, and when ctx is cancelled, nothing is left behind and an older image stays as
// it was. Errors about the input match [ErrInvalid].
func Create(ctx context.Context, path string, o CreateOptions) (Created, error) {
	o = o.withDefaults()
	created, err := create(ctx, path, o)
	var output *atomicfile.Error
	switch {
	case err == nil:
		return created, nil
	case errors.As(err, &output):
		return Created{}, output
	case errors.Is(err, os.ErrPermission):
		err = fmt.Errorf("%w; check who may read the file", err)
	}
	return Created{}, fmt.Errorf("%s was not written: %w", path, err)
}

func create(ctx context.Context, path string, o CreateOptions) (Created, error) {
	if err := o.volume().Check(); err != nil {
		return Created{}, err
	}
	out, err := atomicfile.New(ctx, o.FS, path, atomicfile.Options{Mode: o.Mode, NoSync: o.NoSync})
	if err != nil {
		return Created{}, err
	}
	defer out.Abort()
	layout, err := plan(ctx, o, path)
	if err != nil {
		return Created{}, err
	}
	if err := out.Reserve(layout.Size()); err != nil {
		return Created{}, err
	}
	w, sum := io.Writer(out), hash.Hash(nil)
	if o.SHA256 {
		sum = sha256.New()
		w = io.MultiWriter(w, sum)
	}
	if err := layout.Write(ctx, w); err != nil {
		return Created{}, err
	}
	if err := out.Commit(); err != nil {
		return Created{}, err
	}
	c := Created{Path: path, Size: layout.Size(), Label: o.Label, Files: layout.Files()}
	if sum != nil {
		c.SHA256 = hex.EncodeToString(sum.Sum(nil))
	}
	return c, nil
}
