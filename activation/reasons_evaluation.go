// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about evaluation editions, AVMA-50x.
const (
	CodeEvaluation         = "AVMA-501"
	CodeEvaluationExpired  = "AVMA-502"
	CodeRearmUsedUp        = "AVMA-503"
	CodeEvaluationProduct  = "AVMA-504"
	CodeEvaluationTime     = "AVMA-505"
	CodeEvaluationActive   = "AVMA-506"
	CodeRearmed            = "AVMA-507"
	CodeEvaluationRearms   = "AVMA-508"
	CodeConvertNotAsked    = "AVMA-509"
	CodeConvertRunning     = "AVMA-521"
	CodeConvertRestart     = "AVMA-522"
	CodeConvertFailed      = "AVMA-523"
	CodeConvertBusy        = "AVMA-524"
	CodeConvertNoChange    = "AVMA-525"
	CodeConvertMedia       = "AVMA-526"
	CodeConvertKey         = "AVMA-527"
	CodeConvertDomain      = "AVMA-531"
	CodeConvertDown        = "AVMA-532"
	CodeConvertCore        = "AVMA-533"
	CodeConvertAzure       = "AVMA-534"
	CodeConvertNoTarget    = "AVMA-535"
	CodeConvertOtherTarget = "AVMA-537"
)

func evaluationReasons() []Definition {
	return []Definition{
		{Code: CodeEvaluation, Status: Failed, Severity: Error,
			Summary: "This is an evaluation edition",
			Detail:  "{guest} was installed from evaluation media. An evaluation edition refuses every AVMA key (0xC004F069); it must become the full edition first.",
			Remedy:  "Set convert_evaluation = true in the provisioner, or install from volume media."},
		{Code: CodeEvaluationExpired, Status: Failed, Severity: Error,
			Summary:  "The evaluation period is over",
			Detail:   "The evaluation of {guest} ended ({end}). Windows shuts an expired evaluation down again and again.",
			Remedy:   "Convert the edition (convert_evaluation = true), or build from fresh media.",
			HResults: []uint32{0xC004FC07}},
		{Code: CodeRearmUsedUp, Status: Pending, Severity: Warning,
			Summary:  "No rearm is left",
			Detail:   "The licensing state of this Windows was reset as often as it can be. sysprep /generalize needs one rearm unless it is told to skip it.",
			Remedy:   "Build from fresh media. Do not set SkipRearm in an image that is to be cloned.",
			HResults: []uint32{0xC004D307}},
		{Code: CodeEvaluationProduct, Status: Failed, Severity: Error,
			Summary: "An evaluation licence is installed on a full edition",
			Detail:  "{guest} is a full edition, but its key ({key}) is an evaluation's (channel {channel}): a conversion has not been finished, or came without a key.",
			Remedy:  "Restart the guest, then install the AVMA key; the provisioner does both."},
		{Code: CodeEvaluationTime, Severity: Info,
			Summary:  "Time-limited licence within its validity period",
			Detail:   "Normal for an evaluation edition; it says nothing about AVMA.",
			HResults: []uint32{0x4004FC04}},
		{Code: CodeEvaluationActive, Status: Failed, Severity: Error,
			Summary: "An evaluation edition claims to be activated by AVMA",
			Detail:  "The edition read is {edition}, and yet an AVMA key ({key}) is licensed by host {host}. Windows is probably between the two editions.",
			Remedy:  "Restart the guest and look again."},
		{Code: CodeRearmed, Status: Pending, Severity: Warning,
			Summary:  "The licensing state was rearmed",
			Detail:   "Windows was told to reset its licensing state and waits for a restart.",
			Remedy:   "Restart the guest, then look again.",
			HResults: []uint32{0xC004D302}},
		{Code: CodeEvaluationRearms, Severity: Info,
			Summary: "The evaluation can be rearmed {n} more times",
			Detail:  "It runs until {end}."},
		{Code: CodeConvertNotAsked, Status: Failed, Severity: Error,
			Summary: "This is an evaluation edition, and converting it was not asked for",
			Detail:  "{guest} refuses every AVMA key until it is the full edition.",
			Remedy:  "Set convert_evaluation = true, or install from volume media."},
	}
}

func conversionReasons() []Definition {
	return []Definition{
		{Code: CodeConvertRunning, Status: Pending, Severity: Warning,
			Summary: "The edition is being converted to {target}",
			Detail:  "DISM works since {time}. It takes from seconds to 15 minutes, and a restart follows.",
			Remedy:  "Wait."},
		{Code: CodeConvertRestart, Status: Pending, Severity: Warning,
			Summary: "The edition was converted to {target}; a restart is needed",
			Detail:  "DISM is done (exit {exit}). The new edition shows after the restart.",
			Remedy:  "Restart the guest, then look again."},
		{Code: CodeConvertFailed, Status: Failed, Severity: Error,
			Summary: "Converting the edition failed (DISM exit {exit})",
			Detail:  "DISM could not set the edition {target}. {message}",
			Remedy:  "Look into C:\\Windows\\Logs\\DISM\\dism.log in the guest."},
		{Code: CodeConvertBusy, Status: Failed, Severity: Error,
			Summary: "Converting the edition failed: DISM exit 87",
			Detail:  "DISM ends so when another DISM session runs at the same time, when it does not know an option, and in some versions when it does not take the key.",
			Remedy:  "Let other servicing finish (updates, features), restart, and try again. If it stays so, look into C:\\Windows\\Logs\\DISM\\dism.log."},
		{Code: CodeConvertNoChange, Status: Failed, Severity: Error,
			Summary: "The edition is still {edition} after the conversion",
			Detail:  "DISM reported success (exit {exit}), and no restart is pending, but the edition read back is the old one.",
			Remedy:  "Look into C:\\Windows\\Logs\\DISM\\dism.log and C:\\Windows\\Logs\\CBS\\CBS.log in the guest."},
		{Code: CodeConvertMedia, Status: Failed, Severity: Error,
			Summary: "Converting the edition failed: these media lack the files of {target}",
			Detail:  "DISM ended with exit {exit}: licence or EULA files of the target edition are missing, as on some evaluation media of 2022 and 2025.",
			Remedy:  "Build from other media: newer evaluation media, or volume media, which need no conversion."},
		{Code: CodeConvertKey, Status: Failed, Severity: Error,
			Summary: "Converting the edition failed: DISM takes no key for {target} (exit {exit})",
			Detail:  "DISM could validate neither the AVMA key of the target nor its KMS client key. {message}",
			Remedy:  "Look into C:\\Windows\\Logs\\DISM\\dism.log in the guest; see that the catalogue's keys are those of this release and edition, or build from volume media."},
		{Code: CodeConvertDomain, Status: Failed, Severity: Error,
			Summary: "A domain controller's edition cannot be converted",
			Detail:  "{guest} is a domain controller, and Windows does not change the edition of one.",
			Remedy:  "Convert before promoting it, or demote it first."},
		{Code: CodeConvertDown, Status: Failed, Severity: Error,
			Summary: "Datacenter cannot become Standard",
			Detail:  "{guest} can become {want} only by a new installation.",
			Remedy:  "Expect Datacenter, or install from the Standard image."},
		{Code: CodeConvertCore, Status: Failed, Severity: Error,
			Summary: "A Standard Core evaluation can only become Datacenter Core",
			Detail:  "{guest} cannot become {want}: Windows offers no other target for it.",
			Remedy:  "Set edition = \"datacenter-core\", or install from volume media."},
		{Code: CodeConvertAzure, Status: Failed, Severity: Error,
			Summary: "Azure Edition cannot be converted, nor become the target of a conversion",
			Detail:  "{guest} cannot become {want}.",
			Remedy:  "Install the edition that you want from its own media."},
		{Code: CodeConvertNoTarget, Status: Failed, Severity: Error,
			Summary: "Windows offers no conversion to {want}",
			Detail:  "DISM lists these targets: {targets}.",
			Remedy:  "Expect one of the listed editions, or install from other media."},
		{Code: CodeConvertOtherTarget, Status: Failed, Severity: Error,
			Summary: "The edition {want} cannot be reached by converting this evaluation",
			Detail:  "{guest} becomes Standard or Datacenter of its own release, nothing else.",
			Remedy:  "Expect one of them, or install from other media."},
	}
}
