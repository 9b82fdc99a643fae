// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDemo(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	dir := t.TempDir()
	var out bytes.Buffer
	if err := run(t.Context(), &out, t.TempDir(), dir); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, want := range []string{
		"W3GNR-8DDXR-2TFRP-H8P33-DV9BG\n",                            // the key alone
		"Autounattend.xml:", "avma-deploy.xml:", "<ProductKey>W3GNR", // where it stands
		"# Next:",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the demo does not show %q:\n%s", want, &out)
		}
	}
	if strings.Contains(out.String(), "Change-me-2022") {
		t.Error("the demo shows the password")
	}
	for _, name := range []string{"Autounattend.xml", "avma-deploy.xml", "answers.iso"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
