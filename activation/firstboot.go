// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"strconv"
	"strings"
	"time"
)

// The values that the check on first boot publishes to the host through Data Exchange (REG_SZ under
// HKLM\SOFTWARE\Microsoft\Virtual Machine\Guest). They are part of the image's registry, so they are deleted when the
// check is registered and when the AVMA key is replaced.
const (
	KVPSchema     = "AvmaSchema"     // "1"
	KVPStatus     = "AvmaStatus"     // a Status: "activated", "pending", "no_host", "not_avma", "failed", "unknown"
	KVPReason     = "AvmaReason"     // a reason's code: "AVMA-101"
	KVPHost       = "AvmaHost"       // the host that activated the guest; "" when none is named
	KVPPartialKey = "AvmaPartialKey" // last five of the key
	KVPCheckedUTC = "AvmaCheckedUtc" // RFC 3339
	KVPPrefix     = "Avma"           // of all of them, and of those to come

	PublishedSchema = 1
)

// KVPNames lists the published values in the order in which they are written.
func KVPNames() []string {
	return []string{KVPSchema, KVPStatus, KVPReason, KVPHost, KVPPartialKey, KVPCheckedUTC}
}

// Limits of a Data Exchange value: 512 bytes for a name and 2,048 for a value, the terminator among them, so that many
// UTF-16 characters are left. (reference section 6)
const (
	MaxKVPName  = 255
	MaxKVPValue = 1023
)

// Published is what a guest published about itself. A guest may write anything: it is reporting, never proof.
type Published struct {
	Schema     int // 0: not published, or no number
	Status     Status
	Reason     string
	Host       string
	PartialKey string
	Checked    time.Time // zero: not published, or no time
}

// ParsePublished reads the published values, cleaned and bounded. ok is false when there is no status that is known.
func ParsePublished(values map[string]string) (p Published, ok bool) {
	get := func(key string) string { return name(values[key]) }
	p = Published{Host: get(KVPHost), PartialKey: Clean(get(KVPPartialKey), 5)}
	p.Schema, _ = strconv.Atoi(get(KVPSchema))
	if _, known := Define(get(KVPReason)); known {
		p.Reason = get(KVPReason)
	}
	p.Checked, _ = time.Parse(time.RFC3339, get(KVPCheckedUTC))
	for _, s := range Statuses() {
		if strings.EqualFold(get(KVPStatus), string(s)) {
			p.Status = s
		}
	}
	return p, p.Status != ""
}

// Statuses lists the statuses of a verdict.
func Statuses() []Status {
	return []Status{Activated, Pending, Deferred, NotAVMA, NoHost, Failed, Unknown}
}

// Machine tells one installation of Windows on one VM from another: the template from its clone.
type Machine struct {
	VMID        string // VirtualMachineId of Data Exchange; "" when Data Exchange did not say
	InstallDate int64  // the registry's InstallDate, Unix seconds; 0 when not read
}

// MachineOf takes it from facts.
func MachineOf(f Facts) Machine {
	return Machine{VMID: ParseHost(f.DataExchange.Parameters).VMID, InstallDate: f.OS.InstallDate}
}

// ClonedFrom says whether this machine is a clone of the template: its VM id or its InstallDate differs. That
// generalizing changes InstallDate is inferred, so one difference is enough and neither is required; known is false
// when the two have nothing in common that was read. (reference section 8)
func (m Machine) ClonedFrom(template Machine) (cloned, known bool) {
	if m.VMID != "" && template.VMID != "" {
		known = true
		cloned = !strings.EqualFold(m.VMID, template.VMID)
	}
	if m.InstallDate != 0 && template.InstallDate != 0 {
		known = true
		cloned = cloned || m.InstallDate != template.InstallDate
	}
	return cloned, known
}
