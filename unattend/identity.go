// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"errors"
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// The values of evaluation.
const (
	evalNone    = "none"
	evalKeep    = "keep"
	evalConvert = "convert"
)

// checkIdentity finds what is installed and which key it takes. (reference rules K1 to K13)
func (m *model) checkIdentity() {
	m.evaluated = m.choice("evaluation", m.cfg.Evaluation, evalNone, evalKeep, evalConvert)
	m.uefi = m.choice("firmware", m.cfg.Firmware, "uefi", "bios") == "uefi"
	channel := catalog.Channel(m.choice("channel", m.cfg.Channel, string(catalog.AVMA), string(catalog.GVLK)))
	setup := m.choice("setup_key", m.cfg.SetupKey, setupAuto, setupNone, string(catalog.GVLK), string(catalog.AVMA))
	m.resolve()
	if m.resolved && m.target.Evaluation && m.evaluated == evalNone {
		m.fail("evaluation", fmt.Sprintf("edition %q is an evaluation edition, which takes no product key", m.cfg.Edition),
			"Set evaluation = \"keep\" to leave it an evaluation, or evaluation = \"convert\" if the build converts it.")
	}
	m.checkConversion()
	m.chooseKey(channel)
	m.chooseSetupKey(setup)
}

func (m *model) resolve() {
	for _, a := range []struct{ name, value string }{{"release", m.cfg.Release}, {"edition", m.cfg.Edition}} {
		if a.value == "" {
			m.fail(a.name, "it is required", "For example release = \"2022\" and edition = \"datacenter\".")
		}
	}
	if m.cfg.Release == "" || m.cfg.Edition == "" || unknown(m.cfg.Release) || unknown(m.cfg.Edition) {
		return
	}
	target, err := m.opts.Catalog.Resolve(m.cfg.Release, m.cfg.Edition)
	if err != nil {
		attribute := "release"
		var re *catalog.ResolveError
		var ne *catalog.NoKeyError
		switch {
		case errors.As(err, &re) && re.What == "edition":
			attribute = "edition"
		case errors.As(err, &ne) && (ne.Code == catalog.NoKeyNoSuchEdition || ne.Code == catalog.NoKeyUnknownEdition || ne.Code == catalog.NoKeyAzureServer):
			attribute = "edition"
		}
		m.fail(attribute, "it is not a Windows Server that answer files can be made for", err.Error())
		return
	}
	if attribute, err := m.noSuchWindows(target); err != nil {
		m.fail(attribute, "it is not a Windows Server that answer files can be made for", err.Error())
		return
	}
	m.target, m.resolved = target, true
}

// noSuchWindows refuses what no media installs, whether or not a key is asked for: a release without that edition, a
// release that is too old for what the files carry, an edition that runs inside Azure. A key of the user's own, or an
// evaluation that is kept, does not make it exist.
func (m *model) noSuchWindows(t catalog.Target) (attribute string, err error) {
	_, keyErr := m.opts.Catalog.KeyFor(t, catalog.AVMA)
	var ne *catalog.NoKeyError
	if !errors.As(keyErr, &ne) {
		return "", nil
	}
	switch ne.Code {
	case catalog.NoKeyNoSuchEdition, catalog.NoKeyAzureServer, catalog.NoKeyAzureStackHCI:
		return "edition", ne
	case catalog.NoKeyBeforeAVMA:
		return "release", ne
	}
	return "", nil
}

// checkConversion knows the limits of converting an evaluation edition, and what comes out of it.
func (m *model) checkConversion() {
	if m.evaluated != evalConvert || !m.resolved {
		return
	}
	switch {
	case m.target.Edition == catalog.DatacenterAzure:
		m.fail("evaluation", "Azure Edition cannot be converted from its evaluation",
			"Use media that is not evaluation media, or evaluation = \"keep\".")
	case m.target.Edition == catalog.Standard && m.target.Core:
		m.warn("evaluation", "a Standard evaluation of Server Core can only become Datacenter",
			"The deploy file has the key of Datacenter, and the clones need a licence for it. To end with Standard, use media that is not evaluation media.")
	}
}

// becomes is what is installed once an evaluation is converted.
func (m *model) becomes() catalog.Target {
	t := m.target
	t.Evaluation = false
	if m.evaluated == evalConvert && t.Edition == catalog.Standard && t.Core {
		if to, err := m.opts.Catalog.Resolve(t.Release, "datacenter-core"); err == nil {
			return to
		}
	}
	return t
}

// chooseKey finds the key of the specialize pass. (reference rules K2, K3, K7, K10)
func (m *model) chooseKey(channel catalog.Channel) {
	own := m.cfg.ProductKey
	if own != "" && m.evaluated == evalKeep {
		m.fail("product_key", "evaluation editions take no product key",
			"Leave product_key out, or set evaluation = \"convert\" and convert the edition in the build. (rule K7)")
		return
	}
	if m.evaluated == evalKeep {
		return
	}
	wanted := m.evaluated != evalConvert || m.kind == Deploy
	if own != "" {
		m.ownKey(own, wanted)
		return
	}
	if !m.resolved {
		return
	}
	// Only the key once converted is asked for here: that an evaluation takes none has been said.
	entry, err := m.opts.Catalog.Key(m.becomes(), channel)
	if err != nil {
		m.fail("edition", fmt.Sprintf("%q has no %s key", m.cfg.Edition, channelName(channel)), err.Error()+" A key of your own goes into product_key.")
		return
	}
	if !wanted {
		return
	}
	if entry.Standing == catalog.Inferred {
		m.warn("release", fmt.Sprintf("the key for version %s is inferred", entry.Release),
			"Microsoft's list does not name this release; it takes the key of its long-term release as far as is known.")
	}
	m.entry, m.key = entry, entry.Key
}

// towardsAVMA reports whether the guest, or the clone that a converted evaluation becomes, is to be activated by its
// Hyper-V host.
func (m *model) towardsAVMA() bool {
	switch {
	case m.evaluated == evalKeep:
		return false
	case m.cfg.ProductKey != "":
		known := m.opts.Catalog.Identify(m.cfg.ProductKey)
		return len(known) > 0 && known[0].Channel == catalog.AVMA
	}
	return !strings.EqualFold(strings.TrimSpace(m.cfg.Channel), string(catalog.GVLK)) && !unknown(m.cfg.Channel)
}

func channelName(c catalog.Channel) string {
	if c == catalog.GVLK {
		return "GVLK (KMS client)"
	}
	return "AVMA"
}

// ownKey checks a key that the user gave: its form, its checksum, and whether it is known to be of something else.
func (m *model) ownKey(text string, wanted bool) {
	if unknown(text) {
		return
	}
	key, err := catalog.ParseKey(text)
	if err != nil {
		m.fail("product_key", "it is "+err.Error(), "Compare it with where it came from.")
		return
	}
	known := m.opts.Catalog.Identify(key.String())
	if m.resolved && len(known) > 0 {
		match := matching(known, m.becomes())
		if first := known[0]; match == nil {
			m.fail("product_key", fmt.Sprintf("it is the %s key of Windows Server %s %s, not of %s %s", channelName(first.Channel),
				first.Release, first.Edition, m.target.Release, m.becomes().Edition),
				"Windows Setup stops at a key of another edition. Leave product_key out to get the right one. (rule K2)")
			return
		}
		if wanted {
			m.entry = *match
		}
	}
	if !wanted {
		return
	}
	if len(known) == 0 {
		m.sensitive = true
		m.note("product_key", "the key is not in the catalogue", "It must be one of Windows Server "+m.target.Release+" "+
			m.target.Edition+": Windows Setup stops at a key of another edition.")
	}
	m.key = key.String()
}

func matching(entries []catalog.Entry, t catalog.Target) *catalog.Entry {
	for i, e := range entries {
		if e.Release == t.Release && e.Edition == t.Edition {
			return &entries[i]
		}
	}
	return nil
}
