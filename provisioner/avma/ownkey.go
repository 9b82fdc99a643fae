// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"fmt"

	"github.com/golden-image/packer-plugin-avma/activation"
)

// ownKeyIn says that the guest holds the key given as product_key, and that it is none that a host activates: a MAK,
// mostly. The judge calls that guest not_avma, which it is; but the build asked for this very key, so its licence
// is what there is to wait for.
func (r *run) ownKeyIn() bool {
	partial := lastGroup(r.config.ProductKey)
	return partial != "" && r.verdict.Status == activation.NotAVMA && r.verdict.PartialKey == partial
}

// ownKeyLicensed says that Windows is licensed with it.
func (r *run) ownKeyLicensed() bool { return r.ownKeyIn() && r.verdict.LicenseStatus == 1 }

// sayOwnKey tells the outcome for such a key.
func (r *run) sayOwnKey() {
	v := r.verdict
	r.ui.Say(fmt.Sprintf("Licensed with the key given as product_key, which ends in %s (%s). It is no AVMA key: no host activates the guest, and the report says not_avma", v.PartialKey, v.Channel))
	if r.config.FirstBoot.On() {
		r.ui.Say("The first-boot check will publish not_avma in every clone: leave first_boot out, or product_key")
	}
}

// ownKeyRefusal is the error of a build whose own key did not license Windows in time.
func (r *run) ownKeyRefusal() error {
	v := r.verdict
	return fmt.Errorf("product_key: the key that ends in %s (%s) is installed, and Windows is not licensed with it after %s (activation_timeout; licence status %d, %s): it is no AVMA key, so Windows asks Microsoft and no host; see that the guest reaches the Internet and that the key has activations left, or leave product_key out for the AVMA key",
		v.PartialKey, v.Channel, spell(r.config.ActivationTimeout), v.LicenseStatus, activation.LicenseStatusName(v.LicenseStatus))
}
