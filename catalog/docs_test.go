// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/catalog/catalogfile"
)

var update = flag.Bool("update", false, "write the tables of docs/avma.md")

// wrongKeys are those of the reference, section 7.
var wrongKeys = []string{"6NMQ9-T38WF-6MFGM-QYGYM-88J4G", "B69WH-PRNHK-BXVK3-P9XF7-XD84C", "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B", "NTBV8-9K7Q8-V27C6-M2BTV-KHMXV"}

// The tables of docs/avma.md are what the catalogue says; -update writes them.
func TestDocumentedTables(t *testing.T) {
	const path = "../docs/avma.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, table := range documentedTables(catalog.Default()) {
		re := regexp.MustCompile(`(?s)(<!-- begin: ` + name + ` -->\n).*?(<!-- end: ` + name + ` -->)`)
		if !re.MatchString(text) {
			t.Errorf("%s has no place for the table %q", path, name)
			continue
		}
		text = re.ReplaceAllString(text, "${1}"+table+"${2}")
	}
	if text == string(data) {
		return
	}
	if !*update {
		t.Fatalf("the tables of %s are not those of the catalogue: go test ./catalog -run TestDocumentedTables -update", path)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func documentedTables(c *catalog.Catalog) map[string]string {
	return map[string]string{
		"AVMA keys":   keyTable(c, catalog.AVMA),
		"GVLK keys":   keyTable(c, catalog.GVLK),
		"wrong keys":  wrongKeyTable(),
		"matrix":      matrixTable(c),
		"semi-annual": semiAnnual(c),
		"inferred":    inferred(c),
		"releases":    releaseTable(c),
	}
}

// releaseTable is what the releases that can be guests have and lack.
func releaseTable(c *catalog.Catalog) string {
	out := "| Release | Build | PowerShell | OpenSSH server | Reserved partition | Images are named for | Evaluation images | Lacks |\n|---|---|---|---|---|---|---|---|\n"
	ssh := map[catalog.OpenSSH]string{catalog.OpenSSHNone: "none", catalog.OpenSSHOnDemand: "Feature on Demand", catalog.OpenSSHInstalled: "installed"}
	evaluation := map[catalog.EvaluationNames]string{catalog.EvaluationSame: "the same", catalog.EvaluationDisplay: "the same, or as displayed"}
	for _, r := range c.Releases() {
		if r.NoAVMA != "" {
			continue
		}
		f, names, same := r.Facts, "not known", "not known"
		if r.ImageTitle != "" {
			names, same = strings.Join(f.NamedImages, ", "), evaluation[f.EvaluationNames]
		}
		out += fmt.Sprintf("| %s | %d | %s | %s | %d MB | %s | %s | %s |\n", r.Name, r.Build, f.PowerShell, ssh[f.OpenSSH], f.MSRSize, names, same, strings.Join(f.Lacks, ", "))
	}
	return out
}

func keyTable(c *catalog.Catalog, ch catalog.Channel) string {
	var b strings.Builder
	b.WriteString("| Release | Build | Edition | EditionID | Key | Standing |\n|---|---|---|---|---|---|\n")
	for _, e := range c.Entries(catalog.Filter{Channel: ch}) {
		fmt.Fprintf(&b, "| %s | %d | %s | %s | `%s` | %s |\n", e.Release, e.Build, e.Edition, e.EditionID, e.Key, e.Standing)
	}
	return b.String()
}

func wrongKeyTable() string {
	var b strings.Builder
	b.WriteString("| Key | What is wrong |\n|---|---|\n")
	for _, key := range wrongKeys {
		_, err := catalog.ParseKey(key)
		what := ""
		if err != nil {
			what = err.Error()
			for _, e := range catalog.Default().Near(key) {
				what += fmt.Sprintf("; one character away from the %s key of %s %s", strings.ToUpper(string(e.Channel)), e.Release, e.Edition)
			}
		} else {
			e := catalog.Default().Identify(key)[0]
			what = fmt.Sprintf("a good key, but a KMS client key: the %s of %s %s, passed off as its AVMA key", strings.ToUpper(string(e.Channel)), e.Release, e.Edition)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", key, what)
	}
	return b.String()
}

func matrixTable(c *catalog.Catalog) string {
	var guests []catalog.Target
	head := "| Host (Datacenter) |"
	for _, edition := range []string{catalog.Datacenter, catalog.DatacenterAzure} {
		for _, r := range c.Releases() {
			t, err := c.Resolve(r.Name, edition)
			if err != nil || r.CoreOnly() {
				continue
			}
			if _, err := c.Key(t, catalog.AVMA); err != nil {
				continue
			}
			guests = append(guests, t)
			head += " " + r.Name
			if edition == catalog.DatacenterAzure {
				head += " Azure Edition"
			}
			head += " guest |"
		}
	}
	out := head + "\n|---" + strings.Repeat("|---", len(guests)) + "|\n"
	for _, h := range c.Hosts() {
		out += "| " + h + " |"
		for _, g := range guests {
			switch a := c.Activates(h, g); {
			case a.OK:
				out += " yes |"
			case a.Documented:
				out += " no |"
			default:
				out += " ? |"
			}
		}
		out += "\n"
	}
	return out
}

func semiAnnual(c *catalog.Catalog) string {
	out := "| Release | Build | Counts as |\n|---|---|---|\n"
	for _, r := range c.Releases() {
		if r.CoreOnly() {
			out += fmt.Sprintf("| %s | %d | %s |\n", r.Title, r.Build, r.Family())
		}
	}
	return out
}

func inferred(c *catalog.Catalog) string {
	out := ""
	for _, e := range c.Entries(catalog.Filter{}) {
		if e.Standing == catalog.Inferred {
			out += fmt.Sprintf("* The %s key of %s %s: %s.\n", strings.ToUpper(string(e.Channel)), e.Release, e.Edition, e.Source)
		}
	}
	return out
}

// Every example of docs/catalog-file.md is a good catalogue file.
func TestDocumentedCatalogFiles(t *testing.T) {
	data, err := os.ReadFile("../docs/catalog-file.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```(hcl|json)\n(.*?)```").FindAllStringSubmatch(string(data), -1)
	if len(blocks) < 4 {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, b := range blocks {
		if _, err := catalogfile.Load([]byte(b[2]), "docs."+b[1], nil); err != nil {
			t.Errorf("%v\n%s", err, b[2])
		}
	}
}
