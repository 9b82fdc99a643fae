// SPDX-License-Identifier: MPL-2.0

package atomicfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/afero"
)

// deadliner is a file whose writes can be given up.
type deadliner interface{ SetWriteDeadline(time.Time) error }

var past = time.Unix(1, 0)

// patience is how often a pipe is looked at again for somebody who reads it.
const patience = 20 * time.Millisecond

// openSpecial opens a pipe or a device for writing, without making a file where it has gone meanwhile. It waits for the
// reader of a pipe as long as ctx lets it.
func openSpecial(ctx context.Context, fsys afero.Fs, path string, looked fs.FileInfo) (afero.File, error) {
	if _, real := fsys.(*afero.OsFs); !real {
		return fsys.OpenFile(path, os.O_WRONLY, 0)
	}
	for {
		f, err := os.OpenFile(path, os.O_WRONLY|specialFlags(path, looked.Mode()), 0)
		if isUnread(err) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(patience):
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		if info, err := f.Stat(); err != nil || !os.SameFile(info, looked) {
			_ = f.Close()
			return nil, errors.Join(err, errors.New("something else was put in its place meanwhile; try again"))
		}
		return f, nil
	}
}
