// SPDX-License-Identifier: MPL-2.0

package nextrelease

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// excused are the names and builds of releases that stand in code and stay true when a release is added: how many a
// file has, and why. Examples of what can be written ("such as 2022", "For example release = ...") need no excuse.
var excused = map[string]struct {
	n   int
	why string
}{
	"activation/reasons_evaluation.go": {1, "what was seen on some media of the past"},
	"activation/reasons_host.go":       {1, "held by TestTextsAboutReleases"},
	"activation/reasons_looking.go":    {1, "held by TestTextsAboutReleases"},
	"catalog/catalogfile/blocks.go":    {4, "examples, and any release, to ask about the spelling of an edition"},
	"catalog/release_spelling.go":      {4, "the builds of before Windows 10, with those of service packs: no more will come"},
	"cmd/avma/key.go":                  {1, "examples of what is understood"},
	"cmd/avma/matrix.go":               {1, "an example"},
	"provisioner/avma/config_check.go": {1, "any release, to ask about the spelling of an edition"},
}

// What is true of one release stands in the tables of the catalogue (catalog/releases.go, keys.go), and code asks
// them: a release in the code is one that somebody forgets when the next one comes. The simulated guest is left out: it has tables of its own, so that it
// does not share a mistake of the catalogue's, and a test there holds them against each other.
func TestNoReleasesInCode(t *testing.T) {
	found := map[string][]string{}
	names := releaseNames()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "testdata" || name != ".." && strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if rel == "catalog/releases.go" || rel == "catalog/keys.go" || strings.HasPrefix(rel, "tools/") || strings.HasPrefix(rel, "internal/winguest/") {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && names.MatchString(value(l)) && !example.MatchString(value(l)) {
				found[rel] = append(found[rel], strconv.Itoa(fset.Position(l.Pos()).Line)+": "+l.Value)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, list := range found {
		if len(list) > excused[file].n {
			t.Errorf("%s names releases: ask the catalogue, or excuse them in excused with the reason\n%s", file, strings.Join(list, "\n"))
		}
	}
	for file, e := range excused {
		if len(found[file]) < e.n {
			t.Errorf("%s names %d releases, and %d are excused", file, len(found[file]), e.n)
		}
	}
}

var example = regexp.MustCompile(`(?i)such as|, like |for example|example:|reads like|--release |avma (key|keys|matrix|unattend) |, \.\.\.$|schemas\.|w3\.org`)

// releaseNames finds a name or a build of a release that can be a guest.
func releaseNames() *regexp.Regexp {
	var all []string
	for _, r := range catalog.Default().Releases() {
		all = append(all, regexp.QuoteMeta(r.Name), strconv.Itoa(r.Build))
	}
	return regexp.MustCompile(`\b(` + strings.Join(all, "|") + `)\b`)
}

func value(l *ast.BasicLit) string {
	if s, err := strconv.Unquote(l.Value); err == nil && l.Kind == token.STRING {
		return s
	}
	return l.Value
}
