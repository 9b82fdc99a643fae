// SPDX-License-Identifier: MPL-2.0

package catalog

import "testing"

// A key that several releases share is named by the long-term release whose key it is, however it is looked up.
func TestSharedKeysAreNamedByTheLongTermRelease(t *testing.T) {
	const key, mistyped = "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMX"
	c := Default()
	for name, entries := range map[string][]Entry{"the key": c.Identify(key), "its end": c.IdentifyPartial("wmbmw", AVMA), "a typing error": c.Near(mistyped)} {
		if len(entries) != 6 || entries[0].Release != "2019" || entries[1].Release != "20H2" || entries[0].Hosts == nil {
			t.Errorf("%s: %+v", name, entries)
		}
	}
	if got := c.IdentifyPartial("", AVMA); got != nil {
		t.Errorf("no end: %+v", got)
	}
	if got := c.IdentifyPartial("WMBMW", GVLK); got != nil {
		t.Errorf("another channel: %+v", got)
	}
}
