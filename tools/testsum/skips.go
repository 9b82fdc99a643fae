// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

// allowance is one line of the -skips file: a pattern over "package Test", and why such a skip is no loss.
type allowance struct {
	pattern *regexp.Regexp
	why     string
}

// readAllowed reads lines of the form `pattern # why`. An empty name allows nothing.
func readAllowed(name string) ([]allowance, error) {
	if name == "" {
		return nil, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []allowance
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		pattern, why, ok := strings.Cut(line, " # ")
		if !ok {
			return nil, fmt.Errorf("%s:%d: no reason: write the pattern, then ` # ` and why this skip is no loss", name, n)
		}
		re, err := regexp.Compile(strings.TrimSpace(pattern))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, allowance{re, strings.TrimSpace(why)})
	}
	return out, nil
}

// reportSkips prints each reason once with its tests counted, and reports whether a skip is there that strict mode
// does not allow.
func (s *summary) reportSkips(out io.Writer, allowed []allowance, strict bool) (lost bool) {
	var order []string
	count := map[string]int{}
	for _, k := range s.skips {
		name := k.pkg + " " + k.test
		if strict && !isAllowed(allowed, name) {
			lost = true
			fmt.Fprintf(out, "LOST %s: skipped here, where nothing should be missing: %s\n", name, k.why)
			continue
		}
		if count[k.why]++; count[k.why] == 1 {
			order = append(order, k.why)
		}
	}
	for _, why := range order {
		fmt.Fprintf(out, "skip %d: %s\n", count[why], why)
	}
	return lost
}

func isAllowed(allowed []allowance, name string) bool {
	for _, a := range allowed {
		if a.pattern.MatchString(name) {
			return true
		}
	}
	return false
}
