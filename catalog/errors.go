// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"
	"unicode"
)

// ResolveError says that a spelling of a release, an edition or an image name is not understood. It is about what was
// written: that a well-known edition has no key is a [NoKeyError].
type ResolveError struct {
	What        string   // "release", "edition", "image name", "channel"
	Input       string   // as it was written
	Reason      string   // more than "unknown", where there is more to say
	Suggestions []string // near misses, the nearest first
	Remedy      string   // what can be written instead
}

func (e *ResolveError) Error() string {
	var b strings.Builder
	switch {
	case strings.TrimSpace(e.Input) == "":
		b.WriteString("no " + e.What + " was given")
	case e.Reason != "":
		b.WriteString(e.What + " " + quote(e.Input) + ": " + e.Reason)
	default:
		b.WriteString("unknown " + e.What + " " + quote(e.Input))
	}
	if len(e.Suggestions) > 0 {
		quoted := make([]string, len(e.Suggestions))
		for i, s := range e.Suggestions {
			quoted[i] = quote(s)
		}
		b.WriteString("; did you mean " + strings.Join(quoted, " or ") + "?")
	} else {
		b.WriteString(".")
	}
	if e.Remedy != "" {
		b.WriteString(" " + e.Remedy)
	}
	return b.String()
}

// NoKeyCode is the stable name of a reason for which there is no key.
type NoKeyCode string

// The reasons for which there is no key.
const (
	NoKeyEvaluation     NoKeyCode = "evaluation"      // an evaluation edition takes no key: convert it first
	NoKeyClient         NoKeyCode = "client"          // Windows 10, 11 and the like
	NoKeyBeforeAVMA     NoKeyCode = "before_avma"     // Windows Server 2012 and older
	NoKeyEdition        NoKeyCode = "edition"         // the edition exists, but no key of this channel is published for it
	NoKeyNoSuchEdition  NoKeyCode = "no_such_edition" // the release has no such edition
	NoKeyAzureStackHCI  NoKeyCode = "azure_stack_hci" // Azure Local, Azure Stack HCI: a host, not a guest
	NoKeyAzureServer    NoKeyCode = "azure_server"    // ServerAzureCor
	NoKeyUnknownBuild   NoKeyCode = "unknown_build"   // newer than this catalogue, or no Windows Server at all
	NoKeyUnknownRelease NoKeyCode = "unknown_release" // newer than this catalogue
	NoKeyUnknownEdition NoKeyCode = "unknown_edition" // an EditionID that this catalogue does not know
)

// NoKeyError says that no key exists, or none is known, for what was understood well enough. It never comes with the
// key of a neighbour.
type NoKeyError struct {
	Code      NoKeyCode
	Target    Target  // as far as it is known
	Channel   Channel // the channel asked for
	Reason    string  // one sentence
	Remedy    string  // one sentence or two: what to do instead
	Converted *Entry  // evaluation only: the key that it takes once converted; nil where none exists
}

func (e *NoKeyError) Error() string { return e.Reason + " " + e.Remedy }

// quote shows what somebody wrote: bounded, and without characters that act on a terminal.
func quote(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "..."
	}
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) { // control characters, and those that turn the direction of the text
			return '?'
		}
		return r
	}, s)
	return `"` + s + `"`
}
