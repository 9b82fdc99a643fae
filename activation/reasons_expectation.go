// SPDX-License-Identifier: MPL-2.0

package activation

// Codes about the catalogue and the expectation, AVMA-8xx.
const (
	CodeUnknownGuest       = "AVMA-801"
	CodeNoAVMAKey          = "AVMA-802"
	CodeClient             = "AVMA-803"
	CodeOtherRelease       = "AVMA-804"
	CodeOtherEdition       = "AVMA-805"
	CodeOtherInstallation  = "AVMA-806"
	CodeBadExpectation     = "AVMA-807"
	CodeExpectsOtherKey    = "AVMA-808"
	CodeInferredKey        = "AVMA-809"
	CodeKeyNotAsExpected   = "AVMA-810"
	CodeSKUConflict        = "AVMA-811"
	CodeUnknownHostRelease = "AVMA-812"
	CodeKeyNotOffered      = "AVMA-813"
)

func expectationReasons() []Definition {
	return []Definition{
		{Code: CodeUnknownGuest, Status: Unknown, Severity: Error,
			Summary: "The catalogue does not know this Windows",
			Detail:  "Build {build}, edition {edition}: {why}",
			Remedy:  "Use a newer avma, or add the release with a catalogue file (--catalog, AVMA_CATALOG), or name the key that you expect."},
		{Code: CodeNoAVMAKey, Status: Failed, Severity: Error,
			Summary: "There is no AVMA key for {guest}",
			Detail:  "{why}",
			Remedy:  "{remedy}"},
		{Code: CodeClient, Status: Failed, Severity: Error,
			Summary: "This is a client Windows",
			Detail:  "{edition} (build {build}) is no Windows Server. There is no AVMA key for any client Windows.",
			Remedy:  "Use a KMS key, MAK or subscription activation."},
		{Code: CodeOtherRelease, Status: Failed, Severity: Error,
			Summary: "The guest is {guest}, expected was release {want}",
			Detail:  "The guest's build is {build}.",
			Remedy:  "Install from the media of the expected release, or correct release."},
		{Code: CodeOtherEdition, Status: Failed, Severity: Error,
			Summary: "The guest is {guest}, expected was edition {want}",
			Detail:  "The edition read in the guest is {edition}.",
			Remedy:  "Install the expected edition (image index or name in the answer file), or correct edition."},
		{Code: CodeOtherInstallation, Severity: Warning,
			Summary: "The guest is {is}, expected was {want}",
			Detail:  "Server Core and Desktop Experience take the same key, so this does not touch activation.",
			Remedy:  "Choose the other image if the difference matters."},
		{Code: CodeBadExpectation, Status: Unknown, Severity: Error,
			Summary: "What is expected cannot be understood",
			Detail:  "{why}",
			Remedy:  "Correct release and edition; \"avma keys\" lists what there is."},
		{Code: CodeExpectsOtherKey, Severity: Warning,
			Summary: "The expected key is not the one of this guest",
			Detail:  "The key that ends in {expected} was named. The AVMA key of {guest} ends in {catalogue}.",
			Remedy:  "Correct product_key, unless the catalogue is the older of the two."},
		{Code: CodeInferredKey, Severity: Info,
			Summary: "The key of {guest} is inferred, not documented",
			Detail:  "Microsoft's AVMA page does not list this release; its key is that of the release it derives from."},
		{Code: CodeKeyNotAsExpected, Status: Failed, Severity: Error,
			Summary: "The AVMA key is right for the guest, but another was expected",
			Detail:  "{guest} holds its own AVMA key ({key}); the key that ends in {expected} was expected.",
			Remedy:  "Correct product_key, or leave it out: the key follows from the guest."},
		{Code: CodeSKUConflict, Severity: Warning,
			Summary: "EditionID and SKU contradict each other",
			Detail:  "EditionID says {edition}, OperatingSystemSKU {sku} means {skuedition}. EditionID was believed.",
			Remedy:  "Restart the guest if its edition was just changed."},
		{Code: CodeUnknownHostRelease, Severity: Warning,
			Summary: "The host's release {hostrelease} is not known",
			Detail:  "It could not be held against the matrix. Known hosts: {hosts}.",
			Remedy:  "Correct the host's release."},
		{Code: CodeKeyNotOffered, Status: Failed, Severity: Error,
			Summary: "The key is not installed, and installing it was ruled out",
			Detail:  "skip_install is set. {what}",
			Remedy:  "Install the key before, for example by the answer file, or leave skip_install out."},
	}
}
