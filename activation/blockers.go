// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// structural are the causes that can be seen without asking Windows for an activation: what is wrong in the guest
// first, because it would follow the image to any host; then what it runs on; then the host.
func (l *look) structural() []finding {
	var guest, host []finding
	put := func(f finding) {
		if f.def.HostSide {
			host = append(host, f)
		} else {
			guest = append(guest, f)
		}
	}
	for _, f := range l.serviceFindings() {
		put(f)
	}
	device, ok := l.deviceFinding()
	if ok && device.def.Status == Failed {
		put(device)
	}
	exchange := l.exchangeFindings()
	for _, f := range exchange {
		if f.def.Status == Failed {
			put(f)
		}
	}
	if f, ok := platformFinding(l.platform, l.platformTitle, l.f.Virtualization); ok {
		put(f)
	}
	if l.valuesOfToday() {
		if f, ok := l.host.skuFinding(); ok {
			put(f)
		}
	}
	for _, f := range l.matrixFindings() {
		put(f)
	}
	for _, f := range exchange {
		if f.def.Status != Failed {
			put(f)
		}
	}
	if ok && device.def.Status == Pending {
		put(device)
	}
	return append(guest, host...)
}

// valuesOfToday says that what Data Exchange left in the registry is about the host of today: the guest runs on Hyper-V, and
// the service is not known to be off. Else the values may come from the host on which the image was built.
func (l *look) valuesOfToday() bool {
	state := name(l.f.DataExchange.ServiceState)
	gone := state == "" && name(l.f.DataExchange.StartMode) == "" && l.looked() && !l.unread(areaServices) && !l.unread(areaDataExchange)
	return !l.platform.isElsewhere() && !gone && (state == "" || strings.EqualFold(state, "Running"))
}

// doubtful are causes that can be seen, and that Windows may overcome: Data Exchange is documented to be needed and is not
// what activation goes over. So it is tried, and what Windows answers stands beside them. On another platform than
// Hyper-V there is no answer to wait for.
func (l *look) doubtful(code string) bool {
	switch code {
	case CodeExchangeMissing, CodeExchangeDisabled, CodeDeviceBroken:
		return !l.platform.isElsewhere()
	}
	return false
}

// serviceFindings says what is wrong with the licensing service. That it is stopped is normal.
func (l *look) serviceFindings() []finding {
	s := l.f.Service
	state, mode := name(s.State), name(s.StartMode)
	switch {
	case state == "" && mode == "":
		if l.has || !l.looked() || l.unread(areaServices) { // the class answered, so the service is there; or nothing was read
			return nil
		}
		return []finding{l.found(CodeLicensingMissing)}
	case strings.EqualFold(mode, "Disabled"):
		return []finding{l.found(CodeLicensingDisabled, "mode", mode)}
	case !strings.EqualFold(state, "Running"):
		return []finding{l.found(CodeLicensingStopped, "state", or(state, "not running"))}
	}
	return nil
}

// matrixFindings holds host and guest against the matrix where the host's release can be known: the caller knows it,
// or the host is so old that its version tells (2012 R2 and older).
func (l *look) matrixFindings() []finding {
	if l.becomes.Release == "" || l.keyErr != nil {
		return nil
	}
	var out []finding
	told, hint := strings.TrimSpace(l.e.HostRelease), l.host.Release()
	if !l.valuesOfToday() {
		hint = ""
	}
	if told != "" && l.host.Version() != "" && l.valuesOfToday() && l.contradicts(told, hint) {
		out = append(out, l.found(CodeHostConflict, "hostrelease", told, "version", l.host.Version()))
	}
	release := or(told, hint)
	if release == "" && l.host.Class == catalog.HostHCI {
		release = catalog.AzureLocal
	}
	if release == "" {
		if l.host.Class == catalog.HostDatacenter && l.becomes.EditionID == "ServerTurbine" {
			out = append(out, l.found(CodeUndocumented, "why", "Datacenter: Azure Edition is documented for Azure Local and Azure alone, and the host is Windows Server Datacenter."))
		}
		return out
	}
	a := l.cat.Activates(release, l.becomes)
	args := []string{"hostrelease", release, "why", a.Reason, "hosts", strings.Join(l.cat.Hosts(), ", ")}
	switch {
	case !a.Known:
		out = append(out, l.found(CodeUnknownHostRelease, args...))
	case !a.OK && a.Documented:
		out = append(out, l.found(CodeHostTooOld, args...))
	case !a.Documented:
		out = append(out, l.found(CodeUndocumented, args...))
	}
	return out
}

// contradicts: 2012 R2 and older give their version away, and nothing newer has it.
func (l *look) contradicts(told, hint string) bool {
	t, err := l.cat.Resolve(told, "datacenter")
	if err != nil {
		return false
	}
	_, tells := l.cat.KernelRelease(l.cat.Facts(t.Release).Kernel)
	return t.Release != hint && (tells || hint != "")
}

// blockers are the reasons why a guest with the right key is not licensed, the one that explains most first.
func (l *look) blockers() []finding {
	out := l.structural()
	if f, ok := l.actionFinding(); ok {
		out = append(out, f)
	}
	if f, ok := l.hresultFinding(l.product.LicenseStatusReason); ok && l.has {
		out = append(out, f)
	}
	if finished, known := l.f.Setup.Finished(); known && !finished {
		out = append(out, l.found(CodeWaitSetup, "state", l.f.Setup.describe()))
	}
	if l.f.servicingPending() {
		out = append(out, l.found(CodeWaitRestart, "why", l.f.pendingRestart()))
	}
	return out
}
