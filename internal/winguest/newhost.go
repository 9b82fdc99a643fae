// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"strconv"
	"strings"
)

// setHost puts the guest on a host: firmware, the host's answers to activation, and Guest\Parameters.
func (s *State) setHost(h Host) error {
	platform := or(h.Platform, "hyper-v")
	edition := or(h.Edition, "datacenter")
	code, err := hresult(h.ActivateHResult)
	if err != nil {
		return err
	}
	name := or(h.Name, "HV-01")
	s.Host = HostState{
		Platform: platform, Name: name, Rank: releases[or(h.Release, "2025")].rank, Datacenter: edition == "datacenter" || edition == "azure-local",
		AzureLocal: edition == "azure-local", Activated: !h.NotActivated, DataExchange: !h.NoDataExchange, LatencyPolls: h.LatencyPolls,
		LatencySeconds: h.LatencySeconds, Throttle: h.Throttle, ActivateHResult: code, Leaves: leaves(h), Client: edition == "client",
		ActivationDevice: or(h.ActivationDevice, "works"), ExchangeOptional: h.ExchangeOptional, InProgress: h.InProgress, RefuseSeconds: h.RefuseSeconds, EventStyle: h.EventStyle, Keeps: h.Keeps,
	}
	if platform != "hyper-v" {
		s.Host.ActivationDevice = "missing"
	}
	if s.Virtualization.UUID == "" {
		s.Virtualization.UUID = "0B1E3C5D-7F90-4A2B-8C4D-6E8F0A1B2C3D"
	}
	v := Virtualization{HypervisorPresent: true, UUID: s.Virtualization.UUID}
	switch platform {
	case "azure":
		v.AssetTag = "7783-7084-3265-9085-8269-3286-77"
		fallthrough
	case "hyper-v":
		v.Manufacturer, v.Model, v.BIOSVendor, v.BIOSVersion = "Microsoft Corporation", "Virtual Machine", "Microsoft Corporation", "Hyper-V UEFI Release v4.1"
	case "kvm":
		v.Manufacturer, v.Model, v.BIOSVendor, v.BIOSVersion = "QEMU", "Standard PC (Q35 + ICH9, 2009)", "EDK II", "0.0.0"
	case "vmware":
		v.Manufacturer, v.Model, v.BIOSVendor, v.BIOSVersion = "VMware, Inc.", "VMware20,1", "VMware, Inc.", "VMW201.00V.20648489.B64"
	case "virtualbox":
		v.Manufacturer, v.Model, v.BIOSVendor, v.BIOSVersion = "innotek GmbH", "VirtualBox", "innotek GmbH", "VirtualBox"
	case "xen":
		v.Manufacturer, v.Model, v.BIOSVendor, v.BIOSVersion = "Xen", "HVM domU", "Xen", "4.17"
	default:
		v.HypervisorPresent = false
		v.Manufacturer, v.Model, v.BIOSVendor, v.BIOSVersion = "Dell Inc.", "PowerEdge R750", "Dell Inc.", "1.5.4"
	}
	s.Virtualization = v
	delete(s.Registry, keyParameters)
	s.Registry[KeyGuest] = map[string]Value{}
	if platform == "hyper-v" && !h.NoDataExchange {
		s.setParameters(h, name, edition)
	}
	return nil
}

// setParameters is what the host writes through Data Exchange: PhysicalHostName is the NetBIOS name, in capitals and cut
// at 15 characters; PhysicalHostNameFullyQualified in small letters.
func (s *State) setParameters(h Host, name, edition string) {
	physical := or(h.PhysicalName, name)
	short, _, _ := strings.Cut(physical, ".")
	p := map[string]Value{
		"HostName": text(physical), "HostingSystemEditionId": text(strconv.Itoa(or(h.SKU, hostSKUs[edition]))), "HostingSystemNestedLevel": text("0"),
		"HostingSystemProcessorArchitecture": text("9"),
		"HostingSystemSpMajor":               text("0"), "HostingSystemSpMinor": text("0"), "PhysicalHostName": text(strings.ToUpper(short[:min(len(short), 15)])),
		"PhysicalHostNameFullyQualified": text(strings.ToLower(physical)), "VirtualMachineDynamicMemoryBalancingEnabled": text("0"),
		"VirtualMachineId": text(s.Virtualization.UUID), "VirtualMachineName": text("ws-template"),
	}
	major, minor := releases[or(h.Release, "2025")].kernel()
	p["HostingSystemOsMajor"], p["HostingSystemOsMinor"] = text(major), text(minor)
	for k, value := range h.Parameters {
		p[k] = text(value)
		if value == "" {
			delete(p, k)
		}
	}
	s.Registry[keyParameters] = p
}

func leaves(h Host) string { return or(h.Leaves, "name,time,pid") }
