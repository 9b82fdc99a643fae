// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"cmp"
	"context"
	"math"
	"os"
	"slices"
	"time"
)

// scheduler is the Task Scheduler of a guest, on a clock of its own. It is as strict as the documentation (reference
// section 9): a boot trigger fires when the service starts, a registration trigger when the task is registered or
// replaced, and nothing else does; a repetition with interval I and duration D launches at 0, I, ..., D; replacing a task
// ends its repetitions; a launch while an instance runs is ignored; an instance that runs longer than the task's limit is
// ended.
//
// The clock stands still while anything in the guest works, and goes on while all tasks sleep. So what a task does depends
// on nothing that the real machine does, and hours take no time. While no task runs, it goes on as far as Guest.Advance,
// or Setup, lets it. What comes from outside (a command over SSH, a task without triggers that such a command starts) has
// real time.
type scheduler struct {
	g       *Guest
	now     float64 // seconds on the guest's clock beyond those that really passed
	horizon float64 // how far the clock may go while nothing runs
	base    float64 // what tasks take for the real time: that of the start
	series  []*series
	runs    map[*taskRun]struct{}
	idle    chan struct{} // closed and replaced whenever the scheduler has come to rest
}

// series are the launches that one trigger still asks for.
type series struct {
	task        string
	next, until float64
	every       float64 // 0: once
	do          func(context.Context)
}

// taskRun is an instance of a task; without a name, a step of Setup, or a process that lives in real time.
type taskRun struct {
	task   string
	ends   float64 // its time limit
	wake   float64 // asleep until then; NaN: awake
	ack    string  // the file whose disappearance wakes it
	killed bool
	cancel context.CancelFunc
}

func newScheduler(g *Guest) *scheduler {
	return &scheduler{g: g, base: unixNow(), runs: map[*taskRun]struct{}{}, idle: make(chan struct{})}
}

// working holds the clock until what it returns is called.
func (sc *scheduler) working() (done func()) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	r := &taskRun{ends: math.Inf(1), wake: math.NaN(), cancel: func() {}}
	sc.runs[r] = struct{}{}
	return func() { sc.end(r) }
}

// end takes a run away and goes on with what is due.
func (sc *scheduler) end(r *taskRun) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	delete(sc.runs, r)
	if sc.g.power.Err() == nil {
		sc.step()
	} else {
		sc.rested()
	}
}

// Trigger is what starts a task. Times are in seconds.
type Trigger struct {
	Kind     string  `json:"kind"` // "BootTrigger", "LogonTrigger", "RegistrationTrigger"
	Enabled  bool    `json:"enabled"`
	Delay    float64 `json:"delay"`
	Interval float64 `json:"interval"` // 0: no repetition
	Duration float64 `json:"duration"` // 0: without end
}

// fire adds the launches of a task's triggers of one kind. The lock is held.
func (sc *scheduler) fire(name string, t *Task, kind string) {
	for _, tr := range t.Triggers {
		if tr.Kind != kind || !tr.Enabled {
			continue
		}
		s := &series{task: name, next: sc.now + tr.Delay, every: tr.Interval, until: math.Inf(1)}
		if tr.Duration > 0 {
			s.until = s.next + tr.Duration
		}
		sc.series = append(sc.series, s)
	}
}

// boot starts the service: what an earlier start had in hand is gone.
func (sc *scheduler) boot(s *State) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	sc.now, sc.base, sc.series = s.Guest.Elapsed, unixNow(), nil
	sc.horizon = sc.now
	for _, name := range keys(s.Tasks) {
		sc.fire(name, s.Tasks[name], "BootTrigger")
	}
	sc.step()
}

// off forgets all that is to come; the processes end with the power.
func (sc *scheduler) off() {
	sc.series = nil
	for r := range sc.runs {
		r.wake = math.NaN()
		r.cancel()
	}
}

// registered follows the registration of a task, or its end.
func (sc *scheduler) registered(name string, t *Task) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	sc.series = slices.DeleteFunc(sc.series, func(s *series) bool { return s.task == name })
	if t != nil {
		sc.fire(name, t, "RegistrationTrigger")
	}
	sc.step()
}

// logon starts what a logon starts.
func (sc *scheduler) logon(s *State) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	for _, name := range keys(s.Tasks) {
		sc.fire(name, s.Tasks[name], "LogonTrigger")
	}
	sc.step()
}

// process runs what is no task on the guest's clock, such as a command of the first logon.
func (sc *scheduler) process(name string, do func(context.Context)) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	ctx, cancel := context.WithCancel(sc.g.power)
	r := &taskRun{task: name, ends: math.Inf(1), wake: math.NaN(), cancel: cancel}
	sc.runs[r] = struct{}{}
	sc.g.wg.Add(1)
	go func() {
		defer sc.g.wg.Done()
		do(context.WithValue(ctx, taskKey{}, name))
		cancel()
		sc.end(r)
	}()
}

// demand starts a task that has triggers because somebody asked for it.
func (sc *scheduler) demand(name string) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	sc.series = append(sc.series, &series{task: name, next: sc.now, until: sc.now})
	sc.step()
}

// later lets something happen at a time after now, before whatever tasks are due then.
func (sc *scheduler) later(after time.Duration, do func(context.Context)) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	at := sc.now + after.Seconds()
	sc.series = append(sc.series, &series{next: at, until: at, do: do})
	sc.horizon = max(sc.horizon, at)
	sc.step()
}

// sleep puts the process of a task to sleep until the clock has moved on.
func (sc *scheduler) sleep(task string, seconds float64, ack string) {
	sc.g.mu.Lock()
	defer sc.g.mu.Unlock()
	for r := range sc.runs {
		if r.task == task {
			r.wake, r.ack = sc.now+max(0, seconds), ack
			sc.step()
			return
		}
	}
	os.Remove(ack) // its run is over; the process is on its way out
}

// step does what is due, one thing after the other, until something works in real time or nothing is left to do. The
// guest's lock is held.
func (sc *scheduler) step() {
	for {
		asleep := make([]*taskRun, 0, len(sc.runs))
		for r := range sc.runs {
			if math.IsNaN(r.wake) {
				return
			}
			asleep = append(asleep, r)
		}
		slices.SortFunc(asleep, func(a, b *taskRun) int { return cmp.Or(cmp.Compare(a.wake, b.wake), cmp.Compare(a.task, b.task)) })
		slices.SortStableFunc(sc.series, func(a, b *series) int { return cmp.Or(cmp.Compare(a.next, b.next), cmp.Compare(a.task, b.task)) })
		next := math.Inf(1)
		if len(asleep) > 0 {
			next = min(asleep[0].wake, slices.MinFunc(asleep, func(a, b *taskRun) int { return cmp.Compare(a.ends, b.ends) }).ends)
		}
		if len(sc.series) > 0 {
			next = min(next, sc.series[0].next)
		}
		if len(asleep) == 0 && next > max(sc.horizon, sc.now) {
			sc.move(sc.horizon)
			sc.rested()
			return
		}
		sc.move(next)
		switch {
		case len(sc.series) > 0 && sc.series[0].next <= next:
			sc.launch(sc.series[0])
		case asleep[0].wake <= next:
			asleep[0].wake = math.NaN()
			os.Remove(asleep[0].ack)
		default:
			for _, r := range asleep {
				if r.ends <= next {
					r.killed, r.wake = true, math.NaN()
					r.cancel()
				}
			}
		}
	}
}

// move sets the clock. The guest's lock is held.
func (sc *scheduler) move(to float64) {
	if to <= sc.now {
		return
	}
	sc.now = to
	if err := sc.g.Edit(func(s *State) { s.Guest.Elapsed = to }); err != nil && sc.g.ctx.Err() == nil {
		sc.g.t.Errorf("the guest's clock: %v", err)
	}
}

// launch starts an instance, unless one runs (MultipleInstancesPolicy IgnoreNew). The guest's lock is held.
func (sc *scheduler) launch(s *series) {
	if s.every > 0 && s.next+s.every <= s.until {
		s.next += s.every
	} else {
		sc.series = slices.DeleteFunc(sc.series, func(x *series) bool { return x == s })
	}
	for r := range sc.runs {
		if s.task != "" && r.task == s.task {
			sc.g.journal("TaskIgnored " + s.task)
			return
		}
	}
	ctx, cancel := context.WithCancel(sc.g.power)
	r := &taskRun{task: s.task, ends: math.Inf(1), wake: math.NaN(), cancel: cancel}
	do := s.do
	if s.task != "" {
		state, err := sc.g.State()
		if err != nil || state.Tasks[s.task] == nil {
			cancel()
			return
		}
		task := *state.Tasks[s.task]
		if task.Limit > 0 {
			r.ends = sc.now + task.Limit
		}
		do = func(ctx context.Context) { sc.g.runTask(ctx, s.task, task, r) }
	}
	sc.runs[r] = struct{}{}
	sc.g.wg.Add(1)
	go func() {
		defer sc.g.wg.Done()
		do(ctx)
		cancel()
		sc.end(r)
	}()
}

// rested wakes those who wait for the scheduler. The guest's lock is held.
func (sc *scheduler) rested() {
	close(sc.idle)
	sc.idle = make(chan struct{})
}

// Advance lets the guest's clock go on by so much, once nothing runs any more, and what is due in that time happens. It
// returns when nothing runs again.
func (g *Guest) Advance(d time.Duration) {
	g.t.Helper()
	g.rest()
	g.mu.Lock()
	g.sched.horizon = g.sched.now + d.Seconds()
	g.sched.step()
	g.mu.Unlock()
	g.rest()
}

// rest waits until no task with triggers runs.
func (g *Guest) rest() {
	g.t.Helper()
	limit := time.NewTimer(5 * time.Minute)
	defer limit.Stop()
	for {
		g.mu.Lock()
		idle, busy := g.sched.idle, len(g.sched.runs) > 0
		g.mu.Unlock()
		if !busy {
			return
		}
		select {
		case <-idle:
		case <-limit.C:
			for _, c := range g.Uploads() {
				g.t.Logf("%s: exit %d\n%s%s", c.Line, c.Exit, c.Stdout, c.Stderr)
			}
			g.t.Fatal("what runs in the guest does not end")
		}
	}
}
