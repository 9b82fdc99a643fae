// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/version"
)

// build is what `avma version --format json` answers.
type build struct {
	Version string `json:"version"` // ends in "-dev" for a build that is no release
	Commit  string `json:"commit"`  // "" where the build knows none
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func newVersionCommand(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Say which version this is",
		Example: "  avma version\n  avma version --format json",
		Args:    noArgs,
		RunE: a.runs(func(cmd *cobra.Command, _ []string) error {
			b := buildInfo()
			if format == "json" {
				return a.writeJSON(cmd.Context(), "-", b)
			}
			return a.write(cmd.Context(), "-", false, []byte(b.line()))
		}),
	}
	formatFlag(cmd, &format, "text", "json")
	return cmd
}

// line is what avma version and avma --version print.
func (b build) line() string {
	commit := ""
	if b.Commit != "" {
		commit = b.Commit + ", "
	}
	return fmt.Sprintf("avma %s (%s%s, %s/%s)\n", b.Version, commit, b.Go, b.OS, b.Arch)
}

func buildInfo() build {
	b := build{Version: version.String(), Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Commit = s.Value[:min(len(s.Value), 12)]
		}
	}
	return b
}
