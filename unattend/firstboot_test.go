// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

// What is asked for in seconds is whole minutes in the guest, and never shorter; nothing becomes the script's default, a day.
func TestFirstBootMinutes(t *testing.T) {
	for _, c := range []struct {
		interval, deadline string
		i, d               int
	}{
		{"", "", 5, 30},
		{"1m", "1m", 1, 1},
		{"61s", "61s", 2, 2},
		{"1m", "90s", 1, 2},
		{"", "14m1s", 5, 15},
		{"45m", "", 45, 45},
		{"24h", "24h", 1440, 1440},
		{"<unknown>", "<unknown>", 5, 30},
	} {
		f := &FirstBoot{Interval: c.interval, Deadline: c.deadline}
		if a, ps := f.Args(); len(ps) > 0 || a.IntervalMinutes != c.i || a.DeadlineMinutes != c.d {
			t.Errorf("%+v: %d and %d minutes, %v", *f, a.IntervalMinutes, a.DeadlineMinutes, ps)
		}
	}
	for _, c := range [][2]string{{"", "30s"}, {"", "0s"}, {"", "-1h"}, {"59s", ""}, {"", "30"}, {"", "24h1s"}, {"10m", "599s"}} {
		if _, ps := (&FirstBoot{Interval: c[0], Deadline: c[1]}).Args(); len(ps) != 1 {
			t.Errorf("%q: %v", c, ps)
		}
	}
}
