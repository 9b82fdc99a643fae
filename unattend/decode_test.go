// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/zclconf/go-cty/cty"
)

// fromHCL decodes a file as Packer and the command line do: with the generated spec, then with Decode.
func fromHCL(t *testing.T, text string) (Config, error) {
	t.Helper()
	f, diags := hclparse.NewParser().ParseHCL([]byte(text), "test.hcl")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	v, diags := hcldec.Decode(f.Body, hcldec.ObjectSpec((&Config{}).FlatMapstructure().HCL2Spec()), &hcl.EvalContext{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return Decode(v)
}

func TestDecode_HCL(t *testing.T) {
	got, err := fromHCL(t, `
release = 2022
edition = "datacenter"
image_index = "4"
plain_passwords = true
driver_paths = ["E:\\a", "E:\\b"]
rdp {}
winrm {
  port = 55986
}
user {
  name   = "packer"
  groups = ["Administrators"]
}
user {
  name = "second"
}
disk {
  windows_size = 40000
  partition {
    size   = 1
    extend = true
  }
}
deploy {
  keep_communicator = true
  domain {
    workgroup = "W"
  }
  command {
    command_line = "x"
    order        = 3
  }
}
`)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Release: "2022", Edition: "datacenter", ImageIndex: new(4), PlainPasswords: true, DriverPaths: []string{`E:\a`, `E:\b`}, RDP: &RDP{}, WinRM: &WinRM{Port: new(55986)},
		Users:  []User{{Name: "packer", Groups: []string{"Administrators"}}, {Name: "second"}},
		Disks:  []Disk{{WindowsSize: 40000, Partitions: []Partition{{Size: new(1), Extend: true}}}},
		Deploy: &DeploySettings{KeepCommunicator: true, Domain: &Domain{Workgroup: "W"}, Commands: []Command{{CommandLine: "x", Order: new(3)}}},
	}
	if diff := cmp.Diff(want, normal(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// normal makes empty lists nil, which mean the same.
func normal(c Config) Config {
	if len(c.Networks) == 0 {
		c.Networks = nil
	}
	if len(c.Commands) == 0 {
		c.Commands = nil
	}
	if len(c.Scripts) == 0 {
		c.Scripts = nil
	}
	if len(c.Components) == 0 {
		c.Components = nil
	}
	if d := c.Deploy; d != nil {
		if len(d.Users) == 0 {
			d.Users = nil
		}
		if len(d.Networks) == 0 {
			d.Networks = nil
		}
		if len(d.Scripts) == 0 {
			d.Scripts = nil
		}
		if len(d.Components) == 0 {
			d.Components = nil
		}
	}
	return c
}

func TestDecode_UnknownNullAndMore(t *testing.T) {
	v := cty.ObjectVal(map[string]cty.Value{
		"release": cty.UnknownVal(cty.String), "edition": cty.StringVal("standard"), "owner": cty.NullVal(cty.String),
		"image_index": cty.UnknownVal(cty.Number), "driver_paths": cty.UnknownVal(cty.List(cty.String)), "rdp": cty.NullVal(cty.DynamicPseudoType),
		"iso_output": cty.StringVal("an attribute of the data source"), "administrator_password": cty.StringVal("secret").Mark("sensitive"),
		"user":    cty.TupleVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"name": cty.UnknownVal(cty.DynamicPseudoType)})}),
		"command": cty.UnknownVal(cty.DynamicPseudoType), "plain_passwords": cty.StringVal(Unknown),
	})
	got, err := Decode(v)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Release: Unknown, Edition: "standard", DriverPaths: []string{Unknown}, AdministratorPassword: "secret", Users: []User{{Name: Unknown}}}
	if diff := cmp.Diff(want, normal(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	null := cty.NullVal(cty.DynamicPseudoType)
	for _, v := range []cty.Value{
		object("user", cty.TupleVal([]cty.Value{null, cty.UnknownVal(cty.EmptyObject)})), object("rdp", cty.TupleVal([]cty.Value{null})), object("rdp", cty.UnknownVal(cty.List(cty.EmptyObject))),
		object("user", cty.UnknownVal(cty.List(cty.EmptyObject))),
	} {
		if got, err := Decode(v); err != nil || len(got.Users) > 0 || got.RDP != nil {
			t.Errorf("%#v is %+v, %v", v, got, err)
		}
	}
	for _, v := range []cty.Value{cty.NilVal, cty.NullVal(cty.EmptyObject), cty.DynamicVal, cty.EmptyObjectVal} {
		if _, err := Decode(v); err != nil {
			t.Errorf("%#v: %v", v, err)
		}
	}
}

func TestDecode_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		v    cty.Value
		want string
	}{
		"not an object":        {cty.StringVal("x"), "object"},
		"a list for a text":    {object("release", cty.ListVal([]cty.Value{cty.StringVal("a")})), "release: it is text"},
		"a text for a number":  {object("image_index", cty.StringVal("two")), "image_index: it is a number"},
		"a fraction":           {object("image_index", cty.NumberFloatVal(1.5)), "whole number"},
		"an object for a list": {object("driver_paths", cty.StringVal("E:")), "driver_paths: it is a list"},
		"unknown in a block":   {object("winrm", object("prot", cty.StringVal("x"))), "winrm.prot: there is no such attribute. Known here are: disable_basic, port, protocol."},
		"a block twice":        {object("rdp", cty.TupleVal([]cty.Value{cty.EmptyObjectVal, cty.EmptyObjectVal})), "only once"},
		"a text for a block":   {object("rdp", cty.StringVal("x")), "rdp: it is a block"},
		"both": {cty.ObjectVal(map[string]cty.Value{"image_index": cty.StringVal("two"), "user": cty.TupleVal([]cty.Value{object("name", cty.StringVal("a")), object("nmae", cty.StringVal("b"))})}),
			"2 errors"},
	} {
		_, err := Decode(c.v)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func object(name string, v cty.Value) cty.Value {
	return cty.ObjectVal(map[string]cty.Value{name: v})
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"release":"2022","edition":"datacenter"}`, `{"user":[{"name":"a","groups":["b"]}],"disk":{"partition":[{"size":1}]}}`,
		`{"driver_paths":"x","rdp":[],"image_index":1e99}`, `{"deploy":{"domain":{"name":null}}}`, `[]`, `{"release":{"a":[1,2,{}]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, ok := fromJSON(data)
		if !ok {
			return
		}
		cfg, err := Decode(v)
		if err != nil {
			return
		}
		cfg.Scripts = withoutPaths(cfg.Scripts)
		if cfg.Deploy != nil {
			cfg.Deploy.Scripts = withoutPaths(cfg.Deploy.Scripts)
		}
		for _, kind := range kinds {
			if r, err := Generate(cfg, kind, Options{}); err == nil {
				parse(t, r.XML)
			}
		}
	})
}

// withoutPaths keeps a test from reading the files that it happens to name.
func withoutPaths(in []Script) []Script {
	for i := range in {
		in[i].Path = ""
	}
	return in
}

// A number without an end, or of a million digits, is refused before it is written out; at the bound it is text.
func TestDecode_EndlessNumbers(t *testing.T) {
	power := func(n int) cty.Value {
		return cty.NumberVal(new(big.Float).SetMantExp(big.NewFloat(0.5), n))
	}
	for _, tc := range []struct {
		name    string
		value   cty.Value
		refused bool
	}{
		{"infinite", cty.PositiveInfinity, true},
		{"at the bound", power(1024), false},
		{"one beyond", power(1025), true},
		{"small, at the bound", power(-1024), false},
		{"small, one beyond", power(-1025), true},
		{"of a billion digits", power(math.MaxInt32), true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Decode(cty.ObjectVal(map[string]cty.Value{"owner": tc.value}))
			if (err != nil) != tc.refused {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := Decode(cty.ObjectVal(map[string]cty.Value{"image_index": cty.StringVal("1e99999999")})); err == nil {
		t.Error("text with a million digits is an index")
	}
}
