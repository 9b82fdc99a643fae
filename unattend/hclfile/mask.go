// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/golden-image/packer-plugin-avma/internal/untrusted"
)

// Source lines in messages are made anew, of what is known to be no secret, in place of hiding what is known to be one:
// a password may stand at a misspelt name, without quotes, in a comment, or in a file that does not parse.

// hidden stands for whatever is not shown. It is of one length: that of a password is nobody's business.
const hidden = "****"

// maxLine bounds a source line that is shown, in characters.
const maxLine = 160

// viewer shows the lines of one file.
type viewer struct {
	src   []byte
	body  *hclsyntax.Body // nil: JSON, or a file that does not parse
	json  bool
	words map[string]bool
	// values says whether the attributes are variables, whose values are not shown.
	values bool
}

var withLocals = regexp.MustCompile(`\blocals?\b`)

// viewer gives the viewer of a file. Names mean nothing in a file of values, nor among locals; where that cannot be
// told apart, values are shown of no name.
func (f *File) viewer(name string, file *hcl.File, words map[string]bool) viewer {
	v := viewer{src: file.Bytes, words: words, json: f.isJSON[name], values: f.valueFiles[name]}
	if body, ok := file.Body.(*hclsyntax.Body); ok {
		v.body = body
	} else if withLocals.Match(file.Bytes) {
		v.values = true
	}
	return v
}

// line is the source line of a range, as it may be shown; "" where there is none.
func (v viewer) line(at hcl.Range) string {
	if at.Start.Byte < 0 || at.Start.Byte > len(v.src) || len(v.src) == 0 {
		return ""
	}
	begin := bytes.LastIndexByte(v.src[:at.Start.Byte], '\n') + 1
	end := len(v.src)
	if n := bytes.IndexByte(v.src[at.Start.Byte:], '\n'); n >= 0 {
		end = at.Start.Byte + n
	}
	text := ""
	switch line := string(v.src[begin:min(end, begin+8*maxLine)]); {
	case v.json:
		text = v.jsonLine(line)
	case v.body == nil:
		text = v.broken(line)
	default:
		text = v.native(begin, end, at.Start.Byte)
	}
	text = untrusted.Line(text)
	if r := []rune(text); len(r) > maxLine {
		text = string(r[:maxLine]) + "..."
	}
	return text
}

// native shows a line of a file in the native syntax: the attribute, or the header of the block.
func (v viewer) native(begin, end, at int) string {
	attr, block, outermost := find(v.body, at)
	if outermost == "locals" || outermost == "local" || outermost == "variable" {
		v.values = true
	}
	indent := string(v.src[begin : begin+blanks(v.src[begin:end])])
	switch {
	case attr == nil && block != nil && block.TypeRange.Start.Byte >= begin && block.TypeRange.Start.Byte < end:
		return indent + v.header(block)
	case attr == nil:
		return indent + hidden
	case attr.NameRange.Start.Byte < begin: // a further line of the value
		return indent + v.value(attr, max(begin+len(indent), attr.Expr.Range().Start.Byte), end)
	}
	from := attr.Expr.Range().Start.Byte
	return indent + string(v.src[attr.NameRange.Start.Byte:min(from, end)]) + v.value(attr, from, end)
}

// find gives the innermost attribute or block around a byte, and the type of the outermost block.
func find(body *hclsyntax.Body, at int) (attr *hclsyntax.Attribute, block *hclsyntax.Block, outermost string) {
	for _, attr := range body.Attributes {
		if around(attr.SrcRange, at) {
			return attr, nil, ""
		}
	}
	for _, block := range body.Blocks {
		if around(block.Range(), at) {
			if attr, inner, _ := find(block.Body, at); attr != nil || inner != nil {
				return attr, inner, block.Type
			}
			return nil, block, block.Type
		}
	}
	return nil, nil, ""
}

func around(r hcl.Range, at int) bool { return r.Start.Byte <= at && at <= r.End.Byte }

func (v viewer) header(block *hclsyntax.Block) string {
	text := block.Type
	for _, label := range block.Labels {
		if !v.words[label] {
			label = hidden
		}
		text += ` "` + label + `"`
	}
	return text + " {"
}

// value shows the part of an attribute's value that stands between two bytes of the file. A plain value of a public
// attribute is shown as it is. Of any other, names and operators are; and nothing, when a name is not known: it may be
// a password without quotes.
func (v viewer) value(attr *hclsyntax.Attribute, begin, end int) string {
	at := attr.Expr.Range()
	tokens, _ := hclsyntax.LexExpression(at.SliceBytes(v.src), "", at.Start)
	shown := public[attr.Name] && !v.values && plain(tokens)
	bound := loopNames(tokens)
	var b strings.Builder
	last := begin
	for i, t := range tokens {
		if t.Range.Start.Byte < begin || t.Range.Start.Byte >= end || t.Type == hclsyntax.TokenNewline || t.Type == hclsyntax.TokenEOF {
			continue
		}
		b.WriteString(strings.Repeat(" ", min(max(t.Range.Start.Byte-last, 0), 16)))
		last = t.Range.End.Byte
		word := string(t.Bytes)
		switch t.Type {
		case hclsyntax.TokenComment:
			return strings.TrimRight(b.String(), " ")
		case hclsyntax.TokenQuotedLit, hclsyntax.TokenStringLit, hclsyntax.TokenNumberLit:
			if !shown {
				word = hidden
			}
		case hclsyntax.TokenOHeredoc:
			word = "<<..."
		case hclsyntax.TokenCHeredoc:
			word = ""
		case hclsyntax.TokenIdent:
			member := i > 0 && tokens[i-1].Type == hclsyntax.TokenDot
			if !shown && !member && !v.words[word] && !bound[word] {
				return hidden
			}
		}
		b.WriteString(word)
	}
	return b.String()
}

// plain says whether an expression is made of literals alone.
func plain(tokens hclsyntax.Tokens) bool {
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOQuote, hclsyntax.TokenCQuote, hclsyntax.TokenQuotedLit, hclsyntax.TokenNumberLit, hclsyntax.TokenOBrack,
			hclsyntax.TokenCBrack, hclsyntax.TokenComma, hclsyntax.TokenIdent, hclsyntax.TokenMinus, hclsyntax.TokenNewline, hclsyntax.TokenComment,
			hclsyntax.TokenEOF:
		default:
			return false
		}
	}
	return true
}

// loopNames are the names that the loops of an expression bind.
func loopNames(tokens hclsyntax.Tokens) map[string]bool {
	names := make(map[string]bool)
	for i := 0; i+1 < len(tokens); i++ {
		if tokens[i].Type != hclsyntax.TokenIdent || string(tokens[i].Bytes) != "for" {
			continue
		}
		for n := i + 1; n < min(i+4, len(tokens)) && string(tokens[n].Bytes) != "in"; n++ {
			names[string(tokens[n].Bytes)] = true
		}
	}
	return names
}

// broken shows a line of a file that does not parse: the name at its beginning, and a plain value of a public one.
func (v viewer) broken(line string) string {
	indent, rest := line[:blanks([]byte(line))], line[blanks([]byte(line)):]
	n := 0
	for n < len(rest) && isIdent(rest[n]) {
		n++
	}
	name, after := rest[:n], strings.TrimLeft(rest[n:], " \t")
	switch {
	case !v.words[name]:
		return indent + hidden
	case strings.TrimSpace(after) == "{" || strings.TrimSpace(after) == "":
		return indent + strings.TrimSpace(rest)
	case !strings.HasPrefix(after, "="):
		return indent + name + " " + hidden
	}
	equals := rest[:strings.Index(rest, "=")+1]
	if value := strings.TrimSpace(rest[len(equals):]); public[name] && !v.values && strings.Trim(value, plainLetters) == "" {
		return indent + strings.TrimRight(rest, " \t\r")
	}
	return indent + equals + " " + hidden
}

// plainLetters are what a plain value of a public attribute is made of, with a quote too many or too few.
const plainLetters = `"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-`

func blanks(line []byte) int {
	n := 0
	for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
		n++
	}
	return n
}

func isIdent(b byte) bool {
	return b == '_' || b == '-' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}
