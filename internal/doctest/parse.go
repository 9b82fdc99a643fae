// SPDX-License-Identifier: MPL-2.0

package doctest

import "strings"

// Fence is one fenced block of a Markdown text.
type Fence struct {
	Lang  string // first word behind the fence
	Line  int    // of its first content line, from 1
	Lines []string
}

// Fences lists the fenced blocks of a text.
func Fences(markdown string) []Fence {
	var list []Fence
	var open *Fence
	var mark, indent string
	for i, line := range strings.Split(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n") {
		trimmed := strings.TrimLeft(line, " ")
		switch {
		case open == nil && (strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~")):
			mark, indent = trimmed[:3], line[:len(line)-len(trimmed)]
			word, _, _ := strings.Cut(strings.TrimSpace(strings.TrimLeft(trimmed, "`~")), " ")
			open = &Fence{Lang: word, Line: i + 2}
		case open != nil && strings.TrimSpace(trimmed) == mark:
			list = append(list, *open)
			open = nil
		case open != nil:
			open.Lines = append(open.Lines, strings.TrimPrefix(line, indent))
		}
	}
	return list
}

// step is one command of a console block with the output that is shown.
type step struct {
	line    int      // of the command
	command string   // without "$ ", continued lines joined
	source  []string // the command's own lines
	want    []string
}

// steps reads a console block. Lines before the first "$ " belong to no command.
func steps(f Fence) []step {
	var list []step
	for i := 0; i < len(f.Lines); i++ {
		line := f.Lines[i]
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			if len(list) > 0 {
				last := &list[len(list)-1]
				last.want = append(last.want, line)
			}
			continue
		}
		s := step{line: f.Line + i, source: []string{line}}
		for strings.HasSuffix(command, "\\") && i+1 < len(f.Lines) {
			i++
			s.source = append(s.source, f.Lines[i])
			command = strings.TrimSuffix(command, "\\") + " " + strings.TrimPrefix(strings.TrimSpace(f.Lines[i]), "> ")
		}
		s.command = command
		list = append(list, s)
	}
	return list
}

// words splits a command as a shell does, without expansions. Operators are words of their own.
func words(command string) []string {
	var list []string
	var word strings.Builder
	in, quote := false, byte(0)
	end := func() {
		if in {
			list = append(list, word.String())
			word.Reset()
			in = false
		}
	}
	for i := 0; i < len(command); i++ {
		c := command[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == '"' && c == '\\' && i+1 < len(command) && strings.IndexByte(`"\$`, command[i+1]) >= 0:
			i++
			word.WriteByte(command[i])
		case quote != 0:
			word.WriteByte(c)
		case c == '\'' || c == '"':
			quote, in = c, true
		case c == ' ' || c == '\t':
			end()
		case c == '\\' && i+1 < len(command):
			i++
			word.WriteByte(command[i])
			in = true
		default:
			word.WriteByte(c)
			in = true
		}
	}
	end()
	return list
}

// matches compares output with what is shown, in which a line "..." stands for any lines.
func matches(want, got []string) bool {
	for i, w := range want {
		if w == "..." {
			rest := want[i+1:]
			for skip := 0; skip <= len(got)-i; skip++ {
				if matches(rest, got[i+skip:]) {
					return true
				}
			}
			return false
		}
		if i >= len(got) || strings.TrimRight(got[i], " \t\r") != strings.TrimRight(w, " \t") {
			return false
		}
	}
	return len(want) == len(got)
}
