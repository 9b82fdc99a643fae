// SPDX-License-Identifier: MPL-2.0

package catalog

// Servicing is how a release is kept up to date.
type Servicing string

// The kinds of servicing.
const (
	LongTerm   Servicing = "ltsc"   // "Windows Server 2022"
	SemiAnnual Servicing = "sac"    // "Windows Server, version 20H2": Server Core only
	Annual     Servicing = "annual" // "Windows Server, version 23H2": Server Core only
)

// Release is one release of Windows Server.
type Release struct {
	Name       string    // canonical: "2022", "2012 R2", "20H2"
	Title      string    // "Windows Server 2022", "Windows Server, version 20H2"
	Build      int       // of CurrentBuildNumber: 20348
	Servicing  Servicing // zero value: LongTerm
	KeysOf     string    // release whose AVMA keys it takes and as which it counts for a host; "": its own
	Editions   []string  // canonical names of the editions that exist
	Aliases    []string  // what else it is called, beyond name, title and build ("21H2")
	ImageTitle string    // how the NAME of its images in install.wim begins; "": not known
	NoHost     bool      // not a host of the documented matrix
	NoAVMA     string    // why it has no AVMA key at all; "": it has
	Facts      Facts     // what it has and lacks
}

// CoreOnly says that the release has no Desktop Experience.
func (r Release) CoreOnly() bool { return r.Servicing == SemiAnnual || r.Servicing == Annual }

// Family is the release as which this one counts for keys and hosts: itself, but for semi-annual and annual ones.
func (r Release) Family() string {
	if r.KeysOf != "" {
		return r.KeysOf
	}
	return r.Name
}

// The canonical names of the editions.
const (
	Datacenter      = "Datacenter"
	DatacenterAzure = "Datacenter: Azure Edition"
	Standard        = "Standard"
	Essentials      = "Essentials"
)

const beforeAVMA = "automatic virtual machine activation came with Windows Server 2012 R2"

// builtinReleases: avma.md sections 1 to 3. Newest first. Versions "21H2", "24H2" and "1607" name one Windows Server
// each; "1809" does not (2019 and the semi-annual release) and stands for the semi-annual one, as Microsoft writes it.
var builtinReleases = []Release{
	{Name: "2025", Title: "Windows Server 2025", Build: 26100, ImageTitle: "Windows Server 2025", Aliases: []string{"24H2"},
		Editions: []string{Datacenter, DatacenterAzure, Standard, Essentials},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHInstalled, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationDisplay, Lacks: []string{Floppy, WMIC}}},
	{Name: "23H2", Title: "Windows Server, version 23H2", Build: 25398, Servicing: Annual, KeysOf: "2022", NoHost: true,
		Editions: []string{Datacenter},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2022", Title: "Windows Server 2022", Build: 20348, ImageTitle: "Windows Server 2022", Aliases: []string{"21H2"},
		Editions: []string{Datacenter, DatacenterAzure, Standard, Essentials},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "20H2", Title: "Windows Server, version 20H2", Build: 19042, Servicing: SemiAnnual, KeysOf: "2019", NoHost: true,
		Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2004", Title: "Windows Server, version 2004", Build: 19041, Servicing: SemiAnnual, KeysOf: "2019", NoHost: true,
		Aliases: []string{"20H1"}, Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "1909", Title: "Windows Server, version 1909", Build: 18363, Servicing: SemiAnnual, KeysOf: "2019", NoHost: true,
		Aliases: []string{"19H2"}, Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "1903", Title: "Windows Server, version 1903", Build: 18362, Servicing: SemiAnnual, KeysOf: "2019", NoHost: true,
		Aliases: []string{"19H1"}, Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2019", Title: "Windows Server 2019", Build: 17763, ImageTitle: "Windows Server 2019",
		Editions: []string{Datacenter, Standard, Essentials},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: []string{Datacenter, Standard, Essentials}, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "1809", Title: "Windows Server, version 1809", Build: 17763, Servicing: SemiAnnual, KeysOf: "2019", NoHost: true,
		Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHOnDemand, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "1803", Title: "Windows Server, version 1803", Build: 17134, Servicing: SemiAnnual, KeysOf: "2016", NoHost: true,
		ImageTitle: "Windows Server 2016", Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHNone, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "1709", Title: "Windows Server, version 1709", Build: 16299, Servicing: SemiAnnual, KeysOf: "2016", NoHost: true,
		ImageTitle: "Windows Server 2016", Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHNone, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2016", Title: "Windows Server 2016", Build: 14393, ImageTitle: "Windows Server 2016", Aliases: []string{"1607"},
		Editions: []string{Datacenter, Standard, Essentials},
		Facts: Facts{Kernel: nt10, PowerShell: "5.1", OpenSSH: OpenSSHNone, MSRSize: 16, DesktopName: desktopExperience,
			NamedImages: []string{Datacenter, Standard, Essentials}, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2012 R2", Title: "Windows Server 2012 R2", Build: 9600, ImageTitle: "Windows Server 2012 R2",
		Editions: []string{Datacenter, Standard, Essentials},
		Facts: Facts{Kernel: "6.3", PowerShell: "4.0", OpenSSH: OpenSSHNone, MSRSize: 128, DesktopName: guiName,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2012", Title: "Windows Server 2012", Build: 9200, ImageTitle: "Windows Server 2012", NoHost: true, NoAVMA: beforeAVMA,
		Editions: []string{Datacenter, Standard, Essentials},
		Facts: Facts{Kernel: "6.2", PowerShell: "3.0", OpenSSH: OpenSSHNone, MSRSize: 128, DesktopName: guiName,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2008 R2", Title: "Windows Server 2008 R2", Build: 7601, ImageTitle: "Windows Server 2008 R2", NoHost: true, NoAVMA: beforeAVMA,
		Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: "6.1", PowerShell: "2.0", OpenSSH: OpenSSHNone, MSRSize: 128, DesktopName: guiName,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
	{Name: "2008", Title: "Windows Server 2008", Build: 6003, NoHost: true, NoAVMA: beforeAVMA,
		Editions: []string{Datacenter, Standard},
		Facts: Facts{Kernel: "6.0", PowerShell: "1.0", OpenSSH: OpenSSHNone, MSRSize: 128, DesktopName: guiName,
			NamedImages: builtinNames, EvaluationNames: EvaluationSame, Lacks: nothing}},
}
