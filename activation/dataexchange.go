// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strconv"
	"strings"
)

// deviceFinding says what the guest's activation device tells; nothing where it was not asked for, or is not to be
// expected.
func (l *look) deviceFinding() (finding, bool) {
	d := l.f.Virtualization.ActivationDevice
	switch {
	case d == nil || l.platform.isElsewhere():
		return finding{}, false
	case d.Count < 1:
		return l.found(CodeDeviceMissing), true
	case d.ErrorCode != 0:
		return l.found(CodeDeviceBroken, "n", strconv.Itoa(d.ErrorCode)), true
	}
	return l.found(CodeDeviceWorks), true
}

// exchangeFindings says what is wrong with Data Exchange. Where the guest runs on something else than Hyper-V, that it
// is stopped and empty is natural and not repeated; that the service is gone or disabled would follow the image anywhere.
func (l *look) exchangeFindings() []finding {
	x := l.f.DataExchange
	state, mode := name(x.ServiceState), name(x.StartMode)
	if !l.looked() {
		return nil
	}
	var out []finding
	switch {
	case state == "" && mode == "":
		if !l.unread(areaServices) && !l.unread(areaDataExchange) {
			return []finding{l.found(CodeExchangeMissing)}
		}
		if l.platform.isElsewhere() {
			return nil
		}
	case strings.EqualFold(mode, "Disabled"):
		return []finding{l.found(CodeExchangeDisabled, "mode", mode)}
	case l.platform.isElsewhere():
		return nil
	case !strings.EqualFold(state, "Running"):
		out = append(out, l.found(CodeExchangeStopped, "state", state))
	}
	switch {
	case l.unread(areaDataExchange):
	case len(x.Parameters) == 0:
		out = append(out, l.found(CodeExchangeNoHost))
	case l.host.Name == "":
		out = append(out, l.found(CodeExchangeIncomplete, "n", strconv.Itoa(len(x.Parameters))))
	}
	return out
}
