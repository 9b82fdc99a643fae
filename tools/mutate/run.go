// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oneTest is a test and how long it takes.
type oneTest struct {
	name  string
	usual time.Duration
}

// trace runs the tests with no mutant switched on, first all together, which have to pass, then each by itself. It
// gives the tests that reach a mutant, the quickest first: a mutant in a corner of the package need not wait for all
// the others. Examples are left out.
func trace(ctx context.Context, dir, binary, tmp string) (map[int][]oneTest, error) {
	if text, err := run(ctx, dir, binary, 10*time.Minute, ""); err != nil {
		return nil, fmt.Errorf("the tests fail without any mutant: %w\n%s", err, text)
	}
	list, err := run(ctx, dir, binary, time.Minute, "", "-test.list=^(Test|Fuzz)")
	if err != nil {
		return nil, fmt.Errorf("the tests cannot be listed: %w\n%s", err, list)
	}
	reach := map[int][]oneTest{}
	for _, name := range strings.Fields(list) {
		file := filepath.Join(tmp, name)
		start := time.Now()
		text, err := run(ctx, dir, binary, 10*time.Minute, "MUTANT_TRACE="+file, only([]oneTest{{name: name}}))
		if err != nil {
			return nil, fmt.Errorf("%s fails without any mutant when it runs alone: %w\n%s", name, err, text)
		}
		took := time.Since(start)
		met, _ := os.ReadFile(file) // a test may meet none
		for _, word := range strings.Fields(string(met)) {
			id, _ := strconv.Atoi(word)
			reach[id] = append(reach[id], oneTest{name, took})
		}
	}
	for _, tests := range reach {
		slices.SortStableFunc(tests, func(a, b oneTest) int { return int(a.usual - b.usual) })
	}
	return reach, nil
}

// survives runs the tests that reach a mutant, the quicker half of them first. What takes longer than usual and the
// patience together has noticed it.
func survives(ctx context.Context, dir, binary string, tests []oneTest, patience time.Duration, id int) bool {
	half := (len(tests) + 1) / 2
	for _, part := range [][]oneTest{tests[:half], tests[half:]} {
		if len(part) == 0 {
			continue
		}
		limit := patience
		for _, t := range part {
			limit += t.usual
		}
		if _, err := run(ctx, dir, binary, limit, "MUTANT="+strconv.Itoa(id), only(part)); err != nil {
			return false
		}
	}
	return true
}

// only is the flag that selects tests.
func only(tests []oneTest) string {
	var names []string
	for _, t := range tests {
		names = append(names, regexp.QuoteMeta(t.name))
	}
	return "-test.run=^(" + strings.Join(names, "|") + ")$"
}

// run runs the test binary once; what takes longer than the limit has failed.
func run(ctx context.Context, dir, binary string, limit time.Duration, env string, flags ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, append([]string{"-test.short", "-test.failfast"}, flags...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	return string(out[max(0, len(out)-40000):]), err
}
