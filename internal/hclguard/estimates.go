// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// estimates bounds the functions whose result, or whose work, is not in proportion to their arguments: what they would
// make is known before they make it. Arguments are known, without marks, and may be null or of the wrong type; then the
// function itself says so.
var estimates = map[string]func(b *Budget, args []cty.Value) error{
	"csvdecode":     csvdecode,
	"distinct":      quadratic,
	"format":        func(_ *Budget, args []cty.Value) error { return format(args, false) },
	"formatlist":    func(_ *Budget, args []cty.Value) error { return format(args, true) },
	"indent":        indent,
	"join":          join,
	"jsondecode":    jsondecode,
	"parseint":      parseint,
	"regex":         regex,
	"regexall":      regexAll,
	"regex_replace": regexReplace,
	"replace":       replace,
	"setproduct":    setproduct,
	"split":         split,
}

// text gives the nth argument as text; false where it is none.
func text(args []cty.Value, n int) (string, bool) {
	if n >= len(args) || args[n].IsNull() || args[n].Type() != cty.String {
		return "", false
	}
	return args[n].AsString(), true
}

// items is how many elements the nth argument has.
func items(args []cty.Value, n int) int {
	if n >= len(args) || args[n].IsNull() || !args[n].CanIterateElements() {
		return 0
	}
	return args[n].LengthInt()
}

func within(bytes int) error {
	if bytes > MaxBytes || bytes < 0 {
		return errResult
	}
	return nil
}

func few(elements int) error {
	if elements > MaxElements || elements < 0 {
		return errResult
	}
	return nil
}

func setproduct(b *Budget, args []cty.Value) error {
	product := 1
	for n := range args {
		product *= items(args, n)
		if err := few(product * (len(args) + 1)); err != nil {
			return err
		}
	}
	return nil
}

// quadratic charges for comparing each element with each.
func quadratic(b *Budget, args []cty.Value) error {
	var s size
	n := items(args, 0)
	if n == 0 || s.add(args[0], 0) != nil {
		return nil
	}
	if !b.spend(n*n + n*s.numbers*numberWeight) {
		return b.err
	}
	return nil
}

func join(_ *Budget, args []cty.Value) error {
	separator, _ := text(args, 0)
	var total size
	for n := 1; n < len(args); n++ {
		_ = total.add(args[n], 0)
		total.bytes += len(separator) * items(args, n)
	}
	return within(total.bytes)
}

func split(_ *Budget, args []cty.Value) error {
	separator, _ := text(args, 0)
	s, ok := text(args, 1)
	if !ok {
		return nil
	}
	return few(strings.Count(s, separator) + 1)
}

func replace(_ *Budget, args []cty.Value) error {
	s, _ := text(args, 0)
	old, ok := text(args, 1)
	with, _ := text(args, 2)
	if !ok {
		return nil
	}
	return within(len(s) + strings.Count(s, old)*len(with))
}

func indent(_ *Budget, args []cty.Value) error {
	s, ok := text(args, 1)
	if !ok || args[0].IsNull() || args[0].Type() != cty.Number {
		return nil
	}
	n, _ := args[0].AsBigFloat().Int64()
	if n > MaxBytes {
		return errResult
	}
	return within(len(s) + int(max(n, 0))*strings.Count(s, "\n"))
}

func parseint(_ *Budget, args []cty.Value) error {
	if len(args) > 0 && !args[0].IsNull() && args[0].Type() == cty.String && len(args[0].AsString()) > MaxDigits {
		return errNumber
	}
	return nil
}

func jsondecode(_ *Budget, args []cty.Value) error {
	s, ok := text(args, 0)
	if !ok {
		return nil
	}
	depth, values := jsonShape([]byte(s))
	if depth > MaxDepth {
		return fmt.Errorf("its arrays and objects are more than %d inside each other", MaxDepth)
	}
	if jsonNumbers([]byte(s)) {
		return errNumber
	}
	return few(values)
}

func csvdecode(_ *Budget, args []cty.Value) error {
	s, ok := text(args, 0)
	if !ok {
		return nil
	}
	return few(strings.Count(s, ",") + strings.Count(s, "\n") + strings.Count(s, "\r"))
}

// regex charges for a search: the length of the text times that of the program that the pattern becomes.
func regex(b *Budget, args []cty.Value) error {
	pattern, _ := text(args, 0)
	s, ok := text(args, 1)
	if !ok {
		return nil
	}
	_, err := b.program(pattern, s)
	return err
}

// regexAll bounds how often the pattern is found, times what is kept of each.
func regexAll(b *Budget, args []cty.Value) error {
	pattern, _ := text(args, 0)
	s, ok := text(args, 1)
	if !ok {
		return nil
	}
	found, groups, err := b.search(pattern, s)
	if err != nil {
		return err
	}
	return few(found * (groups + 1))
}

// regexReplace finds out how often the pattern is found: each time the replacement is written, with what it refers to.
func regexReplace(b *Budget, args []cty.Value) error {
	s, ok := text(args, 0)
	if !ok {
		return nil
	}
	pattern, _ := text(args, 1)
	with, _ := text(args, 2)
	found, _, err := b.search(pattern, s)
	if err != nil {
		return err
	}
	return within(len(s) + found*len(with) + strings.Count(with, "$")*len(s))
}

// program charges for a search and gives the compiled pattern; nil for a broken one, of which the function says what
// is wrong with it.
func (b *Budget) program(pattern, s string) (*regexp.Regexp, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, nil
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, nil
	}
	if n := len(program.Inst); !b.spend(n/8 + n*(len(s)/64+1)) {
		return nil, b.err
	}
	re, _ := regexp.Compile(pattern)
	return re, nil
}

// search is how often a pattern is found, and how many groups it has.
func (b *Budget) search(pattern, s string) (found, groups int, err error) {
	re, err := b.program(pattern, s)
	if re == nil || err != nil {
		return 0, 0, err
	}
	found = len(re.FindAllStringIndex(s, MaxElements+1))
	return found, re.NumSubexp(), few(found)
}

// format bounds what each verb can write: a width as it stands in the format, or the longest argument, quoted.
func format(args []cty.Value, list bool) error {
	spec, ok := text(args, 0)
	if !ok {
		return nil
	}
	verbs, width := verbs(spec)
	if width > maxWidth {
		return errWidth
	}
	longest, rounds := 0, 1
	for n := 1; n < len(args); n++ {
		if err := textNumber(args[n]); err != nil {
			return err
		}
		if !list || args[n].IsNull() || !args[n].CanIterateElements() {
			longest = max(longest, written(args[n]))
			continue
		}
		rounds = max(rounds, args[n].LengthInt())
		for it := args[n].ElementIterator(); it.Next(); {
			_, v := it.Element()
			if err := textNumber(v); err != nil {
				return err
			}
			longest = max(longest, written(v))
		}
	}
	return within(rounds * (len(spec) + verbs*max(width, longest)))
}

// maxWidth is the widest field of a format.
const maxWidth = 4096

var errWidth = errors.New("a width or precision in a format may be at most 4096")

// verbs counts the verbs of a format, and gives the largest number that stands in one.
func verbs(spec string) (count, width int) {
	for i := 0; i < len(spec); i++ {
		if spec[i] != '%' {
			continue
		}
		count++
		number := 0
		for i++; i < len(spec) && strings.IndexByte("0123456789.+-# []*", spec[i]) >= 0; i++ {
			if c := spec[i]; c < '0' || c > '9' {
				number = 0
				continue
			}
			number = min(number*10+int(spec[i]-'0'), maxWidth+1)
			width = max(width, number)
		}
	}
	return count, width
}

// written is how long a value can get in a format: six bytes for each of a quoted text, the digits of a number.
func written(v cty.Value) int {
	var s size
	_ = s.add(v, 0)
	length := 6*s.bytes + 8*s.elements
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
		if v.Type() == cty.Number && v.IsKnown() && !v.IsNull() {
			e := v.AsBigFloat().MantExp(nil)
			length += max(e, -e, int(v.AsBigFloat().MinPrec()))
		}
		return true, nil
	})
	return length
}
