// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"path"
	"strings"
	"time"
)

// goTask runs a scheduled task as SYSTEM, and again and again while its definition asks for repetition.
func (g *Guest) goTask(name string, repeat bool) {
	g.mu.Lock()
	power := g.power
	g.mu.Unlock()
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		for power.Err() == nil {
			s, err := g.State()
			if err != nil || s.Tasks[name] == nil {
				return
			}
			task := *s.Tasks[name]
			g.runTask(power, name, task)
			s, err = g.State()
			if err != nil || !repeat || s.Tasks[name] == nil || s.Tasks[name].Repetition == "" {
				return
			}
			if !g.sleep(power, time.Duration(or(g.Config.TaskTick, 0.2)*float64(time.Second))) {
				return
			}
		}
	}()
}

func (g *Guest) runTask(power context.Context, name string, task Task) {
	g.editTask(name, func(t *Task) { t.State = "Running" })
	var out, errs bytes.Buffer
	code := 2147942402 // the file was not found
	program := strings.ToLower(path.Base(strings.ReplaceAll(task.Command, `\`, "/")))
	if program == "powershell.exe" || program == "powershell" {
		code, _ = g.PowerShell(power, splitArguments(task.Arguments), true, Streams{Out: &out, Err: &errs})
	} else if program == "cmd.exe" || program == "cmd" {
		code = g.cmd(power, strings.TrimSpace(task.Arguments), true, Streams{Out: &out, Err: &errs})
	}
	if power.Err() != nil {
		return
	}
	g.mu.Lock()
	g.log = append(g.log, Command{Line: "task " + name, Shell: "task", Upload: true, Stdout: out.String(), Stderr: errs.String(), Exit: code, Finished: true})
	g.mu.Unlock()
	g.editTask(name, func(t *Task) { t.State = "Ready"; t.Runs++; t.LastResult = code })
}

func (g *Guest) editTask(name string, change func(*Task)) {
	err := g.Edit(func(s *State) {
		if t := s.Tasks[name]; t != nil {
			change(t)
		}
	})
	if err != nil && g.ctx.Err() == nil {
		g.t.Errorf("task %s: %v", name, err)
	}
}
