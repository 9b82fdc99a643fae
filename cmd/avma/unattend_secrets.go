// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/internal/textfile"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// secretFlags are the flags that name files with secrets. There is none that takes the secret itself: a command line
// can be read by every user of the machine.
type secretFlags struct{ password, key string }

func (s *secretFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.password, "administrator-password-file", "",
		"`FILE` with the Administrator's password (- asks or reads standard input), or AVMA_ADMINISTRATOR_PASSWORD")
	cmd.Flags().StringVar(&s.key, "product-key-file", "",
		"`FILE` with a key in place of the catalogue's, such as a MAK, or AVMA_PRODUCT_KEY")
	fileFlag(cmd, "administrator-password-file")
	fileFlag(cmd, "product-key-file")
}

// merge sets the secrets in cfg: a file over the environment over the configuration file.
func (s *secretFlags) merge(ctx context.Context, a *app, cfg *unattend.Config, from origins, stdinTaken bool) error {
	for _, one := range []struct {
		target                *string
		attribute, path, what string
	}{
		{&cfg.AdministratorPassword, "administrator_password", s.password, "password"},
		{&cfg.ProductKey, "product_key", s.key, "product key"},
	} {
		flag, variable := "--"+flagName(one.attribute)+"-file", "AVMA_"+strings.ToUpper(one.attribute)
		if one.path != "" {
			if one.path == "-" && stdinTaken {
				return usage(fmt.Errorf("standard input can be only one of two things: %s and another one are both -", flag))
			}
			stdinTaken = stdinTaken || one.path == "-"
			secret, err := a.readSecret(ctx, one.path, one.what)
			if err != nil {
				return err
			}
			*one.target, from[one.attribute] = secret, flag
		} else if secret, ok := a.getenv(variable); ok && secret != "" {
			*one.target, from[one.attribute] = secret, variable
		}
	}
	return nil
}

// readSecret reads one line from a file; the line end is not a part of it. On a terminal it asks, without an echo.
func (a *app) readSecret(ctx context.Context, path, what string) (string, error) {
	if path == "-" && a.readPassword != nil {
		fmt.Fprintf(a.stderr, "%s: ", strings.ToUpper(what[:1])+what[1:])
		data, err := a.readPassword(ctx)
		fmt.Fprintln(a.stderr)
		if err != nil {
			return "", failed(err)
		}
		return checkSecret(string(data), "what was typed", what)
	}
	data, err := textfile.Read(a.fs, a.stdin, path)
	if err != nil {
		return "", failed(err)
	}
	name := path
	if path == "-" {
		name = "standard input"
	}
	return checkSecret(strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r"), name, what)
}

func checkSecret(secret, name, what string) (string, error) {
	switch {
	case secret == "":
		return "", usage(fmt.Errorf("%s holds no %s: it is empty", name, what))
	case strings.ContainsAny(secret, "\r\n"):
		return "", usage(errors.New(name + " has more than one line; it has to hold the " + what + " and nothing else"))
	}
	return secret, nil
}
