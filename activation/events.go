// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"time"
)

// Event ids of Microsoft-Windows-Security-SPP in the log Application.
const (
	EventGuest = 12309 // in the guest: an activation attempt and its outcome
	EventHost  = 12310 // on the host
)

// EventOutcome is a documented outcome of an AVMA event.
type EventOutcome string

// The documented outcomes, and the one for an event that says nothing that can be read.
const (
	EventSuccess     EventOutcome = "AVMA Success"
	EventInvalidHost EventOutcome = "Invalid Host"
	EventInvalidData EventOutcome = "Invalid Data"
	EventDenied      EventOutcome = "Activation Denied"
	EventUnclear     EventOutcome = ""
)

// Outcome reads an event. Only the ids and the outcomes are documented: neither the template nor the order of the
// insertion strings is, the level is the same for all, and qualifiers may differ. So HRESULTs are looked for in every
// string, one that fails weighs more than 0x00000000, and an insertion string that is exactly an outcome's name helps
// where no number does. The number that decided, or else the first that fails, comes with it. (reference section 4)
func (e Event) Outcome() (EventOutcome, uint32) {
	var success, named EventOutcome
	var other uint32
	for _, d := range e.Data {
		if short := strings.TrimPrefix(strings.ToLower(name(d)), "hr="); len(short) < 10 && strings.HasPrefix(short, "0x") && len(short) > 2 && strings.Trim(short[2:], "0") == "" {
			success = EventSuccess // "0x0"
		}
		for _, hr := range FindHResults(d) {
			switch hr {
			case hrInvalidPlatform:
				return EventInvalidHost, hr
			case hrParentNotActive:
				other = hr
			case hrIDMismatch:
				return EventDenied, hr
			case hrInvalidData:
				return EventInvalidData, hr
			case 0:
				success = EventSuccess
			default:
				if IsFailure(hr) && other == 0 {
					other = hr
				}
			}
		}
		for _, o := range []EventOutcome{EventSuccess, EventInvalidHost, EventInvalidData, EventDenied} {
			if named == "" && strings.EqualFold(name(d), string(o)) {
				named = o
			}
		}
	}
	switch {
	case other != 0 && (named == "" || named == EventSuccess):
		return EventUnclear, other
	case named != "":
		return named, other
	}
	return success, 0
}

// newestEvent is the last attempt that the guest logged. The list says that it is newest first; times decide where all
// of them can be read.
func newestEvent(events []Event) (Event, bool) {
	var best Event
	var bestTime time.Time
	ok := false
	for _, e := range events {
		if e.ID != EventGuest {
			continue
		}
		t, err := time.Parse(time.RFC3339, name(e.TimeUTC))
		if !ok || (err == nil && !bestTime.IsZero() && t.After(bestTime)) {
			best, bestTime, ok = e, t, true
		}
	}
	return best, ok
}

// eventNote is the reason for the newest event, weighed against what the product says.
func eventNote(events []Event, activated, isLicensed bool, license, vm string) (finding, bool) {
	e, ok := newestEvent(events)
	if !ok {
		return finding{}, false
	}
	outcome, hr := e.Outcome()
	args := []string{"time", e.TimeUTC, "license", license, "vm", vm, "data", strings.Join(bounded(e.Data, 8), " | ")}
	code := map[EventOutcome]string{
		EventSuccess: CodeEventSuccess, EventInvalidHost: CodeEventHost, EventInvalidData: CodeEventData,
		EventDenied: CodeEventDenied, EventUnclear: CodeEventUnclear,
	}[outcome]
	if outcome == EventSuccess && !isLicensed {
		code = CodeEventUnlicensed
	}
	if outcome == EventUnclear && hr == hrParentNotActive {
		code = CodeEventHostNotActivated
	}
	f := found(code, args...).with(hr)
	if activated { // an older attempt that failed
		f = f.as(Info)
	}
	return f, true
}

// bounded is at most n of the strings, each cut short.
func bounded(in []string, n int) []string {
	var out []string
	for i, s := range in {
		if i == n {
			return append(out, "…")
		}
		out = append(out, Clean(s, maxShown/2))
	}
	return out
}
