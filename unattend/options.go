// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// Kind is which of the two files is made.
type Kind int

// The kinds. Install is the zero value.
const (
	Install Kind = iota // Autounattend.xml, from an empty disk to the first logon
	Deploy              // for sysprep /generalize /oobe /unattend: and the first boot of a clone
)

// String is the kind's name: "install" or "deploy".
func (k Kind) String() string {
	if k == Deploy {
		return "deploy"
	}
	return "install"
}

// ParseKind reads a kind's name.
func ParseKind(s string) (Kind, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "install", "":
		return Install, nil
	case "deploy":
		return Deploy, nil
	}
	return Install, fmt.Errorf("%q is no kind of answer file: use install (Autounattend.xml) or deploy (for sysprep)", s)
}

// Unknown is what Packer puts in the place of a value that is not known yet (packer validate). It passes every check
// of form.
const Unknown = "<unknown>"

// Options are what Check and Generate need beside the Config. The zero value is usable.
type Options struct {
	// Catalog has the keys. Nil: catalog.Default().
	Catalog *catalog.Catalog
	// FS is where script files are read from. Nil: the operating system's.
	FS afero.Fs
	// Standalone says that the Config describes a deploy file and nothing else, as a deploy_answer_file
	// block does: computer name, users, networks, domain, commands, scripts and components outside a deploy
	// block are then meant for the clone.
	Standalone bool
	// DeleteFiles are further files that the clone deletes when its setup has finished, such as the deploy
	// file itself. Absolute Windows paths.
	DeleteFiles []string
}

func (o Options) withDefaults() Options {
	if o.Catalog == nil {
		o.Catalog = catalog.Default()
	}
	if o.FS == nil {
		o.FS = afero.NewOsFs()
	}
	return o
}

// Result is a generated answer file.
type Result struct {
	XML     []byte        // ASCII, CRLF
	Notices Problems      // warnings and information: what Setup will still ask for, an inferred key, ...
	Key     catalog.Entry // the catalogue's key in the file; zero: none, or one of the user's
	// Sensitive says that the file holds a password or a key that is not public: write it with mode 0600.
	Sensitive bool
	// Private says that the file may hold a secret: it is Sensitive, or has commands, scripts or raw components, in which
	// anything may stand. Write it with mode 0600 too. What is not private holds names, numbers and choices alone.
	Private bool
}
