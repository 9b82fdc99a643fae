// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// The values of setup_key that are not a channel.
const (
	setupAuto = "auto"
	setupNone = "none"
)

// chooseSetupKey finds the key of the windowsPE pass, which only chooses the edition. Licensed media stops without one;
// evaluation media stops at any. (reference rules K1, K7, K9, K14)
func (m *model) chooseSetupKey(setup string) {
	if setup == setupNone || setup == setupAuto && m.evaluated != evalNone {
		return
	}
	if m.evaluated != evalNone {
		m.fail("setup_key", "evaluation media takes no product key", "Setup stops at it. Leave setup_key out. (rule K7)")
		return
	}
	if !m.resolved || m.target.Evaluation {
		return
	}
	if setup == setupAuto {
		m.licensedMediaKey()
		return
	}
	entry, err := m.opts.Catalog.Key(m.target, catalog.Channel(setup))
	if err != nil {
		m.fail("setup_key", fmt.Sprintf("there is no %s key for Windows Server %s %s", channelName(catalog.Channel(setup)), m.target.Release, m.target.Edition),
			err.Error())
		return
	}
	if m.kind == Deploy {
		return
	}
	if setup == string(catalog.AVMA) {
		m.warn("setup_key", "an AVMA key in Windows PE is not documented", "There is a report that Setup refuses it. If Setup says that the key does not match, leave setup_key out: Setup then gets the KMS client key. (rule K9)")
	}
	m.setupKey = entry.Key
}

// licensedMediaKey gives Setup the KMS client key of the release and edition, which volume, Visual Studio and retail
// media take alike; the key of the specialize pass decides how Windows is activated. (reference rule K14)
func (m *model) licensedMediaKey() {
	if m.kind == Deploy {
		return
	}
	entry, err := m.opts.Catalog.Key(m.target, catalog.GVLK)
	if err != nil {
		m.note("setup_key", fmt.Sprintf("no KMS client key of Windows Server %s %s is known, so Setup gets no key", m.target.Release, m.target.Edition),
			"Media that is not evaluation media may stop at its key page. (rule K14)")
		return
	}
	m.setupKey = entry.Key
}
