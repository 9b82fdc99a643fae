// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

const native = `variable "password" {
  default   = "Secret1!"
  sensitive = true
}
release                = "2022"
edition                = "datacenter"
image_index            = 4
administrator_password = var.password
driver_paths           = ["E:\\vioscsi", "E:\\NetKVM"]
disk {
  recovery_size = 1024
}
dynamic "user" {
  for_each = ["ops", "dev"]
  content {
    name   = user.value
    groups = ["Administrators"]
  }
}
command {
  command_line = "cmd.exe /c ver"
  order        = 7
}
`

const asJSON = `{
  "variable": {"password": {"default": "Secret1!", "sensitive": true}},
  "release": "2022",
  "edition": "datacenter",
  "image_index": 4,
  "administrator_password": "${var.password}",
  "driver_paths": ["E:\\vioscsi", "E:\\NetKVM"],
  "disk": {"recovery_size": 1024},
  "user": [{"name": "ops", "groups": ["Administrators"]}, {"name": "dev", "groups": ["Administrators"]}],
  "command": {"command_line": "cmd.exe /c ver", "order": 7}
}`

// A configuration means the same in HCL and in JSON.
func TestConfig(t *testing.T) {
	want := unattend.Config{
		Release: "2022", Edition: "datacenter", ImageIndex: new(4), AdministratorPassword: "Secret1!",
		DriverPaths: []string{`E:\vioscsi`, `E:\NetKVM`},
		Disks:       []unattend.Disk{{RecoverySize: 1024}},
		Users:       []unattend.User{{Name: "ops", Groups: []string{"Administrators"}}, {Name: "dev", Groups: []string{"Administrators"}}},
		Commands:    []unattend.Command{{CommandLine: "cmd.exe /c ver", Order: new(7)}},
	}
	fsys := memory(t, map[string]string{"a.hcl": native, "a.json": asJSON})
	for _, path := range []string{"a.hcl", "a.json"} {
		f, err := hclfile.Load(t.Context(), path, hclfile.Input{FS: fsys})
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.Config(unattend.Options{})
		if err != nil {
			t.Fatal(err)
		}
		// Blocks that are not there are an empty list or none: both mean the same.
		got.Networks, got.Scripts, got.Components = nil, nil, nil
		for i := range got.Disks {
			got.Disks[i].Partitions = nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}

func TestExplain(t *testing.T) {
	f, err := hclfile.Load(t.Context(), "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": native})})
	if err != nil {
		t.Fatal(err)
	}
	got := f.Explain(unattend.Problems{
		{Severity: unattend.Error, Attribute: "command.order", Summary: "it is odd", Detail: "Use 8."},
		{Severity: unattend.Error, Attribute: "computer_name", Summary: "it is missing", Detail: "Give one."},
		{Severity: unattend.Warning, Attribute: "user[1].password", Summary: "it is Secret1!", Detail: "Oh."},
	}).Error()
	want := `Error: a.hcl: computer_name: it is missing

Give one.

Warning: user[1].password: it is (sensitive value)

  on a.hcl line 13, in dynamic "user":
  13: dynamic "user" {

Oh.

Error: command.order: it is odd

  on a.hcl line 22, in command:
  22:   order        = 7

Use 8.`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if strings.Contains(got, "Secret") {
		t.Error("a secret is shown")
	}
	if at := f.Place("command.order"); at != "a.hcl:22,18" {
		t.Errorf("Place gives %q", at)
	}
	if at := f.Place("computer_name"); at != "" {
		t.Errorf("Place gives %q", at)
	}
}

// A value that nobody asked for is said, and is no error: one file of values may serve many configurations.
func TestWarnings(t *testing.T) {
	fsys := memory(t, map[string]string{"a.hcl": "variable \"host\" { default = 1 }\n", "v.hcl": "hots = 2\n"})
	f, err := hclfile.Load(t.Context(), "a.hcl", hclfile.Input{FS: fsys, VarFiles: []string{"v.hcl"}})
	if err != nil {
		t.Fatal(err)
	}
	if f.Warnings == nil || !strings.Contains(f.Warnings.Error(), `Warning: There is no variable "hots"`) ||
		!strings.Contains(f.Warnings.Error(), `Did you mean "host"?`) {
		t.Errorf("warnings: %v", f.Warnings)
	}
}

// A loop that goes wrong makes thousands of problems: the first hundred are shown, in a moment, and the rest counted.
func TestManyProblems(t *testing.T) {
	const n = 3000
	var src strings.Builder
	src.WriteString("release = \"2022\"\nedition = \"datacenter\"\n")
	for i := range n {
		fmt.Fprintf(&src, "user {\n  name = \"u/%d\"\n}\n", i)
	}
	fs := afero.NewMemMapFs()
	_ = afero.WriteFile(fs, "many.hcl", []byte(src.String()), 0o600)
	f, err := hclfile.Load(t.Context(), "many.hcl", hclfile.Input{FS: fs})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := f.Config(unattend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	problems := unattend.Check(cfg, unattend.Options{}).Only(unattend.Error)
	if len(problems) != n {
		t.Fatalf("%d problems, want %d", len(problems), n)
	}
	shown := f.Explain(problems)
	if len(shown.Diagnostics) != hclfile.MaxShown || shown.More != n-hclfile.MaxShown {
		t.Errorf("%d shown and %d more", len(shown.Diagnostics), shown.More)
	}
	if text := shown.Error(); !strings.HasSuffix(text, "And 2900 more. Mend these first; the rest may be of the same kind.") {
		t.Errorf("the end of the message is %q", text[max(0, len(text)-80):])
	}
}

// The hundred that are shown and the rest that is counted hold all mistakes, whatever found them.
func TestManyProblemsAndAWrongType(t *testing.T) {
	for _, n := range []int{hclfile.MaxShown - 1, hclfile.MaxShown, hclfile.MaxShown + 1} {
		src := "release = \"2022\"\nedition = \"datacenter\"\nimage_index = \"x\"\n"
		for i := range n {
			src += fmt.Sprintf("user {\n  name = \"u/%d\"\n}\n", i)
		}
		f, err := hclfile.Load(t.Context(), "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": src})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Config(unattend.Options{})
		var e *hclfile.Error
		if !errors.As(err, &e) || len(e.Diagnostics)+e.More != n+1 || len(e.Diagnostics) > hclfile.MaxShown {
			t.Errorf("%d problems: %d and %d more", n+1, len(e.Diagnostics), e.More)
		}
	}
}

// One wrong type hides no other mistake: what can be read is checked too, and nothing is said of what only follows.
func TestWrongTypesHideNothing(t *testing.T) {
	for _, tc := range []struct {
		name, src string
		want      []string // of the summaries, in their order
	}{
		{"a wrong type and a wrong value", "release = \"2022\"\nedition = \"datacenter\"\nimage_index = \"x\"\ntime_zone = \"CET\"\n",
			[]string{"Incorrect attribute value type", `time_zone: "CET" is not a time zone of Windows`}},
		{"an unknown attribute and a wrong value", "release = \"2022\"\nediton = \"datacenter\"\ntime_zone = \"CET\"\n",
			[]string{"Unsupported argument", `time_zone: "CET" is not a time zone of Windows`}},
		{"a number with a fraction and a wrong value", "release = \"2022\"\nedition = \"datacenter\"\nimage_index = 1.5\ntime_zone = \"CET\"\n",
			[]string{"image_index: it is a whole number", `time_zone: "CET" is not a time zone of Windows`}},
		{"in blocks", "release = \"2022\"\nedition = \"datacenter\"\nadministrator_password = \"x\"\nwinrm {\n  port = \"x\"\n}\nuser {\n  name = \"a/b\"\n}\nuser {\n  name = [1]\n}\n",
			[]string{"Incorrect attribute value type", "Incorrect attribute value type", `user[0].name: "a/b" has the character "/"`}},
		{"an unknown variable and a wrong value", "release = var.x\nedition = \"datacenter\"\ntime_zone = \"CET\"\n",
			[]string{`There is no variable "x"`, `time_zone: "CET" is not a time zone of Windows`}},
		{"a fraction of what is checked too", "release = \"2022\"\nedition = \"datacenter\"\ndisk {\n  recovery_size = 700.5\n}\ntime_zone = \"CET\"\n",
			[]string{"disk.recovery_size: it is a whole number", `time_zone: "CET" is not a time zone of Windows`}},
		{"a wrong type alone", "release = \"2022\"\nedition = [1]\n", []string{"Incorrect attribute value type"}},
		{"a wrong value alone is not for here", "release = \"2022\"\nedition = \"datacenter\"\ntime_zone = \"CET\"\n", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, err := hclfile.Load(t.Context(), "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": tc.src})})
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.Config(unattend.Options{})
			var got []string
			var diagnostics *hclfile.Error
			if errors.As(err, &diagnostics) {
				for _, d := range diagnostics.Diagnostics {
					got = append(got, d.Summary)
				}
			}
			slices.Sort(got)
			slices.Sort(tc.want)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
