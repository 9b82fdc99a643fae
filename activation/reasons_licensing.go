// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about the licensing service and the licence status, AVMA-6xx.
const (
	CodeLicensingMissing  = "AVMA-601"
	CodeLicensingDisabled = "AVMA-602"
	CodeLicensingStopped  = "AVMA-603"
	CodeUnlicensed        = "AVMA-610"
	CodeOOBGrace          = "AVMA-612"
	CodeOOTGrace          = "AVMA-613"
	CodeNonGenuineGrace   = "AVMA-614"
	CodeNotification      = "AVMA-615"
	CodeExtendedGrace     = "AVMA-616"
	CodeUnknownLicense    = "AVMA-617"
	CodeGraceExpired      = "AVMA-620"
	CodeNotGenuine        = "AVMA-621"
	CodeKMSUnavailable    = "AVMA-622"
	CodeUnknownNumber     = "AVMA-623"
	CodeBindingLost       = "AVMA-624"
	CodeLicenseNotFound   = "AVMA-625"
	CodeLicenseLapsed     = "AVMA-626"
)

func licensingReasons() []Definition {
	return []Definition{
		{Code: CodeLicensingMissing, Status: Failed, Severity: Error,
			Summary: "The Software Protection service is missing",
			Detail:  "The service sppsvc is not there. Without it Windows cannot be licensed at all.",
			Remedy:  "Install from unchanged media."},
		{Code: CodeLicensingDisabled, Status: Failed, Severity: Error,
			Summary:  "The Software Protection service is disabled",
			Detail:   "The service sppsvc has the start mode {mode}. Without it Windows cannot be licensed at all.",
			Remedy:   "Set its start mode back to Automatic (delayed): in the registry, Start = 2 under HKLM\\SYSTEM\\CurrentControlSet\\Services\\sppsvc; then restart.",
			HResults: []uint32{0x80070422}},
		{Code: CodeLicensingStopped, Severity: Info,
			Summary: "The Software Protection service is not running",
			Detail:  "The service sppsvc is {state}. That is normal: it stops when it has nothing to do, and starts on demand."},
		{Code: CodeUnlicensed, Severity: Warning,
			Summary: "Licence status 0: Unlicensed",
			Detail:  "Windows runs without a licence."},
		{Code: CodeOOBGrace, Severity: Info,
			Summary: "Licence status 2: initial grace period",
			Detail:  "Windows waits for its activation; {minutes} minutes of grace remain."},
		{Code: CodeOOTGrace, Severity: Warning,
			Summary: "Licence status 3: grace period after a change of hardware",
			Detail:  "Windows was activated and waits to be again; {minutes} minutes of grace remain.",
			Remedy:  "Wait for the host; a VM that was copied or moved asks anew."},
		{Code: CodeNonGenuineGrace, Severity: Warning,
			Summary: "Licence status 4: grace period of a Windows found not genuine",
			Detail:  "{minutes} minutes of grace remain.",
			Remedy:  "Check where the image comes from and which key it had."},
		{Code: CodeNotification, Severity: Warning,
			Summary: "Licence status 5: Notification",
			Detail:  "The grace period is over, Windows reminds its user. An AVMA guest still activates once its host can be reached."},
		{Code: CodeExtendedGrace, Severity: Warning,
			Summary: "Licence status 6: extended grace period",
			Detail:  "{minutes} minutes of grace remain."},
		{Code: CodeUnknownLicense, Severity: Warning,
			Summary: "Licence status {n} is not known",
			Detail:  "Windows gives a status that is not documented. Only status 1 is licensed."},
		{Code: CodeGraceExpired, Status: Pending, Severity: Warning,
			Summary:  "The grace period expired",
			Detail:   "Windows was not activated in time. An AVMA guest still activates once its host can be reached.",
			Remedy:   "Find out why the host does not answer: see the other reasons.",
			HResults: []uint32{0xC004F009}},
		{Code: CodeNotGenuine, Status: Pending, Severity: Warning,
			Summary:  "Windows was found not genuine",
			Detail:   "Licensing files may have been changed.",
			Remedy:   "Build from unchanged media.",
			HResults: []uint32{0xC004F200}},
		{Code: CodeKMSUnavailable, Severity: Info,
			Summary:  "No KMS answered",
			Detail:   "That concerns KMS clients and is not AVMA's business; it may be left over from an earlier key.",
			HResults: []uint32{0xC004F056, hrNoKMS}},
		{Code: CodeUnknownNumber, Severity: Warning,
			Summary: "Windows gives {number} as the cause",
			Detail:  "{meaning}",
			Remedy:  "Look the number up (slui.exe 0x2a {number} in the guest shows the text of Windows)."},
		{Code: CodeBindingLost, Status: Pending, Severity: Warning,
			Summary:  "The licence was bound to another machine",
			Detail:   "Windows finds that the VM is another one than the one that was licensed, as after a copy or a move. An AVMA guest asks its host anew.",
			Remedy:   "Wait for the host. If it stays so, find out why the host does not answer: see the other reasons.",
			HResults: []uint32{0xC004F00F}},
		{Code: CodeLicenseNotFound, Status: Pending, Severity: Warning,
			Summary:  "No licence is there yet",
			Detail:   "Windows found no licence for its key. Before the first activation that is so; an AVMA guest gets one from its host.",
			Remedy:   "Wait for the host. If it stays so, find out why the host does not answer: see the other reasons.",
			HResults: []uint32{0xC004F034}},
		{Code: CodeLicenseLapsed, Status: Pending, Severity: Warning,
			Summary:  "The licence has lapsed",
			Detail:   "The licence that a host gives is limited in time and renewed by the host of the day. Windows says that its time is over, so no host has renewed it.",
			Remedy:   "Find out why the host does not answer: see the other reasons.",
			HResults: []uint32{hrValidityOver}},
	}
}
