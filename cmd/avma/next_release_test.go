// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/internal/nextrelease"
)

// Each command that names releases knows one of a catalogue file.
func TestCommandsKnowANextRelease(t *testing.T) {
	file := func(a *app) {
		if err := afero.WriteFile(a.fs, "2099.hcl", []byte(nextrelease.Plain), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for args, want := range map[string]string{
		"keys":                            "2099     99000  Datacenter: Azure Edition",
		"matrix":                          "2099 Azure Ed.",
		"matrix --host 2099 --guest 2025": "yes: A Windows Server 2099 Datacenter host activates Windows Server 2025 Datacenter.",
		"matrix --host ws99 --guest 2099": "yes",
		"key --image %s --format json":    `"hosts": [`,
		"unattend --quiet --release ws2099 --edition standard-core": "Windows Server 2099 SERVERSTANDARDCORE",
		"__complete key --catalog 2099.hcl --release ":              "2099",
	} {
		fields := strings.Split(args, " ")
		for i, f := range fields {
			fields[i] = strings.Replace(f, "%s", "Windows Server 2099 SERVERDATACENTER", 1)
		}
		if fields[0] != "__complete" {
			fields = append(fields, "--catalog", "2099.hcl")
		}
		if a := ask(t, file, fields...); a.status != 0 || !strings.Contains(a.out, want) {
			t.Errorf("avma %s has not %q: %d\n%s%s", args, want, a.status, a.out, a.stderr)
		}
	}
}
