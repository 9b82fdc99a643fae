// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
)

// change is one thing that may be wrong with a guest or its host. Two of them make a pair.
type change struct {
	name string
	f    func(*Facts)
	e    Expectation
	last bool // takes the products away, so it comes second
}

func changes() []change {
	var out []change
	add := func(name string, f func(*Facts)) { out = append(out, change{name: name, f: f}) }
	expect := func(name string, e Expectation) { out = append(out, change{name: name, f: func(*Facts) {}, e: e}) }
	add("nothing", func(*Facts) {})
	add("not licensed", waiting)
	add("no key", noKeyHere)
	add("GVLK", gvlk)
	add("MAK", keyed("Volume:MAK", "VOLUME_MAK", "QQQQQ", 1))
	add("retail", keyed("Retail", "RETAIL", "QQQQQ", 5))
	add("KMS host", keyed("Volume:CSVLK", "VOLUME_KMS_2022", "QQQQQ", 1))
	add("wrong AVMA key", product(func(p *Product) { p.PartialProductKey = "78VHK" }))
	add("unknown AVMA key", product(func(p *Product) { p.PartialProductKey = "ABCDE" }))
	add("a second key", func(f *Facts) {
		f.Products = append(f.Products, Product{PartialProductKey: "6VM33", ProductKeyChannel: "Volume:GVLK"})
	})
	for _, h := range hresults {
		if h.Code == "" && h.Value != hrInvalidData {
			continue
		}
		reason := product(func(p *Product) {
			p.LicenseStatus, p.LicenseStatusReason, p.HostMachineName, p.LastActivationUTC = 5, h.Value, "", ""
		})
		add("reason "+FormatHResult(h.Value), reason)
		add("install answered "+FormatHResult(h.Value), acted(Action{Name: "install", HResult: h.Value}))
		add("activation answered "+FormatHResult(h.Value), acted(Action{Name: "wait", Done: true, HResult: h.Value}))
	}
	add("install failed", acted(Action{Name: "install", ErrorID: "x"}))
	for _, n := range []string{"7", "80", "42", "48", "168", "406", "407", "999"} {
		add("host "+n, func(f *Facts) {
			if f.DataExchange.Parameters != nil {
				f.DataExchange.Parameters["HostingSystemEditionId"] = n
			}
		})
	}
	add("2012 R2 host", func(f *Facts) {
		if f.DataExchange.Parameters != nil {
			f.DataExchange.Parameters["HostingSystemOsMajor"], f.DataExchange.Parameters["HostingSystemOsMinor"] = "6", "3"
		}
	})
	add("Data Exchange missing", func(f *Facts) { f.DataExchange = DataExchange{} })
	add("Data Exchange disabled", func(f *Facts) { f.DataExchange.ServiceState, f.DataExchange.StartMode = "Stopped", "Disabled" })
	add("Data Exchange stopped", func(f *Facts) { f.DataExchange.ServiceState = "Stopped" })
	add("the host wrote nothing", func(f *Facts) { f.DataExchange.Parameters = nil })
	add("device missing", device(0, 0))
	add("device disabled", device(1, 22))
	add("device works", device(1, 0))
	for _, m := range []string{"QEMU", "VMware, Inc.", "Xen", "innotek GmbH", "Nutanix", "Contoso"} {
		add("on "+m, func(f *Facts) { f.Virtualization.Manufacturer, f.Virtualization.Model = m, "x" })
	}
	add("physical", func(f *Facts) { f.Virtualization = Virtualization{Manufacturer: "Dell Inc.", Model: "x"} })
	add("Azure", func(f *Facts) { f.Virtualization.AssetTag = azureAssetTag })
	for _, data := range []string{"0x00000000", "0xC004FD01", "0xC004FD02", "0xC004FD03", "Invalid Data", "x"} {
		add("event "+data, events(data))
	}
	for n := range uint32(8) {
		add(fmt.Sprintf("status %d", n), product(func(p *Product) { p.LicenseStatus = n }))
	}
	add("no name", product(func(p *Product) { p.HostMachineName = "" }))
	add("no trace", traces("", "", ""))
	add("evaluation", evaluation("ServerDatacenterEval", 80))
	add("evaluation edition", func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerDatacenterEval", 80 })
	add("conversion running", acted(Action{Name: "convert_poll", Phase: "running"}))
	add("conversion failed", acted(Action{Name: "convert_poll", Phase: "failed", ExitCode: 5}))
	add("domain controller", func(f *Facts) { f.OS.ProductType = 2 })
	add("client", func(f *Facts) { f.OS.ProductType = 1 })
	add("unknown build", func(f *Facts) { f.OS.Build = 31000 })
	add("2012", func(f *Facts) { f.OS.Build = 9200 })
	add("Azure Edition", func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerTurbine", 407 })
	add("Standard", func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerStandard", 7 })
	add("Windows not read", func(f *Facts) { f.OS.EditionID, f.OS.SKU = "", 0 })
	add("licensing disabled", func(f *Facts) { f.Service.State, f.Service.StartMode = "Stopped", "Disabled" })
	add("licensing missing", func(f *Facts) { f.Service.State, f.Service.StartMode = "", "" })
	add("no rearm left", func(f *Facts) { f.Service.RearmCount = 0 })
	add("Setup at work", func(f *Facts) { f.Setup.ImageState = "IMAGE_STATE_UNDEPLOYABLE" })
	add("servicing pending", func(f *Facts) { f.PendingRestart = []string{"cbs"} })
	add("file renames pending", func(f *Facts) { f.PendingRestart = []string{"file_rename"} })
	add("not elevated", func(f *Facts) { f.Session.Elevated = false })
	add("constrained", func(f *Facts) { f.PowerShell.LanguageMode = "ConstrainedLanguage" })
	add("events not read", unreadable("events", 1))
	add("setup refused", unreadable("setup", hrAccessDenied))
	add("products not read", func(f *Facts) { f.Products = nil; unreadable("products", 0x80041001)(f) })
	add("times", func(f *Facts) { f.OS.InstallDate = now.Unix() + 10*86400 })
	for i := range out {
		out[i].last = out[i].name == "no key" || out[i].name == "products not read"
	}
	expect("clock", Expectation{Now: now.AddDate(3, 0, 0)})
	expect("other hosts", Expectation{Hosts: []string{"hv-09"}})
	expect("other release", Expectation{Release: "2025"})
	expect("other edition", Expectation{Edition: "standard"})
	expect("no edition", Expectation{Release: "2022", Edition: "megacenter"})
	expect("other key", Expectation{PartialKey: "78VHK"})
	expect("new key", Expectation{PartialKey: "NEWKY"})
	expect("older host", Expectation{HostRelease: "2016"})
	expect("unknown host", Expectation{HostRelease: "2031"})
	return out
}

func both(a, b Expectation) Expectation {
	if b.Release != "" || b.Edition != "" {
		a.Release, a.Edition = b.Release, b.Edition
	}
	if b.PartialKey != "" {
		a.PartialKey = b.PartialKey
	}
	if b.HostRelease != "" {
		a.HostRelease = b.HostRelease
	}
	if len(b.Hosts) > 0 {
		a.Hosts = b.Hosts
	}
	if !b.Now.IsZero() {
		a.Now = b.Now
	}
	return a
}

// subject is what a finding is about.
func subject(code string) string {
	for name, codes := range map[string][]string{
		"key": aboutTheKey, "evaluation": aboutTheEvaluation, "platform": aboutThePlatform, "guest": aboutTheGuest, "host": aboutTheHost, "answer": aboutTheAnswer,
		"event":    eventCodes,
		"exchange": {CodeExchangeMissing, CodeExchangeDisabled, CodeExchangeStopped, CodeExchangeNoHost},
		"device":   {CodeDeviceMissing, CodeDeviceBroken},
		"licence":  licenseState,
		"service":  {CodeLicensingMissing, CodeLicensingDisabled},
		"outcome":  {CodeActivated, CodeActivatedUnnamed, CodePending, CodeNoHost, CodeUnexpectedHost, CodeHostNotNamed},
		// These matter whatever else there is.
		"alone": {
			CodeWaitSetup, CodeWaitRestart, CodeRestartPending, CodeRearmed, CodeRearmUsedUp, CodeNotGenuine, CodeClockOff, CodeClockInconsistent, CodeSKUConflict, CodeTwoProducts,
			CodeOtherInstallation, CodeHostConflict, CodeUnknownHostRelease, CodeProductsUnread, CodeAreaUnread, CodeMoreErrors, CodeAccessDenied, CodeNotElevated, CodeConstrained,
			CodeKMSUnavailable,
		},
	} {
		if slices.Contains(codes, code) {
			return name
		}
	}
	return "?"
}

// beside lists the subjects that have nothing to do with each other: curing one leaves the other.
var beside = map[string]string{
	"guest":      "evaluation platform host exchange device service answer event",
	"evaluation": "platform host exchange device service",
	"licence":    "key answer event",                                 // where it leads, it names no cause, and these do
	"key":        "guest platform host exchange device answer event", // an answer that the key does not explain is about the host
	"platform":   "exchange",                                         // a service that is gone or disabled follows the image
	"host":       "exchange device",
	"exchange":   "answer device", // Data Exchange is not what activation goes over: both are said
	"device":     "answer",
	"service":    "key platform host exchange device answer", // the service is what is to be cured first, and not the only thing
	"outcome":    "platform host exchange device service answer event licence key",
}

func together(x, y string) bool {
	a, b := subject(x), subject(y)
	if a == "?" || b == "?" {
		return false
	}
	return a == "alone" || b == "alone" || slices.Contains(strings.Fields(beside[a]), b) || slices.Contains(strings.Fields(beside[b]), a)
}

// TestEachPairIsDecided takes all pairs of changes. Two findings that are both said with weight have to be two things
// that have nothing to do with each other: of two subjects that beside lists.
func TestEachPairIsDecided(t *testing.T) {
	all := changes()
	met := map[string]string{}
	for i, a := range all {
		for _, b := range all[i:] {
			if a.last && !b.last {
				a, b = b, a
			}
			f := good(a.f)
			b.f(&f)
			v := Judge(f, both(a.e, b.e))
			for i, x := range v.Reasons {
				for _, y := range v.Reasons[i+1:] {
					if (x.Severity == Info && i > 0) || y.Severity == Info || x.Code == y.Code {
						continue
					}
					met[x.Code+" "+y.Code] = fmt.Sprintf("%s + %s: %s %s, %s %s", a.name, b.name, x.Severity, x.Summary, y.Severity, y.Summary)
				}
			}
		}
	}
	var undecided []string
	for pair, how := range met {
		x, y, _ := strings.Cut(pair, " ")
		if !together(x, y) {
			undecided = append(undecided, fmt.Sprintf("%s (%s, %s): %s", pair, subject(x), subject(y), how))
		}
	}
	sort.Strings(undecided)
	if len(undecided) > 0 {
		t.Errorf("%d pairs of %d are said side by side, and nothing says that they may be:\n%s", len(undecided), len(met), strings.Join(undecided, "\n"))
	}
}

// No finding explains, by whatever detour, the one that explains it.
func TestExplanationsHaveNoCircle(t *testing.T) {
	next := map[string][]string{}
	for _, e := range explanations {
		for _, c := range e.causes {
			next[c] = append(next[c], e.consequences...)
		}
	}
	var walk func(code string, path []string)
	walk = func(code string, path []string) {
		if slices.Contains(path, code) {
			t.Fatalf("a circle: %v %s", path, code)
		}
		for _, n := range next[code] {
			if n != code {
				walk(n, append(path, code))
			}
		}
	}
	for _, d := range Definitions() {
		walk(d.Code, nil)
	}
}
