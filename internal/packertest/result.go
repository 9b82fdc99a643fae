// SPDX-License-Identifier: MPL-2.0

package packertest

import (
	"strings"
	"testing"
)

// Result is one run of Packer.
type Result struct {
	Args           []string
	Stdout, Stderr string
	Log            string // PACKER_LOG=1, of Packer and of the plugin
	Exit           int
}

// Output is all that a user sees, with Packer's line wrapping and error frames taken out, so that a sentence can be
// looked for whole.
func (r Result) Output() string {
	clean := strings.NewReplacer("\u2502", " ", "\u2577", " ", "\u2575", " ", "==> ", " ").Replace(r.Stdout + "\n" + r.Stderr)
	return strings.Join(strings.Fields(clean), " ")
}

// Succeeds fails the test unless the exit status is 0.
func (r Result) Succeeds(t *testing.T) Result {
	t.Helper()
	if r.Exit != 0 {
		t.Fatalf("packer %s: exit status %d\n%s\n%s", strings.Join(r.Args, " "), r.Exit, r.Stdout, r.Stderr)
	}
	return r
}

// Fails fails the test unless the exit status is not 0 and the output holds each of want.
func (r Result) Fails(t *testing.T, want ...string) Result {
	t.Helper()
	if r.Exit == 0 {
		t.Fatalf("packer %s succeeded, want a failure\n%s\n%s", strings.Join(r.Args, " "), r.Stdout, r.Stderr)
	}
	return r.Shows(t, want...)
}

// Shows fails the test unless the output holds each of want.
func (r Result) Shows(t *testing.T, want ...string) Result {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(r.Output(), w) {
			t.Errorf("packer %s does not say %q\n%s\n%s", strings.Join(r.Args, " "), w, r.Stdout, r.Stderr)
		}
	}
	return r
}

// Hides fails the test when the output or the log holds one of secrets.
func (r Result) Hides(t *testing.T, secrets ...string) Result {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(r.Stdout+r.Stderr, s) {
			t.Errorf("packer %s prints the secret %q", strings.Join(r.Args, " "), s)
		}
		for line := range strings.Lines(r.Log) {
			if strings.Contains(line, s) {
				t.Errorf("packer %s logs the secret %q: %s", strings.Join(r.Args, " "), s, line)
				break
			}
		}
	}
	return r
}
