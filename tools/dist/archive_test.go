// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// packer init asks for these names, and for a binary of the same stem within.
func TestNamesAreThoseOfPackerInit(t *testing.T) {
	want := regexp.MustCompile(`^packer-plugin-avma_v\d+\.\d+\.\d+(-dev)?_x5\.0_(linux|windows|darwin)_(amd64|arm64)\.zip$`)
	for _, target := range strings.Fields(targets) {
		goos, goarch, _ := strings.Cut(target, "/")
		plugin := archives(goos, goarch)[0]
		if !want.MatchString(plugin.name) {
			t.Errorf("%s: %q", target, plugin.name)
		}
		if stem := strings.TrimSuffix(plugin.binary, ".exe"); stem != strings.TrimSuffix(plugin.name, ".zip") {
			t.Errorf("%s holds %q", plugin.name, plugin.binary)
		}
		if got := strings.HasSuffix(plugin.binary, ".exe"); got != (goos == "windows") {
			t.Errorf("%s: .exe = %v", plugin.binary, got)
		}
	}
}

func TestSameInputSameArchive(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "bin")
	if err := os.WriteFile(binary, []byte("program"), 0o755); err != nil {
		t.Fatal(err)
	}
	at := time.Unix(1700000000, 0)
	for _, name := range []string{"a.zip", "a.tar.gz"} {
		var made [2][]byte
		for i := range made {
			a := archive{name: name, binary: "program"}
			if err := a.write(filepath.Join(dir, name), binary, at); err != nil {
				t.Fatal(err)
			}
			made[i], _ = os.ReadFile(filepath.Join(dir, name))
			if err := os.Chtimes(binary, time.Now(), time.Unix(int64(i), 0)); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(made[0], made[1]) {
			t.Errorf("%s differs with the time of the binary", name)
		}
	}
	z, err := zip.OpenReader(filepath.Join(dir, "a.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != 1 || z.File[0].Name != "program" || z.File[0].Mode().Perm() != 0o755 {
		t.Errorf("the zip holds %v", z.File)
	}
}

func TestSums(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b", "a"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeSums(dir, []string{"b", "a"}); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "packer-plugin-avma_v*_SHA256SUMS"))
	if len(files) != 1 {
		t.Fatalf("sum files: %v", files)
	}
	got, _ := os.ReadFile(files[0])
	want := "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n" +
		"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b\n"
	if string(got) != want {
		t.Errorf("sums:\n%s", got)
	}
}
