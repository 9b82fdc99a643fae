// SPDX-License-Identifier: MPL-2.0

package catalog

import "strings"

// Channel is the kind of a product key. The zero value means AVMA wherever a channel may be left out.
type Channel string

// The channels that the catalogue knows.
const (
	AVMA Channel = "avma"
	GVLK Channel = "gvlk"
)

// Standing says how well a fact is known.
type Standing string

// The standings, from the strongest to the weakest.
const (
	Documented   Standing = "documented"
	CrossChecked Standing = "cross-checked"
	Inferred     Standing = "inferred"
)

// Entry is one key of the catalogue: one release, one edition, one channel.
type Entry struct {
	Release   string   `json:"release"`    // "2022", "2012 R2", "20H2"
	Build     int      `json:"build"`      // 20348
	Edition   string   `json:"edition"`    // "Datacenter", "Datacenter: Azure Edition", "Standard", "Essentials"
	EditionID string   `json:"edition_id"` // "ServerDatacenter"
	Channel   Channel  `json:"channel"`
	Key       string   `json:"key"`
	Standing  Standing `json:"standing"`
	Source    string   `json:"source"`
	Hosts     []string `json:"hosts"` // releases that activate it, newest first, by name; "azure-local" among them where documented
}

// PartialKey is the last group of the key, as Windows shows it (PartialProductKey).
func (e Entry) PartialKey() string {
	if len(e.Key) < 5 {
		return ""
	}
	return e.Key[len(e.Key)-5:]
}

// Target is what somebody means by a release and an edition, whether or not a key exists for it.
type Target struct {
	Release    string // canonical name: "2022", "20H2"
	Build      int
	Edition    string // canonical name, without evaluation: "Datacenter"
	EditionID  string // without Core and Eval spellings: "ServerDatacenter"
	Core       bool   // Server Core was asked for or found
	Evaluation bool   // an evaluation EditionID was given or found
}

// ParseChannel reads a channel's name in any case; the empty name is AVMA. The error is a [*ResolveError].
func ParseChannel(s string) (Channel, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "avma":
		return AVMA, nil
	case "gvlk", "kms":
		return GVLK, nil
	}
	return "", &ResolveError{What: "channel", Input: s, Remedy: "The channels are avma and gvlk."}
}
