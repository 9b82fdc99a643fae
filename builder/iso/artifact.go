// SPDX-License-Identifier: MPL-2.0

package iso

import (
	"fmt"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/media"
)

// artifact is an ISO that was written.
type artifact struct {
	created media.Created
	fs      afero.Fs
	data    map[string]any // generated_data
}

var _ packersdk.Artifact = (*artifact)(nil)

func (*artifact) BuilderId() string { return BuilderID }

func (a *artifact) Files() []string { return []string{a.created.Path} }

// Id is the SHA-256 of the ISO: the same input gives the same.
func (a *artifact) Id() string { return "sha256:" + a.created.SHA256 }

func (a *artifact) String() string {
	return fmt.Sprintf("answer ISO %s (%d files, %d bytes, label %s)", a.created.Path, a.created.Files, a.created.Size, a.created.Label)
}

// State gives generated_data, for post-processors. Anything else is nil without a type: a typed nil would pass for a
// value.
func (a *artifact) State(name string) any {
	if name == "generated_data" && a.data != nil {
		return a.data
	}
	return nil
}

// Destroy removes the ISO.
func (a *artifact) Destroy() error { return a.fs.Remove(a.created.Path) }
