// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/golden-image/packer-plugin-avma/activation"
)

// width is where text is wrapped, in characters: it fits a terminal and the log of a build.
const width = 100

// Text writes a verdict for people: the status with the guest, the reason that explains it with what to do, then the
// other reasons. color adds terminal colours, and nothing else changes.
func Text(w io.Writer, v activation.Verdict, f activation.Facts, color bool) error {
	p := printer{color: color}
	p.line(p.paint(statusColor(v.Status), clean(string(v.Status))), "  ", strings.Join(guestLine(v, f), ", "))
	for i, r := range v.Reasons {
		if i == 1 {
			p.line()
			p.line("Also:")
		}
		p.reason(r, i == 0)
	}
	if len(v.Reasons) == 0 {
		p.line("  no reason was given")
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// guestLine says which guest this is, in parts.
func guestLine(v activation.Verdict, f activation.Facts) []string {
	var parts []string
	title := "unknown Windows"
	if v.Release != "" {
		title = "Windows Server " + clean(v.Release) + " " + clean(v.Edition)
		if v.Core {
			title += " (Server Core)"
		}
		if v.Evaluation {
			title += " Evaluation"
		}
	}
	parts = append(parts, title)
	if v.Build != 0 {
		build := fmt.Sprintf("build %d", v.Build)
		if f.OS.Revision != 0 {
			build += fmt.Sprintf(".%d", f.OS.Revision)
		}
		parts = append(parts, build)
	}
	for _, x := range []struct{ label, value string }{{"key ", v.PartialKey}, {"channel ", v.Channel}, {"computer ", f.OS.ComputerName}} {
		if s := clean(x.value); s != "" {
			parts = append(parts, x.label+s)
		}
	}
	return parts
}

type printer struct {
	b     strings.Builder
	color bool
}

func (p *printer) line(parts ...string) {
	for _, s := range parts {
		p.b.WriteString(s)
	}
	p.b.WriteByte('\n')
}

// reason writes one reason; the leading one with a blank line before it.
func (p *printer) reason(r activation.Reason, lead bool) {
	if lead {
		p.line()
	}
	code := clean(r.Code)
	head := "  " + code + "  "
	if !lead {
		head += clean(string(r.Severity)) + ": "
	}
	p.line("  ", p.paint(severityColor(r.Severity), code), strings.TrimPrefix(head, "  "+code), clean(r.Summary))
	p.wrapped("", r.Detail)
	if r.HResult != "" {
		p.wrapped("Windows says: ", strings.TrimSpace(r.HResult+" "+r.Symbol))
	}
	p.wrapped("What to do: ", r.Remedy)
}

const indent = "            " // under the summary, behind "  AVMA-101  "

func (p *printer) wrapped(label, text string) {
	if text = clean(text); text == "" {
		return
	}
	line := ""
	for _, word := range strings.Fields(label + text) {
		if line != "" && utf8.RuneCountInString(indent+line+" "+word) > width {
			p.line(indent, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	p.line(indent, line)
}

func (p *printer) paint(sgr, s string) string {
	if !p.color || sgr == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

// The terminal's own basic colours, so that they suit any background.
const (
	green, yellow, red, cyan = "1;32", "1;33", "1;31", "1;36"
)

func statusColor(s activation.Status) string {
	switch s {
	case activation.Activated:
		return green
	case activation.Deferred:
		return cyan
	case activation.Pending:
		return yellow
	}
	return red
}

func severityColor(s activation.Severity) string {
	switch s {
	case activation.Error:
		return red
	case activation.Warning:
		return yellow
	}
	return cyan
}
