// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	_ "embed"
	"hash/crc32"
	"math/big"
	"math/bits"
	"strings"
	"sync"
)

// keysTable is Microsoft's published AVMA and KMS client keys. The fakes have a table of their own, so that a mistake in
// the product's catalogue is not repeated by the guest that judges it.
//
//go:embed keys.tsv
var keysTable string

// Known is what the fake Windows knows of a key.
type Known struct {
	Channel  string   `json:"channel"` // ProductKeyChannel
	Rank     int      `json:"rank"`
	Builds   []int    `json:"builds"`
	Editions []string `json:"editions"` // EditionID
}

// MAKKey and RetailKey are well-formed keys that stand for a multiple activation key and a retail key. They are made up.
var (
	MAKKey    = madeUpKey(4711, 100001, 0x1d2c3b4a5)
	RetailKey = madeUpKey(815, 200002, 0x2fedcba98)
	OEMKey    = madeUpKey(42, 300003, 0x3a1b2c3d4)
)

var knownKeys = sync.OnceValue(func() map[string]*Known {
	all := map[string]*Known{}
	for _, line := range strings.Split(strings.TrimSpace(keysTable), "\n")[1:] {
		f := strings.Split(line, "\t")
		for _, name := range strings.Split(f[0], ",") {
			r := releases[name]
			k := all[f[5]]
			if k == nil {
				k = &Known{Channel: map[string]string{"AVMA": "VT:IA", "GVLK": "Volume:GVLK"}[f[4]], Rank: r.rank}
				all[f[5]] = k
			}
			k.Builds = append(k.Builds, r.build)
			k.Editions = append(k.Editions, f[3])
		}
	}
	for key, channel := range map[string]string{MAKKey: "Volume:MAK", RetailKey: "Retail", OEMKey: "OEM:DM"} {
		k := &Known{Channel: channel}
		for _, r := range releases {
			k.Builds = append(k.Builds, r.build)
		}
		for e := range skus {
			k.Editions = append(k.Editions, e)
		}
		all[key] = k
	}
	return all
})

// keyOf finds the published key for a release, an edition and a channel ("AVMA", "GVLK"); "" when there is none.
func keyOf(release, edition, channel string) string {
	for _, line := range strings.Split(strings.TrimSpace(keysTable), "\n")[1:] {
		f := strings.Split(line, "\t")
		if f[4] != channel || f[3] != edition {
			continue
		}
		for _, name := range strings.Split(f[0], ",") {
			if name == release {
				return f[5]
			}
		}
	}
	return ""
}

// madeUpKey encodes a product key of the form that Windows 8 and later use: group in bits 0-19, serial 20-49, security
// 50-102, the checksum in bits 103-112, and the letter N in place of the most significant base-24 digit.
func madeUpKey(group, serial, security uint64) string {
	const alphabet = "BCDFGHJKMPQRTVWXY2346789"
	v := new(big.Int).SetUint64(group)
	v.Or(v, new(big.Int).Lsh(new(big.Int).SetUint64(serial), 20))
	v.Or(v, new(big.Int).Lsh(new(big.Int).SetUint64(security), 50))
	var le [16]byte
	for i, b := range v.FillBytes(make([]byte, 16)) {
		le[15-i] = b
	}
	v.Or(v, new(big.Int).Lsh(new(big.Int).SetUint64(uint64(^msbCRC(le[:])&0x3ff)), 103))
	digits := make([]int64, 25)
	base, rem := big.NewInt(24), new(big.Int)
	for i := 24; i >= 0; i-- {
		v.DivMod(v, base, rem)
		digits[i] = rem.Int64()
	}
	text := make([]byte, 0, 25)
	for _, d := range digits[1:] {
		text = append(text, alphabet[d])
	}
	n := digits[0]
	text = append(text[:n], append([]byte{'N'}, text[n:]...)...)
	var groups []string
	for i := 0; i < 25; i += 5 {
		groups = append(groups, string(text[i:i+5]))
	}
	return strings.Join(groups, "-")
}

// msbCRC is CRC-32 with polynomial 0x04C11DB7, not reflected; the result before the final complement.
func msbCRC(data []byte) uint32 {
	reflected := make([]byte, len(data))
	for i, b := range data {
		reflected[i] = bits.Reverse8(b)
	}
	return bits.Reverse32(^crc32.ChecksumIEEE(reflected))
}
