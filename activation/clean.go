// SPDX-License-Identifier: MPL-2.0

package activation

import "github.com/golden-image/packer-plugin-avma/internal/untrusted"

// maxShown bounds a value that is shown inside a sentence, in characters.
const maxShown = 200

// maxName bounds a name (host, edition, channel) in characters: the DNS limit.
const maxName = 255

// Clean is [untrusted.Text], for those that know only this package.
func Clean(s string, limit int) string { return untrusted.Text(s, limit) }

// name cleans an identifier of the guest.
func name(s string) string { return Clean(s, maxName) }
