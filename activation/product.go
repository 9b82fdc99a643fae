// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"regexp"
	"sort"
	"strings"
	"sync"
)

// licensed is LicenseStatus 1: the only value that means that Windows is activated.
const licensed = 1

// Product picks the product that is Windows itself among the listed ones: the first by these rules, in this order:
// holds a key; holds the expected AVMA key; is of the guest's edition; is licensed; is an AVMA key; smaller ID. partial
// is the expected key's last group, "" when not known. ok is false when no product holds a key.
func (f Facts) Product(partial string) (p Product, ok bool) {
	with := f.withKey(partial)
	if len(with) == 0 {
		return Product{}, false
	}
	return with[0], true
}

// withKey lists the products that hold a key, the judged one first.
func (f Facts) withKey(partial string) []Product {
	var with []Product
	for _, p := range f.Products {
		if name(p.PartialProductKey) != "" && !p.isESU() {
			with = append(with, p)
		}
	}
	edition := name(f.OS.EditionID)
	rank := func(p Product) int {
		n := 0
		avma := ChannelOf(p) == ChannelAVMA
		if avma && partial != "" && strings.EqualFold(name(p.PartialProductKey), partial) {
			n += 8
		}
		if edition != "" && strings.EqualFold(name(p.LicenseFamily), edition) {
			n += 4
		}
		if p.LicenseStatus == licensed {
			n += 2
		}
		if avma {
			n++
		}
		return n
	}
	sort.SliceStable(with, func(i, j int) bool {
		if a, b := rank(with[i]), rank(with[j]); a != b {
			return a > b
		}
		return with[i].ID < with[j].ID
	})
	return with
}

var esu = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)(^|[^a-z])ESU([^a-z]|$)`) })

// isESU says that a product is that of Extended Security Updates: a MAK beside Windows' own key, which belongs there and
// is not Windows itself.
func (p Product) isESU() bool {
	return esu().MatchString(name(p.Name)) || esu().MatchString(name(p.LicenseFamily))
}

// cleaned is the product with every text fit to be shown and compared.
func (p Product) cleaned() Product {
	for _, s := range []*string{
		&p.ID, &p.Name, &p.Description, &p.ProductKeyChannel, &p.PartialProductKey, &p.LicenseFamily, &p.EvaluationEndUTC,
		&p.HostMachineName, &p.HostDigitalPid2, &p.LastActivationUTC, &p.InheritedActivationID,
	} {
		*s = name(*s)
	}
	p.PartialProductKey = Clean(p.PartialProductKey, 5)
	return p
}
