// SPDX-License-Identifier: MPL-2.0

package catalogfile

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
)

// maxLine bounds a source line that is shown, in characters.
const maxLine = 160

// snippet is the source line of a range, and the line that underlines it. A place far to the right has none: nobody
// wrote that line by hand.
func (e *Error) snippet(at hcl.Range, mask bool) (line, under string) {
	if at.Start.Byte > len(e.source) || at.Start.Byte < 0 {
		return "", ""
	}
	begin := bytes.LastIndexByte(e.source[:at.Start.Byte], '\n') + 1
	whole, _, _ := strings.Cut(string(e.source[begin:min(len(e.source), begin+8*maxLine)]), "\n")
	column := at.Start.Byte - begin
	if column > maxLine {
		return "", ""
	}
	marked := whole[column:min(max(at.End.Byte-begin, column), len(whole))]
	line = whole[:shown(whole)]
	if mask {
		line = line[:min(column, len(line))] + strings.Map(maskRune, marked)
	} else if len(line) < len(whole) {
		line += hidden
	}
	line = untrusted.Line(line)
	if r := []rune(line); len(r) > maxLine {
		line = string(r[:maxLine]) + "..."
	}
	return line, untrusted.Indent(whole[:column]) + strings.Repeat("^", min(max(len([]rune(marked)), 1), maxLine))
}

// hidden stands for what may be a key that is secret.
const hidden = "****"

var (
	// keyValue is where the value of a key begins.
	keyValue = regexp.MustCompile(`\bkey"?\s*[=:]\s*`)
	// firstName is the name at the beginning of a line, with what is between it and its value.
	firstName = regexp.MustCompile(`^[\s{\[]*"?([A-Za-z_0-9-]*)"?\s*[=:]?\s*`)
)

// shown is how much of a line may be shown: nothing behind a name that is none of a catalogue file's, which may be a
// misspelt key, and nothing behind key itself.
func shown(line string) int {
	first := firstName.FindStringSubmatchIndex(line)
	name := line[first[2]:first[3]]
	known := name == "" || name == "release" || name == "key" || name == "host"
	for _, kind := range []string{"release", "key", "host"} {
		known = known || slices.Contains(attributes(kind), name)
	}
	switch {
	case !known && strings.ContainsAny(line[first[3]:first[1]], "=:"):
		return first[1]
	case !known:
		return first[2]
	}
	if at := keyValue.FindStringIndex(line); at != nil {
		return at[1]
	}
	return len(line)
}

func maskRune(r rune) rune {
	if r == '"' || r == '-' || r == ' ' {
		return r
	}
	return 'x'
}
