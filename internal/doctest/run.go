// SPDX-License-Identifier: MPL-2.0

package doctest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/spf13/afero"
)

// Command is one program that the documentation calls.
type Command struct {
	Args []string          // without the program's name
	Env  map[string]string // NAME=value in front of it
}

// Result is what a program did.
type Result struct {
	Stdout, Stderr string
	Status         int
}

// Shell is what console blocks run in: one for all blocks of a document.
type Shell struct {
	FS       afero.Fs                        // the working directory
	Programs map[string]func(Command) Result // by name
	Skip     []string                        // programs that are shown and not run
	status   int
}

// Check runs the console blocks of a document. With update, what the commands print replaces what is shown where that is
// wrong, or nothing but "...".
func Check(t *testing.T, path string, shell *Shell, update bool) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	var grown int
	for _, fence := range Fences(string(data)) {
		if fence.Lang != "console" {
			continue
		}
		for _, s := range steps(fence) {
			want := trimEnd(s.want)
			got, ran := shell.step(t, path, s, want)
			fill := update && len(want) == 1 && want[0] == "..." // nobody has said yet what of it to show
			if !ran || matches(want, got) && !fill {
				continue
			}
			if !update {
				t.Errorf("%s:%d: $ %s (-shown +printed)\n%s", path, s.line, s.command, cmp.Diff(want, got))
				continue
			}
			at := s.line - 1 + len(s.source) + grown
			lines = slices.Replace(lines, at, at+len(want), got...)
			grown += len(got) - len(want)
		}
	}
	if text := strings.Join(lines, "\n"); update && text != string(data) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// step runs one line of commands joined by "&&".
func (sh *Shell) step(t *testing.T, path string, s step, want []string) (got []string, ran bool) {
	t.Helper()
	var printed strings.Builder
	for _, argv := range split(words(s.command), "&&") {
		if len(argv) == 0 {
			t.Errorf("%s:%d: an empty command", path, s.line)
			return nil, false
		}
		if slices.Contains(sh.Skip, argv[0]) {
			return nil, false
		}
		out, err := sh.run(argv, want)
		if err != nil {
			t.Errorf("%s:%d: %v", path, s.line, err)
			return nil, false
		}
		printed.WriteString(out)
		if sh.status != 0 {
			break
		}
	}
	text := strings.TrimRight(strings.ReplaceAll(printed.String(), "\r\n", "\n"), "\n")
	if text == "" {
		return nil, true
	}
	return strings.Split(text, "\n"), true
}

// run runs one program.
func (sh *Shell) run(argv, want []string) (string, error) {
	cmd, redirect := Command{Env: map[string]string{}}, ""
	for len(argv) > 1 && strings.Contains(argv[0], "=") {
		name, value, _ := strings.Cut(argv[0], "=")
		cmd.Env[name] = value
		argv = argv[1:]
	}
	if n := len(argv); n > 2 && argv[n-2] == ">" {
		redirect, argv = argv[n-1], argv[:n-2]
	}
	cmd.Args = argv[1:]
	var r Result
	switch run := sh.Programs[argv[0]]; {
	case run != nil:
		r = run(cmd)
	case argv[0] == "cat" && len(argv) == 2:
		text, err := sh.cat(argv[1], want)
		if err != nil {
			return "", err
		}
		r = Result{Stdout: text}
	case slices.Equal(argv, []string{"echo", "$?"}):
		return fmt.Sprintln(sh.status), nil
	case argv[0] == "echo":
		r = Result{Stdout: strings.Join(argv[1:], " ") + "\n"}
	default:
		return "", fmt.Errorf("%q is no program of this document; programs that are only shown go into Shell.Skip", argv[0])
	}
	sh.status = r.Status
	if redirect != "" {
		return r.Stderr, afero.WriteFile(sh.FS, redirect, []byte(r.Stdout), 0o666)
	}
	return r.Stdout + r.Stderr, nil
}

// cat shows a file, or makes it of what the document shows.
func (sh *Shell) cat(name string, want []string) (string, error) {
	data, err := afero.ReadFile(sh.FS, name)
	if err == nil {
		return string(data), nil
	}
	text := strings.Join(want, "\n") + "\n"
	return text, afero.WriteFile(sh.FS, name, []byte(text), 0o666)
}

// CheckHCL parses the hcl blocks of a document.
func CheckHCL(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, fence := range Fences(string(data)) {
		if fence.Lang != "hcl" {
			continue
		}
		_, diags := hclsyntax.ParseConfig([]byte(strings.Join(fence.Lines, "\n")+"\n"), path, hcl.Pos{Line: fence.Line, Column: 1})
		if diags.HasErrors() {
			t.Error(diags)
		}
	}
}

// trimEnd takes empty lines off the end.
func trimEnd(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// split parts words at a separator.
func split(list []string, separator string) [][]string {
	parts := [][]string{nil}
	for _, w := range list {
		if w == separator {
			parts = append(parts, nil)
			continue
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], w)
	}
	return parts
}
