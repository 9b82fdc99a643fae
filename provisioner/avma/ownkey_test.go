// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"strings"
	"testing"

	"github.com/golden-image/packer-plugin-avma/activation"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// mak is well formed and in no catalogue, as a MAK is.
const mak = "N3H9H-RYFMX-97XXC-99FKX-GJJPX"

// withMAK is a guest that holds a MAK.
func withMAK(partial string, status uint32) activation.Facts {
	f := server2022()
	f.Products = []activation.Product{product("VOLUME_MAK", "Volume:MAK", partial, status, "")}
	return f
}

// The example of the documentation's section about secrets, under the default verify.
func TestOwnMAK(t *testing.T) {
	licensed := func(after int) map[string]answer {
		look := func(name string) answer {
			return func(n int, args any) (activation.Facts, error) {
				waited := sleepy(args)
				status := uint32(5)
				if name == "wait" && n >= after || after == 0 {
					status = 1
				}
				f := withMAK("GJJPX", status)
				f.Action = &activation.Action{Name: name, Done: true, WaitedSeconds: waited}
				return f, nil
			}
		}
		return map[string]answer{"install": look("install"), "wait": look("wait")}
	}
	t.Run("over a KMS client key", func(t *testing.T) {
		play(t, Config{ProductKey: mak}, &fakeGuest{facts: server2022(), on: licensed(0)}, func(t *testing.T, o outcome) {
			if o.err != nil || !strings.Contains(o.ui.all(), "Licensed with the key given as product_key") || strings.Contains(o.ui.all(), "ERROR") {
				t.Errorf("%v\n%s", o.err, o.ui.all())
			}
		})
	})
	t.Run("licensed later", func(t *testing.T) {
		play(t, Config{ProductKey: mak}, &fakeGuest{facts: server2022(), on: licensed(2)}, func(t *testing.T, o outcome) {
			if o.err != nil {
				t.Errorf("%v\n%s", o.err, o.ui.all())
			}
		})
	})
	t.Run("never licensed", func(t *testing.T) {
		play(t, Config{ProductKey: mak}, &fakeGuest{facts: server2022(), on: licensed(1000)}, func(t *testing.T, o outcome) {
			if o.err == nil || !strings.Contains(o.err.Error(), "activation_timeout") {
				t.Errorf("%v\n%s", o.err, o.ui.all())
			}
		})
	})
	t.Run("it is there already", func(t *testing.T) {
		play(t, Config{ProductKey: mak}, &fakeGuest{facts: withMAK("GJJPX", 1)}, func(t *testing.T, o outcome) {
			if o.err != nil {
				t.Errorf("%v\n%s", o.err, o.ui.all())
			}
			o.ranExactly(t, "facts")
		})
	})
	t.Run("another MAK is there", func(t *testing.T) {
		play(t, Config{ProductKey: mak}, &fakeGuest{facts: withMAK("ABCDE", 1)}, func(t *testing.T, o outcome) {
			if o.err == nil || strings.Contains(o.ui.all(), "Installing") || !strings.Contains(o.ui.all(), "replace_key") {
				t.Errorf("%v\n%s", o.err, o.ui.all())
			}
			o.ranExactly(t, "facts")
		})
	})
	t.Run("another MAK is replaced", func(t *testing.T) {
		g := &fakeGuest{facts: withMAK("ABCDE", 1), on: licensed(0)}
		play(t, Config{ProductKey: mak, ReplaceKey: true}, g, func(t *testing.T, o outcome) {
			if o.err != nil || g.count("install") != 1 || !g.args[1].(templates.InstallArgs).Replace {
				t.Errorf("%v\n%s", o.err, o.ui.all())
			}
		})
	})
}
