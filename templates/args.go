// SPDX-License-Identifier: MPL-2.0

package templates

// InstallArgs are the arguments of Install.
type InstallArgs struct {
	Key         string  `json:"key"`
	Replace     bool    `json:"replace"`      // replace a MAK, retail or OEM key too
	WaitSeconds int     `json:"wait_seconds"` // 0: do not wait; above 50: 50
	PollSeconds float64 `json:"poll_seconds"` // longest pause between two looks; outside 0.1 to 30: 3
	Activate    bool    `json:"activate"`     // also ask for activation, at growing intervals
}

// WaitArgs are the arguments of Wait.
type WaitArgs struct {
	PartialKey  string  `json:"partial_key"` // last five characters of the key; "": any AVMA key
	WaitSeconds int     `json:"wait_seconds"`
	PollSeconds float64 `json:"poll_seconds"`
	Activate    bool    `json:"activate"`
}

// RestartArgs are the arguments of Restart.
type RestartArgs struct {
	DelaySeconds int `json:"delay_seconds"` // between 2 and 600
}

// WriteFileArgs are the arguments of WriteFile.
type WriteFileArgs struct {
	Path    string `json:"path"`
	Content []byte `json:"content"`
}

// ConvertArgs are the arguments of ConvertStart.
type ConvertArgs struct {
	EditionID string `json:"edition_id"` // "ServerDatacenter": without Cor and Eval
	Key       string `json:"key"`
	// FallbackKey is tried where DISM does not take Key: the KMS client key of the target. "": none.
	FallbackKey string `json:"fallback_key"`
	Port        int    `json:"port"` // the communicator's, kept open over the restart; 0: none
}

// FirstBootArgs are the arguments of FirstBootRegister, and what the check finds in first-boot.json.
type FirstBootArgs struct {
	// Armed makes the check act on this very machine too. False: it acts only on a machine that is another one, a
	// clone of this one.
	Armed bool `json:"armed"`
	// DeleteFiles are deleted by the check on the machine on which it acts, such as the deploy answer file.
	DeleteFiles []string `json:"delete_files"`
	// IntervalMinutes is the time between two looks until the verdict; 0: 5.
	IntervalMinutes int `json:"interval_minutes"`
	// DeadlineMinutes ends the looking; 0: 1440, a day.
	DeadlineMinutes int `json:"deadline_minutes"`
	// SliceSeconds is how long one look waits for the host; 0: 120.
	SliceSeconds int `json:"slice_seconds"`
	// ExpectedHosts may have activated the clone; none: any. Full names or first labels.
	ExpectedHosts []string `json:"expected_hosts"`
}
