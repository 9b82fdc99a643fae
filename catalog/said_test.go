// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// said collects every answer and every refusal of a catalogue, a line each.
func said(c *catalog.Catalog) string {
	var b strings.Builder
	line := func(what string, of any) { fmt.Fprintf(&b, "%s: %s\n", what, oneLine(of)) }
	var targets []catalog.Target
	for _, r := range c.Releases() {
		for _, id := range []string{"ServerDatacenter", "ServerStandardCor", "ServerSolution", "ServerTurbine", "ServerStandardEvalCor", "ServerDatacenterEval",
			"ServerDatacenterACor", "ServerAzureCor", "ServerAzureStackHCICor", "ServerDatacenterNano"} {
			e, _ := catalog.LookupEditionID(id)
			t := catalog.Target{Release: r.Name, Build: r.Build, Edition: e.Edition, EditionID: e.Base, Core: e.Core, Evaluation: e.Evaluation}
			targets = append(targets, t)
			for _, ch := range []catalog.Channel{catalog.AVMA, catalog.GVLK} {
				entry, err := c.Key(t, ch)
				line(fmt.Sprintf("key %s %s %s", r.Name, e.ID, ch), errOr(err, entry.Key+" "+string(entry.Standing)))
			}
			names, err := c.ImageNames(t)
			line(fmt.Sprintf("images %s %s", r.Name, e.ID), errOr(err, fmt.Sprintf("%q", names)))
		}
		line("core only "+r.Name, fmt.Sprintf("%v, family %s", r.CoreOnly(), r.Family()))
	}
	for _, host := range append(c.Hosts(), "2022 standard", "windows 11", "kvm", "azure", "azure vm", "standard", "datacenter evaluation", "standard evaluation", "evaluation", "") {
		for _, r := range c.Releases() {
			for _, id := range []string{"ServerDatacenter", "ServerTurbine"} {
				e, _ := catalog.LookupEditionID(id)
				a := c.Activates(host, catalog.Target{Release: r.Name, Build: r.Build, Edition: e.Edition, EditionID: id})
				line(fmt.Sprintf("host %s guest %s %s", host, r.Name, id), fmt.Sprintf("known %v ok %v documented %v %s", a.Known, a.OK, a.Documented, a.Reason))
			}
		}
	}
	for _, release := range []string{"", "2022", "2012", "2008 R2", "2000", "2027", "11", "Windows 10", "20H1", "99999", "26100", "26200", "22621", "azure local", "2O22", "nonsense"} {
		for _, edition := range []string{"", "standard", "Datacenter Core", "Datacentre", "essentials", "hyper-v server", "ServerAzureCor", "ServerAzureStackHCICor", "web", "Enterprise", "standard evaluation"} {
			t, err := c.Resolve(release, edition)
			line(fmt.Sprintf("resolve %q %q", release, edition), errOr(err, fmt.Sprintf("%+v", t)))
			if err == nil {
				entry, err := c.Key(t, catalog.AVMA)
				line("  its key", errOr(err, entry.Key))
			}
		}
	}
	// What a release's spelling says of the edition is held against the one beside it.
	for _, pair := range [][2]string{{"2022 Datacenter", "standard"}, {"2022 Datacenter Evaluation", "datacenter"}, {"2022 SERVERSTANDARDCORE", "datacenter"},
		{"Windows Server 2022 Standard (Desktop Experience)", "datacenter"}, {"Windows Server 2022 Datacenter (Server Core)", "datacenter"},
		{"2022 Standard Evaluation (Server Core)", "ServerStandard"}, {"2022 " + strings.Repeat("x", 79), ""}, {strings.Repeat("x", 80), ""}, {strings.Repeat("x", 81), ""}} {
		t, err := c.Resolve(pair[0], pair[1])
		line(fmt.Sprintf("resolve %q %q", pair[0], pair[1]), errOr(err, fmt.Sprintf("%+v", t)))
	}
	for _, image := range []string{"", "Windows Server 2022 SERVERDATACENTERCORE", "Windows Server 2025 Standard Evaluation (Desktop Experience)", "Windows 11 Pro", "Windows Server 2022", "SERVERSTANDARD", "Windows Server 2016 SERVERDATACENTERACORE", "Windows Server 2099 SERVERSTANDARD"} {
		t, err := c.ResolveImage(image)
		line(fmt.Sprintf("image %q", image), errOr(err, fmt.Sprintf("%+v", t)))
	}
	for _, build := range []int{0, 1, 9200, 9600, 14393, 16299, 17763, 19041, 20348, 22000, 22631, 25398, 26100, 26101, 99999} {
		for _, id := range []catalog.GuestID{
			{EditionID: "ServerDatacenter", InstallationType: "Server", ProductType: 3}, {EditionID: "ServerStandardEvalCor", ProductType: 2},
			{SKU: 8}, {SKU: 159, InstallationType: "Server Core"}, {SKU: 9999}, {EditionID: "Professional", ProductType: 1}, {EditionID: "ServerRdsh", ProductType: 3},
			{EditionID: "ServerDatacenterACor", ProductType: 3}, {EditionID: "ServerAzureStackHCICor", ProductType: 3}, {},
		} {
			id.Build = build
			t, err := c.Guest(id)
			line(fmt.Sprintf("guest %+v", id), errOr(err, fmt.Sprintf("%+v", t)))
		}
	}
	for _, t := range targets {
		if !t.Evaluation {
			continue
		}
		line(fmt.Sprintf("converted %s %s core %v", t.Release, t.EditionID, t.Core), fmt.Sprintf("%+v", catalog.Converted(t)))
	}
	return b.String()
}

func oneLine(v any) string { return strings.ReplaceAll(fmt.Sprint(v), "\n", " / ") }

func errOr(err error, text string) string {
	var none *catalog.NoKeyError
	var unknown *catalog.ResolveError
	switch {
	case errors.As(err, &none):
		converted := ""
		if none.Converted != nil {
			converted = " converted " + none.Converted.Key
		}
		return fmt.Sprintf("%s %+v %s%s: %v", none.Code, none.Target, none.Channel, converted, err)
	case errors.As(err, &unknown):
		return fmt.Sprintf("%s: %v", unknown.What, err)
	case err != nil:
		return err.Error()
	}
	return text
}

// What people read of the catalogue is one golden file: every key and every refusal, every host and guest, every
// spelling of a list. A change of a table or a sentence shows there, and nothing changes unseen.
func TestEverythingThatIsSaid(t *testing.T) {
	const path = "testdata/said.txt"
	got := said(catalog.Default())
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(strings.ReplaceAll(string(want), "\r\n", "\n"), "\n")
	wrong := 0
	for i := range max(len(gotLines), len(wantLines)) {
		g, w := at(gotLines, i), at(wantLines, i)
		if g != w {
			if wrong++; wrong <= 5 {
				t.Errorf("line %d of %s:\n got %s\nwant %s", i+1, path, g, w)
			}
		}
	}
	if wrong > 5 {
		t.Errorf("and %d more lines; -update writes them anew", wrong-5)
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}
