// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"cmp"
	"slices"
)

// OpenSSH is how a release comes by an OpenSSH server.
type OpenSSH string

// The ways in which an OpenSSH server comes.
const (
	OpenSSHNone      OpenSSH = "none"      // not at all: Win32-OpenSSH has to be brought along
	OpenSSHOnDemand  OpenSSH = "on_demand" // a Feature on Demand
	OpenSSHInstalled OpenSSH = "installed" // it is there, and switched off
)

// EvaluationNames is how evaluation media names its images.
type EvaluationNames string

// The ways in which evaluation media names its images.
const (
	EvaluationSame    EvaluationNames = "same"    // as the other media does
	EvaluationDisplay EvaluationNames = "display" // so, or by the name that Setup displays
)

// What a release may lack that older ones have.
const (
	Floppy = "floppy" // the driver of floppy disks: an answer file on one is not found
	WMIC   = "wmic"   // wmic.exe: a Feature on Demand that is not there at first
)

// Facts are what a release has and lacks, as far as answer files, names of images and sentences turn on it. Each field
// of a built-in release is given (a test asks for it); in an [Overlay] the zero value stands for "as in the long-term
// release before it".
type Facts struct {
	// Kernel is the version that Windows shows before the build ("10.0"). From Microsoft's page "Operating System
	// Version".
	Kernel string
	// PowerShell is the Windows PowerShell that comes with it ("5.1"). From Microsoft's page "Windows PowerShell System
	// Requirements".
	PowerShell string
	// OpenSSH is from Microsoft's page "Get started with OpenSSH for Windows"; 1709 and 1803 are not on it.
	OpenSSH OpenSSH
	// MSRSize is the size of Microsoft's reserved partition in MB. From Microsoft's pages "UEFI/GPT-based hard drive
	// partitions" for Windows 8.1 and for Windows 10.
	MSRSize int
	// DesktopName is what the displayed name of an image has in parentheses where it is not Server Core. With "Desktop
	// Experience" a name that has none is that of Server Core.
	DesktopName string
	// NamedImages are the editions whose images are named by ImageTitle and EditionID ("SERVERDATACENTER"), as public
	// lists of what is on the media show. Azure Edition, and Essentials of most releases, are in none.
	NamedImages []string
	// EvaluationNames is from public lists of what is on evaluation media: those of 2025 have both kinds.
	EvaluationNames EvaluationNames
	// Lacks is [Floppy], [WMIC]; empty: nothing. From Microsoft's pages of deprecated and removed features, those of
	// the client of the same build where the server's name none.
	Lacks []string
}

const (
	nt10              = "10.0"
	guiName           = "Server with a GUI"
	desktopExperience = "Desktop Experience"
)

// builtinNames are the editions whose images are named by their EditionID on the media of nearly every release.
var builtinNames = []string{Datacenter, Standard}

// nothing is what most releases lack.
var nothing = []string{}

// Facts are those of a release, by its canonical name; those of the newest long-term release for a name that is not
// known.
func (c *Catalog) Facts(release string) Facts {
	if r := c.release(release); r != nil {
		return r.Facts.clone()
	}
	return c.factsBefore(Release{Build: 1 << 30}).clone()
}

// KernelRelease is the release whose kernel alone has this version ("6.3" is 2012 R2). Every release from 2016 on has
// 10.0, so that says nothing.
func (c *Catalog) KernelRelease(version string) (name string, ok bool) {
	for i := range c.releases {
		if r := &c.releases[i]; r.Facts.Kernel == version {
			if ok {
				return "", false
			}
			name, ok = r.Name, true
		}
	}
	return name, ok
}

// factsBefore are the facts of the long-term release before this one; those of the oldest where none is.
func (c *Catalog) factsBefore(r Release) Facts {
	var oldest Facts
	for i := range c.releases { // newest first
		if before := &c.releases[i]; !before.CoreOnly() && before.Name != r.Name {
			if before.Build <= r.Build {
				return before.Facts
			}
			oldest = before.Facts
		}
	}
	return oldest
}

// or fills in what is not said.
func (f Facts) or(other Facts) Facts {
	f.Kernel, f.PowerShell = cmp.Or(f.Kernel, other.Kernel), cmp.Or(f.PowerShell, other.PowerShell)
	f.OpenSSH, f.EvaluationNames = cmp.Or(f.OpenSSH, other.OpenSSH), cmp.Or(f.EvaluationNames, other.EvaluationNames)
	f.MSRSize, f.DesktopName = cmp.Or(f.MSRSize, other.MSRSize), cmp.Or(f.DesktopName, other.DesktopName)
	if f.NamedImages == nil {
		f.NamedImages = other.NamedImages
	}
	if f.Lacks == nil {
		f.Lacks = other.Lacks
	}
	return f.clone()
}

func (f Facts) clone() Facts {
	f.NamedImages, f.Lacks = slices.Clone(f.NamedImages), slices.Clone(f.Lacks)
	return f
}
