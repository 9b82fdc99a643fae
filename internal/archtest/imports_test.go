// SPDX-License-Identifier: MPL-2.0

package archtest

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const (
	module = "github.com/golden-image/packer-plugin-avma"
	sdk    = "github.com/hashicorp/packer-plugin-sdk"
)

// allowed lists the rooms above the line, which know nothing of Packer, and what of ours each may import. Helpers under
// internal/ are open to all. A room that is not here may import what it likes; it is below the line.
var allowed = map[string][]string{
	"diag":                {},
	"catalog":             {"catalog/spelling"},
	"catalog/spelling":    {},
	"catalog/catalogfile": {"catalog"},
	"activation":          {"catalog"},
	"unattend/source":     {},
	"unattend/schema":     {},
	"unattend":            {"catalog", "templates", "templates/unattend", "unattend/schema"},
	"unattend/hclfile":    {"unattend"},
	"unattend/lint":       {"catalog", "unattend/schema", "unattend/source"},
	"unattend/patch":      {"catalog", "unattend/schema", "unattend/source"},
	"media/iso9660":       {},
	"media/udf":           {},
	"media/wim":           {},
	"media":               {"catalog", "media/iso9660", "media/udf", "media/wim"},
	"templates":           {},
	"templates/wire":      {},
	"templates/unattend":  {},
	"hyperv":              {"activation", "catalog", "templates"},
	"report":              {"activation", "catalog", "hyperv", "unattend/lint"},
	"version":             {},
	"cmd/avma": {
		"activation", "catalog", "catalog/catalogfile", "hyperv", "media", "media/iso9660", "report", "templates", "templates/wire",
		"unattend", "unattend/hclfile", "unattend/lint", "unattend/patch", "unattend/schema", "unattend/source", "version",
	},
}

func golist(t *testing.T, args ...string) []string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is missing; install Go from https://go.dev/dl/")
	}
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := err.(*exec.ExitError); ok {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

// The command starts in milliseconds because nothing of Packer is in it.
func TestNoSDKAboveTheLine(t *testing.T) {
	args := []string{"-deps"}
	for room := range allowed {
		if len(golist(t, "-e", "-find", "-f", "{{.Name}}", "./"+room)) > 0 {
			args = append(args, "./"+room)
		}
	}
	if !slices.Contains(args, "./cmd/avma") {
		t.Fatal("cmd/avma is not found")
	}
	for _, pkg := range golist(t, args...) {
		if pkg == sdk || strings.HasPrefix(pkg, sdk+"/") {
			t.Errorf("%s is linked into the command; go mod why %s says by what", pkg, pkg)
		}
	}
}

// Test helpers do not get into what is shipped.
func TestNoTestHelpersInTheCommand(t *testing.T) {
	for _, pkg := range golist(t, "-deps", "./cmd/avma") {
		for _, bad := range []string{"testing", "github.com/google/go-cmp/cmp"} {
			if pkg == bad {
				t.Errorf("%s is linked into the command", pkg)
			}
		}
	}
}

func TestImportsPointDownward(t *testing.T) {
	for _, line := range golist(t, "-f", "{{.ImportPath}},{{join .Imports \",\"}}", "./...") {
		pkg, list, _ := strings.Cut(line, ",")
		room := strings.TrimPrefix(pkg, module+"/")
		may, above := allowed[room]
		if !above {
			continue
		}
		for imported := range strings.SplitSeq(list, ",") {
			other, ours := strings.CutPrefix(imported, module+"/")
			if !ours || strings.HasPrefix(other, "internal/") || strings.HasPrefix(other, room+"/internal/") {
				continue
			}
			if !slices.Contains(may, other) {
				t.Errorf("%s imports %s: a room may import only what is below it (%s)", room, other, strings.Join(may, ", "))
			}
		}
	}
}
