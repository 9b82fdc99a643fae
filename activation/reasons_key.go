// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about the key and the edition, AVMA-20x and AVMA-21x.
const (
	CodeNoKey             = "AVMA-201"
	CodeWrongAVMAKey      = "AVMA-202"
	CodeUnknownAVMAKey    = "AVMA-203"
	CodeKeyNotOfEdition   = "AVMA-204"
	CodeTwoProducts       = "AVMA-205"
	CodeChannelConflict   = "AVMA-206"
	CodeKeyUndone         = "AVMA-207"
	CodeGVLK              = "AVMA-211"
	CodeMAK               = "AVMA-212"
	CodeRetail            = "AVMA-213"
	CodeOEM               = "AVMA-214"
	CodeKMSHostKey        = "AVMA-215"
	CodeOtherChannel      = "AVMA-216"
	CodeUnknownChannel    = "AVMA-217"
	CodeGVLKOtherRelease  = "AVMA-218"
	CodeKeyWithoutPartial = "AVMA-219"
)

func keyReasons() []Definition {
	const leftAlone = "To use AVMA instead, set replace_key = true (avma verify changes nothing)."
	return []Definition{
		{Code: CodeNoKey, Status: Failed, Severity: Error,
			Summary:  "No product key is installed",
			Detail:   "{guest} holds no key. Its AVMA key ends in {expected}.",
			Remedy:   "Install the AVMA key: the provisioner does it, or \"avma key\" prints it.",
			HResults: []uint32{hrNoKey}},
		{Code: CodeWrongAVMAKey, Status: Failed, Severity: Error,
			Summary: "The AVMA key is that of {owner}",
			Detail:  "The installed key ({key}) is the AVMA key of {owner}. This guest is {guest}, whose key ends in {expected}. A key of a neighbour does not activate.",
			Remedy:  "Install the key of the guest's own release and edition; the provisioner replaces it."},
		{Code: CodeUnknownAVMAKey, Status: Failed, Severity: Error,
			Summary: "The AVMA key ({key}) is not the expected one",
			Detail:  "The catalogue does not know an AVMA key that ends in {key}. {guest} is expected to hold the key that ends in {expected}.",
			Remedy:  "Install the expected key, or add the new key with a catalogue file (--catalog, AVMA_CATALOG)."},
		{Code: CodeKeyNotOfEdition, Status: Failed, Severity: Error,
			Summary: "The key is right, the edition is not",
			Detail:  "The key ({key}) is the expected one, but it belongs to {owner}, while this guest is {guest}.",
			Remedy:  "Change the edition, or expect the key of the edition that the guest has."},
		{Code: CodeTwoProducts, Severity: Warning,
			Summary: "{n} Windows products hold a key",
			Detail:  "Windows should hold one. Found: {products}. The verdict is about the first.",
			Remedy:  "Find out where the other key comes from. Take out only what does not belong there (UninstallProductKey of its SoftwareLicensingProduct), and never a MAK that somebody paid for."},
		{Code: CodeChannelConflict, Status: Unknown, Severity: Error,
			Summary: "The key's channel contradicts itself",
			Detail:  "ProductKeyChannel says {channel}, the description says {description}. Whether this is an AVMA key cannot be told.",
			Remedy:  "Install the AVMA key again, restart the guest, and look again."},
		{Code: CodeKeyUndone, Status: Failed, Severity: Error,
			Summary: "Something in the guest takes the key out again",
			Detail:  "The key was installed {n} times, Windows took it each time, and afterwards the guest held another one ({key}) or none.",
			Remedy:  "Find what puts the other key back (Group Policy, a configuration tool, a script or scheduled task that calls slmgr) and keep it out of the build."},
		{Code: CodeGVLK, Status: NotAVMA, Severity: Error,
			Summary: "A KMS client key (GVLK) is installed",
			Detail:  "{guest} holds the volume key {key} (channel {channel}): it waits for a KMS or Active Directory, not for its Hyper-V host. Volume media come with it.",
			Remedy:  "Install the AVMA key; the provisioner replaces a GVLK without being asked."},
		{Code: CodeMAK, Status: NotAVMA, Severity: Error,
			Summary: "A MAK is installed",
			Detail:  "{guest} holds a Multiple Activation Key ({key}, {license}). It was left alone: an activation that somebody paid for is not thrown away.",
			Remedy:  leftAlone},
		{Code: CodeRetail, Status: NotAVMA, Severity: Error,
			Summary: "A retail key is installed",
			Detail:  "{guest} holds a key of channel {channel} ({key}, {license}). It was left alone.",
			Remedy:  leftAlone},
		{Code: CodeOEM, Status: NotAVMA, Severity: Error,
			Summary: "An OEM key is installed",
			Detail:  "{guest} holds a manufacturer's key of channel {channel} ({key}, {license}). It was left alone.",
			Remedy:  leftAlone},
		{Code: CodeKMSHostKey, Status: NotAVMA, Severity: Error,
			Summary: "The guest is a KMS host",
			Detail:  "{guest} holds the key of a Key Management Service host ({key}, channel {channel}). Others may be activated by it, so it was left alone.",
			Remedy:  "Do not use a KMS host as a template. " + leftAlone},
		{Code: CodeOtherChannel, Status: NotAVMA, Severity: Error,
			Summary: "A key of channel {channel} is installed",
			Detail:  "{guest} holds the key {key} of channel {channel}, which is not the AVMA channel (VT:IA). It was left alone.",
			Remedy:  leftAlone},
		{Code: CodeUnknownChannel, Status: Unknown, Severity: Error,
			Summary: "The key's channel is not known",
			Detail:  "Windows names neither a channel nor a description for the key {key}, so it cannot be told whether it is an AVMA key.",
			Remedy:  "Look again; restart the Software Protection service (sppsvc) if it stays so."},
		{Code: CodeGVLKOtherRelease, Severity: Info,
			Summary: "The KMS client key is that of {owner}",
			Detail:  "The key {key} is the published KMS client key of {owner}."},
		{Code: CodeKeyWithoutPartial, Severity: Info,
			Summary: "A product without a key was listed",
			Detail:  "{n} of the listed products hold no key; they were passed over."},
	}
}
