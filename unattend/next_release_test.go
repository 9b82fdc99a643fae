// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/golden-image/packer-plugin-avma/internal/nextrelease"
)

// The files of a release that is only a row are those of the release before it, under its own name.
func TestAnswerFilesOfANextRelease(t *testing.T) {
	opts := Options{Catalog: nextrelease.Catalog(nextrelease.Plain)}
	for name, cfg := range goldens {
		if cfg.Release != "2025" {
			continue
		}
		next := cfg
		next.Release, next.ImageName = "ws2099", strings.ReplaceAll(cfg.ImageName, "2025", "2099")
		for _, kind := range []Kind{Install, Deploy} {
			want, err := Generate(cfg, kind, Options{})
			got, err2 := Generate(next, kind, opts)
			if err != nil || err2 != nil {
				t.Fatalf("%s: %v, %v", name, err, err2)
			}
			renamed := func(s string) string { return strings.ReplaceAll(s, "2025", "2099") }
			if d := cmp.Diff(renamed(string(want.XML)), renamed(string(got.XML))); d != "" {
				t.Errorf("%s, %s file:\n%s", name, kind, d)
			}
			if kind == Install && cfg.ImageIndex == nil && !strings.Contains(string(got.XML), "Windows Server 2099 SERVER") {
				t.Errorf("%s: its image is not that of 2099", name)
			}
			if d := cmp.Diff(renamed(fmt.Sprint(want.Notices)), renamed(fmt.Sprint(got.Notices))); d != "" {
				t.Errorf("%s, %s file:\n%s", name, kind, d)
			}
		}
	}
}

// What differs is taken from the catalogue, and messages name the release at hand.
func TestFactsReachAnswerFiles(t *testing.T) {
	opts := Options{Catalog: nextrelease.Catalog(nextrelease.Different)}
	cfg := Config{Release: "2099", Edition: "standard", Evaluation: "keep", AdministratorPassword: "P@ssw0rd"}
	r, err := Generate(cfg, Install, opts)
	if err != nil || len(r.Notices) != 0 {
		t.Fatalf("%v, %v", r.Notices, err)
	}
	if !strings.Contains(string(r.XML), "<Size>32</Size>") || strings.Contains(string(r.XML), "<Size>16</Size>") {
		t.Errorf("the reserved partition has not the size of this release:\n%s", r.XML)
	}
	for text, c := range map[string]struct{ source, says string }{
		nextrelease.Plain:     {"windows-update", "Windows Server 2099 has OpenSSH"},
		nextrelease.Different: {"", "it is required for Windows Server 2099"},
		strings.Replace(nextrelease.Different, `"none"`, `"on_demand"`, 1): {"", "Here the OpenSSH server is a Feature on Demand"},
	} {
		cfg.OpenSSH = &OpenSSH{Source: c.source}
		if ps := fmt.Sprint(Check(cfg, Options{Catalog: nextrelease.Catalog(text)})); !strings.Contains(ps, c.says) {
			t.Errorf("%s\nhas not: %s", ps, c.says)
		}
	}
}
