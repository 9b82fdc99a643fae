// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/spf13/cobra"

// mediaCommands are the commands under `avma media`.
var mediaCommands = []func(*app) *cobra.Command{
	newMediaCreateCommand,
}

func newMediaCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "media",
		Short:   "Install media and answer media",
		Example: "  avma media create -o answers.iso Autounattend.xml",
		Args:    subcommandArgs,
		RunE:    needsSubcommand,
	}
	for _, make := range mediaCommands {
		cmd.AddCommand(make(a))
	}
	return cmd
}
