// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// choice is a flag that takes one of a few words.
type choice struct {
	value   *string
	allowed []string
}

func (c *choice) String() string {
	if c.value == nil { // pflag asks a zero one what "no value" looks like
		return ""
	}
	return *c.value
}

// Type is what the help shows for the value.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

// Set takes one of the words, in any case.
func (c *choice) Set(s string) error {
	for _, a := range c.allowed {
		if strings.EqualFold(a, s) {
			*c.value = a
			return nil
		}
	}
	if meant := near.Match(s, c.allowed); meant != "" {
		return fmt.Errorf("did you mean %s? It takes %s", meant, orList(c.allowed))
	}
	return fmt.Errorf("it takes %s", orList(c.allowed))
}

// choiceFlag adds a flag that takes one of the allowed words, with completion.
func choiceFlag(cmd *cobra.Command, value *string, name, initial, help string, allowed ...string) {
	*value = initial
	cmd.Flags().Var(&choice{value, allowed}, name, help)
	_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(allowed, cobra.ShellCompDirectiveNoFileComp))
}

// formatFlag adds --format; the first word is the default.
func formatFlag(cmd *cobra.Command, value *string, allowed ...string) {
	choiceFlag(cmd, value, "format", allowed[0], "form of the output", allowed...)
}

// outputFlag adds -o.
func outputFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVarP(value, "output", "o", "-", "write to `FILE` in one step; - is standard output")
	fileFlag(cmd, "output")
}

// fileFlag completes a flag with the names of files, of all kinds or with these endings.
func fileFlag(cmd *cobra.Command, name string, endings ...string) {
	if len(endings) > 0 {
		_ = cmd.MarkFlagFilename(name, endings...)
		return
	}
	_ = cmd.RegisterFlagCompletionFunc(name, completeFiles)
}

// completeFiles leaves it to the shell.
func completeFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// orList is "a", "a or b", "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
