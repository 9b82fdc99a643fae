// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// pair is one cell of the matrix.
type pair struct {
	Host       string `json:"host"`
	Guest      string `json:"guest"`
	Edition    string `json:"edition"` // of the guest
	Activates  bool   `json:"activates"`
	Documented bool   `json:"documented"` // with activates false: documented not to work; else nothing says that it does
	Reason     string `json:"reason"`
}

func newMatrixCommand(a *app) *cobra.Command {
	var host, guest, format string
	cmd := &cobra.Command{
		Use:   "matrix",
		Short: "Show which host activates which guest",
		Long: `Shows which Hyper-V host (Windows Server Datacenter of a release, or azure-local) activates which guest.

With --host and --guest it answers yes (exit status 0), no (1), or undocumented (3): nothing says that it works, and
nothing that it does not. A guest is a release, with an edition where it
matters ("2022 Azure Edition"); without one, Datacenter is meant.`,
		Example: `  avma matrix
  avma matrix --host 2022 --guest 2019
  avma matrix --host azure-local --guest "2022 Azure Edition" --format json`,
		Args: noArgs,
		RunE: a.runs(func(cmd *cobra.Command, _ []string) error {
			c, err := a.catalog()
			if err != nil {
				return err
			}
			return a.matrix(cmd, c, host, guest, format)
		}),
	}
	cmd.Flags().StringVar(&host, "host", "", "only this host: a `RELEASE`, or azure-local")
	cmd.Flags().StringVar(&guest, "guest", "", "only this guest: a `RELEASE`, with an edition or without")
	formatFlag(cmd, &format, "table", "json")
	a.completeHosts(cmd, "host")
	a.completeReleases(cmd, "guest")
	return cmd
}

func (a *app) matrix(cmd *cobra.Command, c *catalog.Catalog, host, guest, format string) error {
	hosts, guests := c.Hosts(), matrixGuests(c)
	if host != "" {
		if name, ok := c.HostName(host); ok {
			host = name
		}
		hosts = []string{host}
	}
	var none *catalog.NoKeyError // the guest is understood, and there is nothing to activate it with
	if guest != "" {
		t, err := resolveGuest(c, guest)
		switch {
		case errors.As(err, &none):
			t = none.Target
			t.Release = cmp.Or(t.Release, guest)
		case err != nil:
			return usage(err)
		}
		guests = []catalog.Target{t}
	}
	var pairs []pair
	for _, h := range hosts {
		for _, g := range guests {
			answer := c.Activates(h, g)
			switch {
			case !answer.Known:
				return usage(errors.New("--host: " + answer.Reason))
			case none != nil:
				// What is newer than the catalogue may have a key that it does not know.
				unknown := none.Code == catalog.NoKeyUnknownBuild || none.Code == catalog.NoKeyUnknownRelease || none.Code == catalog.NoKeyUnknownEdition
				answer = catalog.Answer{Known: true, Documented: !unknown, Reason: none.Error()}
			}
			pairs = append(pairs, pair{h, g.Release, g.Edition, answer.OK, answer.Documented, answer.Reason})
		}
	}
	asked := host != "" && guest != ""
	var err error
	switch {
	case format == "json":
		err = a.writeJSON(cmd.Context(), "-", pairs)
	case asked || none != nil:
		err = a.write(cmd.Context(), "-", false, []byte(pairs[0].word()+": "+pairs[0].Reason+"\n"))
	default:
		err = a.write(cmd.Context(), "-", false, matrixTable(c, hosts, guests, pairs))
	}
	switch {
	case err != nil || !asked && none == nil || pairs[0].Activates:
		return err
	case !pairs[0].Documented:
		return failed(nil) // nothing says that it works, and nothing that it does not
	}
	return no(nil)
}

// word is the answer in one word.
func (p pair) word() string {
	switch {
	case p.Activates:
		return "yes"
	case p.Documented:
		return "no"
	}
	return "undocumented"
}

// resolveGuest reads a release with or without an edition; without one it is Datacenter.
func resolveGuest(c *catalog.Catalog, text string) (catalog.Target, error) {
	if r, err := c.FindRelease(text); err == nil {
		return c.Resolve(r.Name, catalog.Datacenter)
	}
	return c.Resolve(text, "")
}

// matrixGuests are the guests of the table: the long-term releases with an AVMA key, and Azure Edition.
func matrixGuests(c *catalog.Catalog) []catalog.Target {
	var guests, azure []catalog.Target
	for _, r := range c.Releases() {
		if r.NoAVMA != "" || r.CoreOnly() {
			continue
		}
		if t, err := c.Resolve(r.Name, catalog.Datacenter); err == nil {
			guests = append(guests, t)
		}
		if t, err := c.Resolve(r.Name, catalog.DatacenterAzure); err == nil {
			if _, err := c.Key(t, catalog.AVMA); err == nil {
				azure = append(azure, t)
			}
		}
	}
	return append(guests, azure...)
}

func matrixTable(c *catalog.Catalog, hosts []string, guests []catalog.Target, pairs []pair) []byte {
	var buf bytes.Buffer
	w := tabwriter.NewWriter(&buf, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "HOST \\ GUEST")
	for _, g := range guests {
		fmt.Fprint(w, "\t"+g.Release)
		if g.Edition == catalog.DatacenterAzure {
			fmt.Fprint(w, " Azure Ed.")
		}
	}
	fmt.Fprintln(w)
	for i, h := range hosts {
		fmt.Fprint(w, h)
		for j := range guests {
			word := pairs[i*len(guests)+j].word()
			if word == "undocumented" {
				word = "?"
			}
			fmt.Fprint(w, "\t"+word)
		}
		fmt.Fprintln(w)
	}
	_ = w.Flush()
	var counts []string
	for _, r := range c.Releases() {
		if r.CoreOnly() {
			counts = append(counts, r.Name+" as "+r.Family())
		}
	}
	fmt.Fprintf(&buf, "\nA host is Windows Server Datacenter, itself activated; Standard and evaluation hosts activate nothing.\n")
	fmt.Fprintf(&buf, "Other guests count: %s.\n", strings.Join(counts, ", "))
	fmt.Fprintf(&buf, "?: undocumented. Azure Edition is documented for Azure Local and Azure alone.\n")
	return buf.Bytes()
}
