// SPDX-License-Identifier: MPL-2.0

package near_test

import (
	"testing"

	"github.com/golden-image/packer-plugin-avma/internal/near"
)

func TestMatch(t *testing.T) {
	flags := []string{"release", "edition", "evaluation", "firmware", "format", "for"}
	for _, tc := range []struct{ name, word, want string }{
		{"a letter missing", "relase", "release"},
		{"two letters swapped", "editoin", "edition"},
		{"case", "Release", "release"},
		{"a beginning that one has", "eva", "evaluation"},
		{"a beginning that two have is no match", "fo", "for"},
		{"nothing near", "password", ""},
		{"empty", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := near.Match(tc.word, flags); got != tc.want {
				t.Errorf("Match(%q) = %q, want %q", tc.word, got, tc.want)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	names := []string{"Berlin", "Merlin", "Lin"}
	for _, tc := range []struct {
		limit      int
		word, want string
	}{
		{0, "berlin", "Berlin"}, {0, "berlim", ""}, {1, "Xerlin", "Berlin"}, {1, "merlim", "Merlin"}, {3, "berlinabc", "Berlin"}, {2, "berlinabc", ""},
		{3, "ber", "Berlin"}, {2, "ber", ""}, {1, "ilnx", ""}, {2, "ilnx", "Lin"}, {3, "", "Lin"},
	} {
		if got := near.Within(tc.limit, tc.word, names); got != tc.want {
			t.Errorf("Within(%d, %q) = %q, want %q", tc.limit, tc.word, got, tc.want)
		}
	}
}
