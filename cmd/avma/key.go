// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// keyQuestion is what the flags of `avma key` ask.
type keyQuestion struct {
	release, edition, image, host, channel, format string
}

func newKeyCommand(a *app) *cobra.Command {
	var q keyQuestion
	cmd := &cobra.Command{
		Use:   "key --release R --edition E",
		Short: "Print the key of a release and edition",
		Long: `Prints the key that a guest of this release and edition takes, and only the key.

Release and edition are understood as people write them: 2022, ws2022, "Windows Server 2022", 20348, 20H2, "2012 R2";
datacenter, "Datacenter: Azure Edition", ServerDatacenterCor. --image says both.

Exit status 1: no such key exists, or the host named by --host does not activate the guest. There is never a nearest
key: the message says why there is none and what to do.`,
		Example: `  avma key --release 2022 --edition datacenter
  avma key --release "2012 R2" --edition standard --format json
  avma key --image "Windows Server 2022 SERVERDATACENTERCORE"
  avma key --release 2025 --edition datacenter --host 2022`,
		Args: noArgs,
		RunE: a.runs(func(cmd *cobra.Command, _ []string) error { return a.key(cmd, q) }),
	}
	cmd.Flags().StringVar(&q.release, "release", "", "`RELEASE` of the guest: 2025, 2022, 20348, 20H2, ...")
	cmd.Flags().StringVar(&q.edition, "edition", "", "`EDITION` of the guest: datacenter, standard, essentials, datacenter-azure-edition, or an EditionID")
	cmd.Flags().StringVar(&q.image, "image", "", "`NAME` of an image in install.wim, in place of --release and --edition")
	cmd.Flags().StringVar(&q.host, "host", "", "also ask whether a Hyper-V host of this `RELEASE` (or azure-local) activates the guest")
	choiceFlag(cmd, &q.channel, "channel", "avma", "kind of key", "avma", "gvlk")
	formatFlag(cmd, &q.format, "text", "json")
	a.strictFlag(cmd)
	a.completeReleases(cmd, "release")
	a.completeHosts(cmd, "host")
	completeEditions(cmd, "edition")
	return cmd
}

func (a *app) key(cmd *cobra.Command, q keyQuestion) error {
	c, err := a.catalog()
	if err != nil {
		return err
	}
	target, err := q.target(c)
	if err != nil {
		return lookUpFailed(err)
	}
	entry, err := c.Key(target, catalog.Channel(q.channel))
	if err != nil {
		return lookUpFailed(err)
	}
	if q.host != "" {
		if err := a.hostActivates(c, q.host, target, entry); err != nil {
			return err
		}
	}
	if entry.Standing == catalog.Inferred {
		a.warn(fmt.Sprintf("this key is inferred, not documented for %s %s: %s", entry.Release, entry.Edition, entry.Source))
	}
	if err := a.strictly(); err != nil {
		return err
	}
	if q.format == "json" {
		return a.writeJSON(cmd.Context(), "-", entry)
	}
	return a.write(cmd.Context(), "-", false, []byte(entry.Key+"\n"))
}

// target is the guest that the flags name.
func (q keyQuestion) target(c *catalog.Catalog) (catalog.Target, error) {
	switch {
	case q.image != "" && (q.release != "" || q.edition != ""):
		return catalog.Target{}, usage(errors.New("--image names release and edition: leave out --release and --edition"))
	case q.image != "" && strings.Trim(q.image, "0123456789") == "" && len(q.image) < 4:
		return catalog.Target{}, usage(fmt.Errorf("--image %s: an image's NAME says release and edition, such as \"Windows Server 2022 SERVERDATACENTERCORE\"; its number on some media does not", q.image))
	case q.image != "":
		return c.ResolveImage(q.image)
	case q.release == "" && q.edition == "":
		return catalog.Target{}, usage(errors.New("which release and edition? For example: avma key --release 2022 --edition datacenter"))
	}
	if _, err := c.Resolve(q.edition, ""); q.release == "" && err != nil { // "--edition 'Server 2022 Datacenter'" says both
		return catalog.Target{}, usage(errors.New("which release? For example: avma key --release 2022 --edition datacenter"))
	}
	return c.Resolve(q.release, q.edition)
}

// hostActivates is nil when the host activates the guest.
func (a *app) hostActivates(c *catalog.Catalog, host string, target catalog.Target, entry catalog.Entry) error {
	if entry.Channel != catalog.AVMA {
		return usage(errors.New("--host is about AVMA keys: a KMS client key is activated by a KMS host, not by the Hyper-V host"))
	}
	answer := c.Activates(host, target)
	switch {
	case !answer.Known:
		return usage(errors.New("--host: " + answer.Reason))
	case !answer.OK && answer.Documented:
		return no(errors.New(answer.Reason))
	case !answer.Documented:
		a.warn(answer.Reason)
	}
	return nil
}

// lookUpFailed gives an error of the catalogue its exit status: no key is an answer, a spelling is usage.
func lookUpFailed(err error) error {
	var noKey *catalog.NoKeyError
	var status *statusError
	switch {
	case errors.As(err, &status):
		return err
	case errors.As(err, &noKey):
		return no(err)
	}
	return usage(err)
}
