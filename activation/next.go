// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// StepKind is what should be done next with a guest.
type StepKind string

// The kinds of steps.
const (
	DoNothing StepKind = "nothing" // the goal is reached, or the rest is left to the first boot
	DoInstall StepKind = "install" // install the AVMA key
	DoConvert StepKind = "convert" // convert the evaluation edition, with the key of what it becomes
	DoRestart StepKind = "restart" // restart the guest
	DoWait    StepKind = "wait"    // look again later; whoever waits has a deadline
	DoStop    StepKind = "stop"    // nothing that is allowed would help
)

// Policy is what may be done to a guest. The zero value installs an AVMA key where there is none, another AVMA key or a
// KMS client key, and leaves everything else alone.
type Policy struct {
	ReplaceKey    bool // replace a MAK, retail, OEM or other key too
	Convert       bool // convert an evaluation edition
	SkipInstall   bool // install nothing
	InstallAnyway bool // install although it is plain that the host will not activate the guest (verify = "warn")
	Elevates      bool // actions run elevated even though this session does not
	// Asked is for how long the host has been asked for the activation. What the host refuses, and what should keep
	// it from answering, is believed once it has been asked for a minute.
	Asked time.Duration
}

// believedAfter is how long a host has to be asked before its refusal is believed: right after a key, a start or a move
// it may answer so and activate the guest a moment later.
const believedAfter = time.Minute

// Step is what should be done next, and why.
type Step struct {
	Do     StepKind
	Reason Reason
	// Key is the catalogue's key to install or to convert with. Its Key is "" when the expectation names a key that is
	// not the catalogue's: the caller has that key, and nobody else needs it.
	Key catalog.Entry
	// Target is what an evaluation is to become. The EditionID to give to DISM comes from its own list: ChooseTarget.
	Target catalog.Target
}

// NextStep decides what should be done next, given what the guest said after the step before. The caller repeats facts,
// step, facts until DoNothing or DoStop, or until its deadline; it restarts a guest at most once for the same reason.
func NextStep(f Facts, e Expectation, p Policy) Step {
	l := newLook(f, e)
	v := l.judge()
	s := l.next(v, p)
	if s.Reason.Code == "" {
		s.Reason = v.Reasons[0]
	}
	return s
}

func (l *look) next(v Verdict, p Policy) Step {
	switch v.Status {
	case Activated, Deferred:
		return Step{Do: DoNothing}
	case NoHost:
		return Step{Do: DoWait}
	case NotAVMA:
		if l.channel == ChannelGVLK || p.ReplaceKey {
			return l.install(p)
		}
		return Step{Do: DoStop}
	case Pending:
		return l.nextPending(v.Reasons[0].Code)
	case Failed:
		return l.nextFailed(v.Reasons[0].Code, p)
	}
	switch v.Reasons[0].Code {
	case CodeQuickLook:
		return Step{Do: DoWait}
	case CodeProductsUnread: // WMI and the licensing service need a while after a start
		return Step{Do: DoWait}
	case CodeChannelConflict, CodeUnknownChannel:
		if p.ReplaceKey {
			return l.install(p)
		}
	}
	return Step{Do: DoStop}
}

func (l *look) nextPending(code string) Step {
	switch code {
	case CodeConvertRestart, CodeRearmed:
		return Step{Do: DoRestart}
	case CodeWaitRestart:
		if l.guest.Evaluation { // DISM sets no edition before it
			return Step{Do: DoRestart}
		}
	}
	return Step{Do: DoWait}
}

func (l *look) nextFailed(code string, p Policy) Step {
	switch code {
	case CodeEvaluation, CodeEvaluationExpired:
		return l.convert(p)
	case CodeEvaluationActive: // between two editions
		return Step{Do: DoRestart}
	case CodeEvaluationProduct:
		if l.f.servicingPending() {
			return Step{Do: DoRestart, Reason: l.found(CodeWaitRestart, "why", l.f.pendingRestart()).reason}
		}
		return l.install(p)
	case CodeHostNotNamed: // the name may be a moment late
		if l.tried() {
			return Step{Do: DoStop}
		}
		return Step{Do: DoWait}
	case CodeNoKey, CodeWrongAVMAKey, CodeUnknownAVMAKey, CodeKeyNotAsExpected:
		return l.install(p)
	}
	if l.rightKey() && l.product.LicenseStatus != licensed {
		switch {
		case l.doubtful(code), code == CodeInvalidPlatform, code == CodeHostNotActivated, code == CodeHostCannot:
			if (!l.tried() || p.Asked < believedAfter) && !l.hopeless() {
				return Step{Do: DoWait}
			}
		case !l.isStructural(code) && !l.tried():
			return Step{Do: DoWait} // the number may be left over from an earlier attempt
		}
	}
	return Step{Do: DoStop}
}

// hopeless: beside what leads there is a cause on the host's side that no waiting cures.
func (l *look) hopeless() bool {
	for _, f := range l.structural() {
		if f.def.Status == Failed && !l.doubtful(f.def.Code) {
			return true
		}
	}
	return false
}

// isStructural: a cause that can be seen, so that waiting for it is in vain.
func (l *look) isStructural(code string) bool {
	for _, f := range l.structural() {
		if f.def.Code == code {
			return true
		}
	}
	return code == CodeKeyNotOfEdition || code == CodeOtherRelease || code == CodeOtherEdition || code == CodeNoAVMAKey || code == CodeClient
}

// tried says that the facts were collected after a slice of waiting, so that what Windows gives as the cause is its
// answer to a second attempt: the first may have come right after the key was installed, or be left over.
func (l *look) tried() bool {
	a := l.f.Action
	return a != nil && strings.EqualFold(name(a.Name), "wait") && (a.WaitedSeconds > 0 || a.HResult != 0)
}

// gate is what keeps any action from being tried.
func (l *look) gate(p Policy) (finding, bool) {
	if f, ok := l.constrained(); ok && !p.Elevates {
		return f, true
	}
	if l.notElevated() && !p.Elevates {
		return l.found(CodeNotElevated), true
	}
	if p.InstallAnyway {
		return finding{}, false
	}
	for _, f := range l.structural() {
		if f.def.Status == Failed && (!f.def.HostSide || !l.e.Defer) && !l.doubtful(f.def.Code) {
			return f, true
		}
	}
	return finding{}, false
}

func (l *look) install(p Policy) Step {
	if p.SkipInstall {
		return l.stop(l.found(CodeKeyNotOffered, "what", l.lead().reason.Summary+"."))
	}
	if f, ok := l.gate(p); ok {
		return l.stop(f)
	}
	key := l.keyToInstall()
	if f, ok := l.guestFinding(); ok && key.Key == "" && partialOf(l.e.PartialKey) == "" {
		return l.stop(f) // nobody knows which key
	}
	return Step{Do: DoInstall, Key: key}
}

// keyToInstall is the catalogue's key, unless another one was named.
func (l *look) keyToInstall() catalog.Entry {
	if l.isCatalogueKey(l.expected) {
		return l.entry
	}
	return catalog.Entry{}
}

func (l *look) convert(p Policy) Step {
	if !p.Convert {
		return l.stop(l.found(CodeConvertNotAsked))
	}
	if bad, ok := l.convertible(); !ok {
		return l.stop(bad)
	}
	if f, ok := l.gate(p); ok {
		return l.stop(f)
	}
	if l.f.servicingPending() {
		return Step{Do: DoRestart, Reason: l.found(CodeWaitRestart, "why", l.f.pendingRestart()).reason}
	}
	return Step{Do: DoConvert, Key: l.keyToInstall(), Target: l.becomes}
}

func (l *look) stop(f finding) Step { return Step{Do: DoStop, Reason: f.as(Error).reason} }
