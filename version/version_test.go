// SPDX-License-Identifier: MPL-2.0

package version

import (
	"regexp"
	"testing"
)

// Packer refuses a plugin whose version is neither 1.2.3 nor 1.2.3-dev.
func TestStringIsWhatPackerAccepts(t *testing.T) {
	accepted := regexp.MustCompile(`^\d+\.\d+\.\d+(-dev)?$`)
	if Metadata == "" && !accepted.MatchString(String()) {
		t.Errorf("String() = %q, want the form 1.2.3 or 1.2.3-dev", String())
	}
}

func TestStringParts(t *testing.T) {
	defer func(v, p, m string) { Version, Prerelease, Metadata = v, p, m }(Version, Prerelease, Metadata)
	for _, c := range []struct{ version, prerelease, metadata, want string }{
		{"1.2.3", "", "", "1.2.3"},
		{"1.2.3", "dev", "", "1.2.3-dev"},
		{"1.2.3", "", "0abc", "1.2.3+0abc"},
		{"1.2.3", "dev", "0abc", "1.2.3-dev+0abc"},
	} {
		Version, Prerelease, Metadata = c.version, c.prerelease, c.metadata
		if got := String(); got != c.want {
			t.Errorf("String() with %+v = %q", c, got)
		}
	}
}
