// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

func newKeysCommand(a *app) *cobra.Command {
	var release, edition, channel, format string
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "List the keys that are known, and how well",
		Long: `Lists the keys of the catalogue. Standing says how well a key is known: documented by Microsoft, cross-checked in
several public sources, or inferred (the key of the release that this one derives from, not on Microsoft's page).

Exit status 1: nothing matches.`,
		Example: `  avma keys
  avma keys --release 2022 --channel all
  avma keys --edition essentials --format csv`,
		Args: noArgs,
		RunE: a.runs(func(cmd *cobra.Command, _ []string) error {
			c, err := a.catalog()
			if err != nil {
				return err
			}
			filter, err := keysFilter(c, release, edition, channel)
			if err != nil {
				return lookUpFailed(err)
			}
			entries := c.Entries(filter)
			if err := a.writeKeys(cmd, entries, format); err != nil {
				return err
			}
			if len(entries) == 0 {
				return no(nothingListed(c, filter, channel))
			}
			return nil
		}),
	}
	cmd.Flags().StringVar(&release, "release", "", "only this `RELEASE`")
	cmd.Flags().StringVar(&edition, "edition", "", "only this `EDITION`")
	choiceFlag(cmd, &channel, "channel", "avma", "kind of key", "avma", "gvlk", "all")
	formatFlag(cmd, &format, "table", "json", "csv")
	a.completeReleases(cmd, "release")
	completeEditions(cmd, "edition")
	return cmd
}

func keysFilter(c *catalog.Catalog, release, edition, channel string) (catalog.Filter, error) {
	f := catalog.Filter{Channel: catalog.Channel(channel)}
	if channel == "all" {
		f.Channel = ""
	}
	if release != "" {
		r, err := c.FindRelease(release)
		if err != nil {
			return f, err
		}
		if _, ok := catalog.BuildNumber(release); ok {
			f.Build = r.Build // all releases of that build
		} else {
			f.Release = r.Name
		}
	}
	if edition != "" {
		name, err := catalog.FindEdition(edition)
		if err != nil {
			return f, err
		}
		f.Edition = name
	}
	return f, nil
}

// nothingListed says why: the catalogue's own reason where the question was precise.
func nothingListed(c *catalog.Catalog, f catalog.Filter, channel string) error {
	if f.Release != "" {
		edition := f.Edition
		if edition == "" {
			edition = catalog.Datacenter
		}
		if t, err := c.Resolve(f.Release, edition); err == nil {
			if _, err := c.Key(t, f.Channel); err != nil {
				return err
			}
		}
	}
	if channel == "all" {
		return errors.New("no key matches; avma keys --channel all lists every one")
	}
	return fmt.Errorf("no %s key matches; avma keys --channel all lists every key", strings.ToUpper(channel))
}

func (a *app) writeKeys(cmd *cobra.Command, entries []catalog.Entry, format string) error {
	var buf bytes.Buffer
	switch format {
	case "json":
		if entries == nil {
			entries = []catalog.Entry{}
		}
		return a.writeJSON(cmd.Context(), "-", entries)
	case "csv":
		w := csv.NewWriter(&buf)
		_ = w.Write([]string{"release", "build", "edition", "edition_id", "channel", "key", "standing", "source", "hosts"})
		for _, e := range entries {
			_ = w.Write([]string{e.Release, strconv.Itoa(e.Build), e.Edition, e.EditionID, string(e.Channel), e.Key, string(e.Standing), e.Source, strings.Join(e.Hosts, ";")})
		}
		w.Flush()
	default:
		if len(entries) == 0 {
			return nil
		}
		w := tabwriter.NewWriter(&buf, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "RELEASE\tBUILD\tEDITION\tCHANNEL\tKEY\tSTANDING")
		for _, e := range entries {
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\n", e.Release, e.Build, e.Edition, e.Channel, e.Key, e.Standing)
		}
		_ = w.Flush()
	}
	return a.write(cmd.Context(), "-", false, buf.Bytes())
}
