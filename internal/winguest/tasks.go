// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"path"
	"strings"
)

// Results of a task, as the Task Scheduler gives them.
const (
	resultNoFile     = 0x80070002
	resultTerminated = 0x41306 // ended by its ExecutionTimeLimit
)

// goTask runs a scheduled task as SYSTEM because somebody asked for it. One with triggers lives on the guest's own clock,
// one that is only ever started by hand, by somebody who waits for it, in real time.
func (g *Guest) goTask(name string) {
	s, err := g.State()
	if err != nil || s.Tasks[name] == nil {
		return
	}
	if len(s.Tasks[name].Triggers) > 0 {
		g.sched.demand(name)
		return
	}
	g.mu.Lock()
	power := g.power
	g.mu.Unlock()
	task := *s.Tasks[name]
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		g.runTask(power, name, task, nil)
	}()
}

// taskKey is the name of the task in the context of its processes.
type taskKey struct{}

func (g *Guest) runTask(ctx context.Context, name string, task Task, run *taskRun) {
	g.editTask(name, func(t *Task) { t.State = "Running" })
	var out, errs bytes.Buffer
	in := ctx
	if run != nil {
		in = context.WithValue(ctx, taskKey{}, name)
	}
	code := resultNoFile
	system := task.Group == ""
	program := strings.ToLower(path.Base(strings.ReplaceAll(task.Command, `\`, "/")))
	if program == "powershell.exe" || program == "powershell" {
		code, _ = g.PowerShell(in, splitArguments(task.Arguments), system, Streams{Out: &out, Err: &errs})
	} else if program == "cmd.exe" || program == "cmd" {
		code = g.cmd(in, strings.TrimSpace(task.Arguments), system, Streams{Out: &out, Err: &errs})
	}
	g.mu.Lock()
	killed := run != nil && run.killed
	if ctx.Err() != nil && !killed {
		g.mu.Unlock()
		return
	}
	g.log = append(g.log, Command{Line: "task " + name, Shell: "task", Upload: true, Stdout: out.String(), Stderr: errs.String(), Exit: code, Finished: true})
	g.mu.Unlock()
	if killed {
		code = resultTerminated
	}
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

func (g *Guest) journal(what string) {
	if err := g.Edit(func(s *State) { s.Journal = append(s.Journal, Entry{At: s.now(), What: what}) }); err != nil && g.ctx.Err() == nil {
		g.t.Errorf("journal: %v", err)
	}
}
