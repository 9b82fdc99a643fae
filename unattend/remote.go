// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// checkRemote checks how Packer gets in.
func (m *model) checkRemote() {
	if w := m.cfg.WinRM; w != nil {
		m.choice("winrm.protocol", w.Protocol, "https", "http")
		m.port("winrm.port", w.Port)
	}
	if s := m.cfg.OpenSSH; s != nil {
		m.port("openssh.port", s.Port)
		m.checkSSHSource(s.Source)
		for i, k := range s.AuthorizedKeys {
			at := fmt.Sprintf("openssh.authorized_keys[%d]", i)
			m.printable(at, k)
			if f := strings.Fields(k); !unknown(k) && (len(f) < 2 || !strings.HasPrefix(f[0], "ssh-") && !strings.HasPrefix(f[0], "ecdsa-") && !strings.HasPrefix(f[0], "sk-")) {
				m.fail(at, "it is not a public key", "It is one line such as \"ssh-ed25519 AAAA... name\", as in an authorized_keys file.")
			}
		}
	}
	if s := m.cfg.OpenSSH; s != nil && m.kind == Install && m.cfg.WinRM == nil && strings.EqualFold(strings.TrimSpace(s.Source), "windows-update") {
		m.note("openssh.source", "if the guest cannot get OpenSSH from Windows Update, Packer waits in vain until its ssh_timeout",
			"Then the console of the machine says why, and so does C:\\Windows\\Setup\\avma\\setup.log. A Win32-OpenSSH .zip on the answer CD needs no network.")
	}
}

func (m *model) port(at string, port *int) {
	if port != nil && (*port < 1 || *port > 65535) {
		m.fail(at, fmt.Sprintf("%d is not a port", *port), "Ports are 1 to 65535; leave it out for the default.")
	}
}

func (m *model) checkSSHSource(source string) {
	const at = "openssh.source"
	comes := m.opts.Catalog.Facts(m.target.Release).OpenSSH
	if unknown(source) {
		return
	}
	m.printable(at, source)
	low := strings.ToLower(source)
	file := strings.HasSuffix(low, ".zip") || strings.HasSuffix(low, ".msi")
	switch {
	case strings.Contains(source, "/"):
		m.fail(at, fmt.Sprintf("%q has a slash", source), "Windows paths have backslashes. In HCL write each of them twice.")
	case strings.ContainsAny(source, `<>"|?*`):
		m.fail(at, fmt.Sprintf("%q has a character that no path has", source), "It is one file or folder, without wildcards.")
	case !m.resolved || file || comes == catalog.OpenSSHInstalled && source == "":
	case comes == catalog.OpenSSHInstalled:
		m.fail(at, fmt.Sprintf("%q is neither a .zip nor an .msi", source), "Windows Server "+m.target.Release+" has OpenSSH: leave source out, or give a Win32-OpenSSH .zip or .msi.")
	case source == "" && comes == catalog.OpenSSHNone:
		m.fail(at, "it is required for Windows Server "+m.target.Release, "This release has no OpenSSH server, not even to be added: give the path of a Win32-OpenSSH .zip or .msi, for example "+
			"\"OpenSSH-Win64.zip\" on the answer CD.")
	case source == "":
		m.fail(at, "it is required for Windows Server "+m.target.Release, "Here the OpenSSH server is a Feature on Demand: \"windows-update\", the folder of the Features on Demand media, or the path of a Win32-OpenSSH .zip or .msi.")
	case comes == catalog.OpenSSHNone:
		m.fail(at, fmt.Sprintf("%q is neither a .zip nor an .msi", source), "Windows Server "+m.target.Release+" has no such feature: give the path of a Win32-OpenSSH .zip or .msi.")
	}
}
