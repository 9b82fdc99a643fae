// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/packages"
)

type options struct {
	dir      string // where the pattern counts from; "": here
	jobs     int
	patience time.Duration
}

// measure mutates one package and prints its score and its survivors. The score is the share of the covered mutants
// that were killed, in percent.
func measure(ctx context.Context, pattern string, o options, out io.Writer) (float64, error) {
	tmp, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	dir, binary, mutants, err := build(ctx, o.dir, pattern, tmp)
	if err != nil {
		return 0, err
	}
	trace := filepath.Join(tmp, "trace")
	start := time.Now()
	if text, err := test(ctx, dir, binary, 10*time.Minute, "MUTANT_TRACE="+trace); err != nil {
		return 0, fmt.Errorf("the tests fail without any mutant: %w\n%s", err, text)
	}
	usual := time.Since(start)
	covered := map[int]bool{}
	lines, _ := os.ReadFile(trace)
	for _, l := range strings.Fields(string(lines)) {
		id, _ := strconv.Atoi(l)
		covered[id] = true
	}
	var (
		mu        sync.Mutex
		survivors []mutant
		wg        sync.WaitGroup
		queue     = make(chan mutant)
	)
	for range max(1, o.jobs) {
		wg.Go(func() {
			for m := range queue {
				_, err := test(ctx, dir, binary, usual+o.patience, "MUTANT="+strconv.Itoa(m.id))
				if err == nil {
					mu.Lock()
					survivors = append(survivors, m)
					mu.Unlock()
				}
			}
		})
	}
	for _, m := range mutants {
		if covered[m.id] && ctx.Err() == nil {
			queue <- m
		}
	}
	close(queue)
	wg.Wait()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	slices.SortFunc(survivors, func(a, b mutant) int { return a.id - b.id })
	for _, m := range survivors {
		fmt.Fprintf(out, "%s:%d:%d: %s\n", relative(m.where.Filename), m.where.Line, m.where.Column, m.kind)
	}
	score := 100.0
	if len(covered) > 0 {
		score = 100 * float64(len(covered)-len(survivors)) / float64(len(covered))
	}
	fmt.Fprintf(out, "%s: %.1f %% killed: %d mutants, %d covered, %d survived\n", pattern, score, len(mutants), len(covered), len(survivors))
	return score, nil
}

// build makes the test binary that holds all mutants of the package.
func build(ctx context.Context, from, pattern, tmp string) (dir, binary string, all []mutant, err error) {
	loaded, err := packages.Load(&packages.Config{Context: ctx, Dir: from, Mode: packages.NeedName | packages.NeedFiles |
		packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps}, pattern)
	if err != nil {
		return "", "", nil, err
	}
	if len(loaded) != 1 || len(loaded[0].Errors) > 0 || len(loaded[0].GoFiles) == 0 {
		return "", "", nil, fmt.Errorf("it has to be one package that compiles: %v", loaded)
	}
	p := loaded[0]
	dir = filepath.Dir(p.GoFiles[0])
	overlay := map[string]string{}
	for _, file := range p.Syntax {
		name := p.Fset.Position(file.Package).Filename
		src, err := os.ReadFile(name)
		if err != nil {
			return "", "", nil, err
		}
		if bytes.Contains(src[:min(len(src), 400)], []byte("Code generated")) {
			continue
		}
		f := finder{fset: p.Fset, src: src, pkg: p.Types, info: p.TypesInfo}
		f.file(file)
		text, mutants := f.rewrite(len(all) + 1)
		all = append(all, mutants...)
		to := filepath.Join(tmp, fmt.Sprintf("%d.go", len(overlay)))
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			return "", "", nil, err
		}
		overlay[name] = to
	}
	to := filepath.Join(tmp, "switches.go")
	if err := os.WriteFile(to, fmt.Appendf(nil, switches, p.Name), 0o600); err != nil {
		return "", "", nil, err
	}
	overlay[filepath.Join(dir, "mutant_switches.go")] = to
	data, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		return "", "", nil, err
	}
	list := filepath.Join(tmp, "overlay.json")
	if err := os.WriteFile(list, data, 0o600); err != nil {
		return "", "", nil, err
	}
	binary = filepath.Join(tmp, "mutants.test")
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-buildvcs=false", "-overlay", list, "-o", binary, p.PkgPath)
	cmd.Dir = from
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", "", nil, fmt.Errorf("the mutants do not compile: %w\n%s", err, text)
	}
	return dir, binary, all, nil
}

// test runs the tests once; what takes longer than the limit has failed.
func test(ctx context.Context, dir, binary string, limit time.Duration, env string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.short", "-test.failfast")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	return string(out[max(0, len(out)-4000):]), err
}

func relative(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil {
			return filepath.ToSlash(rel)
		}
	}
	return path
}
