// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
)

// Windows returns the product that InstallProductKey changes.
func (s *State) Windows() Product {
	for _, p := range s.Licensing.Products {
		if p.Windows {
			return p
		}
	}
	return Product{}
}

// Done returns what was done to the guest, in order.
func (s *State) Done() []string {
	var out []string
	for _, e := range s.Journal {
		out = append(out, e.What)
	}
	return out
}

// CheckGuest compares the guest with what must be so.
func (w Want) CheckGuest(t testing.TB, g *Guest) {
	t.Helper()
	s, err := g.State()
	if err != nil {
		t.Fatal(err)
	}
	p := s.Windows()
	key := "none"
	if p.PartialKey != nil {
		key = *p.PartialKey
	}
	equal(t, "key", w.Key, key)
	equal(t, "channel", w.Channel, p.Channel)
	if w.Licensed != nil && *w.Licensed != (p.Status == 1) {
		t.Errorf("licensed: %v (status %d), want %v", p.Status == 1, p.Status, *w.Licensed)
	}
	equal(t, "edition_id", w.EditionID, fmt.Sprint(s.Registry[keyCurrentVersion]["EditionID"].Data))
	if w.Restarts != nil && g.Boots()-1 != *w.Restarts {
		t.Errorf("restarts: %d, want %d", g.Boots()-1, *w.Restarts)
	}
	InOrder(t, "journal", s.Done(), w.Journal)
	for _, not := range w.NotJournal {
		for _, did := range s.Done() {
			if strings.HasPrefix(did, not) {
				t.Errorf("journal: %q was done", did)
			}
		}
	}
	if w.Commands != 0 && len(g.Commands()) != w.Commands {
		t.Errorf("%d remote commands, want %d:", len(g.Commands()), w.Commands)
		for _, c := range g.Commands() {
			t.Errorf("  %d: %.120s", c.N, c.Line)
		}
	}
	if w.Uploads != nil && *w.Uploads != g.uploaded() {
		t.Errorf("files were transferred: %v, want %v", g.uploaded(), *w.Uploads)
	}
	for name, values := range w.Registry {
		checkRegistry(t, name, s.Registry[strings.ToLower(name)], values)
	}
	set(t, "tasks", w.Tasks, keys(s.Tasks))
	set(t, "firewall_rules", w.Rules, keys(s.Firewall.Rules))
	for _, f := range w.Files {
		if m, _ := filepath.Glob(filepath.Join(g.root, f)); len(m) == 0 {
			t.Errorf("file %s is missing", f)
		}
	}
	for _, f := range w.NoFiles {
		if m, _ := filepath.Glob(filepath.Join(g.root, f)); len(m) > 0 {
			t.Errorf("file %s is there: %v", f, m)
		}
	}
	for _, f := range w.Protected {
		checkProtected(t, s, g.root, f)
	}
}

func equal(t testing.TB, what, want, is string) {
	t.Helper()
	if want != "" && want != is {
		t.Errorf("%s: %q, want %q", what, is, want)
	}
}

// InOrder checks that the wanted parts occur in the lines, one after the other.
func InOrder(t testing.TB, what string, lines, want []string) {
	t.Helper()
	rest := strings.Join(lines, "\n  ")
	for _, w := range want {
		_, after, found := strings.Cut(rest, w)
		if !found {
			t.Errorf("%s: %q is missing, or not in this order, in:\n  %s", what, w, strings.Join(lines, "\n  "))
			return
		}
		rest = after
	}
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func set(t testing.TB, what string, want *[]string, is []string) {
	t.Helper()
	if want == nil {
		return
	}
	w := slices.Clone(*want)
	sort.Strings(w)
	if !slices.Equal(w, is) {
		t.Errorf("%s: %q, want %q", what, is, w)
	}
}

func checkRegistry(t testing.TB, key string, is map[string]Value, want map[string]string) {
	t.Helper()
	for pattern, value := range want {
		found := ""
		for name, v := range is {
			if ok, _ := path.Match(strings.ToLower(pattern), strings.ToLower(name)); ok {
				found = fmt.Sprint(v.Data)
			}
		}
		if found != value && (value != "*" || found == "") {
			t.Errorf("registry %s, %s: %q, want %q", key, pattern, found, value)
		}
	}
}

// checkProtected looks for what icacls.exe was told about a file or the folder that it lies in.
func checkProtected(t testing.TB, s *State, root, file string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, file)); err != nil {
		t.Errorf("file %s is missing", file)
	}
	for name := "/" + file; name != "/"; name = path.Dir(name) {
		for at, acl := range s.ACLs {
			// A file is protected under the name that it had before it was moved into place, too.
			if !strings.EqualFold(at, name) && !strings.HasPrefix(strings.ToLower(at), strings.ToLower(name)+".") {
				continue
			}
			for _, grant := range acl.Grants {
				if !strings.HasPrefix(grant, "*S-1-5-18:") && !strings.HasPrefix(grant, "*S-1-5-32-544:") {
					t.Errorf("%s: icacls.exe grants %s", at, grant)
				}
			}
			if acl.Inherit || len(acl.Grants) == 0 {
				t.Errorf("%s still inherits rights", at)
			}
			return
		}
	}
	t.Errorf("nothing protects %s", file)
}
