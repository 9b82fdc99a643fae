// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/spf13/afero"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// memory is a file system with these files.
func memory(t *testing.T, files map[string]string) afero.Fs {
	t.Helper()
	fsys := afero.NewMemMapFs()
	for name, content := range files {
		if err := afero.WriteFile(fsys, name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return fsys
}

// evaluate gives the attribute "x" of a file as JSON.
func evaluate(t *testing.T, path string, in hclfile.Input) string {
	t.Helper()
	f, err := hclfile.Load(t.Context(), path, in)
	if err != nil {
		t.Fatal(err)
	}
	value, err := f.Value(hcldec.ObjectSpec{"x": &hcldec.AttrSpec{Name: "x", Type: cty.DynamicPseudoType}})
	if err != nil {
		t.Fatal(err)
	}
	x := value.GetAttr("x")
	data, err := ctyjson.Marshal(x, x.Type())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func environment(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, pair := range pairs {
			if n, v, _ := strings.Cut(pair, "="); n == name {
				return v, true
			}
		}
		return "", false
	}
}

func TestPrecedence(t *testing.T) {
	const file = `variable "v" { default = "default" }
x = var.v`
	files := map[string]string{"a.hcl": file, "one.hcl": `v = "one"`, "two.hcl": `v = "two"`, "three.json": `{"v": "three"}`}
	for _, tc := range []struct {
		name string
		in   hclfile.Input
		want string
	}{
		{"default", hclfile.Input{}, `"default"`},
		{"environment over default", hclfile.Input{Environ: []string{"PATH=/bin", "AVMA_VAR_v=a=b"}}, `"a=b"`},
		{"file over environment", hclfile.Input{Environ: []string{"AVMA_VAR_v=env"}, VarFiles: []string{"one.hcl"}}, `"one"`},
		{"later file over earlier", hclfile.Input{VarFiles: []string{"one.hcl", "two.hcl"}}, `"two"`},
		{"JSON file", hclfile.Input{VarFiles: []string{"three.json"}}, `"three"`},
		{"--var over file", hclfile.Input{VarFiles: []string{"one.hcl"}, Vars: []string{"v=flag"}}, `"flag"`},
		{"later --var over earlier", hclfile.Input{Vars: []string{"v=1", "v=2"}}, `"2"`},
		{"an unknown one in the environment is another program's", hclfile.Input{Environ: []string{"AVMA_VAR_w=1"}}, `"default"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.in.FS = memory(t, files)
			if got := evaluate(t, "a.hcl", tc.in); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestTypesOfVariables(t *testing.T) {
	for _, tc := range []struct{ name, declaration, value, want string }{
		{"string stays text", `type = string`, `["a"]`, `"[\"a\"]"`},
		{"no type stays text", ``, `["a"]`, `"[\"a\"]"`},
		{"number", `type = number`, `42`, `42`},
		{"bool", `type = bool`, `true`, `true`},
		{"list", `type = list(string)`, `["a", "b"]`, `["a","b"]`},
		{"object", `type = object({ a = string, b = list(number) })`, `{ a = 1, b = [2] }`, `{"a":"1","b":[2]}`},
		{"sensitive", "type = string\nsensitive = true", `hidden`, `"hidden"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fsys := memory(t, map[string]string{"a.hcl": "variable \"v\" {\n" + tc.declaration + "\n}\nx = var.v"})
			got := evaluate(t, "a.hcl", hclfile.Input{FS: fsys, Vars: []string{"v=" + tc.value}})
			if got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestFunctions(t *testing.T) {
	fsys := memory(t, map[string]string{
		"dir/hello.txt":  "hello\n",
		"dir/t.tpl":      `Hello ${name}%{ for g in groups }, ${upper(g)}%{ endfor }`,
		"dir/binary":     "\xff\x00",
		"/home/me/key":   "k",
		"/etc/hosts.txt": "h",
	})
	for _, tc := range []struct{ expr, want string }{
		{`env("HOME")`, `"/home/me"`},
		{`env("NOT_THERE")`, `""`},
		{`file("hello.txt")`, `"hello\n"`},
		{`file("${path.root}/../dir/hello.txt")`, ``},
		{`file("~/key")`, `"k"`},
		{`file("/etc/hosts.txt")`, `"h"`},
		{`filebase64("binary")`, `"/wA="`},
		{`fileexists("hello.txt")`, `true`},
		{`fileexists("nothing.txt")`, `false`},
		{`templatefile("t.tpl", { name = "World", groups = ["a", "b"] })`, `"Hello World, A, B"`},
		{`pathexpand("~/x")`, `"/home/me/x"`},
		{`abspath("x")`, `"/work dir/x"`},
		{`path.root`, `"dir"`},
		{`path.cwd`, `"/work dir"`},
		{`basename("a/b.txt")`, `"b.txt"`},
		{`dirname("a/b.txt")`, `"a"`},
		{`chomp(file("hello.txt"))`, `"hello"`},
		{`base64encode("ä")`, `"w6Q="`},
		{`base64decode("w6Q=")`, `"ä"`},
		{`textencodebase64("ab", "UTF-16LE")`, `"YQBiAA=="`},
		{`textdecodebase64("YQBiAA==", "UTF-16LE")`, `"ab"`},
		{`jsonencode({ a = [1, true] })`, `"{\"a\":[1,true]}"`},
		{`jsondecode("{\"a\":1}").a`, `1`},
		{`format("%s-%03d", "web", 7)`, `"web-007"`},
		{`formatlist("%s!", ["a", "b"])`, `["a!","b!"]`},
		{`join(",", ["a", "b"])`, `"a,b"`},
		{`split(",", "a,b")`, `["a","b"]`},
		{`lower("AB")`, `"ab"`},
		{`upper("ab")`, `"AB"`},
		{`trimspace(" a ")`, `"a"`},
		{`replace("a-b", "-", "_")`, `"a_b"`},
		{`regex("[0-9]+", "ab12")`, `"12"`},
		{`regex_replace("ab12", "[0-9]", "x")`, `"abxx"`},
		{`concat(["a"], ["b"])`, `["a","b"]`},
		{`merge({ a = 1 }, { b = 2 })`, `{"a":1,"b":2}`},
		{`lookup({ a = 1 }, "b", 3)`, `3`},
		{`keys({ b = 1, a = 2 })`, `["a","b"]`},
		{`values({ b = 1, a = 2 })`, `[2,1]`},
		{`length("äöü")`, `3`},
		{`length([1, 2])`, `2`},
		{`contains(["a"], "a")`, `true`},
		{`index(["a", "b"], "b")`, `1`},
		{`coalesce("", "b")`, `""`},
		{`flatten([["a"], ["b"]])`, `["a","b"]`},
		{`distinct(["a", "a"])`, `["a"]`},
		{`range(3)`, `[0,1,2]`},
		{`element(["a", "b"], 1)`, `"b"`},
		{`indent(2, "a\nb")`, `"a\n  b"`},
		{`cidrhost("10.1.0.0/16", 5)`, `"10.1.0.5"`},
		{`cidrhost("10.1.0.0/16", -2)`, `"10.1.255.254"`},
		{`cidrhost("fd00::/64", 16)`, `"fd00::10"`},
		{`cidrnetmask("10.1.0.0/20")`, `"255.255.240.0"`},
		{`startswith("abc", "ab")`, `true`},
		{`endswith("abc", "bc")`, `true`},
		{`strcontains("abc", "b")`, `true`},
		{`alltrue([true, false])`, `false`},
		{`anytrue([true, false])`, `true`},
		{`sum([1, 2, 3])`, `6`},
		{`sha256("a")`, `"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"`},
		{`urlencode("a b")`, `"a+b"`},
		{`try(jsondecode("{"), "fallback")`, `"fallback"`},
		{`can(regex("[", "a"))`, `false`},
	} {
		if tc.want == "" {
			continue
		}
		t.Run(tc.expr, func(t *testing.T) {
			if err := afero.WriteFile(fsys, "dir/a.hcl", []byte("x = "+tc.expr), 0o644); err != nil {
				t.Fatal(err)
			}
			got := evaluate(t, "dir/a.hcl", hclfile.Input{
				FS:     fsys,
				Getenv: environment("HOME=/home/me"),
				Dir:    func() (string, error) { return "/work dir", nil },
			})
			if got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestLocals(t *testing.T) {
	fsys := memory(t, map[string]string{"a.hcl": `
variable "host" { default = "web" }
locals {
  name = "${local.prefix}-${var.host}"
}
local "prefix" {
  expression = upper("x")
  sensitive  = true
}
x = local.name`})
	if got := evaluate(t, "a.hcl", hclfile.Input{FS: fsys}); got != `"X-web"` {
		t.Errorf("got %s", got)
	}
}

// The encodings themselves are tested in internal/textfile.
func TestUTF16(t *testing.T) {
	data := binary.LittleEndian.AppendUint16(nil, 0xFEFF)
	for _, unit := range utf16.Encode([]rune("x = \"Z\u00fcrich\"\r\n")) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	if got := evaluate(t, "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": string(data)})}); got != `"Zürich"` {
		t.Errorf("got %s", got)
	}
	_, err := hclfile.Load(t.Context(), "a.hcl", hclfile.Input{FS: memory(t, map[string]string{"a.hcl": string(data[2:])})})
	if err == nil || !strings.Contains(err.Error(), "cannot read a.hcl: it is UTF-16 without a byte order mark") {
		t.Errorf("without its mark: %v", err)
	}
}

func TestStdin(t *testing.T) {
	for _, content := range []string{`x = "a"`, ` { "x": "a" }`} {
		if got := evaluate(t, "-", hclfile.Input{Stdin: strings.NewReader(content)}); got != `"a"` {
			t.Errorf("%s gives %s", content, got)
		}
	}
}

func TestUnreadable(t *testing.T) {
	fsys := memory(t, map[string]string{"dir/a.hcl": "x = 1"})
	if _, err := hclfile.Load(t.Context(), "b.hcl", hclfile.Input{FS: fsys}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
	if _, err := hclfile.Load(t.Context(), "dir/a.hcl", hclfile.Input{FS: fsys, VarFiles: []string{"b.hcl"}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing variable file gives %v", err)
	}
	if _, err := hclfile.Load(t.Context(), "dir", hclfile.Input{FS: fsys}); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("a folder gives %v", err)
	}
}

func TestLocate(t *testing.T) {
	const native = `release      = "2022"
driver_paths = ["a",
  "b"]
winrm {
  port = 1
}
user {
  name = "a"
}
dynamic "command" {
  for_each = ["x", "y"]
  content {
    command_line = command.value
  }
}
user {
  name   = "b"
  groups = ["c", "d"]
}
`
	const asJSON = `{
"release": "2022",
"user": [ {"name": "a"},
          {"name": "b", "groups": ["c",
                                   "d"]} ]
}`
	for _, tc := range []struct{ file, attribute, want string }{
		{"a.hcl", "release", "1,16"},
		{"a.hcl", "driver_paths", "2,1"},
		{"a.hcl", "driver_paths[1]", "3,3"},
		{"a.hcl", "winrm.port", "5,10"},
		{"a.hcl", "winrm.protocol", "4,1"},
		{"a.hcl", "user[1].name", "17,12"},
		{"a.hcl", "user[1].groups[1]", "18,18"},
		{"a.hcl", "user[0]", "7,1"},
		{"a.hcl", "user.name", "8,10"},
		{"a.hcl", "command[1].command_line", "13,20"},
		{"a.hcl", "user[7].name", "none"},
		{"a.hcl", "edition", "none"},
		{"a.hcl", "nothing.like[x].it", "none"},
		{"a.hcl", "", "none"},
		{"a.json", "release", "2,12"},
		{"a.json", "user[1].groups[1]", "5,36"},
	} {
		t.Run(tc.file+" "+tc.attribute, func(t *testing.T) {
			f, err := hclfile.Load(t.Context(), tc.file, hclfile.Input{FS: memory(t, map[string]string{"a.hcl": native, "a.json": asJSON})})
			if err != nil {
				t.Fatal(err)
			}
			got := "none"
			if at := f.Locate(tc.attribute, spec()); at != nil {
				got = fmt.Sprintf("%d,%d", at.Start.Line, at.Start.Column)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Nothing that stands in a file makes the reader panic or show a secret.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(`variable "v" { default = "x" }` + "\nrelease = var.v"))
	f.Add([]byte("\xff\xfex\x00=\x001\x00"))
	f.Add([]byte("locals { a = local.a }"))
	f.Add([]byte("administrator_password = <<EOT\nS3cr3t!\nEOT\nuser {"))
	f.Add([]byte(`{"release": "${file("x")}", "user": [{"password": "S3cr3t!"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := afero.NewMemMapFs()
		for _, name := range []string{"a.hcl", "a.json"} {
			if err := afero.WriteFile(fsys, name, data, 0o644); err != nil {
				t.Skip()
			}
			file, err := hclfile.Load(t.Context(), name, hclfile.Input{FS: fsys})
			if err == nil {
				_, err = file.Value(spec())
				_ = file.Locate("user[0].password", spec())
			}
			if err != nil {
				_ = err.Error()
			}
		}
	})
}

func writeFile(fsys afero.Fs, path, content string) error {
	return afero.WriteFile(fsys, path, []byte(content), 0o600)
}
