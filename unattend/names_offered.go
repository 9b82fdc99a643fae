// SPDX-License-Identifier: MPL-2.0

package unattend

import "slices"

// TimeZones lists the names of Windows' time zones, sorted: what time_zone takes.
func TimeZones() []string {
	var names []string
	for _, name := range timeZones().windows {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Languages lists the languages that Windows has a number for, sorted: what the attributes for languages take, among
// others.
func Languages() []string {
	tags := slices.Clone(languages().tags)
	slices.Sort(tags)
	return tags
}
