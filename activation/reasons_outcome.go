// SPDX-License-Identifier: MPL-2.0

package activation

// Codes of the outcomes, AVMA-1xx.
const (
	CodeActivated             = "AVMA-101"
	CodePending               = "AVMA-102"
	CodeDeferred              = "AVMA-103"
	CodeMoved                 = "AVMA-104"
	CodeDeadline              = "AVMA-105"
	CodeThrottled             = "AVMA-106"
	CodeWaitSetup             = "AVMA-107"
	CodeWaitRestart           = "AVMA-108"
	CodeActivatedUnnamed      = "AVMA-109"
	CodeInherited             = "AVMA-110"
	CodeEventSuccess          = "AVMA-111"
	CodeEventHost             = "AVMA-112"
	CodeEventData             = "AVMA-113"
	CodeEventDenied           = "AVMA-114"
	CodeEventUnclear          = "AVMA-115"
	CodeEventUnlicensed       = "AVMA-116"
	CodeInProgress            = "AVMA-117"
	CodeEventHostNotActivated = "AVMA-118"
	CodeLapsing               = "AVMA-119"
)

func outcomeReasons() []Definition {
	return []Definition{
		{Code: CodeActivated, Status: Activated, Severity: Info,
			Summary: "Activated by the Hyper-V host {host}",
			Detail:  "{guest} is licensed with its AVMA key ({key}), and Windows names {host} as the host that activated it."},
		{Code: CodePending, Status: Pending, Severity: Warning,
			Summary: "Waiting for the host to activate this guest",
			Detail:  "The AVMA key of {guest} is installed ({key}); Windows is not licensed yet ({license}) and names no cause. The guest activates by itself, usually within minutes.",
			Remedy:  "Wait. If it stays so, check on the host that it runs Windows Server Datacenter, that it is activated itself, and that Data Exchange is on for this VM (Get-VMIntegrationService)." + handOver},
		{Code: CodeDeferred, Status: Deferred, Severity: Info,
			Summary: "The AVMA key is installed; the proof is left to the first boot",
			Detail:  "{guest} has the right key ({key}). This build host is not expected to activate it, so a clone proves it on an AVMA host.",
			Remedy:  "Enable first_boot in the build, or run avma verify in a clone on its Hyper-V host."},
		{Code: CodeMoved, Severity: Info,
			Summary: "The guest runs on {physical} now",
			Detail:  "{host} activated it; Data Exchange names {physical} as the host it runs on. That is normal after a live migration."},
		{Code: CodeDeadline, Status: Failed, Severity: Warning,
			Summary: "The deadline passed after {waited}",
			Detail:  "The guest was watched for {waited}, and the outcome above is the last one seen.",
			Remedy:  "Cure the cause named above. If none is named, raise activation_timeout, or look at the host's Application log for event 12310." + handOver},
		{Code: CodeThrottled, Status: Pending, Severity: Warning,
			Summary: "The host takes no more requests for the moment",
			Detail:  "Too many guests asked for activation at the same time.", HostSide: true,
			Remedy:   "Wait; ask less often. Windows asks again by itself.",
			HResults: []uint32{hrThrottled}},
		{Code: CodeWaitSetup, Status: Pending, Severity: Warning,
			Summary: "Windows Setup has not finished",
			Detail:  "Setup's state is {state}. Until it is IMAGE_STATE_COMPLETE, activation may not have begun.",
			Remedy:  "Wait until Setup is through. If it stays so, look into C:\\Windows\\Panther\\setupact.log."},
		{Code: CodeWaitRestart, Status: Pending, Severity: Warning,
			Summary: "A restart is pending",
			Detail:  "Windows waits for a restart ({why}). Licensing and a change of edition may need it, and sysprep refuses while it is pending.",
			Remedy:  "Restart the guest, then look again."},
		{Code: CodeActivatedUnnamed, Status: Activated, Severity: Warning,
			Summary: "Activated by its Hyper-V host, which Windows does not name",
			Detail:  "{guest} is licensed with its AVMA key ({key}), and Windows shows that a host activated it: it gives the time of the activation or the host's digital PID. It leaves out the host's name.",
			Remedy:  "Nothing has to be done. To know which host it was: Data Exchange names {physical}, and the host that did it logged event 12310."},
		{Code: CodeInherited, Status: Pending, Severity: Warning, HostSide: true,
			Summary: "Licensed, but the activation is older than this machine",
			Detail:  "{guest} is licensed with its AVMA key ({key}) and names {host}, but the activation is that of the machine whose disk was copied, and the host of today has not renewed it. The first-boot check finds this.",
			Remedy:  "Wait: the licence is renewed by the host, or runs out. Run sysprep /generalize before a disk is copied; it resets the activation."},
		{Code: CodeEventSuccess, Severity: Info,
			Summary: "Event 12309 reports a successful activation",
			Detail:  "At {time} the guest logged that its host activated it. The event supports the verdict; it is not the proof."},
		{Code: CodeEventHost, Severity: Warning, HostSide: true,
			Summary:  "Event 12309: the virtualization server did not respond",
			Detail:   "At {time} the guest found no host that can activate it (outcome \"Invalid Host\"), for example because the host runs no supported Windows.",
			Remedy:   "Run the VM on an activated Windows Server Datacenter host with Hyper-V, and enable Data Exchange for it.",
			HResults: []uint32{hrInvalidPlatform}},
		{Code: CodeEventData, Severity: Warning, HostSide: true,
			Summary:  "Event 12309: host and guest could not understand each other",
			Detail:   "At {time} the exchange between host and guest failed (outcome \"Invalid Data\": corruption, encryption or a mismatch of data).",
			Remedy:   "Update host and guest, turn Data Exchange off and on for the VM, and look at event 12310 on the host." + handOver,
			HResults: []uint32{hrInvalidData}},
		{Code: CodeEventDenied, Severity: Warning, HostSide: true,
			Summary:  "Event 12309: the host denied the activation",
			Detail:   "At {time} the host refused the guest's AVMA id (outcome \"Activation Denied\").",
			Remedy:   "Use a host whose release is not older than the guest's, and the AVMA key of the guest's own release and edition.",
			HResults: []uint32{hrIDMismatch}},
		{Code: CodeEventUnclear, Severity: Info,
			Summary: "Event 12309 says nothing that can be read",
			Detail:  "At {time} the guest logged an activation attempt with this data: {data}. No known outcome is in it, so it counts neither for nor against."},
		{Code: CodeEventUnlicensed, Severity: Warning,
			Summary: "Event 12309 reports success, Windows is not licensed",
			Detail:  "At {time} the guest logged a successful activation, yet the product is not licensed now ({license}). The product counts, not the event.",
			Remedy:  "Wait and look again; if it stays so, restart the Software Protection service (sppsvc)."},
		{Code: CodeInProgress, Status: Pending, Severity: Warning,
			Summary:  "Windows is at an activation already",
			Detail:   "Another attempt is under way: Windows asks its host by itself after a key was installed and at each start.",
			Remedy:   "Wait.",
			HResults: []uint32{hrInProgress}},
		{Code: CodeEventHostNotActivated, Severity: Warning, HostSide: true,
			Summary:  "Event 12309: the host is not activated",
			Detail:   "At {time} the host could not activate the guest, because it is not activated itself.",
			Remedy:   "Activate Windows Server Datacenter on the host, on every node of a cluster." + handOver,
			HResults: []uint32{hrParentNotActive}},
		{Code: CodeLapsing, Status: Activated, Severity: Warning, HostSide: true,
			Summary: "Activated, but the licence is about to lapse",
			Detail:  "{guest} is licensed with its AVMA key ({key}), for a limited time that the host renews. {why}",
			Remedy:  "Look at the host on which the guest runs now: it must be Windows Server Datacenter, activated, with Data Exchange on for this VM. Then restart the guest."},
	}
}
