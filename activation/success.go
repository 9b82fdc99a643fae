// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"time"
)

// succeeded is the rule of success (reference sections 2 and 4), and the only place where it stands: an AVMA key, the
// expected one, licensed; Windows shows that a host activated it; and the platform is not known to be anything but
// Hyper-V. A licence that shows elsewhere came with an image that was moved, or is forged.
func (l *look) succeeded() bool {
	return l.rightKey() && l.product.LicenseStatus == licensed && l.product.ShowsHost() && !l.platform.isElsewhere()
}

// ShowsHost says whether Windows shows that a host activated this product: at least one of the host's name, the time of
// the last activation and the host's digital PID is set. Windows may leave out each of them. (reference section 4)
func (p Product) ShowsHost() bool {
	_, at := p.activatedAt()
	return name(p.HostMachineName) != "" || at || name(p.HostDigitalPid2) != ""
}

// activatedAt is the time of the last activation. An unset one is the year 1601, in whatever time zone it was written.
func (p Product) activatedAt() (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, name(p.LastActivationUTC))
	return t, err == nil && t.UTC().Year() > 1601
}

// leadLicensed: the key is right and licensed, so what is left to say is by whom.
func (l *look) leadLicensed() finding {
	host := l.product.HostMachineName
	switch {
	case l.platform.isElsewhere():
		return l.found(CodeLicensedElsewhere)
	case !l.succeeded():
		return l.found(CodeNoHost)
	case host == "" && !isExpectedHost("", l.e.Hosts):
		return l.found(CodeHostNotNamed, "hosts", joinBounded(l.e.Hosts, 8))
	case host == "":
		return l.found(CodeActivatedUnnamed)
	case !l.isExpected(host):
		return l.found(CodeUnexpectedHost, "hosts", joinBounded(l.e.Hosts, 8))
	}
	return l.found(CodeActivated)
}
