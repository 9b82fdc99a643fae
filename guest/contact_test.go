// SPDX-License-Identifier: MPL-2.0

package guest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/templates"
)

func TestACommunicatorThatRunsNothingIsTold(t *testing.T) {
	noUploads := errors.New("Upload is not implemented when communicator = 'none'")
	for name, c := range map[string]struct {
		transport Transport
		upload    error
	}{
		"none":                   {Auto, noUploads},
		"none, inline":           {Inline, noUploads},
		"none, upload":           {Upload, noUploads},
		"a made-up communicator": {Auto, nil},
		"a made-up one, upload":  {Upload, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r, comm := runner(t)
			comm.dumb, comm.upload, r.Transport = true, c.upload, c.transport
			_, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{})
			var nothing *NothingRunsError
			if !errors.As(err, &nothing) || !strings.Contains(err.Error(), "communicator") {
				t.Errorf("%T %v", err, err)
			}
		})
	}
}

// A guest that answers echo has lost a script, and a guest that has answered once is there.
func TestAGuestThatLosesAScriptIsNoCommunicatorThatRunsNothing(t *testing.T) {
	var nothing *NothingRunsError
	r, comm := runner(t, reply{}, reply{})
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err == nil || errors.As(err, &nothing) || comm.echoes != 1 {
		t.Errorf("%v after %d echoes", err, comm.echoes)
	}
	r, comm = runner(t, reply{document: seen}, reply{}, reply{})
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err != nil {
		t.Fatal(err)
	}
	comm.dumb = true
	if _, err := r.Run(context.Background(), templates.Facts(), nil, RunOptions{}); err == nil || errors.As(err, &nothing) || comm.echoes != 0 {
		t.Errorf("%v after %d echoes", err, comm.echoes)
	}
}
