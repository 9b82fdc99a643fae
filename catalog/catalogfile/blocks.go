// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// release reads `release "2028" { build = 30000 }`.
func (b *blockReader) release(seen map[string]hcl.Range) {
	name, at := b.label(0)
	b.once(seen, name, "the release "+name)
	rel, existing := b.current().Release(name)
	if !existing {
		rel = catalog.Release{Name: name, Title: "Windows Server " + name, ImageTitle: "Windows Server " + name,
			Editions: []string{catalog.Datacenter, catalog.Standard}}
		b.newName(name, at)
	}
	rel.Build = b.number("build", "26100")
	if build := rel.Build; !b.failed && (build < 6000 || build > 999999) {
		b.wrong(b.at("build"), fmt.Sprintf("%d is no build number of Windows", build), "It is CurrentBuildNumber, such as 26100.")
	}
	if s := b.text("servicing"); s != "" {
		rel.Servicing = catalog.Servicing(s)
		switch rel.Servicing {
		case catalog.LongTerm, catalog.SemiAnnual, catalog.Annual:
		default:
			b.wrong(b.at("servicing"), fmt.Sprintf("there is no servicing %q", s), "It is ltsc (the default), sac or annual; the last two have Server Core only.")
		}
	}
	if rel.CoreOnly() && !existing {
		rel.Title, rel.ImageTitle, rel.NoHost = "Windows Server, version "+name, "", true
	}
	if s := b.text("title"); s != "" {
		rel.Title = s
	}
	if s := b.text("image_title"); s != "" {
		rel.ImageTitle = s
	}
	rel.NoHost = !b.flag("host", !rel.NoHost)
	b.keysOf(&rel)
	b.editions(&rel)
	b.facts(&rel.Facts)
	b.aliases(&rel)
	for _, other := range b.current().Releases() {
		if other.Name != name && other.Build == rel.Build && other.CoreOnly() == rel.CoreOnly() {
			b.wrong(b.at("build"), fmt.Sprintf("build %d is that of %s", rel.Build, other.Title), "Two releases of one build cannot be told apart: override that one (release \""+other.Name+"\"), or correct the number.")
		}
	}
	if !b.failed {
		b.merged = nil
		b.overlay.Releases = append(b.overlay.Releases, rel)
	}
}

// current is the base with what the file has said so far.
func (b *blockReader) current() *catalog.Catalog {
	if b.merged == nil {
		b.merged = b.base.With(b.overlay)
	}
	return b.merged
}

// newName refuses a name that would not be found again, or that already means something.
func (b *blockReader) newName(name string, at hcl.Range) {
	const allowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ."
	if name == "" || len(name) > 32 || name[0] < '0' || name[0] > '9' || strings.Trim(name, allowed) != "" {
		b.wrong(at, fmt.Sprintf("%q is no name of a release", name), "A name begins with a digit and has letters and digits, like 2028, 2028 R2 or 26H2; the title is another attribute.")
		return
	}
	if t, err := b.current().Resolve(name, catalog.Datacenter); err == nil {
		b.wrong(at, fmt.Sprintf("%q already means %s", name, t.Release), "Choose another name, or override that release by its own name.")
	}
}

func (b *blockReader) keysOf(rel *catalog.Release) {
	s := b.text("keys_of")
	if s == "" {
		return
	}
	family, ok := b.current().Release(s)
	if !ok || s == rel.Name {
		b.wrong(b.at("keys_of"), fmt.Sprintf("no other release %q is known", s), "It is the name of the long-term release whose AVMA keys this one takes, such as 2025.")
		return
	}
	rel.KeysOf = family.Family()
}

func (b *blockReader) editions(rel *catalog.Release) {
	if list := b.editionList("editions"); len(list) > 0 {
		rel.Editions = list
	}
}

// editionList reads a list of editions by any spelling; never nil.
func (b *blockReader) editionList(attribute string) []string {
	out := []string{}
	for _, s := range b.list(attribute) {
		t, err := b.base.Resolve("2022", s) // any release will do: it is the edition's spelling that is asked about
		if err != nil || t.Core || t.Evaluation {
			b.wrong(b.at(attribute), fmt.Sprintf("%q is no edition", s), "Editions are Datacenter, Datacenter: Azure Edition, Standard and Essentials.")
			return out
		}
		out = append(out, t.Edition)
	}
	return out
}

func (b *blockReader) aliases(rel *catalog.Release) {
	for _, s := range b.list("aliases") {
		if t, err := b.current().Resolve(s, catalog.Datacenter); err == nil && t.Release == rel.Name {
			continue // its own already
		}
		b.newName(s, b.at("aliases"))
		rel.Aliases = append(rel.Aliases, s)
	}
}

// key reads `key "2028" "datacenter" { key = "..." }`.
func (b *blockReader) key(seen map[string]hcl.Range) {
	release, atRelease := b.label(0)
	edition, atEdition := b.label(1)
	t, err := b.current().Resolve(release, edition)
	if err != nil {
		var re *catalog.ResolveError
		if errors.As(err, &re) && re.What == "edition" {
			b.wrong(atEdition, err.Error(), "")
		} else {
			b.wrong(atRelease, fmt.Sprintf("the release %q is not in the catalogue", release), "Describe it by a release block in this file, or correct the name.")
		}
		return
	}
	if t.Evaluation {
		b.wrong(atEdition, "an evaluation edition takes no key", "Name the edition itself: "+strings.ToLower(t.Edition)+".")
	}
	e := catalog.Entry{Release: t.Release, Build: t.Build, Edition: t.Edition, EditionID: t.EditionID,
		Standing: b.standing(catalog.Inferred), Source: b.text("source")}
	if e.Channel, err = catalog.ParseChannel(b.text("channel")); err != nil {
		b.wrong(b.at("channel"), err.Error(), "")
	}
	if e.Source == "" {
		e.Source = "catalogue file " + b.name
	}
	if e.Key = b.productKey(); e.Key != "" {
		for _, known := range b.base.Identify(e.Key) {
			if known.Channel != e.Channel {
				b.wrongKey(fmt.Sprintf("this is a %s key, that of %s %s", strings.ToUpper(string(known.Channel)), known.Release, known.Edition),
					"Write channel = \""+string(known.Channel)+"\", or the right key.")
				break
			}
		}
	}
	b.once(seen, e.Release+"\x00"+e.EditionID+"\x00"+string(e.Channel), fmt.Sprintf("the %s key of %s %s", e.Channel, e.Release, e.Edition))
	if !b.failed {
		b.merged = nil
		b.overlay.Entries = append(b.overlay.Entries, e)
	}
}

func (b *blockReader) productKey() string {
	s := b.text("key")
	if b.failed {
		return ""
	}
	k, err := catalog.ParseKey(s)
	if err != nil {
		b.wrongKey(err.Error(), "A key is five groups of five: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX.")
		return ""
	}
	return k.String()
}

// wrongKey notes a mistake in the key without showing it.
func (b *blockReader) wrongKey(summary, detail string) {
	b.wrong(b.at("key"), summary, detail)
	b.diags[len(b.diags)-1].Extra = masked
}

func (b *blockReader) standing(initial catalog.Standing) catalog.Standing {
	s := catalog.Standing(b.text("standing"))
	switch s {
	case "":
		return initial
	case catalog.Documented, catalog.CrossChecked, catalog.Inferred:
		return s
	}
	b.wrong(b.at("standing"), fmt.Sprintf("there is no standing %q", string(s)), "It is documented, cross-checked or inferred (the default, which warns).")
	return initial
}

// host reads `host "2028" { activates = ["2028", "2025"] }`.
func (b *blockReader) host(seen map[string]hcl.Range) {
	name, at := b.label(0)
	c := b.current()
	if _, ok := c.Release(name); !ok && name != catalog.AzureLocal {
		b.wrong(at, fmt.Sprintf("the host %q is no release", name), "A host is a release of this catalogue, by its name (2025, 2012 R2), or "+catalog.AzureLocal+".")
	}
	b.once(seen, name, "the host "+name)
	h := catalog.Host{Name: name, Standing: b.standing(catalog.Inferred), Source: b.text("source")}
	for _, s := range b.list("activates") {
		if _, ok := c.Release(s); !ok {
			b.wrong(b.at("activates"), fmt.Sprintf("the guest %q is no release", s), "Guests are releases of this catalogue, by their names: 2025, 2012 R2, 20H2.")
			continue
		}
		h.Activates = append(h.Activates, s)
	}
	if !b.failed {
		b.merged = nil
		b.overlay.Hosts = append(b.overlay.Hosts, h)
	}
}
