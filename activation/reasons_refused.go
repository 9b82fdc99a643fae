// SPDX-License-Identifier: MPL-2.0

package activation

// Codes of keys that Windows refused, AVMA-22x and AVMA-23x.
const (
	CodeKeyMismatch         = "AVMA-221"
	CodeKeyInvalid          = "AVMA-222"
	CodeSKUNotInstalled     = "AVMA-223"
	CodeEditionMismatch     = "AVMA-224"
	CodeKeyBlocked          = "AVMA-225"
	CodeKeyKind             = "AVMA-226"
	CodeKeyNotAllowed       = "AVMA-227"
	CodeOperationNotAllowed = "AVMA-228"
	CodeKeyUpgrade          = "AVMA-229"
	CodeActionNoCode        = "AVMA-231"
	CodeActionNumber        = "AVMA-232"
)

func keyRefusedReasons() []Definition {
	return []Definition{
		{Code: CodeKeyMismatch, Status: Failed, Severity: Error,
			Summary:  "The key does not belong to this edition",
			Detail:   "Windows refused the key on {guest}: it belongs to another edition or release, or this is an evaluation edition, which takes no AVMA key.",
			Remedy:   "Use the key of this release and edition. On evaluation media convert the edition first (convert_evaluation = true).",
			HResults: []uint32{hrWrongSKU}},
		{Code: CodeKeyInvalid, Status: Failed, Severity: Error,
			Summary:  "Windows does not accept the key",
			Detail:   "The key is not valid for {guest}: a typing error, or a key that this Windows does not know, such as that of a newer release.",
			Remedy:   "Check it with \"avma check-key\"; use the key of the guest's own release.",
			HResults: []uint32{0xC004E016, 0xC004F010, 0xC004F050}},
		{Code: CodeSKUNotInstalled, Status: Failed, Severity: Error,
			Summary:  "The licence of that edition is not installed",
			Detail:   "{guest} holds no licence files for the edition that the key belongs to.",
			Remedy:   "Use the key of the guest's own edition; if it is, repair Windows (DISM /Online /Cleanup-Image /RestoreHealth) or install from other media.",
			HResults: []uint32{0xC004F015}},
		{Code: CodeEditionMismatch, Status: Failed, Severity: Error,
			Summary:  "The licence is for another edition",
			Detail:   "Windows reports that the licence's edition is not that of {guest}.",
			Remedy:   "Finish a change of edition with a restart, or install the key of the edition that the guest has.",
			HResults: []uint32{0xC004F210}},
		{Code: CodeKeyBlocked, Status: Failed, Severity: Error,
			Summary:  "The key is blocked",
			Detail:   "Microsoft blocked this key. AVMA keys are public and not blocked: it is probably another key.",
			Remedy:   "Use the published AVMA key (\"avma key\").",
			HResults: []uint32{0xC004F051}},
		{Code: CodeKeyKind, Status: Failed, Severity: Error,
			Summary:  "The key is of the wrong kind",
			Detail:   "Windows reports that this key cannot be used for this kind of activation.",
			Remedy:   "Use the published AVMA key (\"avma key\"), not a KMS host's or a MAK.",
			HResults: []uint32{0xC004F07D}},
		{Code: CodeKeyNotAllowed, Status: Failed, Severity: Error,
			Summary:  "Installing the key is not allowed",
			Detail:   "Windows does not allow this key to be installed on {guest}.",
			Remedy:   "Use the AVMA key of the guest's own release and edition; look into the Application log for the cause that Windows gives.",
			HResults: []uint32{0xC004F033}},
		{Code: CodeOperationNotAllowed, Status: Failed, Severity: Error,
			Summary:  "Windows does not allow the operation",
			Detail:   "The licensing service refused what was asked of it on {guest}.",
			Remedy:   "Finish Setup and pending restarts, then try again; look into the Application log for the cause.",
			HResults: []uint32{0xC004F06A}},
		{Code: CodeKeyUpgrade, Status: Failed, Severity: Error,
			Summary:  "The key is for upgrades only",
			Detail:   "Windows takes this key only when an older Windows is upgraded, not on a clean installation.",
			Remedy:   "Use the published AVMA key (\"avma key\").",
			HResults: []uint32{0xC004F061}},
		{Code: CodeActionNoCode, Status: Failed, Severity: Error,
			Summary: "{action} failed, and Windows gave no error number",
			Detail:  "Error id: {id}. Message of Windows, in the guest's language: {message}. Without a number the cause cannot be told.",
			Remedy:  "Try again; look into the guest's Application log (source Security-SPP) for the cause."},
		{Code: CodeActionNumber, Status: Failed, Severity: Error,
			Summary: "{action} failed with {number}",
			Detail:  "The number is not in the table of known causes. Message of Windows, in the guest's language: {message}.",
			Remedy:  "Look the number up (slui.exe 0x2a {number} in the guest shows the text of Windows)."},
	}
}
