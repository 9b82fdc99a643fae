// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"fmt"
	"time"
)

// clockTolerance is how far the guest's clock may be off before it is said: a day covers every time zone mistake.
const clockTolerance = 24 * time.Hour

// clockFindings holds the guest's clock against the expectation's, and the guest's times against each other.
func (l *look) clockFindings() []finding {
	guest, ok := l.collected()
	if !ok {
		return nil
	}
	var out []finding
	if !l.e.Now.IsZero() {
		if off := guest.Sub(l.e.Now); off > clockTolerance || off < -clockTolerance {
			out = append(out, l.found(CodeClockOff, "off", span(off), "guesttime", guest.UTC().Format(time.RFC3339), "now", l.e.Now.UTC().Format(time.RFC3339)))
		}
	}
	late := guest.Add(clockTolerance)
	if t, err := time.Parse(time.RFC3339, l.product.LastActivationUTC); err == nil && t.After(late) {
		out = append(out, l.found(CodeClockInconsistent, "what", "The last activation ("+l.product.LastActivationUTC+") lies after the guest's own time ("+l.f.CollectedUTC+")."))
	} else if n := l.f.OS.InstallDate; n > 0 && n < 1<<40 && time.Unix(n, 0).After(late) {
		out = append(out, l.found(CodeClockInconsistent, "what", "Windows was installed ("+time.Unix(n, 0).UTC().Format(time.RFC3339)+") after the guest's own time ("+l.f.CollectedUTC+")."))
	}
	return out
}

// span is a duration in the unit that says it best.
func span(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	days := int(d.Hours() / 24)
	switch {
	case days >= 730:
		return fmt.Sprintf("%d years", days/365)
	case days >= 2:
		return fmt.Sprintf("%d days", days)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	}
	return fmt.Sprintf("%d seconds", int(d.Seconds()))
}
