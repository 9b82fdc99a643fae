// SPDX-License-Identifier: MPL-2.0

package activation

import "slices"

// Groups of findings that have to do with one matter. Of each only one is said with weight: the leading reason where it
// is among them, else the first.
var (
	aboutTheKey = []string{
		CodeNoKey, CodeWrongAVMAKey, CodeUnknownAVMAKey, CodeKeyNotOfEdition, CodeChannelConflict, CodeGVLK, CodeMAK, CodeRetail, CodeOEM, CodeKMSHostKey,
		CodeOtherChannel, CodeUnknownChannel, CodeKeyMismatch, CodeKeyInvalid, CodeSKUNotInstalled, CodeEditionMismatch, CodeKeyBlocked, CodeKeyKind,
		CodeKeyNotAllowed, CodeOperationNotAllowed, CodeKeyUpgrade, CodeActionNoCode, CodeActionNumber, CodeKeyNotAsExpected, CodeExpectsOtherKey, CodeKeyNotOffered,
	}
	aboutTheEvaluation = []string{
		CodeEvaluation, CodeEvaluationExpired, CodeEvaluationProduct, CodeEvaluationActive, CodeConvertNotAsked, CodeConvertRunning, CodeConvertRestart, CodeConvertFailed,
		CodeConvertBusy, CodeConvertMedia, CodeConvertKey, CodeConvertNoChange, CodeConvertDomain, CodeConvertDown, CodeConvertCore, CodeConvertAzure, CodeConvertNoTarget, CodeConvertOtherTarget,
	}
	aboutThePlatform = []string{
		CodeLicensedElsewhere, CodeKVM, CodeVMware, CodeXen, CodeVirtualBox, CodeAzureVM, CodeOtherHypervisor, CodePhysical, CodePlatformOdd,
	}
	aboutTheHost = []string{CodeHostStandard, CodeHostEvaluation, CodeHostHyperVServer, CodeHostClient, CodeHostAzure, CodeHostTooOld}
	// What Windows answered to the last attempt, and what stands beside the licence from an earlier one.
	aboutTheAnswer = []string{CodeInvalidPlatform, CodeHostNotActivated, CodeHostCannot, CodeNotBound, CodeThrottled, CodeInProgress}
	aboutTheGuest  = []string{CodeNoOS, CodeClient, CodeUnknownGuest, CodeNoAVMAKey, CodeOtherRelease, CodeOtherEdition, CodeBadExpectation}
	matters        = [][]string{aboutTheKey, aboutTheEvaluation, aboutThePlatform, aboutTheHost, aboutTheAnswer, aboutTheGuest, licenseState}
)

// Groups of consequences.
var (
	eventCodes  = []string{CodeEventHost, CodeEventData, CodeEventDenied, CodeEventHostNotActivated}
	hostAnswers = slices.Concat(aboutTheAnswer, eventCodes) // what a guest hears from its host, by number or by event
	refusals    = []string{CodeHostCannot, CodeEventDenied}
	transient   = []string{CodeNotBound, CodeThrottled, CodeInProgress}
	silence     = []string{CodeExchangeStopped, CodeExchangeNoHost, CodeExchangeIncomplete, CodeDeviceMissing}

	licenseStatus = []string{CodeUnlicensed, CodeOOBGrace, CodeOOTGrace, CodeNonGenuineGrace, CodeNotification, CodeExtendedGrace, CodeUnknownLicense}
	licenseState  = slices.Concat([]string{CodeGraceExpired, CodeBindingLost, CodeLicenseNotFound, CodeLicenseLapsed, CodeUnknownNumber, CodeEventUnlicensed}, licenseStatus)
	unread        = []string{CodeProductsUnread, CodeAreaUnread, CodeMoreErrors, CodeScriptFailed}
	// Answers that a later success has overtaken.
	overtaken = slices.Concat(hostAnswers, licenseState, []string{
		CodeKeyMismatch, CodeKeyInvalid, CodeSKUNotInstalled, CodeEditionMismatch, CodeKeyBlocked, CodeKeyKind, CodeKeyNotAllowed, CodeOperationNotAllowed, CodeKeyUpgrade,
		CodeActionNoCode, CodeActionNumber, CodeNoKey, CodeRearmed, CodeNotGenuine,
	})
)

// explanation is one row of the table: where a cause is there, its consequences are at most info.
type explanation struct{ causes, consequences []string }

// explanations says which finding is the cause of which. A test takes all pairs of findings that can come together and
// holds that each is decided: here, by a matter above, or as two things that have nothing to do with each other.
var explanations = []explanation{
	{[]string{CodeActivated, CodeActivatedUnnamed, CodeUnexpectedHost, CodeHostNotNamed}, overtaken},
	{aboutTheGuest, slices.Concat(aboutTheKey, refusals, transient, licenseState)},
	{aboutTheEvaluation, slices.Concat(aboutTheKey, hostAnswers, licenseState, []string{CodeRestartPending})},
	{[]string{CodeLicensingMissing, CodeLicensingDisabled}, slices.Concat(aboutTheKey, unread, hostAnswers, licenseState)},
	{aboutTheKey, slices.Concat(refusals, transient, licenseState)},
	{aboutThePlatform, slices.Concat(hostAnswers, silence, licenseState, []string{CodeHostTooOld})},
	{aboutTheHost, slices.Concat(hostAnswers, []string{CodeDeviceMissing}, licenseState)},
	{[]string{CodeDeviceBroken, CodeDeviceMissing}, slices.Concat([]string{CodeInvalidPlatform}, transient, eventCodes, licenseState)},
	{[]string{CodeExchangeMissing, CodeExchangeDisabled}, slices.Concat([]string{CodeExchangeStopped, CodeExchangeNoHost, CodeExchangeIncomplete}, transient, eventCodes, licenseState)},
	{[]string{CodeExchangeStopped}, slices.Concat([]string{CodeExchangeNoHost, CodeExchangeIncomplete}, transient, eventCodes, licenseState)},
	{[]string{CodeExchangeNoHost}, slices.Concat([]string{CodeExchangeIncomplete}, transient, eventCodes, licenseState)},
	{aboutTheAnswer, slices.Concat(eventCodes, licenseState)},
	{[]string{CodeWaitSetup, CodeRearmed}, slices.Concat([]string{CodeWaitRestart, CodeRestartPending}, transient, licenseState)},
	{[]string{CodeWaitRestart}, slices.Concat([]string{CodeRestartPending}, licenseState)},
	{[]string{CodeRearmUsedUp, CodeNotGenuine}, licenseState},
	{[]string{CodeConstrained}, unread},
	{[]string{CodeNotElevated}, []string{CodeAccessDenied}},
	{[]string{CodeProductsUnread}, []string{CodeAreaUnread, CodeMoreErrors}},
	{[]string{CodeClockOff}, []string{CodeClockInconsistent}},
	{slices.Concat(eventCodes, []string{CodePending, CodeNoHost}), licenseStatus},
}

// unsaid are consequences that would contradict their cause in the reader's eyes: "no Hyper-V" on a client's Hyper-V.
var unsaid = []explanation{
	{[]string{CodeHostClient, CodeHostAzure}, []string{CodeInvalidPlatform}},
}

// weigh gives each finding that another one explains the weight of an info, and drops what would only contradict.
func weigh(lead finding, rest []finding) []finding {
	there := []string{lead.reason.Code}
	for _, f := range rest {
		there = append(there, f.reason.Code)
	}
	out := make([]finding, 0, len(rest))
	for _, f := range rest {
		code := f.reason.Code
		switch {
		case explained(unsaid, there, code):
			continue
		case explained(explanations, there, code) || repeats(there, code):
			f = f.as(Info)
		}
		out = append(out, f)
	}
	return out
}

func explained(table []explanation, there []string, code string) bool {
	for _, e := range table {
		if !slices.Contains(e.consequences, code) {
			continue
		}
		if slices.ContainsFunc(e.causes, func(cause string) bool { return cause != code && slices.Contains(there, cause) }) {
			return true
		}
	}
	return false
}

// repeats says that another finding of the same matter stands before this one.
func repeats(there []string, code string) bool {
	for _, matter := range matters {
		if !slices.Contains(matter, code) {
			continue
		}
		first := slices.IndexFunc(there, func(c string) bool { return slices.Contains(matter, c) })
		return there[first] != code
	}
	return false
}
