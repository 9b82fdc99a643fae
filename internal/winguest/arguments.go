// SPDX-License-Identifier: MPL-2.0

package winguest

import "strings"

// splitArguments takes a command line apart as the C run-time of a Windows program does (CommandLineToArgvW): blanks
// separate, quotes hold together, a backslash escapes only before a quote, two quotes within quotes are one.
func splitArguments(line string) []string {
	var args []string
	var cur strings.Builder
	quoted, started := false, false
	for i := 0; i < len(line); {
		c := line[i]
		switch {
		case c == '\\':
			n := 0
			for i < len(line) && line[i] == '\\' {
				n++
				i++
			}
			started = true
			if i < len(line) && line[i] == '"' {
				cur.WriteString(strings.Repeat(`\`, n/2))
				if n%2 == 1 {
					cur.WriteByte('"')
					i++
				}
			} else {
				cur.WriteString(strings.Repeat(`\`, n))
			}
			continue
		case c == '"':
			started = true
			if quoted && i+1 < len(line) && line[i+1] == '"' {
				cur.WriteByte('"')
				i += 2
				continue
			}
			quoted = !quoted
		case (c == ' ' || c == '\t') && !quoted:
			if started {
				args = append(args, cur.String())
				cur.Reset()
				started = false
			}
		default:
			started = true
			cur.WriteByte(c)
		}
		i++
	}
	if started {
		args = append(args, cur.String())
	}
	return args
}
