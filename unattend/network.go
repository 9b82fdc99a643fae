// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"sync"
)

var (
	hostName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?$`)
	})
	macAddress = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9A-Fa-f]{2}([-:]?[0-9A-Fa-f]{2}){5}$`) })
)

// interfaceID is the interface as Windows wants it: a MAC address with hyphens, else the name.
func interfaceID(n Network) string {
	id := orElse(n.Interface, "Ethernet")
	if !macAddress().MatchString(id) {
		return id
	}
	hex := strings.ToUpper(strings.NewReplacer(":", "", "-", "").Replace(id))
	var parts []string
	for i := 0; i < len(hex); i += 2 {
		parts = append(parts, hex[i:i+2])
	}
	return strings.Join(parts, "-")
}

// checkNetworks checks addresses, gateways and DNS servers.
func (m *model) checkNetworks() {
	seen := map[string]bool{}
	for _, n := range m.machine.networks {
		id := strings.ToLower(interfaceID(n.v))
		if seen[id] && !unknown(id) {
			m.fail(n.path+".interface", fmt.Sprintf("%q stands twice", interfaceID(n.v)), "Each interface has one block.")
		}
		seen[id] = true
		if n.v.Interface == "" {
			m.note(n.path+".interface", "the interface is taken to be Ethernet", "That is the first one's name on Hyper-V and QEMU; on VMware it is Ethernet0. An interface of another name gets none of this. "+
				"Name it by its MAC address, such as 00-15-5D-01-02-03, to be certain.")
		}
		m.length(n.path+".interface", n.v.Interface, 256)
		m.printable(n.path+".interface", n.v.Interface)
		if n.v.Metric < 0 || n.v.Metric > 9999 {
			m.fail(n.path+".metric", fmt.Sprintf("%d is out of range", n.v.Metric), "A metric is 1 to 9999; 0 lets Windows choose.")
		}
		nets := m.checkAddresses(n)
		m.checkGateways(n, nets)
		for i, s := range n.v.DNSServers {
			m.address(fmt.Sprintf("%s.dns_servers[%d]", n.path, i), s, "a DNS server")
		}
		m.domainName(n.path+".dns_suffix", n.v.DNSSuffix)
		if len(n.v.Addresses)+len(n.v.DNSServers)+n.v.Metric == 0 && n.v.DNSSuffix == "" {
			m.fail(n.path, "it says nothing", "Give addresses or dns_servers; without the block the interface uses DHCP.")
		}
	}
}

func (m *model) checkAddresses(n located[Network]) []netip.Prefix {
	var nets []netip.Prefix
	seen := map[netip.Addr]bool{}
	for i, text := range n.v.Addresses {
		at := fmt.Sprintf("%s.addresses[%d]", n.path, i)
		if unknown(text) {
			nets = append(nets, netip.Prefix{})
			continue
		}
		p, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			m.fail(at, fmt.Sprintf("%q is not an address with a prefix length", text), addressHint(text))
			continue
		}
		a := p.Addr()
		switch {
		case a.IsUnspecified() || a.IsMulticast() || a.IsLoopback():
			m.fail(at, fmt.Sprintf("%q is not an address of a machine", text), "Give one such as 192.0.2.10/24.")
		case a.Is4() && p.Bits() < 31 && p.Bits() > 0 && (a == p.Masked().Addr() || a == broadcast(p)):
			m.fail(at, fmt.Sprintf("%q is the address of the network or its broadcast address", text), "Give the address of the machine.")
		case p.Bits() == 0:
			m.fail(at, fmt.Sprintf("%q has the prefix length 0", text), "Usual are /24 for IPv4 and /64 for IPv6.")
		case seen[a]:
			m.fail(at, fmt.Sprintf("%q stands twice", text), "Leave one out.")
		}
		seen[a] = true
		nets = append(nets, p)
	}
	return nets
}

func addressHint(text string) string {
	if a, err := netip.ParseAddr(strings.TrimSpace(text)); err == nil {
		if a.Is4() {
			return "Add the prefix length, for example " + a.String() + "/24."
		}
		return "Add the prefix length, for example " + a.String() + "/64."
	}
	if host, mask, ok := strings.Cut(text, "/"); ok && strings.Contains(mask, ".") {
		return "Give the prefix length and not the mask, for example " + host + "/24 for 255.255.255.0."
	}
	return "For example 192.0.2.10/24 or 2001:db8::10/64."
}

func broadcast(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().As4()
	for i := p.Bits(); i < 32; i++ {
		b[i/8] |= 1 << (7 - i%8)
	}
	return netip.AddrFrom4(b)
}

func (m *model) checkGateways(n located[Network], nets []netip.Prefix) {
	families := map[bool]bool{}
	for i, text := range n.v.Gateways {
		at := fmt.Sprintf("%s.gateways[%d]", n.path, i)
		a, ok := m.address(at, text, "a gateway")
		if !ok {
			continue
		}
		if families[a.Is4()] {
			m.fail(at, "there is a second gateway of the same family", "One for IPv4 and one for IPv6 is the most.")
		}
		families[a.Is4()] = true
		m.reachable(at, a, nets)
	}
}

// reachable checks that a gateway is in the network of one of the addresses.
func (m *model) reachable(at string, a netip.Addr, nets []netip.Prefix) {
	if a.Is6() && a.IsLinkLocalUnicast() {
		return
	}
	for _, p := range nets {
		if !p.IsValid() || p.Contains(a) && p.Addr() != a || p.IsSingleIP() && p.Addr().Is4() == a.Is4() {
			return
		}
	}
	for _, p := range nets {
		if p.IsValid() && p.Addr() == a {
			m.fail(at, fmt.Sprintf("%s is the machine's own address", a), "Give the router's.")
			return
		}
	}
	m.fail(at, fmt.Sprintf("%s is in none of the networks of addresses", a), "A gateway is reached without one: check the address and its prefix length.")
}

func (m *model) address(at, text, what string) (netip.Addr, bool) {
	if unknown(text) {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(strings.TrimSpace(text))
	if err != nil || a.Zone() != "" || a.IsUnspecified() || a.IsMulticast() {
		m.fail(at, fmt.Sprintf("%q is not the address of %s", text, what), "Give an IPv4 or IPv6 address without prefix length and port.")
		return netip.Addr{}, false
	}
	return a, true
}

func (m *model) domainName(at, name string) {
	if name == "" || unknown(name) {
		return
	}
	if len(name) > 255 || !hostName().MatchString(name) {
		m.fail(at, fmt.Sprintf("%q is not a DNS name", name), "For example corp.example.com.")
	}
}
