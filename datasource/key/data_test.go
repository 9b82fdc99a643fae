// SPDX-License-Identifier: MPL-2.0

package key

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"
)

// block is what Packer decodes a block into: each attribute, null where it is not given.
func block(t *testing.T, attrs map[string]string) cty.Value {
	t.Helper()
	values := map[string]cty.Value{}
	for name := range new(Config).FlatMapstructure().HCL2Spec() {
		values[name] = cty.NullVal(cty.String)
	}
	for name, v := range attrs {
		if _, ok := values[name]; !ok {
			t.Fatalf("there is no attribute %q", name)
		}
		values[name] = cty.StringVal(v)
	}
	return cty.ObjectVal(values)
}

func source(files map[string]string) *Datasource {
	fsys := afero.NewMemMapFs()
	for name, content := range files {
		_ = afero.WriteFile(fsys, name, []byte(content), 0o644)
	}
	return &Datasource{FS: fsys, Getenv: func(string) string { return "" }}
}

func TestKey(t *testing.T) {
	for _, c := range []struct {
		name  string
		attrs map[string]string
		want  map[string]string
	}{
		{"by release and edition", map[string]string{"release": "2022", "edition": "datacenter"},
			map[string]string{"key": "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", "partial_key": "DV9BG", "edition_id": "ServerDatacenter", "release": "2022",
				"edition": "Datacenter", "channel": "avma", "standing": "documented", "image_name": "Windows Server 2022 SERVERDATACENTER"}},
		{"by the name of an image", map[string]string{"image": "Windows Server 2019 SERVERSTANDARDCORE"},
			map[string]string{"key": "TNK62-RXVTB-4P47B-2D623-4GF74", "edition": "Standard", "image_name": "Windows Server 2019 SERVERSTANDARDCORE"}},
		{"as people write it", map[string]string{"release": "ws2012r2", "edition": "Essentials"},
			map[string]string{"key": "K2XGM-NMBT3-2R6Q8-WF2FK-P36R2", "edition_id": "ServerSolution"}},
		{"another channel", map[string]string{"release": "2025", "edition": "datacenter", "channel": "gvlk"},
			map[string]string{"channel": "gvlk", "edition": "Datacenter"}},
		{"a host that activates it", map[string]string{"release": "2016", "edition": "standard", "host": "2025"},
			map[string]string{"key": "C3RCX-M6NRP-6CXC9-TW2F2-4RHYD"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := source(nil)
			if err := d.Configure(block(t, c.attrs)); err != nil {
				t.Fatal(err)
			}
			out, err := d.Execute()
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range c.want {
				if got := out.GetAttr(name).AsString(); got != want {
					t.Errorf("%s = %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		attrs map[string]string
		want  []string
	}{
		{"nothing given", nil, []string{"release, edition"}},
		{"image and release", map[string]string{"image": "Windows Server 2022 SERVERDATACENTER", "release": "2022"}, []string{"image:", "either"}},
		{"unknown channel", map[string]string{"release": "2022", "edition": "datacenter", "channel": "mak"}, []string{"channel:", `"mak"`, `"gvlk"`}},
		{"a host for a KMS client", map[string]string{"release": "2022", "edition": "datacenter", "channel": "gvlk", "host": "2022"}, []string{"host:"}},
		{"a spelling", map[string]string{"release": "2022", "edition": "datacneter"}, []string{"datacneter", "did you mean \"Datacenter\""}},
		{"an evaluation", map[string]string{"release": "2022", "edition": "ServerStandardEval"}, []string{"YDFWN-MJ9JR-3DYRK-FXXRW-78VHK"}},
		{"no key at all", map[string]string{"release": "2012", "edition": "datacenter"}, []string{"2012"}},
		{"a host that is too old", map[string]string{"release": "2025", "edition": "datacenter", "host": "2019"}, []string{`host = "2019"`}},
		{"a host that nobody knows", map[string]string{"release": "2022", "edition": "datacenter", "host": "vms"}, []string{`host = "vms"`}},
		{"a catalogue that is not there", map[string]string{"release": "2022", "edition": "datacenter", "catalog": "none.hcl"}, []string{`catalog = "none.hcl"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := source(nil).Configure(block(t, c.attrs))
			if err == nil {
				t.Fatal("Configure succeeds")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
		})
	}
}

// Under packer validate a value of another data source reads "<unknown>": nothing can be said yet, and Execute is
// the one to refuse.
func TestUnknownPasses(t *testing.T) {
	for _, name := range []string{"release", "edition", "host", "channel", "catalog"} {
		attrs := map[string]string{"release": "2022", "edition": "datacenter"}
		attrs[name] = "<unknown>"
		if err := source(nil).Configure(block(t, attrs)); err != nil {
			t.Errorf("%s = <unknown>: %v", name, err)
		}
	}
	if err := source(nil).Configure(block(t, map[string]string{"image": "<unknown>"})); err != nil {
		t.Errorf("image = <unknown>: %v", err)
	}
}

func TestConfigureTwiceForgetsTheFirst(t *testing.T) {
	d := source(nil)
	if err := d.Configure(block(t, map[string]string{"release": "2022", "edition": "datacenter"})); err != nil {
		t.Fatal(err)
	}
	if err := d.Configure(block(t, map[string]string{"image": "Windows Server 2016 SERVERSTANDARD"})); err != nil {
		t.Fatal(err)
	}
	out, err := d.Execute()
	if err != nil || out.GetAttr("key").AsString() != "C3RCX-M6NRP-6CXC9-TW2F2-4RHYD" {
		t.Errorf("Execute = %#v, %v", out, err)
	}
}

// Packer puts the outputs of all blocks of a type into one map, which panics where their types differ.
func TestOutputTypeIsAlwaysTheSame(t *testing.T) {
	want := hcldec.ImpliedType(source(nil).OutputSpec())
	for _, attrs := range []map[string]string{
		{"release": "2022", "edition": "datacenter"},                    // no warning
		{"release": "2022", "edition": "datacenter", "channel": "gvlk"}, // no host
		{"release": "23H2", "edition": "datacenter"},                    // inferred: a warning
	} {
		d := source(nil)
		if err := d.Configure(block(t, attrs)); err != nil {
			t.Fatal(err)
		}
		out, err := d.Execute()
		if err != nil || !out.Type().Equals(want) {
			t.Errorf("%v: type %#v (%v), want %#v", attrs, out.Type(), err, want)
		}
		for name, v := range out.AsValueMap() {
			if v.IsNull() { // length(null) is an error in a template
				t.Errorf("%v: %s is null", attrs, name)
			}
		}
	}
}

func TestInferredWarns(t *testing.T) {
	d := source(nil)
	if err := d.Configure(block(t, map[string]string{"release": "23H2", "edition": "datacenter"})); err != nil {
		t.Fatal(err)
	}
	out, err := d.Execute()
	if err != nil {
		t.Fatal(err)
	}
	warnings := out.GetAttr("warnings").AsValueSlice()
	if len(warnings) != 1 || !strings.Contains(warnings[0].AsString(), "inferred") {
		t.Errorf("warnings = %#v, want one that says inferred", warnings)
	}
}

func TestReservedNames(t *testing.T) {
	for _, name := range []string{"name", "only", "except", "override", "timeout", "pause_before", "max_retries", "continue_on_error", "type"} {
		if _, ok := new(Config).FlatMapstructure().HCL2Spec()[name]; ok {
			t.Errorf("the attribute %q is Packer's own", name)
		}
	}
}
