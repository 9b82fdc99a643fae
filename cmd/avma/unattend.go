// SPDX-License-Identifier: MPL-2.0

package main

import "github.com/spf13/cobra"

func newUnattendCommand(a *app) *cobra.Command {
	return &cobra.Command{Use: "unattend", Hidden: true}
}
