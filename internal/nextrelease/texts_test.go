// SPDX-License-Identifier: MPL-2.0

package nextrelease

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// text is a sentence about releases in a file that cannot ask the catalogue, as the catalogue would say it.
type text struct {
	file string
	says string
}

// texts are all of them, as they are with this catalogue. A sentence is compared without its line breaks and comment
// marks.
func texts(c *catalog.Catalog) []text {
	var guests []catalog.Release // long-term, oldest first
	for _, r := range slices.Backward(c.Releases()) {
		if r.NoAVMA == "" && !r.CoreOnly() {
			guests = append(guests, r)
		}
	}
	that := func(is func(catalog.Release) bool) (names []string) {
		for _, r := range guests {
			if is(r) {
				names = append(names, r.Name)
			}
		}
		return names
	}
	ssh := func(how catalog.OpenSSH) []string {
		return that(func(r catalog.Release) bool { return r.Facts.OpenSSH == how })
	}
	first, last := guests[0], guests[len(guests)-1]
	installed, onDemand, none := ssh(catalog.OpenSSHInstalled), ssh(catalog.OpenSSHOnDemand), ssh(catalog.OpenSSHNone)
	msr := that(func(r catalog.Release) bool { return r.Facts.MSRSize != last.Facts.MSRSize })
	shells := []string{first.Facts.PowerShell}
	for _, r := range guests {
		if !slices.Contains(shells, r.Facts.PowerShell) {
			shells = append(shells, r.Facts.PowerShell)
		}
	}
	noGVLK := that(func(r catalog.Release) bool {
		return slices.Contains(r.Editions, catalog.Essentials) && len(c.Entries(catalog.Filter{Release: r.Name, Edition: catalog.Essentials, Channel: catalog.GVLK})) == 0
	})
	crossChecked := that(func(r catalog.Release) bool {
		return slices.ContainsFunc(c.Entries(catalog.Filter{Release: r.Name, Channel: catalog.AVMA}), func(e catalog.Entry) bool { return e.Standing == catalog.CrossChecked })
	})
	told := that(func(r catalog.Release) bool { _, ok := c.KernelRelease(r.Facts.Kernel); return ok })
	return []text{
		{"README.md", "Windows Server " + first.Name + " to " + last.Name + " and the semi-annual releases"},
		{"unattend/config.go", "The Windows Server release: `" + strings.Join(that(func(catalog.Release) bool { return true }), "`, `") + "`, a semi-annual version"},
		{"unattend/config_disk.go", "Default " + strconv.Itoa(last.Facts.MSRSize) + ", for " + and(msr) + " " + strconv.Itoa(first.Facts.MSRSize) + "."},
		{"unattend/config_remote.go", and(installed) + verb(installed, " has it, and needs none.", " have it, and need none.") + " For " + and(onDemand) + ": `windows-update`"},
		{"docs/answer-file.md", "`openssh {}` is all that " + and(installed) + verb(installed, " needs.", " need.") + " " + and(onDemand) + verb(onDemand, " needs", " need") + " a `source`"},
		{"docs/answer-file.md", "For " + and(none) + " there is only the last."},
		{"docs/answer-file.md", "(Essentials from " + strings.Join(noGVLK[:1], "") + " on)"},
		{"docs/answer-file.md", "It needs PowerShell " + first.Facts.PowerShell + ", which every release from " + first.Name + " on has."},
		{"docs/avma.md", "The keys of " + and(crossChecked) + " are cross-checked"},
		{"activation/reasons_looking.go", first.Title + " and newer come with " + strings.Join(shells, " or ") + "."},
		{"activation/reasons_host.go", "the release of a host newer than " + told[len(told)-1] + " cannot be told."},
	}
}

// What is said of releases in documentation, in comments of attributes and in the table of reasons is what the
// catalogue says.
func TestTextsAboutReleases(t *testing.T) {
	for _, x := range texts(catalog.Default()) {
		if !strings.Contains(read(t, x.file), x.says) {
			t.Errorf("%s does not say: %s\nThe catalogue does; correct the sentence there (and run make generate), or here if it was rewritten.", x.file, x.says)
		}
	}
}

// The test above would notice a release that is added: which sentence changes by which kind of release.
func TestTextsChange(t *testing.T) {
	now := texts(catalog.Default())
	changed := map[string]bool{}
	for _, release := range []string{Plain, Different, strings.Replace(Different, `"none"`, `"on_demand"`, 1), strings.Replace(Plain, "documented", "cross-checked", 1)} {
		for i, x := range texts(Catalog(release)) {
			if x != now[i] {
				changed[x.file] = true
			}
		}
	}
	for _, file := range []string{"README.md", "unattend/config.go", "unattend/config_disk.go", "unattend/config_remote.go", "docs/answer-file.md", "docs/avma.md", "activation/reasons_looking.go"} {
		if !changed[file] {
			t.Errorf("whatever release is added, %s is not asked to change", file)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(string(data), "//", "")), " ")
}

// and joins names as a sentence does: "2012 R2, 2016 and 2019".
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func verb(names []string, one, many string) string {
	if len(names) == 1 {
		return one
	}
	return many
}
