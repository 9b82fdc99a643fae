// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown

package unattend

// DeploySettings is what the deploy file says about clones of the image. It also closes what the install file
// opened for the build: the WinRM listener with its certificate, Basic and unencrypted authentication, SSH host
// keys, the password of the automatic logon, the build's users.
type DeploySettings struct {
	// The name of the clone. Default: Windows chooses one.
	ComputerName string `mapstructure:"computer_name"`
	// Leave the communicator of the build and its users as they are. Default `false`.
	KeepCommunicator bool `mapstructure:"keep_communicator"`
	// Further local accounts that clones lose, beside the `user` blocks of the build.
	RemoveUsers []string `mapstructure:"remove_users"`
	// A local account of the clone. May be repeated.
	Users []User `mapstructure:"user"`
	// A network interface of the clone. May be repeated.
	Networks []Network `mapstructure:"network"`
	// The domain or workgroup that the clone joins.
	Domain *Domain `mapstructure:"domain"`
	// A command line for the clone. May be repeated. The stage `windowspe` does not exist here.
	Commands []Command `mapstructure:"command"`
	// A script for the clone. May be repeated.
	Scripts []Script `mapstructure:"script"`
	// Settings of the deploy file that have no attribute of their own. May be repeated.
	Components []Component `mapstructure:"component"`
}

// FirstBoot leaves the check of the activation in the machine: it waits for the host on the first boot of every clone, and
// publishes what it found through Data Exchange, the Application log and a file in `%ProgramFiles%\avma`.
type FirstBoot struct {
	// Whether there is a check. Default `true` where the block stands.
	Enabled *bool `mapstructure:"enabled"`
	// Hosts that may activate the clone, by full name or first label. Default: any; in the provisioner, its own
	// `expected_hosts`.
	ExpectedHosts []string `mapstructure:"expected_hosts"`
	// How long a clone waits for its activation before it publishes the failure, at least `interval` and at most `24h`,
	// rounded up to minutes. The check goes on after that, once an hour. Default `30m`.
	Deadline string `mapstructure:"deadline"`
	// How often the check is repeated until it has an answer, from `1m` to `24h`, rounded up to minutes. After that it
	// looks once an hour. Default `5m`.
	Interval string `mapstructure:"interval"`
}
