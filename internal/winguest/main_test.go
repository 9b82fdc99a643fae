// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"io"
	"log"
	"testing"

	"go.uber.org/goleak"
)

// TestMain silences the communicators, which log every command.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	goleak.VerifyTestMain(m)
}
