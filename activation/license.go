// SPDX-License-Identifier: MPL-2.0

package activation

import "strconv"

// LicenseStatusName names a LicenseStatus; a number that is not documented stays a number.
func LicenseStatusName(n uint32) string {
	names := [...]string{"Unlicensed", "Licensed", "OOBGrace", "OOTGrace", "NonGenuineGrace", "Notification", "ExtendedGrace"}
	if int64(n) < int64(len(names)) {
		return names[n]
	}
	return "status " + strconv.FormatUint(uint64(n), 10)
}

// licenseNote is the reason for a licence status other than Licensed.
func licenseNote(p Product) (finding, bool) {
	minutes := strconv.FormatUint(uint64(p.GraceMinutes), 10)
	switch p.LicenseStatus {
	case licensed:
		return finding{}, false
	case 0:
		return found(CodeUnlicensed), true
	case 2:
		return found(CodeOOBGrace, "minutes", minutes), true
	case 3:
		return found(CodeOOTGrace, "minutes", minutes), true
	case 4:
		return found(CodeNonGenuineGrace, "minutes", minutes), true
	case 5:
		return found(CodeNotification), true
	case 6:
		return found(CodeExtendedGrace, "minutes", minutes), true
	}
	return found(CodeUnknownLicense, "n", strconv.FormatUint(uint64(p.LicenseStatus), 10)), true
}
