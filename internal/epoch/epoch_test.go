// SPDX-License-Identifier: MPL-2.0

package epoch

import (
	"testing"
	"time"
)

func TestFromEnv(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Time
		bad  bool
	}{
		{text: "", want: time.Time{}},
		{text: "0", want: time.Unix(0, 0).UTC()},
		{text: "1700000000", want: time.Unix(1700000000, 0).UTC()},
		{text: "-1", bad: true},
		{text: "yesterday", bad: true},
	} {
		got, err := FromEnv(func(string) string { return c.text })
		if (err != nil) != c.bad || !got.Equal(c.want) {
			t.Errorf("FromEnv(%q) = %v, %v", c.text, got, err)
		}
	}
}
