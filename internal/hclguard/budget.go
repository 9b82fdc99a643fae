// SPDX-License-Identifier: MPL-2.0

package hclguard

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Budget is the work that one configuration may cause. It is not for use by several goroutines.
type Budget struct {
	ctx   context.Context
	steps int
	total int
	err   error
	at    *hcl.Range // where it ran out
}

// NewBudget makes a budget. When ctx ends, so does the evaluation, with the context's error.
func NewBudget(ctx context.Context) *Budget { return &Budget{ctx: ctx} }

const summary = "Too much work"

var (
	errSteps  = errors.New("the expressions of this file need more work than any configuration does; are there loops inside of loops, or a value that doubles itself?")
	errTotal  = fmt.Errorf("the expressions of this file make more than %d MiB of data", maxTotal>>20)
	errNumber = fmt.Errorf("a number has to be finite, of at most %d digits, and below 2 to the power of %d", MaxDigits, MaxExponent)
	errValue  = fmt.Errorf("a value may have at most %d elements, %d inside each other, and %d MiB", MaxElements, maxValueDepth, MaxBytes>>20)
)

// Err is why the evaluation was given up; nil as long as it was not. It is the context's error when that has ended.
// What was evaluated before means nothing then, and errors that came with it are consequences.
func (b *Budget) Err() error { return b.err }

// Diagnostics is Err for the reader, with the place where it happened if that is known; nil when the context ended.
func (b *Budget) Diagnostics() hcl.Diagnostics {
	if b.err == nil || b.Cancelled() {
		return nil
	}
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: summary, Subject: b.at, Detail: sentence(b.err)}}
}

// Cancelled says whether the context ended the evaluation.
func (b *Budget) Cancelled() bool { return b.err != nil && errors.Is(b.err, b.ctx.Err()) }

// Spend takes work out of the budget; false means that there is none left.
func (b *Budget) Spend(steps int) bool { return b.spend(steps) }

func (b *Budget) spend(steps int) bool {
	if b.err != nil {
		return false
	}
	before := b.steps
	b.steps += steps
	if before>>8 != b.steps>>8 || before == 0 {
		if err := b.ctx.Err(); err != nil {
			b.err = err
			return false
		}
	}
	if b.steps > maxSteps {
		b.err = errSteps
	}
	return b.err == nil
}

// make takes bytes that are going to be made out of the budget.
func (b *Budget) make(bytes int) bool {
	if b.err == nil {
		if b.total += bytes; b.total > maxTotal {
			b.err = errTotal
		}
	}
	return b.err == nil
}

// Check looks at a value that comes from outside, or goes there: no number without an end, and nothing too large.
func (b *Budget) Check(v cty.Value) error {
	_, err := b.measure(v)
	return err
}

// size is how large a value is, with all that is in it. What stands in it twice counts twice.
type size struct{ elements, numbers, bytes int }

// measure looks at a value; an error says that it is too large, or that the budget is at its end.
func (b *Budget) measure(v cty.Value) (size, error) {
	var s size
	err := s.add(v, 0)
	if !b.spend(s.elements/8 + s.numbers + s.bytes/1024) {
		return s, b.err
	}
	return s, err
}

func (s *size) add(v cty.Value, depth int) error {
	if s.elements++; s.elements > MaxElements || depth > maxValueDepth {
		return errValue
	}
	if v == cty.NilVal {
		return nil
	}
	v, _ = v.Unmark()
	if v.IsNull() || !v.IsKnown() {
		return nil
	}
	switch ty := v.Type(); {
	case ty == cty.String:
		if s.bytes += len(v.AsString()); s.bytes > MaxBytes {
			return errValue
		}
	case ty == cty.Number:
		s.numbers++
		return checkNumber(v.AsBigFloat())
	case ty.IsObjectType() || ty.IsTupleType() || ty.IsCollectionType():
		for it := v.ElementIterator(); it.Next(); {
			key, value := it.Element()
			if ty.IsObjectType() || ty.IsMapType() {
				key, _ = key.Unmark()
				if s.bytes += len(key.AsString()); s.bytes > MaxBytes {
					return errValue
				}
			}
			if err := s.add(value, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkNumber(n *big.Float) error {
	if n.IsInf() {
		return errNumber
	}
	if e := n.MantExp(nil); n.Sign() != 0 && (e > MaxExponent || e < -MaxExponent) {
		return errNumber
	}
	return nil
}

// hugeExponent says whether a number as it is written has more than four digits of exponent.
func hugeExponent(text string) bool {
	for i := range len(text) {
		if text[i] == 'e' || text[i] == 'E' || text[i] == 'p' || text[i] == 'P' {
			return len(text)-i > 6
		}
	}
	return false
}

// sentence begins an error's text as a sentence and ends it as one.
func sentence(err error) string {
	s := err.Error()
	if s[len(s)-1] != '?' {
		s += "."
	}
	return string(s[0]-'a'+'A') + s[1:]
}
