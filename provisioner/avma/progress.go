// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Clock is the time that the flow lives in.
type Clock interface {
	Now() time.Time
	// Sleep waits for d or until ctx ends, and then returns its error.
	Sleep(ctx context.Context, d time.Duration) error
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// progress says what is waited for and for how long: at once, then at growing intervals, at least once a minute.
type progress struct {
	say   func(string)
	clock Clock
	what  string
	limit time.Duration

	started time.Time
	last    time.Time
	gap     time.Duration
}

const (
	firstGap = 10 * time.Second
	// longestGap keeps the promise of a word a minute although a slice of waiting inside the guest comes on top.
	longestGap = 30 * time.Second
)

func newProgress(say func(string), c Clock, what string, limit time.Duration) *progress {
	say(fmt.Sprintf("Waiting for %s, for at most %s...", what, spell(limit)))
	return quietProgress(say, c, what, limit)
}

// quietProgress says nothing of what takes less than the first gap.
func quietProgress(say func(string), c Clock, what string, limit time.Duration) *progress {
	now := c.Now()
	return &progress{say: say, clock: c, what: what, limit: limit, started: now, last: now, gap: firstGap}
}

// tick says something when it is time to; note, when there is one, tells what the guest last answered.
func (p *progress) tick(note string) {
	now := p.clock.Now()
	if now.Sub(p.last) < p.gap {
		return
	}
	p.last = now
	p.gap = min(p.gap*3/2, longestGap)
	if note != "" {
		note = " (" + note + ")"
	}
	p.say(fmt.Sprintf("Still waiting for %s: %s of %s%s", p.what, spell(p.elapsed()), spell(p.limit), note))
}

func (p *progress) elapsed() time.Duration { return p.clock.Now().Sub(p.started).Round(time.Second) }

func (p *progress) left() time.Duration { return p.limit - p.clock.Now().Sub(p.started) }

// spell writes a duration as people write it in a template: "10m", not "10m0s".
func spell(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
