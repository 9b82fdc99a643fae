// SPDX-License-Identifier: MPL-2.0

package hclfile_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/unattend"
	"github.com/golden-image/packer-plugin-avma/unattend/hclfile"
)

// secret stands in each of the files below, and in no message.
const secret = "Hunter2"

// tells says whether a text shows the secret, in any of the forms that functions give it.
func tells(text string) bool {
	text = strings.Join(strings.Fields(text), "") // wrapping may break it
	for _, form := range []string{secret, "2retnuH", base64.StdEncoding.EncodeToString([]byte(secret)), "unter2"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(form)) {
			return true
		}
	}
	return false
}

// said is all that is said of a file: warnings, errors, and the problems of the configuration.
func said(t *testing.T, path string, in hclfile.Input) (text string, private bool) {
	t.Helper()
	f, err := hclfile.Load(t.Context(), path, in)
	if err != nil {
		return err.Error(), true
	}
	if f.Warnings != nil {
		text = f.Warnings.Error()
	}
	cfg, err := f.Config(unattend.Options{})
	if err != nil {
		return text + err.Error(), true
	}
	return text + f.Explain(unattend.Check(cfg, unattend.Options{FS: in.FS})).Error(), f.Private()
}

const server = "release = \"2022\"\nedition = \"datacenter\"\n"

// No message on a file shows a secret, wherever it stands and whatever is wrong.
func TestNoMessageTellsASecret(t *testing.T) {
	const declared = server + "variable \"pw\" {\n  type = string\n  sensitive = true\n  default = \"Hunter2\"\n}\n"
	for name, src := range map[string]string{
		"a misspelt name":                server + `administrator_pasword = "Hunter2"`,
		"a misspelt name, number":        server + `administrator_pasword = "x" + Hunter2`,
		"without quotes":                 server + `administrator_password = Hunter2`,
		"without quotes, misspelt":       server + `administrator_pasword = Hunter2`,
		"without quotes, with signs":     server + `administrator_password = Hunter2!x`,
		"without quotes, a dot":          server + `administrator_password = Hunter2.x`,
		"without quotes, a call":         server + `administrator_password = Hunter2(1)`,
		"without quotes, a namespace":    server + `administrator_password = a::Hunter2(1)`,
		"without a quote":                server + `administrator_password = "Hunter2`,
		"without the other quote":        server + `administrator_password = Hunter2"`,
		"a wrong escape":                 server + `administrator_password = "\Hunter2"`,
		"a dollar":                       server + `administrator_password = "${Hunter2"`,
		"a dollar and braces":            server + `administrator_password = "x${Hunter2}"`,
		"without an equals sign":         server + `administrator_password "Hunter2"`,
		"a colon":                        server + `administrator_password: "Hunter2"`,
		"in a comment":                   server + "editon = 1 # Hunter2",
		"in a comment, broken":           server + "edition = ( # Hunter2",
		"in a list":                      server + `administrator_password = ["Hunter2"]`,
		"in an object":                   server + "administrator_password = {\n  Hunter2 = 1\n}",
		"beside another mistake":         server + `user { password = "Hunter2", name = "x" }`,
		"on one line":                    server + `user { password = "Hunter2" }` + "\nrdp { x = 1 }",
		"of two attributes":              `release = "2022" administrator_password = "Hunter2"`,
		"in raw XML":                     server + "component {\n  pass = \"specialize\"\n  name = \"x\"\n  xml = \"<a>Hunter2\" + 1\n}",
		"in raw XML, not well-formed":    server + "component {\n  pass = \"oobeSystem\"\n  name = \"Microsoft-Windows-Shell-Setup\"\n  xml = \"<a>x&Hunter2;</a>\"\n}",
		"in raw XML, an element":         server + "component {\n  pass = \"oobeSystem\"\n  name = \"Microsoft-Windows-Shell-Setup\"\n  xml = \"<a>x<Hunter2</a>\"\n}",
		"in a command":                   server + "command {\n  stage = \"never\"\n  command_line = \"net user x Hunter2\" + 1\n}",
		"in a heredoc":                   server + "script {\n  stage = \"x\"\n  content = <<EOT\nHunter2 ${var.none}\nEOT\n}",
		"in a heredoc, broken":           server + "script {\n  content = <<EOT\nHunter2 = ${ 1\nEOT\n}",
		"in a heredoc without an end":    server + "script {\n  content = <<EOT\nHunter2\n",
		"a local":                        "locals {\n  name = \"Hunter2\" + 1\n}\n" + server,
		"a local, broken":                "locals {\n  name = \"Hunter2\n}\n" + server,
		"a local of a public name":       "locals {\n  owner = [\"Hunter2\"] + 1\n}\n" + server,
		"a default":                      "variable \"pw\" {\n  type = number\n  default = \"Hunter2\"\n}\n" + server,
		"a type":                         "variable \"pw\" {\n  type = Hunter2\n}\n" + server,
		"an error message":               declared + "variable \"x\" {\n  default = 1\n  validation {\n    condition = false\n    error_message = \"x ${var.pw}\"\n  }\n}",
		"a condition":                    "variable \"x\" {\n  default = 1\n  validation {\n    condition = \"Hunter2\"\n    error_message = \"x\"\n  }\n}\n" + server,
		"a block":                        server + `Hunter2 "x" {`,
		"a label":                        server + `user "Hunter2" {` + "\n}",
		"a regular expression":           server + `administrator_password = regex("(Hunter2", "x")`,
		"a number":                       server + `administrator_password = parseint("Hunter2", 10)`,
		"JSON":                           server + `administrator_password = jsondecode("Hunter2")`,
		"a sensitive owner":              declared + "owner = \"${var.pw}\\u0001\"",
		"a sensitive computer name":      declared + `computer_name = "${var.pw}/x"`,
		"a sensitive name in upper case": declared + `computer_name = "${upper(var.pw)}/x"`,
		"sensitive, reversed":            declared + `time_zone = strrev(var.pw)`,
		"sensitive, in base64":           declared + `time_zone = base64encode(var.pw)`,
		"sensitive, through a local":     declared + "locals {\n  x = lower(var.pw)\n}\ntime_zone = local.x",
		"sensitive, through a list":      declared + "locals {\n  x = [for c in [var.pw] : upper(c)]\n}\nnetwork {\n  interface = \"x\"\n  addresses = local.x\n}",
		"sensitive, in a template":       declared + `time_zone = "%{ if true }${upper(var.pw)}%{ endif }"`,
		"sensitive, a dynamic block":     declared + "dynamic \"network\" {\n  for_each = [upper(var.pw)]\n  content {\n    interface = \"x\"\n    addresses = [network.value]\n  }\n}",
		"sensitive, a part of it":        declared + `input_locale = "${upper(var.pw)};x"`,
		"sensitive, a choice":            declared + `firmware = upper(var.pw)`,
		"sensitive, for another":         declared + "auto_logon {\n  username = upper(var.pw)\n}",
		"sensitive, a script's name":     declared + "script {\n  stage = \"specialize\"\n  name = \"${upper(var.pw)}/\"\n  content = \"x\"\n}",
		"sensitive, in a function":       declared + `owner = parseint(upper(var.pw), 10)`,
		"sensitive, a file's name":       declared + `owner = file(upper(var.pw))`,
		"sensitive, in a template file":  declared + `owner = templatefile("t.tpl", {pw = upper(var.pw)})`,
		"sensitive, a wrong type":        declared + `image_index = upper(var.pw)`,
		"sensitive, a key":               declared + "locals {\n  x = {(upper(var.pw)) = 1}\n}\nowner = local.x.y",
		"sensitive, an index":            declared + `owner = {a = 1}[upper(var.pw)]`,
	} {
		for _, form := range []struct{ name, end string }{{"", "\n"}, {", no line end", ""}} {
			t.Run(name+form.name, func(t *testing.T) {
				fsys := memory(t, map[string]string{"a.hcl": src + form.end, "t.tpl": "${parseint(pw, 10)}"})
				text, _ := said(t, "a.hcl", hclfile.Input{FS: fsys})
				if text == "" {
					t.Error("nothing is wrong with it")
				}
				if tells(text) {
					t.Errorf("it tells the secret:\n%s", text)
				}
			})
		}
	}
}

func TestNoMessageTellsASecret_JSON(t *testing.T) {
	for name, src := range map[string]string{
		"a misspelt name":      `{"release": "2022", "administrator_pasword": "Hunter2"}`,
		"a wrong type":         `{"administrator_password": ["Hunter2"], "release": 1}`,
		"without quotes":       `{"administrator_password": Hunter2}`,
		"without a quote":      `{"administrator_password": "Hunter2}`,
		"a broken beginning":   `{administrator_password": "Hunter2"}`,
		"a reference":          `{"administrator_password": "${Hunter2}"}`,
		"a reference, lower":   `{"administrator_password": "${hunter2}"}`,
		"a local":              `{"locals": {"name": "${[\"Hunter2\"] + 1}"}}`,
		"beside another":       `{"release": "2022", "user": [{"password": "Hunter2", "groups": "x"}]}`,
		"on its line":          `{"editon": 1, "administrator_password": "Hunter2"}`,
		"a default":            `{"variable": {"x": {"type": "number", "default": "Hunter2"}}}`,
		"twice":                `{"administrator_password": "Hunter2", "administrator_password": "Hunter2"}`,
		"an unclosed template": `{"administrator_password": "${Hunter2"}`,
		"in a function":        `{"administrator_password": "${parseint(\"Hunter2\", 10)}"}`,
	} {
		t.Run(name, func(t *testing.T) {
			text, _ := said(t, "a.json", hclfile.Input{FS: memory(t, map[string]string{"a.json": src})})
			if text == "" || tells(text) {
				t.Errorf("it tells the secret, or nothing:\n%s", text)
			}
		})
	}
}

func TestNoMessageTellsASecret_Values(t *testing.T) {
	const declare = server + "variable \"pw\" {\n  type = string\n  sensitive = true\n  default = \"x\"\n}\n" +
		"variable \"list\" {\n  type = list(number)\n  default = []\n}\n"
	for name, in := range map[string]hclfile.Input{
		"a misspelt name":    {VarFiles: []string{"v.hcl"}, FS: memory(t, map[string]string{"v.hcl": `pww = "Hunter2"`})},
		"without quotes":     {VarFiles: []string{"v.hcl"}, FS: memory(t, map[string]string{"v.hcl": `pw = Hunter2`})},
		"without a quote":    {VarFiles: []string{"v.hcl"}, FS: memory(t, map[string]string{"v.hcl": `pw = "Hunter2`})},
		"a public name":      {VarFiles: []string{"v.hcl"}, FS: memory(t, map[string]string{"v.hcl": `owner = "Hunter2"`})},
		"a block":            {VarFiles: []string{"v.hcl"}, FS: memory(t, map[string]string{"v.hcl": "pw {\n x = \"Hunter2\"\n}"})},
		"JSON":               {VarFiles: []string{"v.json"}, FS: memory(t, map[string]string{"v.json": `{"owner": "Hunter2", "list": "x"}`})},
		"of a wrong type":    {VarFiles: []string{"v.hcl"}, FS: memory(t, map[string]string{"v.hcl": `list = ["Hunter2"]`})},
		"--var":              {Vars: []string{"list=[Hunter2"}},
		"--var, a name":      {Vars: []string{"list=[Hunter2]"}},
		"--var without name": {Vars: []string{"Hunter2"}},
		"the environment":    {Environ: []string{`AVMA_VAR_list=["Hunter2"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"a.hcl": declare}
			if in.FS == nil {
				in.FS = memory(t, files)
			} else if err := writeFile(in.FS, "a.hcl", declare); err != nil {
				t.Fatal(err)
			}
			text, _ := said(t, "a.hcl", in)
			if text == "" || tells(text) {
				t.Errorf("it tells the secret, or nothing:\n%s", text)
			}
		})
	}
}

// A configuration into which a sensitive value went, or text from outside, is private; one of literals is not.
func TestPrivate(t *testing.T) {
	const declared = server + "variable \"pw\" {\n  sensitive = true\n  default = \"x\"\n}\nvariable \"open\" {\n  default = \"x\"\n}\n"
	for src, want := range map[string]bool{
		`owner = "x"`:                                   false,
		`owner = var.open`:                              false,
		`owner = var.pw`:                                true,
		`owner = upper(var.pw)`:                         true,
		`owner = var.pw == "x" ? 1 : 2`:                 true,
		`owner = can(parseint(var.pw, 10)) ? "a" : "b"`: true,
		`owner = length(var.pw)`:                        true,
		`owner = file("t")`:                             true,
		`owner = env("X")`:                              true,
		"locals {\n  x = {a = [var.pw]}\n}\nowner = local.x.a[0]":                               true,
		"local \"x\" {\n  expression = \"y\"\n  sensitive = true\n}\nowner = local.x":           true,
		"dynamic \"user\" {\n  for_each = [var.pw]\n  content {\n    name = user.value\n  }\n}": true,
	} {
		t.Run(src, func(t *testing.T) {
			fsys := memory(t, map[string]string{"a.hcl": declared + src + "\n", "t": "x"})
			if text, private := said(t, "a.hcl", hclfile.Input{FS: fsys}); private != want {
				t.Errorf("private is %v; %s", private, text)
			}
		})
	}
}
