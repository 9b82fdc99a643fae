// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	passing = `{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"run","Package":"p","Test":"TestA/two"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"pass","Package":"p","Test":"TestA/two"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Elapsed":0.5}
`
	skipping = `{"Action":"run","Package":"p","Test":"TestS"}
{"Action":"output","Package":"p","Test":"TestS","Output":"=== RUN   TestS\n"}
{"Action":"output","Package":"p","Test":"TestS","Output":"    s_test.go:1: no xorriso: apt install it\n"}
{"Action":"output","Package":"p","Test":"TestS","Output":"--- SKIP: TestS (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestS"}
{"Action":"pass","Package":"p"}
`
	subtestFails = `{"Action":"run","Package":"p","Test":"TestF"}
{"Action":"run","Package":"p","Test":"TestF/x"}
{"Action":"output","Package":"p","Test":"TestF/x","Output":"want 1\n"}
{"Action":"fail","Package":"p","Test":"TestF/x"}
{"Action":"fail","Package":"p","Test":"TestF"}
{"Action":"fail","Package":"p"}
`
	parentFails = `{"Action":"run","Package":"p","Test":"TestF"}
{"Action":"run","Package":"p","Test":"TestF/x"}
{"Action":"pass","Package":"p","Test":"TestF/x"}
{"Action":"fail","Package":"p","Test":"TestF"}
{"Action":"fail","Package":"p"}
`
	buildFails = `{"ImportPath":"p","Action":"build-output","Output":"x.go:1: no\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"fail","Package":"p","FailedBuild":"p"}
`
	panics = `{"Action":"run","Package":"p","Test":"TestP"}
{"Action":"output","Package":"p","Test":"TestP","Output":"panic: oh\n"}
{"Action":"fail","Package":"p"}
`
)

func TestRun(t *testing.T) {
	for _, c := range []struct {
		name, in, skips string
		strict, ok      bool
		last, shows     string
	}{
		{name: "leaves are counted", in: passing, ok: true, last: "2 passed, 0 failed, 0 skipped", shows: "ok   p (0.5s)"},
		{name: "a skip says why", in: skipping, ok: true, last: "0 passed, 0 failed, 1 skipped", shows: "skip 1: s_test.go:1: no xorriso: apt install it"},
		{name: "strict: a skip is a loss", in: skipping, strict: true, last: "0 passed, 0 failed, 1 skipped", shows: "LOST p TestS"},
		{name: "strict: unless allowed", in: skipping, strict: true, skips: "^p TestS$ # not here", ok: true, last: "0 passed, 0 failed, 1 skipped"},
		{name: "a failing subtest counts once", in: subtestFails, last: "0 passed, 1 failed, 0 skipped", shows: "want 1"},
		{name: "a parent that fails alone counts", in: parentFails, last: "1 passed, 1 failed, 0 skipped"},
		{name: "a package that does not compile counts", in: buildFails, last: "0 passed, 1 failed, 0 skipped", shows: "x.go:1: no"},
		{name: "a panic counts and is shown", in: panics, last: "0 passed, 1 failed, 0 skipped", shows: "panic: oh"},
		{name: "nothing at all is no success", in: "", last: "0 passed, 0 failed, 0 skipped"},
		{name: "other lines pass through", in: "go: downloading x\n" + passing, ok: true, last: "2 passed, 0 failed, 0 skipped", shows: "go: downloading x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			skips := filepath.Join(dir, "skips")
			if err := os.WriteFile(skips, []byte("# comment\n\n"+c.skips), 0o644); err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			ok, err := run(strings.NewReader(c.in), &out, skips, filepath.Join(dir, "sum"), c.strict)
			if err != nil || ok != c.ok {
				t.Errorf("run = %v, %v, want %v", ok, err, c.ok)
			}
			if !strings.HasSuffix(out.String(), c.last+"\n") || !strings.Contains(out.String(), c.shows) {
				t.Errorf("output:\n%s\nwant the end %q and %q", &out, c.last, c.shows)
			}
			if b, err := os.ReadFile(filepath.Join(dir, "sum")); err != nil || string(b) != c.last+"\n" {
				t.Errorf("the file holds %q (%v), want %q", b, err, c.last)
			}
		})
	}
}

func TestAllowanceNeedsAReason(t *testing.T) {
	name := filepath.Join(t.TempDir(), "skips")
	if err := os.WriteFile(name, []byte("\n^p TestS$\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readAllowed(name); err == nil || !strings.Contains(err.Error(), ":2: no reason") {
		t.Errorf("readAllowed: %v, want an error with the line", err)
	}
}
