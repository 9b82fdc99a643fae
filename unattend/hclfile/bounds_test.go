// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/textfile"
	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// says loads a file and evaluates its attribute "x", and gives what is said of it.
func says(t *testing.T, in hclfile.Input) string {
	t.Helper()
	f, err := hclfile.Load(t.Context(), "a.hcl", in)
	if err == nil {
		_, err = f.Value(hcldec.ObjectSpec{"x": &hcldec.AttrSpec{Name: "x", Type: cty.DynamicPseudoType}})
	}
	if err != nil {
		return err.Error()
	}
	if f.Warnings != nil {
		return f.Warnings.Error()
	}
	return ""
}

// A reason that quotes a sensitive value is not told, on the attribute, on what stands in it and on what it stands in;
// that on a password and on a neighbour is. The reason need not have the value itself in it.
func TestDiscreet(t *testing.T) {
	src := server + "variable \"pw\" {\n  sensitive = true\n  default = \"Hunter2\"\n}\n" +
		"owner = upper(var.pw)\nadministrator_password = var.pw\nnetwork {\n  interface = var.pw\n}\nnetwork {\n  interface = \"b\"\n}\n" +
		"deploy {\n  computer_name = var.pw\n}\n"
	f, err := hclfile.Load(t.Context(), "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": src})})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Config(unattend.Options{}); err != nil {
		t.Fatal(err)
	}
	for attribute, hidden := range map[string]bool{
		"owner": true, "owners": false, "administrator_password": false, "organization": false, "": false,
		"network[0].interface": true, "network[1].interface": true, "network.interface": true, "network[0]": true, "network[0].metric": false,
		"deploy": true, "deploy.computer_name": true, "deploy.domain": false, "release": false,
	} {
		for _, severity := range []unattend.Severity{unattend.Error, unattend.Warning} {
			p := f.Discreet(unattend.Problem{Severity: severity, Attribute: attribute, Summary: "of 7 letters", Detail: "HUNTER2, Hunter2."})
			want := unattend.Problem{Severity: severity, Attribute: attribute, Summary: "of 7 letters", Detail: "(sensitive value), (sensitive value)."}
			if hidden {
				want.Summary = "the value is refused"
				if severity != unattend.Error {
					want.Summary = "there is something to say of the value"
				}
				want.Detail = "It is sensitive, so neither the value nor the reason is shown. The same value of a variable that is not sensitive shows it."
			}
			if diff := cmp.Diff(want, p); diff != "" {
				t.Errorf("%s (-want +got)\n%s", attribute, diff)
			}
		}
	}
}

// Each bound of a file holds what is at it, and refuses one beyond.
func TestFileBounds(t *testing.T) {
	variables := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "variable \"v%04d\" {\n  default = 1\n}\n", i)
		}
		return b.String()
	}
	for n, want := range map[int]string{1000: "", 1001: "A file may declare 1000."} {
		if got := says(t, hclfile.Input{FS: memory(t, map[string]string{"a.hcl": variables(n)})}); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%d variables: %.300s", n, got)
		}
	}
	for n, listed := range map[int]bool{0: false, 1: true, 8: true, 9: false} {
		got := says(t, hclfile.Input{FS: memory(t, map[string]string{"a.hcl": variables(n)}), Vars: []string{"another_name=1"}})
		if strings.Contains(got, "It declares v0000") != listed {
			t.Errorf("%d variables: %s", n, got)
		}
	}
	for n, want := range map[int]string{textfile.MaxSize: "", textfile.MaxSize + 1: "is larger than 8 MiB"} {
		fsys := memory(t, map[string]string{"a.hcl": "x = length(file(\"big\"))"})
		if err := afero.WriteFile(fsys, "big", []byte(strings.Repeat("x", n)), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := says(t, hclfile.Input{FS: fsys}); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%d bytes: %s", n, got)
		}
	}
	var values strings.Builder
	for i := range 150 {
		fmt.Fprintf(&values, "w%03d = 1\n", i)
	}
	got := says(t, hclfile.Input{FS: memory(t, map[string]string{"a.hcl": variables(1), "v.hcl": values.String()}), VarFiles: []string{"v.hcl"}})
	if n := strings.Count(got, "Warning: There is no variable"); n != hclfile.MaxShown || !strings.Contains(got, "\nAnd 1 more.") {
		t.Errorf("%d warnings: %.200s", n, got[max(0, len(got)-200):])
	}
}

// The hosts of a network, from both ends, and those beyond.
func TestHostBounds(t *testing.T) {
	for expr, want := range map[string]string{
		`cidrhost("192.0.2.0/30", 0)`:   "",
		`cidrhost("192.0.2.0/30", 3)`:   "",
		`cidrhost("192.0.2.0/30", 4)`:   "it has 4 addresses",
		`cidrhost("192.0.2.0/30", -4)`:  "",
		`cidrhost("192.0.2.0/30", -5)`:  "it has 4 addresses",
		`cidrhost("192.0.2.0/30", 0.5)`: "it has 4 addresses",
		`sum([])`:                       "nothing to add up",
		`templatefile("t", [1])`:        "have to be an object",
		`templatefile("t", null)`:       "must not be null",
		`templatefile("t", {a = 1})`:    "t:1,3: Unknown variable",
		`templatefile("u", {})`:         "cannot use templatefile itself",
		`file("latin")`:                 "is not UTF-8 text",
	} {
		got := says(t, hclfile.Input{FS: memory(t, map[string]string{"a.hcl": "x = " + expr + "\n", "t": "${none}", "u": "${templatefile(\"t\", {})}", "latin": "\xff"})})
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %s", expr, got)
		}
	}
}
