// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc struct-markdown

package unattend

// Network is a network interface. Without addresses it stays on DHCP and only gets the DNS settings.
type Network struct {
	// The interface: its name (`Ethernet`) or its MAC address (`00-15-5D-01-02-03`). Default `Ethernet`, which it is
	// called on Hyper-V and QEMU; on VMware it is `Ethernet0`. A MAC address is certain.
	Interface string `mapstructure:"interface"`
	// IPv4 and IPv6 addresses with their prefix lengths, for example `192.0.2.10/24`. An IPv4 address switches
	// DHCP for IPv4 off. An IPv6 address stands beside those that the network gives: Windows takes no more here.
	Addresses []string `mapstructure:"addresses"`
	// The default gateways, at most one for each family. It must be in the network of one of the addresses.
	Gateways []string `mapstructure:"gateways"`
	// The DNS servers, in order.
	DNSServers []string `mapstructure:"dns_servers"`
	// The DNS suffix of this connection.
	DNSSuffix string `mapstructure:"dns_suffix"`
	// The metric of the interface. Default 0: Windows chooses.
	Metric int `mapstructure:"metric"`
}

// Domain joins a domain, or a workgroup.
type Domain struct {
	// The DNS name of the domain to join, for example `corp.example.com`.
	Name string `mapstructure:"name"`
	// The workgroup to join instead: at most 15 characters.
	Workgroup string `mapstructure:"workgroup"`
	// The account that may join computers: `joiner`, `CORP\joiner` or `joiner@corp.example.com`.
	Username string `mapstructure:"username"`
	// Its password. Windows takes it as plain text only, whatever `plain_passwords` says.
	Password string `mapstructure:"password"`
	// The organizational unit of the computer account, for example `OU=Servers,DC=corp,DC=example,DC=com`.
	// A comma in a name is escaped: `OU=Sales\\, EMEA,...` in HCL.
	OU string `mapstructure:"ou"`
	// Data of an offline join (`djoin /provision`), instead of all of the above.
	AccountData string `mapstructure:"account_data"`
}
