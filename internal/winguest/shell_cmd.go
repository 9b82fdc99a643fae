// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// cmdLimit is the longest command line that cmd.exe takes.
const cmdLimit = 8191

// cmd runs a line as cmd.exe /c does: %NAME%, ^, & && ||, > >>, a handful of inner commands, and PowerShell.
func (g *Guest) cmd(ctx context.Context, line string, system bool, s Streams) int {
	if len(line) > cmdLimit {
		fmt.Fprintln(s.Err, "The command line is too long.")
		return 1
	}
	line = strings.TrimSpace(line)
	if low := strings.ToLower(line); strings.HasPrefix(low, "cmd ") || strings.HasPrefix(low, "cmd.exe ") {
		if i := strings.Index(low, "/c "); i > 0 {
			line = strings.TrimSpace(line[i+3:])
		}
	}
	if strings.HasPrefix(strings.ToLower(line), "/c ") {
		line = strings.TrimSpace(line[3:])
	}
	// Outer quotes go when more than one pair is there or the text is no program's name (cmd /?).
	if len(line) > 1 && line[0] == '"' && line[len(line)-1] == '"' && strings.Count(line, `"`) > 2 {
		line = line[1 : len(line)-1]
	}
	code := 0
	for _, part := range splitCmd(g.expand(line)) {
		if part.after == "&&" && code != 0 || part.after == "||" && code == 0 {
			continue
		}
		code = g.cmdOne(ctx, part, system, s)
		if ctx.Err() != nil {
			return 1
		}
	}
	return code
}

type cmdPart struct {
	after, text, to string
	appendTo        bool
}

// splitCmd splits at the operators outside of quotes and finds a redirection of standard output.
func splitCmd(line string) []cmdPart {
	var parts []cmdPart
	p := cmdPart{}
	var cur strings.Builder
	quoted, redirect := false, false
	flush := func() {
		text := strings.TrimSpace(cur.String())
		cur.Reset()
		if redirect {
			p.to, redirect = strings.Trim(text, `"`), false
		} else {
			p.text = text
		}
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '"':
			quoted = !quoted
			cur.WriteByte(c)
		case quoted:
			cur.WriteByte(c)
		case c == '^' && i+1 < len(line):
			i++
			cur.WriteByte(line[i])
		case c == '&' || c == '|' && i+1 < len(line) && line[i+1] == '|':
			op := "&"
			if i+1 < len(line) && line[i+1] == c {
				op, i = strings.Repeat(string(c), 2), i+1
			}
			flush()
			parts = append(parts, p)
			p = cmdPart{after: op}
		case c == '>' && strings.HasSuffix(cur.String(), "2"): // stderr: to nowhere or to stdout, both as they are
			text := strings.TrimSuffix(cur.String(), "2")
			cur.Reset()
			cur.WriteString(text)
			for i+1 < len(line) && strings.IndexByte(" &1nulNUL", line[i+1]) >= 0 {
				i++
			}
		case c == '>':
			flush()
			redirect = true
			if i+1 < len(line) && line[i+1] == '>' {
				p.appendTo, i = true, i+1
			}
		default:
			cur.WriteByte(c)
		}
	}
	flush()
	return append(parts, p)
}

func (g *Guest) cmdOne(ctx context.Context, p cmdPart, system bool, s Streams) int {
	if p.to != "" && !strings.EqualFold(p.to, "nul") {
		flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
		if p.appendTo {
			flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
		}
		f, err := os.OpenFile(g.Path(p.to), flags, 0o644)
		if err != nil || g.Config.Faults.DiskFull {
			fmt.Fprintln(s.Err, "There is not enough space on the disk.")
			return 1
		}
		defer f.Close()
		s.Out = f
	} else if p.to != "" {
		s.Out = io.Discard
	}
	args := splitArguments(p.text)
	if len(args) == 0 {
		return 0
	}
	rest := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(p.text, `"`), args[0]), `"`))
	switch name := strings.TrimPrefix(strings.ToLower(path.Base(strings.ReplaceAll(args[0], `\`, "/"))), "@"); name {
	case "powershell", "powershell.exe":
		code, _ := g.PowerShell(ctx, args[1:], system, s)
		return code
	case "echo":
		fmt.Fprintln(s.Out, rest)
	case "rem", "setlocal", "endlocal", "chcp", "cd":
	case "exit":
		var code int
		fmt.Sscan(strings.TrimPrefix(rest, "/b"), &code)
		return code
	case "ver":
		fmt.Fprintln(s.Out, "Microsoft Windows [Version 10.0]")
	case "del", "erase":
		for _, a := range args[1:] {
			if !strings.HasPrefix(a, "/") {
				os.Remove(g.Path(a))
			}
		}
	case "mkdir", "md":
		os.MkdirAll(g.Path(args[1]), 0o755)
	case "type":
		data, err := os.ReadFile(g.Path(args[1]))
		if err != nil {
			return 1
		}
		s.Out.Write(data)
	case "call":
		return g.batch(ctx, args[1], system, s)
	case "schtasks", "schtasks.exe", "shutdown", "shutdown.exe", "dism", "dism.exe", "whoami", "whoami.exe", "icacls", "icacls.exe":
		text := "& " + strings.TrimSuffix(name, ".exe") + ".exe"
		for _, a := range args[1:] {
			text += " " + quotePS(a)
		}
		code, _ := g.run(ctx, psCall{command: text + ";exit $LASTEXITCODE"}, system, s)
		return code
	default:
		if strings.HasSuffix(name, ".cmd") || strings.HasSuffix(name, ".bat") {
			return g.batch(ctx, args[0], system, s)
		}
		if _, err := os.Stat(g.Path(args[0])); err == nil && strings.HasSuffix(name, ".exe") {
			return 0
		}
		fmt.Fprintf(s.Err, "'%s' is not recognized as an internal or external command,\noperable program or batch file.\n", args[0])
		return 9009
	}
	return 0
}

// batch runs the lines of a batch file, without jumps and blocks.
func (g *Guest) batch(ctx context.Context, file string, system bool, s Streams) int {
	data, err := os.ReadFile(g.Path(file))
	if err != nil {
		return 1
	}
	code := 0
	for _, line := range strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n") {
		line = strings.TrimPrefix(strings.TrimSpace(line), "@")
		if line == "" || strings.HasPrefix(strings.ToLower(line), "echo off") || strings.HasPrefix(line, "::") {
			continue
		}
		line = strings.ReplaceAll(line, "%~dp0", path.Dir(g.Path(file))+"/")
		if code = g.cmd(ctx, line, system, s); strings.HasPrefix(strings.ToLower(line), "exit") {
			return code
		}
	}
	return code
}
