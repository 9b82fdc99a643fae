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
	"regexp"
	"slices"
	"sync"
	"time"

	"golang.org/x/tools/go/packages"
)

type options struct {
	dir      string // where the pattern counts from; "": here
	jobs     int
	patience time.Duration
	at       *regexp.Regexp // nil: all mutants
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
	reach, err := trace(ctx, dir, binary, tmp)
	if err != nil {
		return 0, err
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
				if survives(ctx, dir, binary, reach[m.id], o.patience, m.id) {
					mu.Lock()
					survivors = append(survivors, m)
					mu.Unlock()
				}
			}
		})
	}
	tried := 0
	for _, m := range mutants {
		asked := o.at == nil || o.at.MatchString(m.String())
		if asked && len(reach[m.id]) > 0 && ctx.Err() == nil {
			queue <- m
			tried++
		}
	}
	close(queue)
	wg.Wait()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	slices.SortFunc(survivors, func(a, b mutant) int { return a.id - b.id })
	for _, m := range survivors {
		fmt.Fprintln(out, m)
	}
	score := 100.0
	if tried > 0 {
		score = 100 * float64(tried-len(survivors)) / float64(tried)
	}
	fmt.Fprintf(out, "%s: %.1f %% killed: %d mutants, %d covered, %d tried, %d survived\n",
		pattern, score, len(mutants), len(reach), tried, len(survivors))
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

func relative(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil {
			return filepath.ToSlash(rel)
		}
	}
	return path
}
