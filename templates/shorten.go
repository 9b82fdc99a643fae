// SPDX-License-Identifier: MPL-2.0

package templates

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// shorten takes away what only readers need: comments (whole lines that begin with "#"), empty lines, indentation, and
// blanks around punctuation where PowerShell needs none. The fragments are written for it: no here-strings, no text
// over several lines, no comment behind code. A test compares the tokens before and after.
//
// With names it also gives the fragments' own functions and variables short names, the same in every script.
func shorten(text string, names map[string]string) string {
	var b strings.Builder
	last := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		s := squeezer{in: line, names: names}
		s.code(0)
		if code := s.out.String(); b.Len() > 0 && !opens(last) && !strings.HasPrefix(code, "}") {
			b.WriteByte('\n')
			b.WriteString(code)
		} else {
			b.WriteString(code)
		}
		last = line
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

// opens says that the next line may follow at once: a block, a table or a list begins with it.
func opens(line string) bool {
	return strings.HasSuffix(line, "{") || strings.HasSuffix(line, "(")
}

// squeezer copies one line, and knows code from text in quotation marks, which may hold code again.
type squeezer struct {
	in    string
	at    int
	out   strings.Builder
	names map[string]string // "$variable" in lower case, "Function-AvmaName"
}

// code copies until the closing character, which it leaves, or the end.
func (s *squeezer) code(closing byte) {
	depth := 0
	for s.at < len(s.in) {
		c := s.in[s.at]
		switch c {
		case '\'':
			s.single()
			continue
		case '$', '@':
			s.variable()
			continue
		case '"':
			s.double()
			continue
		case ' ':
			s.at++
			if !s.droppable() {
				s.out.WriteByte(' ')
			}
			continue
		case '(':
			depth++
		case ')':
			if depth == 0 && closing == ')' {
				return
			}
			depth--
		}
		if c >= 'A' && c <= 'Z' && s.function() {
			continue
		}
		s.out.WriteByte(c)
		s.at++
	}
}

// variable copies $name, ${name} or @name (splatting), and its sign alone where no name follows.
func (s *squeezer) variable() {
	m := variableName().FindStringSubmatch(s.in[s.at:])
	if m == nil {
		s.out.WriteByte(s.in[s.at])
		s.at++
		return
	}
	s.at += len(m[0])
	name := m[2]
	if short, ok := s.names["$"+strings.ToLower(name)]; ok {
		name = short
	}
	s.out.WriteString(m[1] + name + m[3])
}

// function copies the name of one of our own functions, if that is what comes.
func (s *squeezer) function() bool {
	at := functionName().FindStringIndex(s.in[s.at:])
	if at == nil || at[0] != 0 {
		return false
	}
	name := s.in[s.at : s.at+at[1]]
	s.at += at[1]
	if short, ok := s.names[name]; ok {
		name = short
	}
	s.out.WriteString(name)
	return true
}

func (s *squeezer) single() {
	end := strings.IndexByte(s.in[s.at+1:], '\'')
	if end < 0 {
		end = len(s.in) - s.at - 2
	}
	s.out.WriteString(s.in[s.at : s.at+end+2])
	s.at += end + 2
}

func (s *squeezer) double() {
	s.out.WriteByte('"')
	s.at++
	for s.at < len(s.in) {
		c := s.in[s.at]
		if c == '$' && s.at+1 < len(s.in) && s.in[s.at+1] != '(' {
			s.variable()
			continue
		}
		s.out.WriteByte(c)
		s.at++
		switch {
		case c == '`' && s.at < len(s.in):
			s.out.WriteByte(s.in[s.at])
			s.at++
		case c == '$' && s.at < len(s.in) && s.in[s.at] == '(':
			s.out.WriteByte('(')
			s.at++
			s.code(')')
		case c == '"':
			return
		}
	}
}

var (
	beforeBrace = []string{"try", "else", "finally", "catch", "do"}
	beforeParen = []string{"if", "elseif", "while", "foreach", "switch", "for", "catch"}
	afterBrace  = []string{"else", "elseif", "catch", "finally", "while"}
	operators   = []string{
		"-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-match", "-notmatch", "-like", "-notlike", "-contains", "-notcontains", "-creplace", "-and", "-or", "-not", "-is", "-isnot", "-band",
	}
)

// droppable says whether the blank just read separates nothing that punctuation does not separate already.
func (s *squeezer) droppable() bool {
	done, rest := s.out.String(), s.in[s.at:]
	if done == "" || rest == "" {
		return true
	}
	last, next := done[len(done)-1], rest[0]
	switch {
	case strings.IndexByte("={};,|( ", last) >= 0 && last != '}':
		return true
	case strings.IndexByte("=};,|)", next) >= 0:
		return true
	case (next == '+' || next == '-') && len(rest) > 1 && rest[1] == '=':
		return true
	case next == '{':
		return last == ')' || endsWithWord(done, beforeBrace)
	case strings.IndexByte("$'\"(@", next) >= 0 && endsWithWord(done, operators):
		return true
	case next == '(':
		return endsWithWord(done, beforeParen)
	case last == '}':
		return slices.ContainsFunc(afterBrace, func(w string) bool { return strings.HasPrefix(rest, w) })
	}
	return false
}

func endsWithWord(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		before, ok := strings.CutSuffix(text, w)
		return ok && (before == "" || strings.IndexByte(" ;{}(", before[len(before)-1]) >= 0)
	})
}

// shortNames maps the fragments' own functions and variables to short names.
var shortNames = sync.OnceValue(func() map[string]string {
	functions, variables := map[string]int{}, map[string]int{}
	names, _ := fs.Glob(files, "*.ps1")
	for _, n := range names {
		data, _ := files.ReadFile(n)
		weight := 1
		if slices.Contains(Install().parts, n) { // the longest of those that have to fit into a command line
			weight = 1000
		}
		for _, m := range functionName().FindAllString(string(data), -1) {
			functions[m] += weight
		}
		for _, m := range anyVariable().FindAllStringSubmatch(string(data), -1) {
			if name := strings.ToLower(m[1]); !slices.Contains(notOurs, name) {
				variables[name] += weight
			}
		}
	}
	short := map[string]string{}
	for i, n := range byUse(functions) {
		short[n] = fmt.Sprintf("%c%c", 'A'+i/10, '0'+i%10)
	}
	const letters = "abcdefghijklmnopqrstuvwxyz"
	for i, n := range byUse(variables) {
		if i < len(letters) {
			short["$"+n] = letters[i : i+1]
		} else {
			i -= len(letters)
			short["$"+n] = letters[i%26:i%26+1] + fmt.Sprint(i/26)
		}
	}
	return short
})

// byUse sorts the names that are used most to the front.
func byUse(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

// notOurs are the variables that PowerShell, the bootstrap or another script knows by name.
var notOurs = []string{
	"_", "args", "null", "true", "false", "matches", "lastexitcode", "global", "env", "function", "psversiontable", "executioncontext",
	"erroractionpreference", "progresspreference", "warningpreference", "pscommandpath", "myinvocation", "host", "error", "input", "this", "pwd", "home",
	"avmatoken", "avmain", "avmaout", "avmainner", "avmaelevateseconds", "avmaconverttask", "avmafirstboot", "avmasetupcomplete",
}

var (
	functionName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[A-Z][A-Za-z]+-Avma[A-Z][A-Za-z]*\b`) })
	variableName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([$@]\{?)([A-Za-z_][A-Za-z0-9_]*)(\}?)`) })
	anyVariable  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$\{?([A-Za-z_][A-Za-z0-9_]*)`) })
)
