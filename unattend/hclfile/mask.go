// SPDX-License-Identifier: MPL-2.0

package hclfile

import (
	"bytes"
	"strings"
)

// isSecretName says whether an attribute of that name holds a secret. A product key may be a MAK.
func isSecretName(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "password") || name == "product_key" || name == "account_data"
}

// mask gives a copy of a source text with the literal values of secret attributes as asterisks, for source lines in
// messages. Length and line ends stay, so that positions still fit. It works on text that does not parse, too.
func mask(src []byte, secret func(name string) bool) []byte {
	out := bytes.Clone(src)
	for i := 0; i < len(out); {
		if !isIdent(out[i]) {
			i++
			continue
		}
		start := i
		for i < len(out) && (isIdent(out[i]) || out[i] == '-') {
			i++
		}
		name := string(out[start:i])
		at := i
		if at < len(out) && out[at] == '"' {
			at++ // JSON
		}
		at = skipBlanks(out, at)
		if at >= len(out) || out[at] != '=' && out[at] != ':' || !secret(name) {
			continue
		}
		i = maskValue(out, skipBlanks(out, at+1))
	}
	return out
}

// maskValue hides the value that begins at i and gives the place after it.
func maskValue(out []byte, i int) int {
	switch {
	case i < len(out) && out[i] == '"':
		return maskString(out, i)
	case bytes.HasPrefix(out[i:], []byte("<<")):
		return maskHeredoc(out, i)
	}
	// An expression: its literals, to the end of the line.
	for i < len(out) && out[i] != '\n' {
		if out[i] == '"' {
			i = maskString(out, i)
			continue
		}
		i++
	}
	return i
}

// maskString hides a quoted string; one without an end is hidden to the end of the line.
func maskString(out []byte, i int) int {
	for i++; i < len(out) && out[i] != '"' && out[i] != '\n' && out[i] != '\r'; i++ {
		if out[i] == '\\' && i+1 < len(out) && out[i+1] != '\n' {
			out[i] = '*'
			i++
		}
		out[i] = '*'
	}
	return min(i+1, len(out))
}

func maskHeredoc(out []byte, i int) int {
	line, _, _ := bytes.Cut(out[i:], []byte("\n"))
	end := strings.TrimSpace(strings.TrimLeft(string(line), "<-"))
	for i += len(line); i < len(out); {
		i++ // the line end
		line, _, _ := bytes.Cut(out[i:], []byte("\n"))
		if strings.TrimSpace(string(line)) == end {
			return i + len(line)
		}
		for j := range line {
			if line[j] != '\r' {
				line[j] = '*'
			}
		}
		i += len(line)
	}
	return len(out)
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
		i++
	}
	return i
}

func isIdent(b byte) bool {
	return b == '_' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}
