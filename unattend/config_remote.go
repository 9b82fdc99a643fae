// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown

package unattend

// RDP switches Remote Desktop on, with its group of firewall rules.
type RDP struct {
	// Let clients connect that do not authenticate first (Network Level Authentication off). Default `false`.
	DisableNLA bool `mapstructure:"disable_nla"`
}

// WinRM sets up WinRM when Setup has finished, after the commands of the first logon, and never earlier: Packer
// connects to a machine that is ready.
type WinRM struct {
	// `https` (default), with a certificate that the guest signs itself (`winrm_insecure = true` in Packer), or
	// `http`.
	Protocol string `mapstructure:"protocol"`
	// The port. Default 5986 for `https`, 5985 for `http`.
	Port *int `mapstructure:"port"`
	// Do not allow Basic authentication: Packer then needs `winrm_use_ntlm = true`. Default `false`.
	DisableBasic bool `mapstructure:"disable_basic"`
}

// OpenSSH sets up the OpenSSH server when Setup has finished, and opens its port for all network profiles.
type OpenSSH struct {
	// Where the server comes from. 2025 has it, and needs none. For 2019 and 2022: `windows-update`, or a
	// folder with the Features on Demand. For all: the path of a Win32-OpenSSH `.zip` or `.msi`. A path without a
	// drive letter is looked for in the root of every drive, so a file on the answer CD is found.
	Source string `mapstructure:"source"`
	// The port. Default 22.
	Port *int `mapstructure:"port"`
	// Public keys that may log on as an administrator.
	AuthorizedKeys []string `mapstructure:"authorized_keys"`
}
