// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// look is one pass over facts and expectation: what Judge and NextStep share.
type look struct {
	f   Facts
	e   Expectation
	cat *catalog.Catalog

	guest    catalog.Target // what the guest is, as far as known
	guestErr error
	want     catalog.Target // what was expected, where wanted
	wanted   bool
	wantErr  error
	becomes  catalog.Target // the guest, or what an evaluation is to become

	entry    catalog.Entry // the catalogue's AVMA key for becomes
	keyErr   error
	expected string // last group of the key that is expected; "" when not known

	product  Product // cleaned
	products []Product
	has      bool // product is there
	channel  KeyChannel

	host          Host
	platform      Platform
	platformTitle string
}

func newLook(f Facts, e Expectation) *look {
	l := &look{f: f, e: e, cat: e.Catalog}
	if l.cat == nil {
		l.cat = catalog.Default()
	}
	l.identify()
	l.expect()
	l.products = f.withKey(l.expected)
	if len(l.products) > 0 {
		l.product, l.has = l.products[0].cleaned(), true
		l.channel = ChannelOf(l.product)
	}
	l.host = ParseHost(f.DataExchange.Parameters)
	l.platform, l.platformTitle = PlatformOf(f.Virtualization)
	if l.platform == PlatformPhysical && l.unread(areaVirtualization) {
		l.platform = PlatformUnknown
	}
	if d := l.f.Virtualization.ActivationDevice; l.platform == PlatformUnknown && d != nil && d.Count > 0 {
		l.platform = PlatformHyperV // nothing else has such a device
	}
	if l.platform == PlatformAzure && l.host.Class == catalog.HostHCI {
		l.platform = PlatformHyperV // Azure Local may show the same firmware as Azure
	}
	return l
}

// empty says that the facts hold nothing at all.
func (l *look) empty() bool {
	return l.f.OS.Build == 0 && l.f.OS.EditionID == "" && len(l.f.Products) == 0 && len(l.f.Errors) == 0 && l.f.Action == nil &&
		l.f.PowerShell.LanguageMode == "" && l.f.CollectedUTC == ""
}

// unread says that the script could not read an area.
func (l *look) unread(area string) bool {
	_, ok := l.errorIn(area)
	return ok
}

func (l *look) errorIn(area string) (LookError, bool) {
	for _, e := range l.f.Errors {
		if strings.EqualFold(name(e.Area), area) {
			return e, true
		}
	}
	return LookError{}, false
}

// productsUnread is the error that kept the products from being read, if one did.
func (l *look) productsUnread() (LookError, bool) {
	if len(l.f.Products) > 0 {
		return LookError{}, false
	}
	return l.errorIn(areaProducts)
}

// looked says that the script looked at the licence at all. The short scripts that poll a conversion or a restart do
// not: their facts have nothing of what is read together with the products.
func (l *look) looked() bool {
	s, v, x := l.f.Service, l.f.Virtualization, l.f.DataExchange
	return len(l.f.Products) > 0 || s.Version+s.State+s.StartMode != "" || v.HypervisorPresent || v.Manufacturer+v.Model+v.BIOSVersion+v.BIOSVendor != "" ||
		x.ServiceState+x.StartMode != "" || len(x.Parameters) > 0
}

// The areas under which scripts report what they could not read, where the judge depends on them.
const (
	areaProducts       = "products"       // SoftwareLicensingProduct
	areaServices       = "services"       // Win32_Service: sppsvc and vmickvpexchange
	areaDataExchange   = "data_exchange"  // Guest\Parameters
	areaVirtualization = "virtualization" // firmware strings
	areaSession        = "session"
	areaScript         = "script" // the script as a whole
)

// rightKey says that an AVMA product with the expected key is there.
func (l *look) rightKey() bool {
	return l.has && l.channel == ChannelAVMA && l.expected != "" && strings.EqualFold(l.product.PartialProductKey, l.expected)
}

func (l *look) license() string {
	if !l.has {
		return "no key"
	}
	return LicenseStatusName(l.product.LicenseStatus)
}

// collected is the guest's own clock.
func (l *look) collected() (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, name(l.f.CollectedUTC))
	return t, err == nil
}

// common are the placeholders that most reasons use.
func (l *look) common(more ...string) []string {
	return append(more,
		"guest", l.guestName(), "key", l.product.PartialProductKey, "expected", l.expected, "license", l.license(), "host", l.product.HostMachineName,
		"channel", l.product.ProductKeyChannel, "description", l.product.Description, "physical", or(l.host.Name, "not named by Data Exchange"),
		"machine", or(machine(l.f.Virtualization), "nothing that could be read"), "edition", name(l.f.OS.EditionID), "vm", l.vm())
}

// vm is how the host calls this guest, for whoever runs it.
func (l *look) vm() string { return or(l.host.VMName, or(l.host.VMID, "as the host calls it")) }

func (l *look) found(code string, more ...string) finding { return found(code, l.common(more...)...) }

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
