// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/internal/atomicfile"
)

// A file that may hold a secret is for its owner alone, wherever the secret went in; one of names and choices is not.
func TestModeOfWhatMayBeSecret(t *testing.T) {
	const declared = "release = \"2022\"\nedition = \"datacenter\"\nadministrator_password = \"\"\n" +
		"variable \"pw\" {\n  type = string\n  sensitive = true\n  default = \"Hunter2\"\n}\nvariable \"open\" {\n  default = \"x\"\n}\n"
	command := func(line string) string {
		return "command {\n  stage = \"specialize\"\n  command_line = " + line + "\n}\n"
	}
	for name, tc := range map[string]struct {
		src    string
		secret bool
	}{
		"names alone":             {"owner = \"x\"\n", false},
		"an open variable":        {"owner = var.open\n", false},
		"a sensitive owner":       {"owner = var.pw\n", true},
		"through a function":      {"owner = upper(var.pw)\n", true},
		"through a local":         {"locals {\n  o = lower(var.pw)\n}\nowner = local.o\n", true},
		"a command":               {command(`"net user x ${var.pw}"`), true},
		"a command, literally":    {command(`"net user x Hunter2"`), true},
		"a script":                {"script {\n  stage = \"specialize\"\n  content = \"net user x ${var.pw}\"\n}\n", true},
		"raw XML":                 {"component {\n  pass = \"oobeSystem\"\n  name = \"Microsoft-Windows-Shell-Setup\"\n  xml = \"<RegisteredOwner>x</RegisteredOwner>\"\n}\n", true},
		"a command of the clone":  {"deploy {\n" + command(`"net user x Hunter2"`) + "}\n", true},
		"text of the environment": {"owner = env(\"USER\")\n", true},
		"a choice by a secret":    {"owner = var.pw == \"x\" ? \"a\" : \"b\"\n", true},
		"the form of a secret":    {"owner = can(parseint(var.pw, 10)) ? \"a\" : \"b\"\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, map[string]string{"a.hcl": declared + tc.src})
			w.want(t, 0, "", "", "unattend", "--config", "a.hcl", "-o", "out.xml", "--quiet")
			info, err := w.fs.Stat("out.xml")
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode().Perm() == atomicfile.Secret; got != tc.secret {
				t.Errorf("mode %v", info.Mode())
			}
		})
	}
}

// Notes and warnings on a file that was written tell no more of a sensitive value than errors do.
func TestNoticesTellNoSecret(t *testing.T) {
	src := "release = \"2022\"\nedition = \"datacenter\"\nvariable \"pw\" {\n  sensitive = true\n  default = \"Hunter2\"\n}\n" +
		"user {\n  name = upper(var.pw)\n}\nnetwork {\n  interface = upper(var.pw)\n  addresses = [\"192.0.2.1/24\"]\n}\ndriver_paths = [\"E:\\\\${upper(var.pw)}\"]\n"
	w := newWorld(t, map[string]string{"a.hcl": src})
	status := w.call(t, "unattend", "--config", "a.hcl", "-o", "out.xml")
	if text := fmt.Sprint(status, w.err.String(), w.out.String()); strings.Contains(strings.ToLower(text), "unter2") {
		t.Error(text)
	}
}
