// SPDX-License-Identifier: MPL-2.0

package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
)

// maxLine bounds a source line that is shown, in characters.
const maxLine = 160

// Printer shows findings to a person: place, severity and summary, the source line with the text underlined, why and
// what to do. The zero value shows no source.
type Printer struct {
	// Source gives the text of a file, as it may be shown, or nil. It is the owner of the file who knows what is secret
	// in it.
	Source func(file string) []byte
	Colour bool
}

// The colours of a terminal, by severity.
var colours = map[Severity]string{Error: "31", Warning: "33", Info: "36"}

// Print writes each finding as a paragraph of its own.
func (p Printer) Print(w io.Writer, l List) error {
	var b bytes.Buffer
	for _, d := range l {
		p.one(&b, d)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (p Printer) one(b *bytes.Buffer, d Diagnostic) {
	if at := d.At.String(); at != "" {
		b.WriteString(untrusted.Text(at, 0) + ": ")
	}
	word := string(d.Severity)
	if p.Colour {
		word = "\x1b[" + colours[d.Severity] + "m" + word + "\x1b[0m"
	}
	b.WriteString(word + ": ")
	if d.Code != "" {
		b.WriteString(d.Code + ": ")
	}
	if d.Path != "" {
		b.WriteString(d.Path + ": ")
	}
	b.WriteString(d.Summary + "\n")
	if line, under := p.snippet(d); line != "" {
		number := fmt.Sprintf("%5d", d.At.Line)
		fmt.Fprintf(b, "%s | %s\n%s | %s\n", number, line, strings.Repeat(" ", len(number)), under)
	}
	for _, more := range []string{d.Detail, d.Remedy} {
		if more != "" {
			b.WriteString("        " + more + "\n")
		}
	}
}

// snippet is the source line of a finding, and the line that underlines what it is about.
func (p Printer) snippet(d Diagnostic) (line, under string) {
	if p.Source == nil || !d.At.Known() {
		return "", ""
	}
	source := p.Source(d.At.File)
	at := d.At.Byte
	if at < 0 || at > len(source) || len(source) == 0 {
		return "", ""
	}
	begin := bytes.LastIndexByte(source[:at], '\n') + 1
	end := len(source)
	if n := bytes.IndexByte(source[at:], '\n'); n >= 0 {
		end = at + n
	}
	stop := min(max(d.End.Byte, at), end)
	before, marked := string(source[begin:at]), string(source[at:stop])
	line = untrusted.Line(string(source[begin:end]))
	if r := []rune(line); len(r) > maxLine {
		line = string(r[:maxLine]) + "..."
	}
	return line, untrusted.Indent(before) + strings.Repeat("^", min(max(len([]rune(marked)), 1), maxLine))
}
