// SPDX-License-Identifier: MPL-2.0

package key

import (
	"errors"
	"fmt"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// unknown stands for a value that another data source has not given yet: packer validate does not run them.
const unknown = "<unknown>"

// undecided reports whether the configuration holds such a value, so that nothing can be looked up.
func (c Config) undecided() bool {
	for _, v := range []string{c.Release, c.Edition, c.Image, c.Channel, c.Host, c.Catalog} {
		if v == unknown {
			return true
		}
	}
	return false
}

// check finds what is wrong in the configuration by itself.
func (c Config) check() error {
	switch {
	case c.Image != "" && (c.Release != "" || c.Edition != ""):
		return errors.New("image: it says release and edition already; give either image, or release and edition")
	case c.Image == "" && c.Release == "" && c.Edition == "":
		return errors.New("release, edition: neither is given; say for example release = \"2022\" and edition = \"datacenter\", or image = \"Windows Server 2022 SERVERDATACENTER\"")
	}
	switch c.Channel {
	case "", string(catalog.AVMA), string(catalog.GVLK), unknown:
	default:
		return fmt.Errorf("channel: %q is not known; it is \"avma\" (default) or \"gvlk\"", c.Channel)
	}
	if c.Host != "" && c.Channel == string(catalog.GVLK) {
		return errors.New("host: a host has no part in activating a KMS client key; leave host out, or channel")
	}
	return nil
}

// look answers the configuration from a catalogue.
func look(cat *catalog.Catalog, c Config) (DatasourceOutput, error) {
	var none DatasourceOutput
	target, err := resolve(cat, c)
	if err != nil {
		return none, err
	}
	entry, err := cat.Key(target, catalog.Channel(c.Channel))
	if err != nil {
		return none, err
	}
	warnings := []string{}
	if entry.Standing == catalog.Inferred {
		warnings = append(warnings, fmt.Sprintf("the key of %s %s is inferred, not documented: prove it on a guest before you rely on it", entry.Release, entry.Edition))
	}
	if c.Host != "" {
		answer := cat.Activates(c.Host, target)
		switch {
		case !answer.Known, !answer.OK && answer.Documented:
			return none, fmt.Errorf("host = %q: %s", c.Host, answer.Reason)
		case !answer.Documented:
			warnings = append(warnings, fmt.Sprintf("host %q: %s", c.Host, answer.Reason))
		}
	}
	image, err := cat.ImageName(target)
	if err != nil {
		image = "" // the media knows it; not a matter of the key
	}
	return DatasourceOutput{
		Key: entry.Key, PartialKey: entry.PartialKey(), Channel: string(entry.Channel),
		Release: entry.Release, Build: entry.Build, Edition: entry.Edition, EditionID: entry.EditionID, Core: target.Core,
		ImageName: image, Standing: string(entry.Standing), Source: entry.Source,
		Hosts: append([]string{}, entry.Hosts...), Warnings: warnings,
	}, nil
}

func resolve(cat *catalog.Catalog, c Config) (catalog.Target, error) {
	if c.Image != "" {
		return cat.ResolveImage(c.Image)
	}
	return cat.Resolve(c.Release, c.Edition)
}
