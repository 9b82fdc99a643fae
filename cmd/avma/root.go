// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

const goos = runtime.GOOS

// commands lists the commands; the help sorts them by name.
var commands = []func(*app) *cobra.Command{
	newKeyCommand,
	newKeysCommand,
	newMatrixCommand,
	newCheckKeyCommand,
	newUnattendCommand,
	newMediaCommand,
	newVerifyCommand,
	newVersionCommand,
}

func newRoot(a *app) *cobra.Command {
	var showVersion bool
	root := &cobra.Command{
		Use:   "avma",
		Short: "AVMA keys, answer files and proof of activation for Windows Server guests",
		Long: `avma finds the Automatic Virtual Machine Activation key of a Windows Server release and edition, writes answer
files and answer media that carry it, and checks that the Hyper-V host activated the guest.

Exit status: 0 yes or done, 1 the answer is no, 2 bad usage or content that cannot be generated, 3 could not look or
write, 130 interrupted.`,
		Example: `  avma key --release 2022 --edition datacenter
  avma unattend --release 2022 --edition datacenter -o Autounattend.xml
  avma media create -o answers.iso Autounattend.xml`,
		Args: subcommandArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				return a.write(cmd.Context(), "-", false, []byte(buildInfo().line()))
			}
			return cmd.Help()
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().StringVar(&a.catalogFile, "catalog", "",
		"`FILE` (HCL or JSON) that adds or overrides releases and keys (or AVMA_CATALOG)")
	_ = root.MarkPersistentFlagFilename("catalog", "hcl", "json")
	root.PersistentFlags().BoolVar(&a.quiet, "quiet", false, "say no notes and no warnings on standard error, only errors")
	root.Flags().BoolVar(&showVersion, "version", false, "say which version this is")
	root.SetFlagErrorFunc(flagError)
	// Words are completed where there are words to offer; a file's name only where a file is wanted.
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	for _, make := range commands {
		root.AddCommand(make(a))
	}
	strictBuiltins(root)
	return root
}

// run is one call of the program; it gives the exit status.
func (a *app) run(ctx context.Context, args []string) int {
	a.stdin = &interruptible{ctx, a.stdin}
	out := &checkedWriter{Writer: a.stdout}
	a.stdout = out
	a.stderr = &messages{w: a.stderr, colour: a.colour(a.stderrIsTerminal)}
	root := newRoot(a)
	root.SetArgs(append([]string{}, args...)) // nil would be the arguments of the process
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil || !a.started {
		if out.err != nil { // cobra writes help and completions, and does not look at what becomes of them
			err, a.started = failed(fmt.Errorf("cannot write to standard output: %w", out.err)), true
		}
	}
	status := a.status(ctx, err)
	a.complain(cmd, err, status)
	return status
}

// complain prints err to standard error. Diagnostics print themselves with their source lines.
func (a *app) complain(cmd *cobra.Command, err error, status int) {
	var diagnostics *hclfile.Error
	switch {
	case err == nil, err.Error() == "":
	case status == exitInterrupted:
		fmt.Fprintln(a.stderr, "avma: interrupted")
	case isClosedPipe(err):
	case errors.As(err, &diagnostics):
		_ = diagnostics.Print(a.stderr, a.colour(a.stderrIsTerminal))
	default:
		fmt.Fprintf(a.stderr, "avma: %s\n", cmp.Or(a.unreadable(cmd, err), err.Error()))
		if status == exitUsage && !a.started {
			fmt.Fprintf(a.stderr, "%s --help shows how it is used.\n", cmd.CommandPath())
		}
	}
}

// runs wraps a command's code: from here on an error is about the work, not about the usage.
func (a *app) runs(fn func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.started = true
		return fn(cmd, args)
	}
}
