// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/internal/regular"
	"github.com/golden-image/packer-plugin-avma/report"
)

// verification is what the flags of `avma verify` say.
type verification struct {
	facts, format, output         string
	release, edition, hostRelease string
	hosts                         []string
}

func newVerifyCommand(a *app) *cobra.Command {
	var v verification
	cmd := &cobra.Command{
		Use:   "verify [--facts FILE]",
		Short: "Say whether a guest is activated by its host, and if not, why",
		Long: `Looks at the Windows guest that it runs in, or judges facts that were collected before: by avma verify --format json in
the guest, or by the report of the provisioner "avma". Looking changes nothing.

Exit status: 0 activated, 1 not activated (or not yet), 3 it cannot be told.`,
		Example: `  avma verify
  avma verify --expected-host hv-01 --expected-host hv-02 --format junit -o activation.xml
  avma verify --facts activation.json`,
		Args: noArgs,
		RunE: a.runs(func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), v) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&v.facts, "facts", "", "judge the facts in `FILE` (- is standard input) instead of looking at this machine")
	flags.StringVar(&v.release, "release", "", "`RELEASE` that the guest has to be (default: what it is)")
	flags.StringVar(&v.edition, "edition", "", "`EDITION` that the guest has to be (default: what it is)")
	flags.StringArrayVar(&v.hosts, "expected-host", nil, "`NAME` of a host that may have activated it; may be repeated (default: any)")
	flags.StringVar(&v.hostRelease, "host-release", "", "`RELEASE` of the host, where it is known")
	formatFlag(cmd, &v.format, "text", "json", "junit")
	outputFlag(cmd, &v.output)
	fileFlag(cmd, "facts", "json")
	a.completeReleases(cmd, "release")
	a.completeHosts(cmd, "host-release")
	completeEditions(cmd, "edition")
	return cmd
}

func (a *app) verify(ctx context.Context, v verification) error {
	c, err := a.catalog()
	if err != nil {
		return err
	}
	expected, err := a.expectation(c, v)
	if err != nil {
		return err
	}
	facts, said, err := a.facts(ctx, v.facts)
	if err != nil {
		return failed(err)
	}
	expected.Defer = said == activation.Deferred // the build left the proof to the first boot, and these are its facts
	verdict := activation.Judge(facts, expected)
	var buf bytes.Buffer
	switch v.format {
	case "json":
		err = report.JSON(&buf, verdict, facts)
	case "junit":
		err = report.JUnit(&buf, verdict, facts)
	default:
		colour := a.colour(a.stdoutIsTerminal) && (v.output == "" || v.output == "-")
		err = report.Text(&buf, verdict, facts, colour)
	}
	if err != nil {
		return failed(err)
	}
	if err := a.write(ctx, v.output, false, buf.Bytes()); err != nil {
		return err
	}
	switch verdict.Status {
	case activation.Activated:
		return nil
	case activation.Unknown:
		return failed(nil) // the output says why
	}
	return no(nil)
}

// expectation checks the spelling of what is expected before anything is looked at.
func (a *app) expectation(c *catalog.Catalog, v verification) (activation.Expectation, error) {
	e := activation.Expectation{Catalog: c, Release: v.release, Edition: v.edition, Hosts: v.hosts, HostRelease: v.hostRelease}
	if v.facts == "" {
		e.Now = a.now() // facts of another day are not held against today's clock
	}
	if err := checkWanted(c, v.release, v.edition); err != nil {
		return e, usage(err)
	}
	return e, nil
}

// checkWanted checks the spelling of a release, of an edition, or of both; what is left out is what the guest is.
func checkWanted(c *catalog.Catalog, release, edition string) error {
	var err error
	switch {
	case release == "" && edition == "":
	case release == "":
		_, err = catalog.FindEdition(edition)
	case edition == "":
		if _, err = c.Resolve(release, ""); err != nil { // "Windows Server 2022 Datacenter" says both
			_, err = c.FindRelease(release)
		}
	default:
		_, err = c.Resolve(release, edition)
	}
	return err
}

// facts reads collected facts, with the status of the report that they stand in, or looks at this machine.
func (a *app) facts(ctx context.Context, path string) (activation.Facts, activation.Status, error) {
	switch {
	case path == "" && a.goos == "windows":
		facts, err := a.collect(ctx)
		return facts, "", err
	case path == "":
		return activation.Facts{}, "", errors.New(`this is no Windows guest, so there is nothing to look at; run "avma verify --format json" in the guest ` +
			"(or let the provisioner write its json report), and give the file to avma verify --facts FILE here")
	}
	var r io.Reader = a.stdin
	if path != "-" {
		f, err := regular.Open(a.fs, path)
		if err != nil {
			return activation.Facts{}, "", err
		}
		defer f.Close()
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, activation.MaxFactsSize+1))
	if err != nil {
		return activation.Facts{}, "", err
	}
	facts, said, err := activation.ParseReport(data)
	if err != nil {
		return facts, "", fmt.Errorf("%s holds no facts of a guest: %w; it has to be the output of avma verify --format json, or the json report of the provisioner", describe(path), err)
	}
	return facts, said, nil
}

// describe names an input in a message.
func describe(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}
