// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"context"
	"errors"
	"io"
	"os"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
)

// errNoGuest is what a provisioner hears that wants a machine.
var errNoGuest = errors.New("avma-iso makes an ISO and has no machine to work on; use provisioners that run locally (shell-local), or another builder")

// noGuest is the communicator of a builder without a machine: provisioners that run locally do not use it, and all
// others fail with a reason.
type noGuest struct{}

var _ packersdk.Communicator = noGuest{}

func (noGuest) Start(context.Context, *packersdk.RemoteCmd) error { return errNoGuest }

func (noGuest) Upload(string, io.Reader, *os.FileInfo) error { return errNoGuest }

func (noGuest) UploadDir(string, string, []string) error { return errNoGuest }

func (noGuest) Download(string, io.Writer) error { return errNoGuest }

func (noGuest) DownloadDir(string, string, []string) error { return errNoGuest }
