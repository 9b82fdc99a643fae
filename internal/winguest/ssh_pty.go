// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"strings"
)

// unquoted is a command as PowerShell gets it where the server writes it behind -c without escaping its double quotes:
// the C run-time takes them for its own and drops them, and PowerShell puts the pieces together with blanks.
func unquoted(line string) string { return strings.Join(splitArguments(line), " ") }

// terminal is output as the pseudo-console of Windows sends it: both streams as one, the screen cleared and a title set
// first, lines broken at the terminal's 80 columns.
func terminal(out []byte) []byte {
	const columns = 80
	var b bytes.Buffer
	b.WriteString("\x1b[2J\x1b[m\x1b[H\x1b]0;C:\\Windows\\System32\\conhost.exe\x07\x1b[?25h")
	column := 0
	for _, c := range out {
		if c == '\r' || c == '\n' {
			column = 0
		} else if column++; column > columns {
			b.WriteString("\r\n")
			column = 1
		}
		b.WriteByte(c)
	}
	return b.Bytes()
}
