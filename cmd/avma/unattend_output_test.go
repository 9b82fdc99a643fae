// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"

	"github.com/spf13/afero"
)

// One command makes both files and the ISO that carries them.
func TestUnattendISO(t *testing.T) {
	const base = "unattend --release 2022 --edition datacenter --iso build/answers.iso"
	w := newWorld(t, nil)
	w.want(t, 0, "build/answers.iso: 2 files, ", "note: --administrator-password-file", strings.Fields(base)...)
	if got := w.files(t); got != "build/answers.iso" {
		t.Errorf("files: %s", got)
	}
	if got := strings.Count(w.err.String(), "password-file: Windows will ask"); got != 1 {
		t.Errorf("the note on both files is said %d times", got)
	}
	w.out.Reset()
	w.err.Reset()
	w.want(t, 0, "2 files, ", "", strings.Fields(base+" --quiet -o build/xml")...)
	if got := w.files(t); got != "build/answers.iso build/xml/Autounattend.xml build/xml/avma-deploy.xml" {
		t.Errorf("files: %s", got)
	}
	install, deploy := w.answerFile(t, "build/xml/Autounattend.xml"), w.answerFile(t, "build/xml/avma-deploy.xml")
	if !strings.Contains(install, "windowsPE") || strings.Contains(deploy, "windowsPE") || !strings.Contains(deploy, keyOf2022) {
		t.Error("the two files are not of the two kinds")
	}
	image, err := afero.ReadFile(w.fs, "build/answers.iso")
	if err != nil || !strings.Contains(string(image), install) || !strings.Contains(string(image), deploy) {
		t.Errorf("the image does not hold both files: %v", err)
	}
	// The same image as of the two commands that make the files and the one that packs them.
	w.want(t, 0, "other.iso: 2 files, ", "", "media", "create", "-o", "other.iso", "build/xml")
	if other, _ := afero.ReadFile(w.fs, "other.iso"); string(other) != string(image) {
		t.Error("media create makes another image of the same files")
	}
	for _, tc := range []struct{ args, says string }{
		{base + " --for deploy", "--iso carries both answer files: leave --for out"},
		{base + " -o build/Autounattend.xml", "-o names the folder for them: -o build"},
		{"unattend --release 2022 --edition datacenter --iso -", "--iso: name a file"},
	} {
		newWorld(t, nil).want(t, exitUsage, "", tc.says, strings.Fields(tc.args)...)
	}
}

// --check writes nothing and tells what is there from what would be written.
func TestUnattendCheck(t *testing.T) {
	w := newWorld(t, nil)
	call := func(status int, stderr, args string) {
		t.Helper()
		w.out.Reset()
		w.err.Reset()
		before := w.files(t)
		w.want(t, status, "", stderr, strings.Fields("unattend --quiet --check --release 2022 "+args)...)
		if after := w.files(t); after != before {
			t.Errorf("%s: written: %s", args, after)
		}
	}
	call(0, "", "--edition datacenter")
	call(exitUsage, "did you mean", "--edition datcenter")
	call(exitNo, "--check: a.xml is not there; the same command without --check writes it", "--edition datacenter -o a.xml")
	w.call(t, strings.Fields("unattend --quiet --release 2022 --edition datacenter -o a.xml")...)
	call(0, "", "--edition datacenter -o a.xml")
	call(exitNo, "a.xml is not what would be written", "--edition standard -o a.xml")

	call(exitNo, "b/Autounattend.xml is not there, b/avma-deploy.xml is not there, a.iso is not there", "--edition datacenter --iso a.iso -o b")
	w.call(t, strings.Fields("unattend --quiet --release 2022 --edition datacenter --iso a.iso -o b")...)
	call(0, "", "--edition datacenter --iso a.iso -o b")
	call(0, "", "--edition datacenter --iso a.iso")
	call(exitNo, "a.iso is not what would be written", "--edition standard --iso a.iso")
}

// --strict makes a warning an error before anything is written; --quiet leaves errors alone.
func TestStrictAndQuiet(t *testing.T) {
	const warns = "unattend --release 2022 --edition datacenter --plain-passwords -o a.xml"
	w := newWorld(t, nil)
	w.env["AVMA_ADMINISTRATOR_PASSWORD"] = secret
	w.want(t, 0, "", "avma: warning: --plain-passwords: ", strings.Fields(warns)...)

	w = newWorld(t, nil)
	w.env["AVMA_ADMINISTRATOR_PASSWORD"] = secret
	w.want(t, exitUsage, "", "avma: --strict: nothing is written because of the warning above\n", strings.Fields(warns+" --strict")...)
	if got := w.files(t); got != "" || !strings.Contains(w.err.String(), "avma: warning: --plain-passwords: ") {
		t.Errorf("files: %s; stderr %s", got, w.err.String())
	}
	w.err.Reset()
	w.warnings = 0
	w.want(t, exitUsage, "", "avma: warning: ", strings.Fields(warns+" --strict --quiet")...) // or nobody would know why

	w = newWorld(t, nil)
	w.env["AVMA_ADMINISTRATOR_PASSWORD"] = secret
	w.want(t, 0, "", "", strings.Fields(warns+" --quiet")...)
	newWorld(t, nil).want(t, 0, keyOf2022, "", strings.Fields("unattend --release 2022 --edition datacenter --quiet")...)
	newWorld(t, nil).want(t, 0, keyOf2022, "", strings.Fields("unattend --release 2022 --edition datacenter --strict --quiet")...) // a note is no warning

	newWorld(t, nil).want(t, 0, keyOf2022, "avma: warning: this key is inferred", strings.Fields("key --release 23H2 --edition datacenter")...)
	newWorld(t, nil).want(t, 0, keyOf2022, "", strings.Fields("key --release 23H2 --edition datacenter --quiet")...)
	newWorld(t, nil).want(t, exitUsage, "", "avma: --strict: ", strings.Fields("key --release 23H2 --edition datacenter --strict")...)
	newWorld(t, nil).want(t, exitUsage, "", "did you mean", strings.Fields("key --release 2202 --edition datacenter --quiet")...)

	// The warnings of a configuration file are warnings, too.
	const config = "release = \"2022\"\nedition = \"datacenter\"\n"
	w = newWorld(t, map[string]string{"a.hcl": config, "v.hcl": "nobody = 1\n"})
	w.want(t, exitUsage, "", "avma: --strict: ", strings.Fields("unattend -c a.hcl --var-file v.hcl --strict")...)
	w = newWorld(t, map[string]string{"a.hcl": config, "v.hcl": "nobody = 1\n"})
	w.want(t, 0, keyOf2022, "", strings.Fields("unattend -c a.hcl --var-file v.hcl --quiet")...)
}
