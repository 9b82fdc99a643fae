// SPDX-License-Identifier: MPL-2.0

package activation

// Facts is what one look at a Windows guest found: the one JSON document that every guest script answers with.
// Nothing in it is judged, and nothing in it is trusted. A value that could not be read is its zero value, and
// Errors says why.
type Facts struct {
	Schema         int            `json:"schema"`        // 1
	CollectedUTC   string         `json:"collected_utc"` // RFC 3339, the guest's own clock
	OS             OS             `json:"os"`
	Products       []Product      `json:"products"` // Windows products with a key
	Service        Service        `json:"service"`
	Virtualization Virtualization `json:"virtualization"`
	DataExchange   DataExchange   `json:"data_exchange"`
	Events         []Event        `json:"events"` // newest first, at most 20
	PowerShell     PowerShell     `json:"powershell"`
	Setup          Setup          `json:"setup"`
	Session        Session        `json:"session"`
	PendingRestart []string       `json:"pending_restart"` // "cbs", "windows_update", "file_rename", "computer_rename"
	Errors         []LookError    `json:"errors"`
	Action         *Action        `json:"action,omitempty"` // what the script did beside looking; nil for a look alone
}

// OS describes the guest's Windows.
type OS struct {
	Build            int    `json:"build"`
	Revision         int    `json:"revision"` // UBR
	EditionID        string `json:"edition_id"`
	InstallationType string `json:"installation_type"` // "Server", "Server Core"
	ProductName      string `json:"product_name"`
	ProductType      int    `json:"product_type"` // 1 workstation, 2 domain controller, 3 server
	SKU              int    `json:"sku"`          // OperatingSystemSKU
	InstallDate      int64  `json:"install_date"` // registry InstallDate, Unix seconds
	BootTimeUTC      string `json:"boot_time_utc"`
	UILanguage       string `json:"ui_language"`
	ComputerName     string `json:"computer_name"`
}

// Product is a SoftwareLicensingProduct that holds a key.
type Product struct {
	ID                    string `json:"id"`
	Name                  string `json:"name"`
	Description           string `json:"description"`
	LicenseStatus         uint32 `json:"license_status"`
	LicenseStatusReason   uint32 `json:"license_status_reason"`
	ProductKeyChannel     string `json:"product_key_channel"`
	PartialProductKey     string `json:"partial_product_key"`
	LicenseFamily         string `json:"license_family"`
	GraceMinutes          uint32 `json:"grace_minutes"`
	EvaluationEndUTC      string `json:"evaluation_end_utc"` // "" when unset (year 1601)
	HostMachineName       string `json:"host_machine_name"`  // AutomaticVMActivationHostMachineName
	HostDigitalPid2       string `json:"host_digital_pid2"`
	LastActivationUTC     string `json:"last_activation_utc"` // "" when unset (year 1601)
	InheritedActivationID string `json:"iaid"`
}

// Service is the SoftwareLicensingService and its Windows service.
type Service struct {
	Version       string `json:"version"`
	State         string `json:"state"` // of sppsvc: "Running", "Stopped"; "" when missing
	StartMode     string `json:"start_mode"`
	RearmCount    int    `json:"rearm_count"` // remaining rearms; -1 when not read
	ClientMachine string `json:"client_machine_id"`
	KeyManagement string `json:"kms_machine"`
	IsKeyMgmtHost bool   `json:"is_kms_host"`
}

// Virtualization says what the guest runs on.
type Virtualization struct {
	HypervisorPresent bool   `json:"hypervisor_present"`
	Manufacturer      string `json:"manufacturer"` // Win32_ComputerSystem
	Model             string `json:"model"`
	BIOSVersion       string `json:"bios_version"`
	BIOSVendor        string `json:"bios_vendor"`
	AssetTag          string `json:"chassis_asset_tag"` // Win32_SystemEnclosure.SMBIOSAssetTag: tells an Azure VM
	// ActivationDevice is what was found when the guest was asked for its activation device; nil: it was not asked, as
	// in facts of earlier versions, or could not be.
	ActivationDevice *Device `json:"activation_device,omitempty"`
}

// Device is the "Microsoft Hyper-V Activation Component" (VMBUS\{3375BAF4-...}): the channel over which a host activates
// its guest, and so the sign that it offers to. (reference section 9)
type Device struct {
	Count     int `json:"count"`      // 0: the guest has none
	ErrorCode int `json:"error_code"` // ConfigManagerErrorCode; 0: it works, 22: somebody disabled it
}

// DataExchange is the Key-Value Pair Exchange service and what the host wrote through it.
type DataExchange struct {
	ServiceState string            `json:"service_state"` // vmickvpexchange: "Running", "Stopped"; "" when missing
	StartMode    string            `json:"start_mode"`    // "Auto", "Manual", "Disabled"
	Parameters   map[string]string `json:"parameters"`    // HKLM\SOFTWARE\Microsoft\Virtual Machine\Guest\Parameters
	Published    map[string]string `json:"published"`     // our own Avma* values under ...\Guest
}

// Event is one 12309 event of the provider Microsoft-Windows-Security-SPP.
type Event struct {
	ID         int      `json:"id"`
	TimeUTC    string   `json:"time_utc"`
	Level      int      `json:"level"`
	Qualifiers int      `json:"qualifiers"`
	Data       []string `json:"data"` // insertion strings, verbatim
}

// PowerShell is the engine that ran the script.
type PowerShell struct {
	Version      string `json:"version"`
	LanguageMode string `json:"language_mode"` // "FullLanguage", "ConstrainedLanguage"
	Edition      string `json:"edition"`
	Query        string `json:"query"` // "cim" or "wmi": what answered
}

// Setup is the state of Windows Setup.
type Setup struct {
	ImageState       string `json:"image_state"` // "IMAGE_STATE_COMPLETE", ...
	SystemSetup      int    `json:"system_setup_in_progress"`
	OOBEInProgress   int    `json:"oobe_in_progress"`
	SetupCompleteCmd bool   `json:"setup_complete_cmd"` // %WINDIR%\Setup\Scripts\SetupComplete.cmd exists
}

// Session is who the script ran as.
type Session struct {
	Elevated bool   `json:"elevated"`
	System   bool   `json:"system"`
	UserSID  string `json:"user_sid"`
}

// LookError is something that could not be read.
type LookError struct {
	Area    string `json:"area"`    // "products", "service", "events", "os", ...
	HResult uint32 `json:"hresult"` // 0 when the error carries none
	ID      string `json:"id"`      // FullyQualifiedErrorId
	Message string `json:"message"` // may be in the guest's language: shown, never matched
}

// Action is what a script did beside looking.
type Action struct {
	Name          string `json:"name"` // "install", "wait", "convert_start", "convert_poll", "restart", "register_first_boot", ...
	Done          bool   `json:"done"` // false: refused or failed; HResult and Error say why
	HResult       uint32 `json:"hresult"`
	ErrorID       string `json:"error_id"`
	Message       string `json:"message"`
	Skipped       string `json:"skipped"` // why nothing was done: "already_installed", "foreign_key", ...
	WaitedSeconds int    `json:"waited_seconds"`
	Throttled     int    `json:"throttled"` // how often 0xC004FD00 was answered
	// Conversion of an evaluation edition.
	Phase       string   `json:"phase"` // "none", "running", "done", "failed", "restart_needed"
	ExitCode    int      `json:"exit_code"`
	RefusedExit int      `json:"refused_exit,omitempty"` // what DISM said to the AVMA key, before it was given the KMS client key; 0: it was not
	Target      string   `json:"target"`                 // EditionID given to DISM
	Targets     []string `json:"targets"`                // what DISM listed
	StartedUTC  string   `json:"started_utc"`
}
