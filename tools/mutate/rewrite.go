// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"go/token"
	"sort"
	"strings"
)

// A mutant is one change behind one switch.
type mutant struct {
	id    int
	where token.Position
	kind  string
}

// String is the mutant on one line: where it is, and what it does.
func (m mutant) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", relative(m.where.Filename), m.where.Line, m.where.Column, m.kind)
}

// rewrite returns the source with every site behind switches, and the mutants that it numbered from next on.
func (f *finder) rewrite(next int) (string, []mutant) {
	sort.SliceStable(f.sites, func(i, j int) bool { // outer sites before what they hold
		a, b := f.sites[i], f.sites[j]
		if a.from != b.from {
			return a.from < b.from
		}
		return a.to > b.to
	})
	w := writer{f: f, next: next}
	return w.between(0, len(f.src), f.sites), w.mutants
}

type writer struct {
	f       *finder
	next    int
	mutants []mutant
}

func (w *writer) offset(p token.Pos) int { return w.f.fset.Position(p).Offset }

// between gives the source from one byte to another with the sites in it rewritten.
func (w *writer) between(from, to int, sites []site) string {
	var b strings.Builder
	for len(sites) > 0 {
		s := sites[0]
		a, z := w.offset(s.from), w.offset(s.to)
		n := 1
		for n < len(sites) && w.offset(sites[n].from) < z {
			n++
		}
		b.Write(w.f.src[from:a])
		b.WriteString(w.site(s, sites[1:n]))
		from, sites = z, sites[n:]
	}
	b.Write(w.f.src[from:to])
	return b.String()
}

// site writes the mutants of one site, whose own text stays as it is in them, and then what it holds without them.
func (w *writer) site(s site, inner []site) string {
	var b strings.Builder
	if s.result != "" {
		fmt.Fprintf(&b, "func() %s { ", s.result)
	}
	for i, v := range s.variants {
		w.mutants = append(w.mutants, mutant{w.next, w.f.fset.Position(s.from), s.kind[i]})
		if s.result == "" {
			fmt.Fprintf(&b, "if !mutantOn(%d) { ", w.next)
		} else {
			fmt.Fprintf(&b, "if mutantOn(%d) { return %s }; ", w.next, v)
		}
		w.next++
	}
	text := w.between(w.offset(s.from), w.offset(s.to), inner)
	if s.result == "" {
		return b.String() + text + " }"
	}
	return b.String() + "return " + text + " }()"
}

// switches is the file that every mutated package gets: MUTANT names the mutant that is on, MUTANT_TRACE a file that
// takes the numbers of those that are met.
const switches = `package %s

import (
	"os"
	"strconv"
	"sync"
)

var mutantNow = sync.OnceValue(func() int { n, _ := strconv.Atoi(os.Getenv("MUTANT")); return n })

var mutantTrace = sync.OnceValue(func() *os.File {
	if p := os.Getenv("MUTANT_TRACE"); p != "" {
		f, _ := os.OpenFile(p, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		return f
	}
	return nil
})

var mutantMet sync.Map

func mutantOn(id int) bool {
	if f := mutantTrace(); f != nil {
		if _, again := mutantMet.LoadOrStore(id, true); !again {
			f.WriteString(strconv.Itoa(id) + "\n")
		}
	}
	return id == mutantNow()
}

// mutantNumber hides that a number is constant, which would be refused when it overflows.
func mutantNumber[T any](v T) T { return v }
`
