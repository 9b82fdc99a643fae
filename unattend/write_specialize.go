// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strconv"

	"github.com/beevik/etree"
)

// remoteDesktopGroup names the firewall group of Remote Desktop in every language. (reference section 1.8)
const remoteDesktopGroup = "@FirewallAPI.dll,-28752"

// specialize writes the pass of the first start: the key that activates Windows stands here. (reference rules K2, K10)
func (w *writer) specialize() {
	m := w.m
	c := w.component("specialize", "Microsoft-Windows-Shell-Setup")
	text(c, "ComputerName", orElse(m.machine.computerName.v, "*"))
	text(c, "ProductKey", m.key)
	text(c, "RegisteredOrganization", m.cfg.Organization)
	text(c, "RegisteredOwner", m.cfg.Owner)
	text(c, "TimeZone", m.locale.zone)
	if len(m.plan.specialize) > 0 {
		c := w.component("specialize", "Microsoft-Windows-Deployment")
		list := runList(c, "RunSynchronous", "RunSynchronousCommand", "Path", m.plan.specialize)
		for _, e := range list.ChildElements() {
			text(e, "WillReboot", "Never")
		}
	}
	w.networks()
	w.domain()
	w.remoteDesktop()
	if m.cfg.DisableServerManager {
		truth(w.component("specialize", "Microsoft-Windows-ServerManager-SvrMgrNc"), "DoNotOpenServerManagerAtLogon", true)
	}
	if m.cfg.DisableIEESC {
		c := w.component("specialize", "Microsoft-Windows-IE-ESC")
		truth(c, "IEHardenAdmin", false)
		truth(c, "IEHardenUser", false)
	}
}

func (w *writer) networks() {
	for _, n := range w.m.machine.networks {
		if len(n.v.Addresses)+n.v.Metric > 0 {
			c := w.component("specialize", "Microsoft-Windows-TCPIP")
			w.addresses(item(child(c, "Interfaces"), "Interface"), n.v)
		}
		if len(n.v.DNSServers) > 0 || n.v.DNSSuffix != "" {
			c := w.component("specialize", "Microsoft-Windows-DNS-Client")
			e := item(child(c, "Interfaces"), "Interface")
			text(e, "Identifier", interfaceID(n.v))
			text(e, "DNSDomain", n.v.DNSSuffix)
			if len(n.v.DNSServers) > 0 {
				list := e.CreateElement("DNSServerSearchOrder")
				for i, s := range n.v.DNSServers {
					keyed(list, "IpAddress", strconv.Itoa(i+1)).SetText(s)
				}
			}
		}
	}
}

// addresses writes one interface. A family without an address keeps DHCP. Of IPv6 there is no DhcpEnabled: Windows'
// network agent rejects the value (status 0x78, AutomatedLab#1488) and the rest of the interface with it.
func (w *writer) addresses(e *etree.Element, n Network) {
	text(e, "Identifier", interfaceID(n))
	for _, f := range []struct {
		element string
		four    bool
	}{{"Ipv4Settings", true}, {"Ipv6Settings", false}} {
		static := f.four && hasFamily(n.Addresses, true)
		if !static && n.Metric == 0 {
			continue
		}
		s := e.CreateElement(f.element)
		if static {
			truth(s, "DhcpEnabled", false)
		}
		if n.Metric > 0 {
			integer(s, "Metric", n.Metric)
		}
	}
	if len(n.Addresses) > 0 {
		list := e.CreateElement("UnicastIpAddresses")
		for i, a := range n.Addresses {
			keyed(list, "IpAddress", strconv.Itoa(i+1)).SetText(a)
		}
	}
	if len(n.Gateways) > 0 {
		list := e.CreateElement("Routes")
		for i, g := range n.Gateways {
			r := item(list, "Route")
			integer(r, "Identifier", i)
			text(r, "NextHopAddress", g)
			text(r, "Prefix", map[bool]string{true: "0.0.0.0/0", false: "::/0"}[isFour(g)])
		}
	}
}

// domain writes the join. The password is plain text: Windows takes no other form here. (reference section 1.7)
func (w *writer) domain() {
	if w.m.machine.domain == nil {
		return
	}
	d := w.m.machine.domain.v
	id := w.component("specialize", "Microsoft-Windows-UnattendedJoin").CreateElement("Identification")
	switch {
	case d.AccountData != "":
		text(id.CreateElement("Provisioning"), "AccountData", d.AccountData)
	case d.Workgroup != "":
		text(id, "JoinWorkgroup", d.Workgroup)
	default:
		domain, user := joinAccount(d)
		c := id.CreateElement("Credentials")
		text(c, "Domain", domain)
		text(c, "Password", d.Password)
		text(c, "Username", user)
		text(id, "JoinDomain", d.Name)
		text(id, "MachineObjectOU", d.OU)
	}
}

// remoteDesktop switches Remote Desktop on. (reference section 1.8)
func (w *writer) remoteDesktop() {
	r := w.m.cfg.RDP
	if r == nil {
		return
	}
	truth(w.component("specialize", "Microsoft-Windows-TerminalServices-LocalSessionManager"), "fDenyTSConnections", false)
	c := w.component("specialize", "Microsoft-Windows-TerminalServices-RDP-WinStationExtensions")
	text(c, "SecurityLayer", "2")
	text(c, "UserAuthentication", map[bool]string{true: "0", false: "1"}[r.DisableNLA])
	c = w.component("specialize", "Networking-MPSSVC-Svc")
	g := keyed(child(c, "FirewallGroups"), "FirewallGroup", "RemoteDesktop")
	truth(g, "Active", true)
	text(g, "Group", remoteDesktopGroup)
	text(g, "Profile", "all")
}

// child finds or makes an element.
func child(parent *etree.Element, name string) *etree.Element {
	if e := parent.SelectElement(name); e != nil {
		return e
	}
	return parent.CreateElement(name)
}
