// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown
//go:generate go tool packer-sdc mapstructure-to-hcl2 -type Config,ISO,DatasourceOutput

package unattend

import "github.com/golden-image/packer-plugin-avma/unattend"

// Config is an answer file and the ISO that carries it.
type Config struct {
	unattend.Config `mapstructure:",squash"`
	ISO             `mapstructure:",squash"`
}

// ISO says where the answer files go. By default they are not written at all, and stand in the outputs alone.
type ISO struct {
	// The path of an ISO to write with both answer files on it, such as `build/answers.iso`. Missing folders are made;
	// an older ISO is replaced, as a whole or not at all; the same template gives the same bytes. Only its owner may
	// read it. `packer validate -evaluate-datasources` writes it too. A relative path starts from the folder in which
	// Packer is started: `"${path.root}/build/answers.iso"` lies beside the template.
	ISOOutput string `mapstructure:"iso_output" required:"false"`
	// More files and folders for the ISO. A file goes into the root of the ISO; what is in a folder goes into the root,
	// with its sub-folders. Setup's drivers and scripts find their place here.
	Files []string `mapstructure:"files" required:"false"`
	// More files for the ISO by name and text, for example `{ "setup.ps1" = file("setup.ps1") }`. A name may have folders
	// in front of it. They are in `content_by_name` too.
	Content map[string]string `mapstructure:"content" required:"false"`
	// The volume label of the ISO, at most 16 characters. Default: `AVMA`.
	Label string `mapstructure:"label" required:"false"`
	// A catalogue file (HCL or JSON) that adds or overrides releases and keys. The environment variable `AVMA_CATALOG`
	// names one for all.
	Catalog string `mapstructure:"catalog" required:"false"`
}

// DatasourceOutput is what was generated. Packer does not know that an answer file holds passwords: what you make of
// `content` in a log is shown there. Mark what must not be shown with a `local` block that has `sensitive = true`.
type DatasourceOutput struct {
	// The answer file for the installation, `Autounattend.xml`.
	Content string `mapstructure:"content"`
	// The answer file for clones: give it to `sysprep /generalize /oobe /unattend:`.
	DeployContent string `mapstructure:"deploy_content"`
	// Both answer files and the `content` of the block, by name: `Autounattend.xml`, `avma-deploy.xml`, ... This is what
	// `cd_content` of other builders takes.
	ContentByName map[string]string `mapstructure:"content_by_name"`
	// The path of the ISO; empty without `iso_output`.
	ISOPath string `mapstructure:"iso_path"`
	// The SHA-256 of the ISO in hex; empty without `iso_output`.
	ISOSHA256 string `mapstructure:"iso_sha256"`
	// The key of the catalogue that the files carry; empty if they carry none, or one of your own (`product_key`).
	Key string `mapstructure:"key"`
	// The canonical name of the release: `2022`.
	Release string `mapstructure:"release"`
	// The build of the release: `20348`.
	Build int `mapstructure:"build"`
	// The canonical name of the edition: `Datacenter`.
	Edition string `mapstructure:"edition"`
	// The EditionID in the registry of the image: `ServerDatacenter`.
	EditionID string `mapstructure:"edition_id"`
	// How well the key is known: `documented`, `cross-checked` or `inferred`; empty without a key of the catalogue.
	Standing string `mapstructure:"standing"`
	// Whether one of the files holds a password or a key that is not public.
	Sensitive bool `mapstructure:"sensitive"`
	// What to know of the files: what Setup will still ask for, that a key is inferred, that a folder for the ISO holds
	// no file, ...
	Notices []string `mapstructure:"notices"`
}
