// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown

package unattend

// User is a local account.
type User struct {
	// The account's name: at most 20 characters, none of `"/\[]:|<>+=;,?*%@`, neither
	// the computer's name nor Administrator, whose password is `administrator_password`.
	Name string `mapstructure:"name" required:"true"`
	// The account's password.
	Password string `mapstructure:"password"`
	// The full name. At most 256 characters.
	DisplayName string `mapstructure:"display_name"`
	// A description. At most 256 characters.
	Description string `mapstructure:"description"`
	// The local groups that it belongs to, by their English names, which Windows translates:
	// `Administrators`, `RemoteDesktopUsers`. Default `["Users"]`.
	Groups []string `mapstructure:"groups"`
	// Leave the account in the image. Default `false`: the deploy file removes it from every clone.
	Keep bool `mapstructure:"keep"`
}

// AutoLogon logs an account on after Setup, a fixed number of times. (Windows counts one too many; the file
// corrects that at the first logon.)
type AutoLogon struct {
	// Who logs on: `Administrator` (default) or the name of a `user` block.
	Username string `mapstructure:"username"`
	// The password. Default: that of the account.
	Password string `mapstructure:"password"`
	// The account's domain, if it is not a local one.
	Domain string `mapstructure:"domain"`
	// How many times. Default 1.
	Count *int `mapstructure:"count"`
}
