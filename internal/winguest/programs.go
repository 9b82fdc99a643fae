// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// program stands for cmd.exe and powershell.exe where a process of the guest starts one: it hands its arguments to this side,
// which runs the line as it runs every other, and waits for the exit status.
const program = `#!/bin/sh
f="$WINGUEST_SPOOL/$$-$(basename "$0")"
rm -f "$f.exit"
printf '%s\0' "$(basename "$0")" "$$" "$WINGUEST_SYSTEM" "$WINGUEST_TASK" "$@" > "$f.tmp"
mv "$f.tmp" "$f.exec"
while [ ! -f "$f.exit" ]; do sleep 0.03; done
read -r code < "$f.exit"
rm -f "$f.exit"
exit "$code"
`

func (g *Guest) writePrograms() error {
	if err := os.MkdirAll(g.bin, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"cmd.exe", "powershell.exe"} {
		if err := os.WriteFile(filepath.Join(g.bin, name), []byte(program), 0o755); err != nil { //nolint:gosec // a program
			return err
		}
	}
	return nil
}

// goProgram runs what a program asked for. It ends with the power, and with the program.
func (g *Guest) goProgram(path string) {
	data, err := os.ReadFile(path)
	os.Remove(path)
	args := strings.Split(strings.TrimSuffix(string(data), "\x00"), "\x00")
	if err != nil || len(args) < 4 {
		return
	}
	g.mu.Lock()
	power := g.power
	g.mu.Unlock()
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		ctx, cancel := context.WithCancel(power)
		defer cancel()
		if args[3] != "" {
			ctx = context.WithValue(ctx, taskKey{}, args[3]) // its sleep is that of the run that started it
		}
		pid, _ := strconv.Atoi(args[1])
		g.wg.Add(1)
		go func() {
			defer g.wg.Done()
			for g.sleep(ctx, 50*time.Millisecond) {
				if p, err := os.FindProcess(pid); err != nil || p.Signal(syscall.Signal(0)) != nil {
					cancel()
				}
			}
		}()
		var out, errs lockedBuffer
		code, line := 1, strings.Join(args[4:], " ")
		if args[0] == "cmd.exe" {
			code = g.cmd(ctx, line, args[2] != "", Streams{Out: &out, Err: &errs})
		} else {
			code, _ = g.PowerShell(ctx, args[4:], args[2] != "", Streams{Out: &out, Err: &errs})
		}
		g.mu.Lock()
		g.log = append(g.log, Command{Line: args[0] + " " + line, Shell: "program", Upload: true, Stdout: out.String(), Stderr: errs.String(), Exit: code, Finished: ctx.Err() == nil})
		g.mu.Unlock()
		exit := strings.TrimSuffix(path, ".exec") + ".exit"
		if os.WriteFile(exit+".tmp", fmt.Appendln(nil, code&0xff), 0o600) == nil {
			os.Rename(exit+".tmp", exit)
		}
	}()
}

// lockedBuffer takes the output of a process that may be given up while it still writes.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}
func (l *lockedBuffer) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }
