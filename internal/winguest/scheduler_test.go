// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// schedule registers a task in the guest, as a script does, and returns what went wrong.
func schedule(t *testing.T, g *Guest, triggers, limit, script string) string {
	t.Helper()
	xml := `<?xml version="1.0" encoding="UTF-16"?><Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers>` + triggers +
		`</Triggers><Settings><ExecutionTimeLimit>` + limit + `</ExecutionTimeLimit></Settings><Actions><Exec><Command>powershell.exe</Command><Arguments>-NoProfile -Command "` +
		script + `"</Arguments></Exec></Actions></Task>`
	var out, errs bytes.Buffer
	_, err := g.PowerShell(context.Background(), []string{"-NoProfile", "-Command", "$null = Register-ScheduledTask -TaskName t -Force -Xml " + quotePS(xml)}, true, Streams{Out: &out, Err: &errs})
	g.must(err)
	return errs.String()
}

func trigger(kind, interval, duration string) string {
	repetition := "<Interval>" + interval + "</Interval>"
	if duration != "" {
		repetition += "<Duration>" + duration + "</Duration>"
	}
	if interval == "" {
		return "<" + kind + "><Enabled>true</Enabled></" + kind + ">"
	}
	return "<" + kind + "><Repetition>" + repetition + "</Repetition><Enabled>true</Enabled></" + kind + ">"
}

// TestScheduler holds the simulated Task Scheduler against what is documented (reference section 9).
func TestScheduler(t *testing.T) {
	t.Parallel()
	const quick = "exit 0"
	runs := func(t *testing.T, g *Guest, want int, when string) {
		t.Helper()
		s, err := g.State()
		g.must(err)
		if is := s.Tasks["t"].Runs; is != want {
			t.Errorf("%s: %d runs, want %d", when, is, want)
		}
	}
	t.Run("a boot trigger fires at the start alone", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		schedule(t, g, trigger("BootTrigger", "PT5M", ""), "PT30M", quick)
		g.Advance(24 * time.Hour)
		runs(t, g, 0, "registered")
		g.Restart()
		g.Advance(10 * time.Minute)
		runs(t, g, 3, "after the restart, at 0, 5 and 10 minutes")
		schedule(t, g, trigger("BootTrigger", "PT5M", ""), "PT30M", quick)
		g.Advance(time.Hour)
		runs(t, g, 3, "registered anew: its repetition is over")
	})
	t.Run("a registration trigger fires at once, as long as its duration", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		schedule(t, g, trigger("RegistrationTrigger", "PT5M", "PT10M"), "PT30M", quick)
		g.Advance(9*time.Minute + 59*time.Second)
		runs(t, g, 2, "just before the end")
		g.Advance(time.Second)
		runs(t, g, 3, "at the end, which is in it")
		g.Advance(time.Hour)
		runs(t, g, 3, "after the end")
		g.Restart()
		g.Advance(time.Hour)
		runs(t, g, 3, "after a restart")
	})
	t.Run("one instance, and no longer than its limit", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		schedule(t, g, trigger("RegistrationTrigger", "PT5M", "PT10M"), "PT30M", "Start-Sleep -Seconds 421")
		g.Advance(2*time.Minute + 58*time.Second) // from 7:01 on
		runs(t, g, 1, "while the first sleeps, the second is ignored")
		g.Advance(time.Second)
		runs(t, g, 2, "the third launch is in time")
		schedule(t, g, trigger("RegistrationTrigger", "", ""), "PT10M", "Start-Sleep -Seconds 601")
		g.Advance(time.Hour)
		s, err := g.State()
		g.must(err)
		if s.Tasks["t"].LastResult != resultTerminated || !slices.Contains(s.Done(), "TaskIgnored t") {
			t.Errorf("result %#x, journal %q", s.Tasks["t"].LastResult, s.Done())
		}
	})
	t.Run("a logon", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		schedule(t, g, trigger("LogonTrigger", "", ""), "PT1H", quick)
		g.Restart()
		g.Advance(time.Hour)
		runs(t, g, 0, "nobody logged on")
		s, err := g.State()
		g.must(err)
		g.sched.logon(s)
		g.Advance(0)
		runs(t, g, 1, "after a logon")
	})
	t.Run("what the schema refuses, and what is not simulated", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		for _, bad := range []string{trigger("BootTrigger", "PT59S", ""), trigger("BootTrigger", "P32D", ""), trigger("BootTrigger", "PT10M", "PT5M"), trigger("TimeTrigger", "", "")} {
			if said := schedule(t, g, bad, "PT1H", quick); !strings.Contains(said, "malformed") {
				t.Errorf("%s: %q", bad, said)
			}
		}
	})
	t.Run("the clock", func(t *testing.T) {
		t.Parallel()
		g := New(t, Config{})
		schedule(t, g, trigger("RegistrationTrigger", "", ""), "PT2H", "$a = Get-Date; Start-Sleep -Seconds 3600; Write-Output ((Get-Date) - $a).TotalSeconds")
		g.Advance(0)
		if said := strings.TrimSpace(g.Uploads()[0].Stdout); said != fmt.Sprint(3600) {
			t.Errorf("an hour's sleep took %s s", said)
		}
	})
}
