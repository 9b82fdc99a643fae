// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"fmt"
	"strings"
)

// psLine runs a line in a guest whose SSH shell is PowerShell. A call of powershell is taken apart as PowerShell
// does before it starts a program; anything else runs as it is.
func (g *Guest) psLine(ctx context.Context, line string, s Streams) int {
	words, simple := splitPS(line)
	if simple && len(words) > 0 && isPowerShell(words[0]) {
		// Windows PowerShell puts quotes around an argument with blanks and escapes none inside of it.
		var b strings.Builder
		for _, w := range words[1:] {
			if w == "" || strings.ContainsAny(w, " \t") {
				w = `"` + w + `"`
			}
			b.WriteString(w + " ")
		}
		code, _ := g.PowerShell(ctx, splitArguments(b.String()), false, s)
		return code
	}
	code, _ := g.run(ctx, psCall{command: line}, false, s)
	return code
}

func isPowerShell(word string) bool {
	w := strings.ToLower(word)
	return w == "powershell" || w == "powershell.exe" || strings.HasSuffix(w, `\powershell.exe`) || strings.HasSuffix(w, "/powershell.exe")
}

// splitPS splits a PowerShell command line of plain words and strings. Variables are empty, as they would be. It is not
// simple when there is more than one command or an expression.
func splitPS(line string) (words []string, simple bool) {
	var cur strings.Builder
	started := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case ' ', '\t':
			if started {
				words = append(words, cur.String())
				cur.Reset()
				started = false
			}
		case '\'':
			started = true
			for i++; i < len(line); i++ {
				if line[i] == '\'' {
					if i+1 < len(line) && line[i+1] == '\'' {
						i++
					} else {
						break
					}
				}
				cur.WriteByte(line[i])
			}
		case '"':
			started = true
			for i++; i < len(line) && line[i] != '"' || i+1 < len(line) && line[i+1] == '"'; i++ {
				switch {
				case line[i] == '"': // doubled
					i++
					cur.WriteByte('"')
				case line[i] == '`' && i+1 < len(line):
					i++
					cur.WriteByte(line[i])
				case line[i] == '$' && i+1 < len(line) && line[i+1] == '(':
					return nil, false
				case line[i] == '$' && i+1 < len(line) && isName(line[i+1]):
					for i+1 < len(line) && isName(line[i+1]) {
						i++
					}
				default:
					cur.WriteByte(line[i])
				}
			}
		case '`':
			if i+1 < len(line) {
				i++
				started = true
				cur.WriteByte(line[i])
			}
		case ';', '|', '&', '(', ')', '{', '}', '$', '>', '<', '@':
			return nil, false
		default:
			started = true
			cur.WriteByte(c)
		}
	}
	if started {
		words = append(words, cur.String())
	}
	return words, true
}

func isName(c byte) bool {
	return c == '_' || c == ':' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// bashLine runs a line in a guest whose SSH shell is Git bash.
func (g *Guest) bashLine(ctx context.Context, line string, s Streams) int {
	words, err := splitBash(line)
	if err != nil || len(words) == 0 {
		fmt.Fprintf(s.Err, "bash: -c: line 1: %v\n", err)
		return 2
	}
	// MSYS gives a Windows program Windows paths: an argument that looks like an absolute path is rewritten.
	for i, w := range words[1:] {
		if len(w) > 1 && w[0] == '/' && w[1] != '/' {
			words[i+1] = "C:/Program Files/Git" + w
		}
	}
	if isPowerShell(words[0]) {
		code, _ := g.PowerShell(ctx, words[1:], false, s)
		return code
	}
	if words[0] == "exit" || words[0] == "true" {
		return 0
	}
	fmt.Fprintf(s.Err, "bash: line 1: %s: command not found\n", words[0])
	return 127
}

// splitBash splits a simple command as a POSIX shell does. Variables are empty.
func splitBash(line string) ([]string, error) {
	var words []string
	var cur strings.Builder
	started := false
	variable := func(i int) int {
		for i+1 < len(line) && isName(line[i+1]) && line[i+1] != ':' {
			i++
		}
		return i
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case ' ', '\t', '\n':
			if started {
				words = append(words, cur.String())
				cur.Reset()
				started = false
			}
		case '\'':
			started = true
			end := strings.IndexByte(line[i+1:], '\'')
			if end < 0 {
				return nil, fmt.Errorf("unexpected EOF while looking for matching `''")
			}
			cur.WriteString(line[i+1 : i+1+end])
			i += end + 1
		case '"':
			started = true
			for i++; ; i++ {
				if i >= len(line) {
					return nil, fmt.Errorf("unexpected EOF while looking for matching `\"'")
				}
				if line[i] == '"' {
					break
				}
				switch {
				case line[i] == '\\' && i+1 < len(line) && strings.IndexByte("$`\"\\", line[i+1]) >= 0:
					i++
					cur.WriteByte(line[i])
				case line[i] == '`':
					return nil, fmt.Errorf("command substitution is not simulated")
				case line[i] == '$' && i+1 < len(line) && isName(line[i+1]):
					i = variable(i)
				default:
					cur.WriteByte(line[i])
				}
			}
		case '\\':
			started = true
			if i+1 < len(line) {
				i++
				cur.WriteByte(line[i])
			}
		case '$':
			i = variable(i)
		case ';', '|', '&', '(', ')', '>', '<', '`':
			return nil, fmt.Errorf("syntax error near unexpected token `%c'", c)
		default:
			started = true
			cur.WriteByte(c)
		}
	}
	if started {
		words = append(words, cur.String())
	}
	return words, nil
}
