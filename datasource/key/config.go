// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown
//go:generate go tool packer-sdc mapstructure-to-hcl2 -type Config,DatasourceOutput

package key

// Config says which key is wanted. Either `release` and `edition` are given, or `image`.
type Config struct {
	// The Windows Server release, as people write it: `2022`, `ws2022`, `Windows Server 2022`, `20348`, `20H2`,
	// `2012 R2`.
	Release string `mapstructure:"release" required:"false"`
	// The edition, as people or Windows write it: `datacenter`, `standard`, `essentials`,
	// `Datacenter: Azure Edition`, `ServerDatacenterCor`. Server Core takes the same key as Desktop Experience.
	Edition string `mapstructure:"edition" required:"false"`
	// The name of an image on the installation media, which says release and edition in one:
	// `Windows Server 2022 SERVERDATACENTERCORE`.
	Image string `mapstructure:"image" required:"false"`
	// `avma` (default) or `gvlk`. A GVLK is the key of a client of a KMS or of Active Directory-based activation: for
	// guests that no AVMA host runs.
	Channel string `mapstructure:"channel" required:"false"`
	// The release of the Hyper-V host that is to activate the guest, such as `2025`, or `azure-local`. A host that
	// cannot activate this guest is an error here, before anything is built.
	Host string `mapstructure:"host" required:"false"`
	// A catalogue file (HCL or JSON) that adds or overrides releases and keys. The environment variable `AVMA_CATALOG`
	// names one for all.
	Catalog string `mapstructure:"catalog" required:"false"`
}

// DatasourceOutput is what the catalogue says about the key.
type DatasourceOutput struct {
	// The product key. AVMA keys and KMS client keys are published by Microsoft; they are no secret.
	Key string `mapstructure:"key"`
	// The last five characters of the key, as Windows shows them.
	PartialKey string `mapstructure:"partial_key"`
	// The channel of the key, `avma` or `gvlk`.
	Channel string `mapstructure:"channel"`
	// The canonical name of the release: `2022`.
	Release string `mapstructure:"release"`
	// The build of the release: `20348`.
	Build int `mapstructure:"build"`
	// The canonical name of the edition: `Datacenter`.
	Edition string `mapstructure:"edition"`
	// The EditionID in the registry of such a guest: `ServerDatacenter`.
	EditionID string `mapstructure:"edition_id"`
	// Whether Server Core was asked for.
	Core bool `mapstructure:"core"`
	// The name of the image on the installation media; empty where it is not known.
	ImageName string `mapstructure:"image_name"`
	// How well the key is known: `documented`, `cross-checked` or `inferred`.
	Standing string `mapstructure:"standing"`
	// Where that is written.
	Source string `mapstructure:"source"`
	// The host releases that activate such a guest, newest first. Empty for a GVLK.
	Hosts []string `mapstructure:"hosts"`
	// What to know before relying on the key: that it is inferred, that the host is not documented for it.
	Warnings []string `mapstructure:"warnings"`
}
