// SPDX-License-Identifier: MPL-2.0

package main

import (
	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// completeReleases completes a flag with the names of the releases.
func (a *app) completeReleases(cmd *cobra.Command, flag string) {
	a.complete(cmd, flag, func(c *catalog.Catalog) []string {
		var names []string
		for _, r := range c.Releases() {
			if r.NoAVMA == "" {
				names = append(names, r.Name)
			}
		}
		return names
	})
}

// completeHosts completes a flag with the hosts of the matrix.
func (a *app) completeHosts(cmd *cobra.Command, flag string) {
	a.complete(cmd, flag, func(c *catalog.Catalog) []string { return c.Hosts() })
}

// completeEditions completes a flag with the editions.
func completeEditions(cmd *cobra.Command, flag string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(
		[]string{"datacenter", "datacenter-core", "standard", "standard-core", "essentials", "datacenter-azure-edition"}, cobra.ShellCompDirectiveNoFileComp))
}

// completeWords completes flags with words that are made when somebody asks: tables are not read at each start.
func completeWords(cmd *cobra.Command, words func() []string, flags ...string) {
	for _, flag := range flags {
		_ = cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return words(), cobra.ShellCompDirectiveNoFileComp
		})
	}
}

func (a *app) complete(cmd *cobra.Command, flag string, names func(*catalog.Catalog) []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		c, err := a.catalog()
		if err != nil {
			c = catalog.Default()
		}
		return names(c), cobra.ShellCompDirectiveNoFileComp
	})
}
