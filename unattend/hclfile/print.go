// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// width is where long explanations are wrapped: a terminal of the usual size, and a CI log alike.
const width = 100

// sourceLine is what is shown of the place of a diagnostic.
type sourceLine struct{ block, text string }

// Print writes the diagnostics as HCL prints them: what, the line of the file, why and what to do.
func (e *Error) Print(w io.Writer, colour bool) error {
	var b bytes.Buffer
	for i, d := range e.Diagnostics {
		word, code := "Error", "31"
		if d.Severity == hcl.DiagWarning {
			word, code = "Warning", "33"
		}
		if colour {
			word = "\x1b[" + code + "m" + word + "\x1b[0m"
		}
		fmt.Fprintf(&b, "%s: %s\n\n", word, d.Summary)
		if d.Subject != nil {
			line := e.lines[i]
			if line.block != "" {
				line.block = ", in " + line.block
			}
			fmt.Fprintf(&b, "  on %s line %d%s:\n", d.Subject.Filename, d.Subject.Start.Line, line.block)
			if line.text != "" {
				fmt.Fprintf(&b, "%4d: %s\n", d.Subject.Start.Line, line.text)
			}
			b.WriteString("\n")
		}
		if d.Detail != "" {
			b.WriteString(wrap(d.Detail) + "\n\n")
		}
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "And %d more. Mend these first; the rest may be of the same kind.\n", e.More)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// wrap breaks lines between words.
func wrap(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		column := 0
		for n, word := range strings.Split(line, " ") {
			length := utf8.RuneCountInString(word)
			switch {
			case n == 0:
			case column+1+length > width:
				b.WriteByte('\n')
				column = 0
			default:
				b.WriteByte(' ')
				column++
			}
			b.WriteString(word)
			column += length
		}
	}
	return b.String()
}

// lines gives the source line of each diagnostic.
func (f *File) lines(diags hcl.Diagnostics, words map[string]bool) []sourceLine {
	viewers := make(map[string]viewer)
	lines := make([]sourceLine, len(diags))
	for i, d := range diags {
		if d.Subject == nil {
			continue
		}
		name := d.Subject.Filename
		file := f.files[name]
		if file == nil {
			continue
		}
		v, ok := viewers[name]
		if !ok {
			v = f.viewer(name, file, words)
			viewers[name] = v
		}
		lines[i] = sourceLine{block: f.blockAround(file, *d.Subject, words), text: v.line(*d.Subject)}
	}
	return lines
}

// blockAround names the block around a place, as far as its names are known.
func (f *File) blockAround(file *hcl.File, at hcl.Range, words map[string]bool) string {
	navigator, ok := file.Nav.(interface{ ContextString(int) string })
	if !ok {
		return ""
	}
	text := navigator.ContextString(at.Start.Byte)
	for _, name := range quoted.FindAllString(text, -1) {
		if !words[strings.Trim(name, `"`)] {
			text = strings.Replace(text, name, `"`+hidden+`"`, 1)
		}
	}
	if first, _, _ := strings.Cut(text, " "); !isName(first) {
		return ""
	}
	return text
}
