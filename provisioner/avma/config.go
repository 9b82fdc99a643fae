// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc mapstructure-to-hcl2 -type Config,DeployAnswerFile,Report
//go:generate go tool packer-sdc struct-markdown

package avma

import (
	"time"

	"github.com/hashicorp/packer-plugin-sdk/common"

	"github.com/golden-image/packer-plugin-avma/unattend"
)

// Config is the provisioner block. Every option may be left out: release and edition are read from the guest, and the
// key follows from them.
type Config struct {
	common.PackerConfig `mapstructure:",squash"`

	// The release that the guest must be, such as `2022`. Left out, whatever release the guest is.
	Release string `mapstructure:"release" required:"false"`
	// The edition that the guest must be, such as `datacenter`; with `convert_evaluation`, the edition that an
	// evaluation edition becomes. Left out, whatever edition the guest is.
	Edition string `mapstructure:"edition" required:"false"`
	// A key to install in place of the catalogue's AVMA key: a MAK, or an AVMA key that is newer than the catalogue. It
	// is treated as a secret: it never stands in a command line, a log or a report. Left out, the AVMA key of the guest's
	// release and edition.
	ProductKey string `mapstructure:"product_key" required:"false"`
	// Judge the guest as it is and install nothing. Default `false`.
	SkipInstall bool `mapstructure:"skip_install" required:"false"`
	// Replace a MAK, retail or OEM key too. A key of the KMS client channel (GVLK) is replaced without it. Default
	// `false`: such a key is left alone and reported.
	ReplaceKey bool `mapstructure:"replace_key" required:"false"`
	// Convert an evaluation edition to the licensed one with DISM, which takes a restart of the guest. Default
	// `false`: an evaluation edition fails with an explanation.
	ConvertEvaluation bool `mapstructure:"convert_evaluation" required:"false"`
	// The Hyper-V hosts of which one must have activated the guest, by full name or by its first label, in any case.
	// Left out, any host.
	ExpectedHosts []string `mapstructure:"expected_hosts" required:"false"`
	// The release of Windows Server that the host runs, or `azure-local`, where the guest cannot find it out itself.
	// Left out, the host is held against the matrix only as far as Data Exchange tells.
	HostRelease string `mapstructure:"host_release" required:"false"`
	// What an activation that did not happen means. `required` (default): the build fails. `warn`: the build goes on
	// with a warning. `first_boot`: this build host is no AVMA host; the key is installed, and the proof is left to
	// the first boot of each clone (needs `first_boot`).
	Verify string `mapstructure:"verify" required:"false"`
	// How long to wait for the host to activate the guest. Default `10m`.
	ActivationTimeout time.Duration `mapstructure:"activation_timeout" required:"false"`
	// How long DISM may take to convert an evaluation edition. Default `30m`.
	ConversionTimeout time.Duration `mapstructure:"conversion_timeout" required:"false"`
	// How long the guest may take to come back from a restart or from a connection that was cut, and to answer a command.
	// Default `15m`.
	RestartTimeout time.Duration `mapstructure:"restart_timeout" required:"false"`
	// How often the guest is asked while something is waited for. Default `15s`, at least `1s`.
	PollInterval time.Duration `mapstructure:"poll_interval" required:"false"`
	// How scripts reach the guest: `auto` (default), `inline` (compressed in the command line) or `upload`. What
	// holds a secret is always uploaded. With `auto`, a guest that refuses a script in the command line gets all others as
	// files. Where command lines are watched, choose `upload`: a long one looks like an attack.
	Transport string `mapstructure:"transport" required:"false"`
	// Run the scripts as a scheduled task of the SYSTEM account, for a user who is an administrator but whose
	// session is not elevated. No password is needed. Default `false`.
	Elevate bool `mapstructure:"elevate" required:"false"`
	// A catalogue file that adds or overrides releases and keys. Left out, the file named by the environment variable
	// `AVMA_CATALOG`, else the built-in catalogue alone.
	Catalog string `mapstructure:"catalog" required:"false"`
	// The check that proves the activation again on the first boot of every clone. See [First boot](#first-boot).
	FirstBoot *unattend.FirstBoot `mapstructure:"first_boot" required:"false"`
	// The answer file for `sysprep /generalize /unattend:`, written into the guest. See
	// [Deploy answer file](#deploy-answer-file).
	DeployAnswerFile *DeployAnswerFile `mapstructure:"deploy_answer_file" required:"false"`
	// Files on the machine that runs Packer, written as the build goes. See [Report](#report).
	Report *Report `mapstructure:"report" required:"false"`
}

// DeployAnswerFile is the block `deploy_answer_file`: an answer file's configuration and where it goes.
type DeployAnswerFile struct {
	unattend.Config `mapstructure:",squash"`

	// Where the file is written in the guest. Only SYSTEM and the administrators may read it, and the clone deletes
	// it. Default `C:\Windows\System32\Sysprep\avma-deploy.xml`.
	Path string `mapstructure:"path" required:"false"`
}

// Report is the block `report`.
type Report struct {
	// Path of a JSON report: the facts and the verdict, without secrets. Missing folders are made; the file is readable
	// by its owner alone.
	JSON string `mapstructure:"json" required:"false"`
	// Path of a JUnit report, for CI systems. As `json`, it is readable by its owner alone.
	JUnit string `mapstructure:"junit" required:"false"`
}
