// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

// subcommandArgs refuses what is no command of the group, naming the command that was probably meant.
func subcommandArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	hint := "; the commands are " + strings.Join(names, ", ")
	if meant := near.Match(args[0], names); meant != "" {
		hint = fmt.Sprintf("; did you mean %q?", cmd.CommandPath()+" "+meant)
	}
	return fmt.Errorf("there is no command %q%s", cmd.CommandPath()+" "+args[0], hint)
}

// needsSubcommand is the code of a group that does nothing by itself.
func needsSubcommand(cmd *cobra.Command, _ []string) error {
	return fmt.Errorf("%s needs a command after it", cmd.CommandPath())
}

// strictBuiltins makes cobra's own two commands refuse what they do not know: "avma help kye" and "avma completion tcsh"
// would print something else and succeed.
func strictBuiltins(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "completion":
			c.Args, c.RunE = subcommandArgs, needsSubcommand
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				about, rest, err := root.Find(args)
				switch {
				case err != nil:
					return err
				case about.HasSubCommands():
					return subcommandArgs(about, rest)
				}
				return noArgs(about, rest)
			}
		}
	}
}

// noArgs refuses arguments: everything is said by flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no arguments, only flags: what is %q for?", cmd.CommandPath(), args[0])
}

// flagError names the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return fmt.Errorf("--%s %q: %w", invalid.GetFlag().Name, invalid.GetValue(), invalid.Unwrap())
	}
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return err
	}
	if words := cmd.Flags().Args(); cmd.HasAvailableSubCommands() && len(words) > 0 { // "avma kye --release 2022"
		return subcommandArgs(cmd, words)
	}
	word := missing.GetSpecifiedName()
	if group := missing.GetSpecifiedShortnames(); group != "" {
		word = group // -release: a long name with one dash
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if meant := near.Match(word, names); meant != "" {
		return fmt.Errorf("%s has no flag %s; did you mean --%s?", cmd.CommandPath(), written(missing), meant)
	}
	var with []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Flags().Lookup(word) != nil {
			with = append(with, c.CommandPath())
		}
	}
	if len(with) > 0 { // "avma --release 2022"
		return fmt.Errorf("%s has no flag %s: it needs a command before it, %s", cmd.CommandPath(), written(missing), orList(with))
	}
	return fmt.Errorf("%s has no flag %s", cmd.CommandPath(), written(missing))
}

func written(missing *pflag.NotExistError) string {
	if group := missing.GetSpecifiedShortnames(); group != "" {
		return "-" + group
	}
	return "--" + missing.GetSpecifiedName()
}
