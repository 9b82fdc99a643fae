// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/internal/onewriter"
)

// checkKey never repeats the key: it may be a MAK.
func (c *Config) checkKey(cat *catalog.Catalog, bad complaint) {
	if c.SkipInstall {
		for _, o := range []struct {
			name string
			set  bool
		}{{"product_key", c.ProductKey != ""}, {"replace_key", c.ReplaceKey}, {"convert_evaluation", c.ConvertEvaluation}} {
			if o.set {
				bad(o.name, "cannot be used with skip_install = true, which installs nothing: remove one of the two")
			}
		}
	}
	if c.ProductKey == "" || c.ProductKey == unknownValue {
		return
	}
	key, err := catalog.ParseKey(c.ProductKey)
	if err != nil {
		bad("product_key", "the key is not well formed or mistyped; check it with `avma check-key -` (the key itself is not shown here, it may be a secret)")
		return
	}
	known := cat.Identify(key.String())
	if len(known) == 0 {
		return // a MAK, or a key that is newer than the catalogue
	}
	owner := fmt.Sprintf("Windows Server %s %s", known[0].Release, known[0].Edition)
	if !slices.ContainsFunc(known, func(e catalog.Entry) bool { return e.Channel == catalog.AVMA }) {
		bad("product_key", "it is the KMS client key (GVLK) of %s, with which a guest looks for a KMS host and no Hyper-V host activates it; leave product_key out, and the AVMA key follows from the guest", owner)
		return
	}
	if !slices.ContainsFunc(known, func(e catalog.Entry) bool { return c.fits(cat, e) }) {
		bad("product_key", "it is the AVMA key of %s, and the guest must be %s; leave product_key out, and the right key follows from the guest", owner, c.target())
	}
}

// fits says whether a known key may be the one of the guest that the block asks for.
func (c *Config) fits(cat *catalog.Catalog, e catalog.Entry) bool {
	release, edition := known(c.Release), known(c.Edition)
	if release == "" && edition == "" {
		return true
	}
	want, err := cat.Resolve(firstOf(release, e.Release), firstOf(edition, e.Edition))
	if err != nil {
		return true // said elsewhere
	}
	return want.Release == e.Release && want.Edition == e.Edition
}

// target names the guest that the block asks for.
func (c *Config) target() string {
	return strings.TrimSpace("Windows Server " + known(c.Release) + " " + known(c.Edition))
}

// checkHost holds host_release against the matrix, and the guest against it as far as its release is known.
func (c *Config) checkHost(cat *catalog.Catalog, bad complaint) {
	if known(c.HostRelease) == "" {
		return
	}
	if a := cat.Activates(c.HostRelease, catalog.Target{}); !a.Known {
		bad("host_release", "%s", a.Reason)
		return
	}
	if known(c.Release) == "" || c.Verify != verifyRequired {
		return // it goes on without this host
	}
	guest, err := cat.Resolve(c.Release, firstOf(known(c.Edition), "datacenter"))
	if err != nil {
		return // said elsewhere
	}
	if a := cat.Activates(c.HostRelease, guest); !a.OK && a.Documented {
		bad("host_release", "%s Build on a newer host, or correct release or host_release.", a.Reason)
	}
}

// checkHosts refuses what can be no host's name, so that it is not found out after the guest was activated.
func checkHosts(option string, hosts []string, bad complaint) {
	for i, h := range hosts {
		at := fmt.Sprintf("%s[%d]", option, i)
		switch {
		case h == unknownValue:
		case strings.TrimSpace(h) == "":
			bad(at, "is empty; name the Hyper-V host, such as hv-01 or hv-01.example.net")
		case strings.ContainsAny(h, "*?[]"):
			bad(at, "%q: there are no wildcards; list each host by its name, such as hv-01 or hv-01.example.net", h)
		case strings.ContainsAny(h, `\/`):
			bad(at, "%q: give the host's name alone, without a domain in front of it, a path or an address of the web, such as hv-01 or hv-01.example.net", h)
		case strings.ContainsFunc(h, func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 || strings.ContainsRune(`,;:"<>|@`, r) }):
			bad(at, "%q holds a character that no host's name has; give one name an element, such as hv-01 or hv-01.example.net", h)
		}
	}
}

// claim tells two provisioners of one run that write the same report.
func (r *Report) claim(notes onewriter.Notes, build string) error {
	if r == nil {
		return nil
	}
	for _, o := range []struct{ name, path string }{{"report.json", r.JSON}, {"report.junit", r.JUnit}} {
		if o.path == unknownValue {
			continue
		}
		if err := notes.Claim(o.path, onewriter.Owner{Name: fmt.Sprintf("a provisioner of build %q", build)}); err != nil {
			return fmt.Errorf("%s: %w, with ${source.name} or {{build_name}} in its path", o.name, err)
		}
	}
	return nil
}

// check looks at the paths of the reports.
func (r *Report) check(fs afero.Fs, bad complaint) {
	if r.JSON == "" && r.JUnit == "" {
		bad("report", "names no file: give json, junit or both")
		return
	}
	for _, o := range []struct{ name, path string }{{"report.json", r.JSON}, {"report.junit", r.JUnit}} {
		if o.path == "" || o.path == unknownValue {
			continue
		}
		folder, _ := afero.IsDir(fs, o.path)
		if folder || strings.HasSuffix(o.path, "/") || strings.HasSuffix(o.path, string(filepath.Separator)) {
			bad(o.name, "%s is a folder; name a file in it, such as %s", o.path, filepath.Join(o.path, "activation."+map[string]string{"report.json": "json", "report.junit": "xml"}[o.name]))
		}
	}
	if r.JSON != unknownValue && r.JSON != "" && r.JUnit != "" && filepath.Clean(r.JSON) == filepath.Clean(r.JUnit) {
		bad("report.junit", "%s is the file of report.json too; give each its own", r.JUnit)
	}
}
