// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

var drivePath = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[A-Za-z]:\\|\\\\[^\\/]+\\[^\\/]+|%[A-Za-z_]+%)`) })

// checkDrivers checks the driver folders. (reference section 1.8: one folder each)
func (m *model) checkDrivers() {
	seen := map[string]bool{}
	for i, p := range m.cfg.DriverPaths {
		attribute := fmt.Sprintf("driver_paths[%d]", i)
		if unknown(p) {
			continue
		}
		m.length(attribute, p, 259)
		m.printable(attribute, p)
		switch {
		case strings.TrimSpace(p) == "":
			m.fail(attribute, "it is empty", "Give a folder such as E:\\vioscsi\\2k22\\amd64, or leave it out.")
		case strings.Contains(p, "/"):
			m.fail(attribute, fmt.Sprintf("%q has a slash", p), "Windows paths have backslashes: "+strings.ReplaceAll(p, "/", `\`)+". In HCL write each of them twice.")
		case !drivePath().MatchString(p):
			m.fail(attribute, fmt.Sprintf("%q is not an absolute path", p), "Give the folder with its drive letter in Windows PE, for example E:\\NetKVM\\2k22\\amd64.")
		case strings.ContainsAny(p[2:], `<>"|?*:`):
			m.fail(attribute, fmt.Sprintf("%q has a character that no path has", p), "Each entry is one folder, without wildcards.")
		case strings.HasSuffix(strings.ToLower(p), ".inf"):
			m.fail(attribute, fmt.Sprintf("%q is a file", p), "Give the folder that holds the .inf file.")
		case seen[strings.ToLower(p)]:
			m.fail(attribute, fmt.Sprintf("%q stands twice", p), "Each folder is searched once.")
		}
		seen[strings.ToLower(p)] = true
	}
}
