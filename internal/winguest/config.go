// SPDX-License-Identifier: MPL-2.0

package winguest

// Config describes a guest. The zero value is Windows Server 2022 Datacenter, Desktop Experience, from volume media
// with its KMS client key, in English, Setup finished, on an activated Datacenter host of 2025 that answers at once.
type Config struct {
	Release          string   `json:"release,omitempty"`           // "2022"
	EditionID        string   `json:"edition_id,omitempty"`        // "ServerDatacenter"; "ServerStandardEval" is an evaluation
	Core             bool     `json:"core,omitempty"`              // Server Core
	DomainController bool     `json:"domain_controller,omitempty"` //
	Language         string   `json:"language,omitempty"`          // "en-US"; "de-DE" and "ko-KR" have texts of their own
	PowerShell       string   `json:"powershell,omitempty"`        // "5.1", "4.0"; "" by release
	LanguageMode     string   `json:"language_mode,omitempty"`     // "ConstrainedLanguage"
	NotElevated      bool     `json:"not_elevated,omitempty"`      // the session has no administrator's rights
	NotAdministrator bool     `json:"not_administrator,omitempty"` // the user cannot even register a task (implies NotElevated)
	Without          []string `json:"without,omitempty"`           // what is missing: "cim", "wmi", "tasks", "firewall", "powershell"
	BrokenClasses    []string `json:"broken_classes,omitempty"`    // WMI classes that answer with an error; "Class=0x80070005" names it
	ErrorStyle       string   `json:"error_style,omitempty"`       // where a method's HRESULT is seen: "id", "hresult", "text", "none"
	Key              string   `json:"key,omitempty"`               // "gvlk", "avma", "mak", "retail", "none", or a key
	SecondKey        string   `json:"second_key,omitempty"`        // a second product with a key; "esu": the MAK of Extended Security Updates
	InstallHResult   string   `json:"install_hresult,omitempty"`   // what InstallProductKey always answers
	LicenseStatus    *int     `json:"license_status,omitempty"`    // a status that does not change by itself
	LicenseReason    string   `json:"license_reason,omitempty"`    // its HRESULT
	GraceMinutes     int      `json:"grace_minutes,omitempty"`
	RearmCount       *int     `json:"rearm_count,omitempty"`
	Services         Services `json:"services,omitempty"` // state of a service: "Running", "Stopped", "Disabled", "missing"
	ImageState       string   `json:"image_state,omitempty"`
	SystemSetup      int      `json:"system_setup,omitempty"`    // HKLM:\SYSTEM\Setup SystemSetupInProgress
	PendingRestart   []string `json:"pending_restart,omitempty"` // "cbs", "windows_update", "file_rename", "computer_rename"
	ComputerName     string   `json:"computer_name,omitempty"`
	SetupComplete    string   `json:"setup_complete_cmd,omitempty"` // content of an existing SetupComplete.cmd
	TimeZone         string   `json:"time_zone,omitempty"`          // IANA name, the session's TZ
	ShutdownExit     int      `json:"shutdown_exit,omitempty"`      // what shutdown.exe answers with
	DISM             DISM     `json:"dism,omitempty"`
	Odd              Odd      `json:"odd,omitempty"`
	Host             Host     `json:"host,omitempty"`
	Faults           Faults   `json:"faults,omitempty"`

	// Shell is what SSH commands run in: "cmd" (default), "powershell", "bash".
	Shell string `json:"shell,omitempty"`
	// OpenSSH is the server's version, "9.5" by default. "7.7", which Windows Server 2019 comes with, hands a command to
	// PowerShell as its shell without its double quotes; any version does where the client asks for a terminal.
	OpenSSH string `json:"openssh,omitempty"`
	// SleepScale shortens Start-Sleep in the guest; 0 means 1. Tasks with triggers sleep on the guest's own clock instead.
	SleepScale float64 `json:"sleep_scale,omitempty"`
	// ShutdownSeconds is how long processes run on after Windows was told to restart or to shut down.
	ShutdownSeconds float64 `json:"shutdown_seconds,omitempty"`
	// RestartSeconds is how long the guest is away for a restart; 0 means 0.3.
	RestartSeconds float64 `json:"restart_seconds,omitempty"`
}

// Odd is what does not fit together in a guest, or what the rest of a Config has no word for.
type Odd struct {
	SKU            int        `json:"sku,omitempty"`         // OperatingSystemSKU
	Channel        *string    `json:"channel,omitempty"`     // ProductKeyChannel of the Windows product
	Description    *string    `json:"description,omitempty"` // and its Description
	PartialKey     *string    `json:"partial_key,omitempty"`
	HostName       string     `json:"host_name,omitempty"`       // AutomaticVMActivationHostMachineName
	EvaluationDays int        `json:"evaluation_days,omitempty"` // days left; negative: over
	InstalledDays  int        `json:"installed_days,omitempty"`  // days since the installation; negative: in the future
	ClockHours     float64    `json:"clock_hours,omitempty"`     // how far the guest's clock is ahead
	Machine        *[2]string `json:"machine,omitempty"`         // manufacturer and model
	Events         [][]string `json:"events,omitempty"`          // strings of events 12309 that are there already
	NoRegistryOS   bool       `json:"no_registry_os,omitempty"`  // ...\Windows NT\CurrentVersion cannot be read
	KeepParameters bool       `json:"keep_parameters,omitempty"` // Guest\Parameters of a Hyper-V host, whatever the platform
}

// Services maps a service to its state.
type Services map[string]string

// DISM is how the conversion of an evaluation edition goes.
type DISM struct {
	Seconds       float64  `json:"seconds,omitempty"`        // how long /Set-Edition takes
	ExitCode      *int     `json:"exit_code,omitempty"`      // default 3010
	Targets       []string `json:"targets,omitempty"`        // default: what Microsoft documents for the edition
	RefuseKey     string   `json:"refuse_key,omitempty"`     // channel whose keys DISM does not take: "VT:IA", or "*"
	RefuseExit    int      `json:"refuse_exit,omitempty"`    // what it answers then; default 1605
	OwnRestarts   *int     `json:"own_restarts,omitempty"`   // restarts that Windows makes by itself after the first, before the edition changes; default 1 on 2012 R2, else 0
	NoChange      bool     `json:"no_change,omitempty"`      // exit code and restart, and the edition stays
	FirewallOn    bool     `json:"firewall_on,omitempty"`    // after the restart only ports with a rule are reachable
	BusySeconds   float64  `json:"busy_seconds,omitempty"`   // another DISM session holds the image at the start
	ExtraRestarts int      `json:"extra_restarts,omitempty"` // restarts before the edition changes
}

// Host is the hypervisor host. The zero value is an activated Datacenter host of 2025, named HV-01.
type Host struct {
	Platform         string            `json:"platform,omitempty"`          // "hyper-v", "kvm", "vmware", "virtualbox", "xen", "azure", "none"
	Name             string            `json:"name,omitempty"`              // the name that activation reports
	PhysicalName     string            `json:"physical_name,omitempty"`     // the name in Guest\Parameters; "" like Name
	Release          string            `json:"release,omitempty"`           // "2025"
	Edition          string            `json:"edition,omitempty"`           // "datacenter", "standard", "evaluation", "azure-local", "hyper-v-server", "azure-edition", "client", "azure"
	SKU              int               `json:"sku,omitempty"`               // HostingSystemEditionId; 0 by edition
	NotActivated     bool              `json:"not_activated,omitempty"`     //
	NoDataExchange   bool              `json:"no_data_exchange"`            // switched off for this VM: no Guest\Parameters
	LatencyPolls     int               `json:"latency_polls,omitempty"`     // looks at the licence before activation
	LatencySeconds   float64           `json:"latency_seconds,omitempty"`   // seconds after the key before activation
	Throttle         int               `json:"throttle,omitempty"`          // Activate() calls answered 0xC004FD00
	ActivateHResult  string            `json:"activate_hresult,omitempty"`  // what activation always answers
	ActivationDevice string            `json:"activation_device,omitempty"` // "missing", "disabled"; default: there and working on Hyper-V
	ExchangeOptional bool              `json:"exchange_optional,omitempty"` // activates without Data Exchange [I]
	InProgress       int               `json:"in_progress,omitempty"`       // Activate() calls answered 0xC004E028
	RefuseSeconds    float64           `json:"refuse_seconds,omitempty"`    // for how long after the key ActivateHResult is answered; 0: always
	Leaves           string            `json:"leaves,omitempty"`            // what an activation leaves in the guest: any of "name,time,pid", or "none"; default all three
	EventStyle       string            `json:"event_style,omitempty"`       // strings of event 12309: "", "hr", "no_hresult", "none"
	Keeps            bool              `json:"keeps,omitempty"`             // a licensed guest that asks again is not activated anew
	Parameters       map[string]string `json:"parameters,omitempty"`        // overrides in Guest\Parameters; "" removes
}

// Faults is what goes wrong between the build machine and the guest. Commands are counted from 1, uploads apart.
type Faults struct {
	Cut          []Cut    `json:"cut,omitempty"`
	NoiseBefore  []string `json:"noise_before,omitempty"` // lines ahead of every command's output
	NoiseAfter   []string `json:"noise_after,omitempty"`
	NoiseEach    string   `json:"noise_each,omitempty"` // a line between any two lines of output
	Wrap         int      `json:"wrap,omitempty"`       // columns at which output lines are broken; 0: never
	Stderr       string   `json:"stderr,omitempty"`     // text on stderr of every command
	DelayMS      int      `json:"delay_ms,omitempty"`   // before every command
	DiskFull     bool     `json:"disk_full,omitempty"`
	RefuseUpload bool     `json:"refuse_upload,omitempty"`
	LoseTail     int      `json:"lose_tail,omitempty"` // bytes missing at the end of the first command's output
}

// Cut is a lost connection at one remote command.
type Cut struct {
	Command int    `json:"command"`
	Point   string `json:"point"` // "before": never started; "during": runs on, nothing arrives; "middle": half of the output; "after": all output, no exit status
	AwayMS  int    `json:"away_ms,omitempty"`
}
