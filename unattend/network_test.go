// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

// said is what Check says of an attribute, apart from notes; "" when it has nothing to say.
func said(cfg Config, attribute string) string {
	var out []string
	for _, p := range Check(cfg, Options{}) {
		if p.Severity != Info && strings.HasPrefix(p.Attribute, attribute) {
			out = append(out, p.Attribute+" "+p.Summary+". "+p.Detail)
		}
	}
	return strings.Join(out, "\n")
}

// wantSaid checks that what is said of an attribute holds a text; with "" that nothing is said.
func wantSaid(t *testing.T, what string, cfg Config, attribute, want string) {
	t.Helper()
	got := said(cfg, attribute)
	if want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("%s: it says %q, want %q", what, got, want)
	}
}

func TestNetworkAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.10/24": "", " 192.0.2.10/24 ": "", "2001:db8::10/64": "", "192.0.2.10/32": "", "2001:db8::/127": "", "2001:db8::/64": "",
		"192.0.2.0/31": "", "192.0.2.1/31": "", "192.0.2.0/30": "address of the network", "192.0.2.3/30": "broadcast", "192.0.2.2/30": "",
		"192.0.2.127/25": "broadcast", "192.0.2.128/24": "", "192.0.3.255/23": "broadcast", "192.0.2.255/23": "", "10.255.255.255/8": "broadcast",
		"192.0.2.10/0": "prefix length 0", "2001:db8::1/0": "prefix length 0",
		"0.0.0.0/24": "not an address of a machine", "127.0.0.1/8": "not an address of a machine", "224.0.0.1/24": "not an address of a machine",
		"::1/64": "not an address of a machine", "ff02::1/64": "not an address of a machine",
		"192.0.2.10": "for example 192.0.2.10/24.", "2001:db8::10": "for example 2001:db8::10/64.",
		"192.0.2.10/255.255.255.0": "for example 192.0.2.10/24 for 255.255.255.0.", "host/24": "For example 192.0.2.10/24 or", "192.0.2.10/": "For example 192.0.2.10/24 or",
		Unknown: "",
	} {
		cfg := server()
		cfg.Networks = []Network{{Addresses: []string{address}}}
		wantSaid(t, address, cfg, "network", want)
	}
	cfg := server()
	cfg.Networks = []Network{{Addresses: []string{"192.0.2.10/24", "2001:db8::10/64", "192.0.2.10/25"}}}
	wantSaid(t, "the same address", cfg, "network", "network.addresses[2] \"192.0.2.10/25\" stands twice")
}

func TestNetworkGateways(t *testing.T) {
	const four, six = "192.0.2.10/24", "2001:db8::10/64"
	for _, c := range []struct {
		name, want          string
		addresses, gateways []string
	}{
		{"one of each", "", []string{four, six}, []string{"192.0.2.1", "2001:db8::1"}},
		{"the other way round", "", []string{six, four}, []string{"192.0.2.1", "2001:db8::1"}},
		{"by the link", "", []string{six}, []string{"fe80::1"}},
		{"by the link, with IPv4", "none of the networks", []string{four}, []string{"169.254.0.1"}},
		{"elsewhere", "none of the networks", []string{four, six}, []string{"198.51.100.1"}},
		{"elsewhere, without addresses", "none of the networks", nil, []string{"192.0.2.1"}},
		{"of the other family", "none of the networks", []string{four}, []string{"2001:db8::1"}},
		{"itself", "network.gateways[0] 192.0.2.10 is the machine's own address", []string{six, four}, []string{"192.0.2.10"}},
		{"beside a single address", "", []string{"192.0.2.10/32"}, []string{"198.51.100.1"}},
		{"beside a single address of the other family", "none of the networks", []string{"2001:db8::1/128"}, []string{"198.51.100.1"}},
		{"beside what is not known", "", []string{Unknown}, []string{"198.51.100.1"}},
		{"not known", "", []string{four}, []string{Unknown, Unknown}},
		{"two of IPv6", "network.gateways[1] there is a second gateway", []string{six}, []string{"fe80::1", "fe80::2"}},
		{"with a prefix", "is not the address of a gateway", []string{four}, []string{"192.0.2.1/24"}},
		{"with a zone", "is not the address of a gateway", []string{six}, []string{"fe80::1%eth0"}},
		{"of nobody", "is not the address of a gateway", []string{four}, []string{"0.0.0.0"}},
		{"of many", "is not the address of a gateway", []string{six}, []string{"ff02::2"}},
	} {
		cfg := server()
		cfg.Networks = []Network{{Addresses: c.addresses, Gateways: c.gateways, DNSServers: []string{"192.0.2.53"}}}
		wantSaid(t, c.name, cfg, "network", c.want)
	}
}

func TestNetworkNames(t *testing.T) {
	for suffix, want := range map[string]string{"": "", "example.com": "", "example.com.": "", "a_b.example": "", Unknown: "", "-a.example": "is not a DNS name", "a..b": "is not a DNS name", "a b": "is not a DNS name"} {
		cfg := server()
		cfg.Networks = []Network{{DNSSuffix: suffix, DNSServers: []string{"192.0.2.53"}}}
		wantSaid(t, suffix, cfg, "network", want)
	}
	for _, c := range []struct {
		name, want string
		networks   []Network
	}{
		{"nothing", "network it says nothing", []Network{{}}},
		{"a gateway alone", "network it says nothing", []Network{{Interface: "a", Gateways: []string{"fe80::1"}}}},
		{"a suffix", "", []Network{{DNSSuffix: "example.com"}}},
		{"a metric", "", []Network{{Metric: 1}}},
		{"a metric and a server", "", []Network{{Metric: 1, DNSServers: []string{"192.0.2.53"}}}},
		{"a metric and an address", "", []Network{{Metric: 1, Addresses: []string{"192.0.2.10/24"}}}},
		{"a server and an address", "", []Network{{DNSServers: []string{"192.0.2.53"}, Addresses: []string{"192.0.2.10/24"}}}},
		{"a control character", "network.interface it has the character U+0007", []Network{{Interface: "a\a", Metric: 1}}},
		{"two", "", []Network{{Metric: 1}, {Interface: "b", Metric: 1}}},
		{"two with one name", `network[1].interface "Ethernet" stands twice`, []Network{{Interface: "ETHERNET", Metric: 1}, {Metric: 1}}},
		{"two with one address", `network[1].interface "00-15-5D-01-02-03" stands twice`, []Network{{Interface: "00155d010203", Metric: 1}, {Interface: "00:15:5D:01:02:03", Metric: 1}}},
		{"two that are not known", "", []Network{{Interface: Unknown, Metric: 1}, {Interface: Unknown, Metric: 1}}},
	} {
		cfg := server()
		cfg.Networks = c.networks
		wantSaid(t, c.name, cfg, "network", c.want)
	}
}

// The file has a part for each thing that is said of an interface, and none for what is not.
func TestNetworkParts(t *testing.T) {
	for _, c := range []struct {
		name       string
		network    Network
		tcpip, dns bool
	}{
		{"addresses", Network{Addresses: []string{"192.0.2.10/24"}}, true, false},
		{"a metric", Network{Metric: 1}, true, false},
		{"servers", Network{DNSServers: []string{"192.0.2.53"}}, false, true},
		{"a suffix", Network{DNSSuffix: "example.com"}, false, true},
		{"both", Network{Metric: 1, DNSSuffix: "example.com"}, true, true},
	} {
		cfg := server()
		cfg.Networks = []Network{c.network}
		d := must(t, cfg, Install)
		if tcpip, dns := d.component("specialize", "TCPIP") != nil, d.component("specialize", "DNS-Client") != nil; tcpip != c.tcpip || dns != c.dns {
			t.Errorf("%s: TCPIP %v, DNS-Client %v, want %v and %v", c.name, tcpip, dns, c.tcpip, c.dns)
		}
		for _, list := range []string{"UnicastIpAddresses", "Routes", "DNSServerSearchOrder"} {
			if d.has("<" + list + "/>") {
				t.Errorf("%s: an empty <%s>", c.name, list)
			}
		}
	}
	cfg := server()
	cfg.Networks = []Network{
		{Addresses: []string{"192.0.2.10/24", "2001:db8::10/64"}, Gateways: []string{"192.0.2.1", "fe80::1"}, Metric: 1},
		{Interface: "001122aabbcc", Addresses: []string{"198.51.100.10/24"}, DNSServers: []string{"192.0.2.53", "192.0.2.54"}, DNSSuffix: "example.com"},
	}
	d := must(t, cfg, Install)
	for path, want := range map[string]string{
		"Interfaces/Interface[1]/Routes/Route[1]/Prefix": "0.0.0.0/0", "Interfaces/Interface[1]/Routes/Route[2]/Prefix": "::/0",
		"Interfaces/Interface[1]/Routes/Route[1]/Identifier": "0", "Interfaces/Interface[1]/Routes/Route[2]/Identifier": "1",
		"Interfaces/Interface[1]/UnicastIpAddresses/IpAddress[@wcm:keyValue='2']": "2001:db8::10/64",
		"Interfaces/Interface[1]/Ipv6Settings/Metric":                             "1",
		"Interfaces/Interface[2]/Identifier":                                      "00-11-22-AA-BB-CC",
		"Interfaces/Interface[2]/Ipv4Settings/Metric":                             "(none)",
	} {
		d.want("specialize", "TCPIP", path, want)
	}
	d.want("specialize", "DNS-Client", "Interfaces/Interface/DNSServerSearchOrder/IpAddress[@wcm:keyValue='2']", "192.0.2.54")
	d.want("specialize", "DNS-Client", "Interfaces/Interface/DNSDomain", "example.com")
}
