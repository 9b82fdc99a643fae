// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// Key is the key of a target. The zero channel is AVMA. An evaluation target is refused, because Windows refuses the
// key there: the error names the edition and the key that it takes once converted. The error is a [*NoKeyError].
func (c *Catalog) Key(t Target, ch Channel) (Entry, error) {
	e, err := c.KeyFor(t, ch)
	if !t.Evaluation {
		return e, err
	}
	n := &NoKeyError{Code: NoKeyEvaluation, Target: t, Channel: channelOr(ch)}
	n.Reason = fmt.Sprintf("%s is an evaluation edition, and an evaluation edition refuses every %s key (0xC004F069).", c.describe(t), channelName(n.Channel))
	if err != nil {
		n.Remedy = "No key is known for it once converted, either: " + err.Error()
		return Entry{}, n
	}
	n.Converted = &e
	to := Converted(t)
	only := ""
	if to.EditionID != t.EditionID {
		only = " (the only one that this evaluation edition converts to)"
	}
	n.Remedy = fmt.Sprintf("Install from media that is not evaluation media, or convert the guest to %s%s first; it then takes %s.",
		variant(to.EditionID, to.Core, false).ID, only, e.Key)
	return Entry{}, n
}

// KeyFor is [Catalog.Key] without the refusal of evaluation editions: for those it is the key that they take once
// converted (see [Converted]).
func (c *Catalog) KeyFor(t Target, ch Channel) (Entry, error) {
	ch, t = channelOr(ch), Converted(t)
	if e := c.find(t, ch); e != nil {
		return c.finish(*e), nil
	}
	return Entry{}, c.noKey(t, ch)
}

// Converted is the edition that an evaluation target becomes: the same one, except that Standard on Server Core can
// only become Datacenter on Server Core. Any other target is given back as it is. What DISM lists in the guest
// (/Get-TargetEditions) has the last word. (avma.md section 5)
func Converted(t Target) Target {
	if !t.Evaluation {
		return t
	}
	t.Evaluation = false
	if t.Core && t.EditionID == "ServerStandard" {
		t.Edition, t.EditionID = Datacenter, "ServerDatacenter"
	}
	return t
}

// find is the bare look-up: the entry of exactly this release and EditionID, or nil.
func (c *Catalog) find(t Target, ch Channel) *Entry {
	for i := range c.entries {
		e := &c.entries[i]
		if e.Channel == ch && e.Release == t.Release && (e.EditionID == t.EditionID || (t.EditionID == "" && e.Edition == t.Edition)) {
			return e
		}
	}
	return nil
}

func channelOr(ch Channel) Channel {
	if ch == "" {
		return AVMA
	}
	return ch
}

func channelName(ch Channel) string { return strings.ToUpper(string(ch)) }

// describe names a target in a sentence.
func (c *Catalog) describe(t Target) string {
	name := "this Windows"
	if r := c.release(t.Release); r != nil {
		name = r.Title
	} else if t.Build != 0 {
		name = fmt.Sprintf("build %d", t.Build)
	}
	if t.Edition != "" {
		name += " " + t.Edition
	}
	if t.Evaluation {
		name += " Evaluation"
		if t.Core {
			name += " (Server Core)"
		}
	}
	return name
}

// noKey says why there is no key of that channel for the target, and what to do.
func (c *Catalog) noKey(t Target, ch Channel) *NoKeyError {
	n := &NoKeyError{Code: NoKeyEdition, Target: t, Channel: ch}
	if special := c.unsupported(t.EditionID); special != nil {
		n.Code, n.Reason, n.Remedy = special.code, special.reason, special.remedy
		return n
	}
	r := c.release(t.Release)
	if r == nil {
		err := c.unknownBuild(t.Build)
		err.Target, err.Channel = t, ch
		return err
	}
	if r.NoAVMA != "" && ch == AVMA {
		n.Code = NoKeyBeforeAVMA
		n.Reason = fmt.Sprintf("%s has no AVMA key: %s.", r.Title, r.NoAVMA)
		n.Remedy = "Upgrade the guest to " + c.firstWithAVMA().Name + " or newer, or license it with a MAK or a KMS host." + c.otherChannel(t, ch)
		return n
	}
	if !slices.Contains(r.Editions, t.Edition) {
		n.Code = NoKeyNoSuchEdition
		n.Reason = fmt.Sprintf("%s has no edition %s, so no key exists.", r.Title, t.Edition)
		n.Remedy = "Its editions: " + editionList(r) + "."
		if with := c.releasesWith(t.Edition); with != "" {
			n.Remedy += " " + t.Edition + " exists in " + with + "."
		}
		return n
	}
	n.Reason = fmt.Sprintf("No %s key is published for %s.", channelName(ch), c.describe(Target{Release: t.Release, Edition: t.Edition}))
	if other := c.otherChannel(t, ch); other != "" {
		n.Remedy = strings.TrimSpace(other)
		return n
	}
	if ch == AVMA && t.Edition == Essentials {
		n.Reason = fmt.Sprintf("No AVMA key exists for %s Essentials: %s.", r.Title, c.essentialsWithKey(r))
		n.Remedy = "License the guest with the key that came with it (OEM or retail)" + c.orInstall(r) + "."
		return n
	}
	n.Remedy = "License the guest with a MAK or another key of its own, or, when a key has been published since, add it with a catalogue file (--catalog)."
	return n
}

// otherChannel points at the other channel's key, where one exists.
func (c *Catalog) otherChannel(t Target, ch Channel) string {
	for _, e := range c.entries {
		if e.Channel != ch && e.Release == t.Release && e.EditionID == t.EditionID {
			if e.Channel == GVLK {
				return " It has a KMS client key: --channel gvlk (channel = \"gvlk\"); the guest then needs a KMS host."
			}
			return " It has an AVMA key: --channel avma (channel = \"avma\"); the guest then needs a Hyper-V Datacenter host."
		}
	}
	return ""
}

// releasesWith names the releases that have a key for that edition.
func (c *Catalog) releasesWith(edition string) string {
	var names []string
	for _, r := range c.releases {
		if r.NoAVMA == "" && !r.CoreOnly() && slices.Contains(r.Editions, edition) {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ", ")
}
