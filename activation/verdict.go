// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
)

// Status is the outcome of a judgement.
type Status string

// The statuses of a verdict.
const (
	Activated Status = "activated" // the host activated this guest
	Pending   Status = "pending"   // the key is right, the host has not answered yet
	Deferred  Status = "deferred"  // the key is installed, the proof is left to the first boot
	NotAVMA   Status = "not_avma"  // the guest is licensed, or not, through another channel
	NoHost    Status = "no_host"   // licensed, but no host is named
	Failed    Status = "failed"    // it is not activated, and waiting will not help
	Unknown   Status = "unknown"   // could not look
)

// Severity of a reason.
type Severity string

// The severities: an error explains a status, a warning may become one, info helps to understand.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Reason is one finding of a judgement. Its code is stable.
type Reason struct {
	Code     string   `json:"code"` // "AVMA-101"
	Severity Severity `json:"severity"`
	Summary  string   `json:"summary"`
	Detail   string   `json:"detail"`
	Remedy   string   `json:"remedy,omitempty"`
	HResult  string   `json:"hresult,omitempty"` // "0xC004FD02"
	Symbol   string   `json:"symbol,omitempty"`  // "SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED"
}

// Expectation is what a guest is held against. The zero value expects only that its host activated it with the key
// of its own release and edition.
type Expectation struct {
	Catalog     *catalog.Catalog // nil: catalog.Default()
	Release     string           // "": what the guest is
	Edition     string           // "": what the guest is
	PartialKey  string           // "": the catalogue's key for the guest
	Hosts       []string         // hosts that may have activated it; none: any
	HostRelease string           // release of the host where the caller knows it; "": not known
	Defer       bool             // the build host is no AVMA host: a missing activation is Deferred
	Now         time.Time        // zero: the guest's clock is not checked
}

// Verdict is the outcome for one guest. Reasons[0] explains the status.
type Verdict struct {
	Schema        int      `json:"schema"` // 1
	Status        Status   `json:"status"`
	Reasons       []Reason `json:"reasons"`
	Release       string   `json:"release"`
	Build         int      `json:"build"`
	Edition       string   `json:"edition"`
	EditionID     string   `json:"edition_id"`
	Evaluation    bool     `json:"evaluation"`
	Core          bool     `json:"core"`
	Channel       string   `json:"channel"`     // ProductKeyChannel of the judged product
	PartialKey    string   `json:"partial_key"` // of the judged product
	ExpectedKey   string   `json:"expected_partial_key"`
	LicenseStatus uint32   `json:"license_status"`
	Host          string   `json:"host"`          // the host that activated it
	PhysicalHost  string   `json:"physical_host"` // where Data Exchange says that it runs now
	ActivatedUTC  string   `json:"activated_utc"`
	CheckedUTC    string   `json:"checked_utc"`
}
