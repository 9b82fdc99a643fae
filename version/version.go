// SPDX-License-Identifier: MPL-2.0

package version

// The parts of the version. A release build sets Prerelease to "" and may set Metadata to its commit, by
// -ldflags "-X"; see .goreleaser.yml. Packer accepts no pre-release but "dev" in a plugin that is installed by hand.
var (
	Version    = "0.1.0"
	Prerelease = "dev"
	Metadata   = ""
)

// String is the version as people and Packer read it, such as "0.1.0" or "0.1.0-dev".
func String() string {
	s := Version
	if Prerelease != "" {
		s += "-" + Prerelease
	}
	if Metadata != "" {
		s += "+" + Metadata
	}
	return s
}
