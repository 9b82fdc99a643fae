// SPDX-License-Identifier: MPL-2.0

package main

import (
	"regexp"
	"strings"
	"sync"

	"github.com/golden-image/packer-plugin-avma/unattend"
)

// attributeInText finds an attribute that a flag sets, in a sentence: with a value (evaluation = "keep" or
// "convert"), or by a name that is no everyday word.
var attributeInText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b([a-z]+(?:_[a-z]+)*) = ("[^"]*"(?: or "[^"]*")*)|\b([a-z]+(?:_[a-z]+)+)\b`)
})

// speak says a problem in the words that the user used: by the flag or the variable that gave an attribute, and,
// where there is no file, by the flag that would.
func (o origins) speak(p unattend.Problem, hasFile bool) unattend.Problem {
	p.Summary, p.Detail = o.words(p.Summary, hasFile), o.words(p.Detail, hasFile)
	return p
}

func (o origins) words(text string, hasFile bool) string {
	return attributeInText().ReplaceAllStringFunc(text, func(found string) string {
		name, values, hasValue := strings.Cut(found, " = ")
		flag, given := o.flag(name)
		if !strings.HasPrefix(flag, "--") && !given || hasFile && !given {
			return found
		}
		if !hasValue {
			return flag
		}
		var out []string
		for _, value := range strings.Split(values, " or ") {
			if bare := strings.Trim(value, `"`); !strings.ContainsAny(bare, " ") {
				value = bare
			}
			out = append(out, flag+"="+value)
		}
		return strings.Join(out, " or ")
	})
}
