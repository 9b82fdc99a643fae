// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// event is a line of `go test -json`; see `go doc test2json`.
type event struct {
	Action     string
	Package    string
	ImportPath string // of build-output
	Test       string
	Output     string
	Elapsed    float64
}

// id names a test within all packages; the Test is "" for the package itself.
type id struct{ pkg, test string }

type skip struct {
	id
	why string
}

type summary struct {
	output   map[id][]string
	parents  map[id]bool // has subtests
	failing  map[id]bool // a subtest of it failed
	skips    []skip
	packages int
	passed   int
	failed   int
}

func newSummary() *summary {
	return &summary{output: map[id][]string{}, parents: map[id]bool{}, failing: map[id]bool{}}
}

func (s *summary) line() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", s.passed, s.failed, len(s.skips))
}

// read takes events until the end. A line that is none, such as a compiler's, is passed on.
func (s *summary) read(in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil {
				fmt.Fprint(out, line)
			} else {
				s.take(e, out)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (s *summary) take(e event, out io.Writer) {
	t := id{e.Package, e.Test}
	switch e.Action {
	case "run":
		for _, p := range ancestors(t) {
			s.parents[p] = true
		}
	case "build-output":
		fmt.Fprint(out, e.Output)
	case "output":
		s.output[t] = append(s.output[t], e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			s.endPackage(e, out)
			return
		}
		s.endTest(t, e, out)
	}
}

// endTest counts leaves alone, and a parent only where it failed by itself.
func (s *summary) endTest(t id, e event, out io.Writer) {
	switch {
	case e.Action == "fail":
		for _, p := range ancestors(t) {
			s.failing[p] = true
		}
		if !s.failing[t] {
			s.failed++
			s.failing[id{t.pkg, ""}] = true
		}
		fmt.Fprintf(out, "FAIL %s %s (%.2fs)\n%s", t.pkg, t.test, e.Elapsed, strings.Join(s.output[t], ""))
	case s.parents[t]:
	case e.Action == "skip":
		s.skips = append(s.skips, skip{t, reason(s.output[t])})
	default:
		s.passed++
	}
	delete(s.output, t)
}

// endPackage prints the package's line. A package that failed without a failed test (it did not compile, panicked,
// or raced outside of a test) counts as one failure.
func (s *summary) endPackage(e event, out io.Writer) {
	s.packages++
	p := id{e.Package, ""}
	switch e.Action {
	case "fail":
		if !s.failing[p] {
			s.failed++
			for t, lines := range s.output { // what a panic cut short
				if t.pkg == e.Package {
					fmt.Fprint(out, strings.Join(lines, ""))
				}
			}
		}
		fmt.Fprintf(out, "FAIL %s (%.1fs)\n", e.Package, e.Elapsed)
	case "pass":
		fmt.Fprintf(out, "ok   %s (%.1fs)\n", e.Package, e.Elapsed)
	case "skip": // no test files
	}
	for t := range s.output {
		if t.pkg == e.Package {
			delete(s.output, t)
		}
	}
}

// ancestors are the tests that t is a subtest of.
func ancestors(t id) []id {
	var out []id
	for i, c := range t.test {
		if c == '/' {
			out = append(out, id{t.pkg, t.test[:i]})
		}
	}
	return out
}

// reason is what a skipped test said, without the markers of the runner.
func reason(lines []string) string {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool {
		l = strings.TrimSpace(l)
		return l == "" || strings.HasPrefix(l, "=== ") || strings.HasPrefix(l, "--- ")
	})
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}
