// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about looking at the guest, AVMA-7xx.
const (
	CodeNoFacts           = "AVMA-701"
	CodeProductsUnread    = "AVMA-702"
	CodeAreaUnread        = "AVMA-703"
	CodeAccessDenied      = "AVMA-704"
	CodeNotElevated       = "AVMA-705"
	CodeConstrained       = "AVMA-706"
	CodeClockOff          = "AVMA-707"
	CodeClockInconsistent = "AVMA-708"
	CodeNewerFacts        = "AVMA-709"
	CodeMoreErrors        = "AVMA-710"
	CodeRestartPending    = "AVMA-712"
	CodeOldPowerShell     = "AVMA-713"
	CodeNoOS              = "AVMA-714"
	CodeQuickLook         = "AVMA-715"
	CodeAnswerCut         = "AVMA-721"
	CodeNoPowerShell      = "AVMA-722"
	CodeScriptFailed      = "AVMA-723"
	CodeUnreachable       = "AVMA-724"
	CodeBadFacts          = "AVMA-725"
	CodeUnfinished        = "AVMA-726"
	CodeOtherMachine      = "AVMA-727"
)

func lookingReasons() []Definition {
	return []Definition{
		{Code: CodeNoFacts, Status: Unknown, Severity: Error,
			Summary: "The guest said nothing",
			Detail:  "The facts are empty, so nothing can be judged.",
			Remedy:  "Collect them again, as an administrator."},
		{Code: CodeProductsUnread, Status: Unknown, Severity: Error,
			Summary: "The licence could not be read",
			Detail:  "SoftwareLicensingProduct could not be queried ({id}). Message of Windows, in the guest's language: {message}.",
			Remedy:  "Look again. If it stays so, restart the guest, and check WMI (winmgmt /verifyrepository) and the service sppsvc."},
		{Code: CodeAreaUnread, Severity: Warning,
			Summary: "Not read: {area}",
			Detail:  "{id}: {message}"},
		{Code: CodeAccessDenied, Status: Unknown, Severity: Error,
			Summary:  "Access denied",
			Detail:   "Windows refused access ({area}): the communicator's user is not elevated, or no administrator.",
			Remedy:   "Set elevate = true in the provisioner, or use the built-in Administrator; avma verify: run it from an elevated prompt.",
			HResults: []uint32{hrAccessDenied, hrNotAdmin}},
		{Code: CodeNotElevated, Status: Failed, Severity: Warning,
			Summary: "The session is not elevated",
			Detail:  "The script runs without administrator rights: it can look at most things, but install no key.",
			Remedy:  "Set elevate = true in the provisioner, or use the built-in Administrator."},
		{Code: CodeConstrained, Status: Unknown, Severity: Error,
			Summary: "PowerShell runs in {mode} mode",
			Detail:  "A policy (AppLocker, App Control, __PSLockdownPolicy) restricts PowerShell, so that the scripts cannot look or act.",
			Remedy:  "Apply that policy after the build, or allow the scripts by a rule; elevate = true may run them in full mode as SYSTEM."},
		{Code: CodeClockOff, Severity: Warning,
			Summary: "The guest's clock is off by {off}",
			Detail:  "The guest says {guesttime}, here it is {now}. Licences and certificates depend on the clock.",
			Remedy:  "Enable time synchronization for the VM (Get-VMIntegrationService on the host), or set the clock." + handOver},
		{Code: CodeClockInconsistent, Severity: Warning,
			Summary:  "The guest's times contradict each other",
			Detail:   "{what}",
			Remedy:   "Set the guest's clock, restart it, and look again.",
			HResults: []uint32{0x8004D102}},
		{Code: CodeNewerFacts, Severity: Warning,
			Summary: "The facts are of a newer kind (schema {n})",
			Detail:  "This version knows schema {known}. What it does not know was passed over.",
			Remedy:  "Use a newer avma."},
		{Code: CodeMoreErrors, Severity: Warning,
			Summary: "{n} more things could not be read",
			Detail:  "Areas: {areas}."},
		{Code: CodeRestartPending, Severity: Warning,
			Summary: "A restart is pending",
			Detail:  "Windows waits for a restart ({why}). Sysprep refuses while servicing (cbs) or Windows Update is pending; a pending file_rename or computer_rename does not stop it.",
			Remedy:  "Restart the guest before sysprep."},
		{Code: CodeOldPowerShell, Severity: Warning,
			Summary: "PowerShell {version} is older than 4.0",
			Detail:  "Windows Server 2012 R2 and newer come with 4.0 or 5.1."},
		{Code: CodeNoOS, Status: Unknown, Severity: Error,
			Summary: "Which Windows this is could not be read",
			Detail:  "Build or edition are missing (build {build}, edition {edition}), so the right key is not known.",
			Remedy:  "Look again, as an administrator; or give release and edition."},
		{Code: CodeQuickLook, Status: Unknown, Severity: Error,
			Summary: "The licence was not looked at",
			Detail:  "These facts come from a quick look, which reads Windows, Setup and pending restarts only.",
			Remedy:  "Collect all facts."},
		{Code: CodeAnswerCut, Status: Unknown, Severity: Error,
			Summary: "The guest's answer was cut off",
			Detail:  "{detail}",
			Remedy:  "Look again; raise the timeout if the guest is slow."},
		{Code: CodeNoPowerShell, Status: Unknown, Severity: Error,
			Summary: "No PowerShell answers in the guest",
			Detail:  "{detail}",
			Remedy:  "Windows PowerShell comes with every supported Windows Server: check what the shell of the communicator is."},
		{Code: CodeScriptFailed, Status: Unknown, Severity: Error,
			Summary: "The script failed in the guest",
			Detail:  "{detail}",
			Remedy:  "Look again; if it stays so, report it with the log of PACKER_LOG=1."},
		{Code: CodeUnreachable, Status: Unknown, Severity: Error,
			Summary: "The guest could not be reached",
			Detail:  "{detail}",
			Remedy:  "Check that the VM runs and that its WinRM or SSH service and firewall let the communicator in."},
		{Code: CodeBadFacts, Status: Unknown, Severity: Error,
			Summary: "The facts cannot be read",
			Detail:  "{detail}",
			Remedy:  "Collect them again; do not edit the file."},
		{Code: CodeUnfinished, Status: Unknown, Severity: Error,
			Summary: "The build ended before the provisioner was through",
			Detail:  "What is here is what was known until then: the build was cancelled, ran out of its time, or was ended from outside.",
			Remedy:  "Run the build again: the provisioner takes a guest up where it is."},
		{Code: CodeOtherMachine, Status: Unknown, Severity: Error,
			Summary: "Another machine answers",
			Detail:  "{detail}",
			Remedy:  "See that no other machine has the guest's address (a lease that was given away, a fixed address that is used twice), then build again."},
	}
}
