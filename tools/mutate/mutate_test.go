// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const code = `package limits

const most = 10

func Fits(n int) bool {
	if !known(n) || n > most {
		return false
	}
	return true
}

func known(n int) bool { return n >= 0 }

func Never(n int) int { return n + 1 }
`

const tests = `package limits

import "testing"

func TestFits(t *testing.T) {
	for n, want := range map[int]bool{-1: false, 0: true%s} {
		if Fits(n) != want {
			t.Error(n)
		}
	}
}
`

func TestSurvivorsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		more string // what the test of Fits also tries
		at   string
		want []string
	}{
		"one beyond the limit is tried":     {", 10: true, 11: false", "", []string{"100.0 % killed"}},
		"one beyond the limit is not tried": {", 12: false", "", []string{"limits.go:6:18: > is >="}},
		"nothing beyond the limit is tried": {"", "", []string{"limits.go:6:18: > is >="}},
		"only that line is tried":           {"", ":6:18: > is >=$", []string{"1 tried, 1 survived", "0.0 % killed"}},
		"only another line is tried":        {"", ":10:", []string{" 0 survived"}},
		"the tests fail without a mutant":   {", 9: false, 10: true", "", []string{"the tests fail without any mutant"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{"go.mod": "module limits\n\ngo 1.26\n", "limits.go": code, "limits_test.go": strings.Replace(tests, "%s", c.more, 1)} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var out strings.Builder
			_, err := measure(t.Context(), ".", options{dir: dir, jobs: 2, patience: time.Minute, at: regexp.MustCompile(c.at)}, &out)
			if err != nil {
				out.WriteString(err.Error())
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in:\n%s", want, out.String())
				}
			}
		})
	}
}
