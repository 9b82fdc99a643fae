// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"strings"
	"testing"
)

// The registry shows what a release tells it: under one name, in the workflow and in the description of .web-docs.
func TestReleasesAreToldToTheRegistry(t *testing.T) {
	const identifier = "packer/golden-image/avma"
	for path, want := range map[string][]string{
		".web-docs/metadata.hcl":                           {`identifier  = "` + identifier + `"`},
		".github/workflows/notify-integration-release.yml": {"integration_identifier: " + identifier, "types: [published]", "hashicorp/integration-release-action", "release_version: ${{ steps.version.outputs.number }}"},
	} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(string(text), w) {
				t.Errorf("%s does not say %q", path, w)
			}
		}
	}
}
