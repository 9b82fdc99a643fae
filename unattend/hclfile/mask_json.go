// SPDX-License-Identifier: MPL-2.0

package hclfile

import "strings"

// jsonLine shows a line of a JSON file, whether or not the file parses: brackets, names, and the values of public
// attributes. What is no string, number or bracket is hidden.
func (v viewer) jsonLine(line string) string {
	var b strings.Builder
	name := ""
	for i := 0; i < len(line); {
		start := i
		switch c := line[i]; {
		case c == '"':
			i++
			for i < len(line) && line[i] != '"' {
				if line[i] == '\\' {
					i++
				}
				i++
			}
			closed := i < len(line)
			i = min(i+1, len(line))
			text := line[start:i]
			switch {
			case closed && isName(text[1:len(text)-1]) && strings.HasPrefix(strings.TrimLeft(line[i:], " \t"), ":"):
				name = text[1 : len(text)-1]
				b.WriteString(text)
			case closed && public[name] && !v.values && !strings.ContainsAny(text, "${%\\"):
				b.WriteString(text)
			default:
				b.WriteString(v.reference(text))
			}
		case strings.IndexByte("{}[]:, \t\r", c) >= 0:
			i++
			b.WriteByte(c)
		default:
			for i < len(line) && strings.IndexByte("{}[]:, \t\r\"", line[i]) < 0 {
				i++
			}
			word := line[start:i]
			if word != "true" && word != "false" && word != "null" && !(public[name] && !v.values && isNumber(word)) {
				word = hidden
			}
			b.WriteString(word)
		}
	}
	return b.String()
}

// reference shows a string that is one reference to a variable or a local, "${var.name}"; any other is hidden.
func (v viewer) reference(text string) string {
	inner, ok := strings.CutPrefix(text, `"${`)
	if inner, closed := strings.CutSuffix(inner, `}"`); ok && closed {
		root, name, _ := strings.Cut(inner, ".")
		if (root == "var" || root == "local") && isName(name) {
			return text
		}
	}
	return `"` + hidden + `"`
}

// isName says whether s has the form of a name of ours. A password that is a name of an object has not, most likely;
// and nobody puts one there.
func isName(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_-0123456789") == "" && s[0] >= 'a' && s[0] <= 'z'
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "-+.eE0123456789") == "" }
