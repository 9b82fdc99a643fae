// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const windowsApplication = "55c92734-d682-4d71-983e-d6ec3f16059f"

// Registry keys, as the module names them.
const (
	keyCurrentVersion = `software\microsoft\windows nt\currentversion`
	keySetupState     = `software\microsoft\windows\currentversion\setup\state`
	keySetup          = `system\setup`
	KeyGuest          = `software\microsoft\virtual machine\guest`
	keyParameters     = KeyGuest + `\parameters`
	keyCBS            = `software\microsoft\windows\currentversion\component based servicing\rebootpending`
	keyWU             = `software\microsoft\windows\currentversion\windowsupdate\auto update\rebootrequired`
	keySession        = `system\currentcontrolset\control\session manager`
	keyActiveName     = `system\currentcontrolset\control\computername\activecomputername`
	keyName           = `system\currentcontrolset\control\computername\computername`
)

func text(s string) Value { return Value{"String", s} }
func dword(n int) Value   { return Value{"DWord", n} }

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func hresult(text string) (uint32, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 0, 32)
	return uint32(n), err
}

func newState(c Config) (*State, error) {
	r, ok := releases[or(c.Release, "2022")]
	if !ok {
		return nil, fmt.Errorf("winguest: no release %q", c.Release)
	}
	edition := or(c.EditionID, "ServerDatacenter")
	sku, ok := skus[edition]
	if !ok {
		return nil, fmt.Errorf("winguest: no edition %q", edition)
	}
	evaluation := strings.HasSuffix(edition, "Eval")
	core := c.Core || strings.HasSuffix(edition, "ACor") || strings.HasSuffix(edition, "HCICor")
	s := &State{
		Guest: GuestState{
			Release: or(c.Release, "2022"), Rank: r.rank, Evaluation: evaluation, Azure: edition == "ServerTurbine", ProductType: 3,
			SKU: sku[0], Language: or(c.Language, "en-US"), ComputerName: or(c.ComputerName, "WIN-TEMPLATE"),
			BootTime: float64(int64(unixNow()) - 3600), InstallDate: float64(int64(unixNow()) - 86400),
			Elevated: !c.NotElevated && !c.NotAdministrator, UserSID: "S-1-5-21-1004336348-1177238915-682003330-500",
			ErrorStyle: or(c.ErrorStyle, "id"), BrokenClasses: c.BrokenClasses, ShutdownExit: c.ShutdownExit,
		},
		Registry: map[string]map[string]Value{}, Services: map[string]*Service{}, Tasks: map[string]*Task{},
		Events: []Event{}, EventSources: []string{"Application"}, ACLs: map[string]ACL{}, Journal: []Entry{},
		Firewall: Firewall{Rules: map[string]Rule{}},
	}
	if core {
		s.Guest.SKU = sku[1]
	}
	if c.DomainController {
		s.Guest.ProductType = 2
	}
	if edition == "Professional" {
		s.Guest.ProductType = 1
	}
	s.setRegistry(c, r, edition, core)
	if err := s.setHost(c.Host); err != nil {
		return nil, err
	}
	for name, state := range map[string]string{"sppsvc": "Running", "vmickvpexchange": "Running", "EventLog": "Running", "WinRM": "Running"} {
		switch state = or(c.Services[name], state); state {
		case "missing":
		case "Disabled":
			s.Services[name] = &Service{"Stopped", "Disabled"}
		default:
			s.Services[name] = &Service{state, map[bool]string{true: "Manual", false: "Auto"}[name == "vmickvpexchange"]}
		}
	}
	if r.sshd() {
		s.Services["sshd"] = &Service{"Stopped", "Manual"}
	}
	if s.Host.Platform != "hyper-v" && c.Services["vmickvpexchange"] == "" {
		s.Services["vmickvpexchange"] = &Service{"Stopped", "Manual"}
	}
	s.DISM = DISMState{Current: dismName(edition, core), Targets: c.DISM.Targets, Seconds: c.DISM.Seconds, ExitCode: 3010}
	s.DISM.RefuseKey, s.DISM.RefuseExit = c.DISM.RefuseKey, or(c.DISM.RefuseExit, 1605)
	if s.Guest.Release == "2012 R2" {
		s.DISM.OwnRestarts = 1
	}
	if c.DISM.OwnRestarts != nil {
		s.DISM.OwnRestarts = *c.DISM.OwnRestarts
	}
	if s.DISM.Targets == nil {
		s.DISM.Targets = targets(edition, core)
	}
	if c.DISM.ExitCode != nil {
		s.DISM.ExitCode = *c.DISM.ExitCode
	}
	if c.DISM.BusySeconds > 0 {
		s.DISM.BusyUntil = unixNow() + c.DISM.BusySeconds
	}
	if err := s.setLicensing(c, edition, evaluation); err != nil {
		return nil, err
	}
	s.setOdd(c)
	return s, nil
}

func dismName(edition string, core bool) string {
	if core && !strings.HasSuffix(edition, "Cor") {
		return edition + "Cor"
	}
	return edition
}

func (s *State) setRegistry(c Config, r release, edition string, core bool) {
	installation := map[bool]string{true: "Server Core", false: "Server"}[core]
	if edition == "Professional" {
		installation = "Client"
	}
	s.Registry[keyCurrentVersion] = map[string]Value{
		"EditionID": text(edition), "InstallationType": text(installation), "ProductName": text(productName(r, edition)),
		"CurrentBuildNumber": text(strconv.Itoa(r.build)), "UBR": dword(r.revision), "InstallDate": dword(int(s.Guest.InstallDate)),
	}
	s.Registry[keySetupState] = map[string]Value{"ImageState": text(or(c.ImageState, "IMAGE_STATE_COMPLETE"))}
	s.Registry[keySetup] = map[string]Value{"SystemSetupInProgress": dword(c.SystemSetup), "OOBEInProgress": dword(0)}
	s.Registry[KeyPolicies] = map[string]Value{"EnableLUA": dword(1)}
	s.Registry[keySession] = map[string]Value{"ProtectionMode": dword(1)}
	s.Registry[keyActiveName] = map[string]Value{"ComputerName": text(s.Guest.ComputerName)}
	s.Registry[keyName] = map[string]Value{"ComputerName": text(s.Guest.ComputerName)}
	if slices.Contains(c.PendingRestart, "cbs") {
		s.Registry[keyCBS] = map[string]Value{}
	}
	if slices.Contains(c.PendingRestart, "windows_update") {
		s.Registry[keyWU] = map[string]Value{}
	}
	if slices.Contains(c.PendingRestart, "file_rename") {
		s.Registry[keySession]["PendingFileRenameOperations"] = Value{"MultiString", []string{`\??\C:\Windows\Temp\x`, ""}}
	}
	if slices.Contains(c.PendingRestart, "computer_rename") {
		s.Registry[keyName]["ComputerName"] = text("RENAMED")
	}
}

func productName(r release, edition string) string {
	name := map[string]string{"ServerDatacenter": "Datacenter", "ServerStandard": "Standard", "ServerSolution": "Essentials", "ServerTurbine": "Datacenter Azure Edition",
		"ServerDatacenterEval": "Datacenter Evaluation", "ServerStandardEval": "Standard Evaluation", "ServerDatacenterACor": "Datacenter", "ServerStandardACor": "Standard"}[edition]
	return strings.TrimSpace(r.product + " " + name)
}

func (s *State) setLicensing(c Config, edition string, evaluation bool) (err error) {
	s.Licensing = Licensing{RearmCount: 1001, ClientMachine: "5f1d9a0c-1a3b-4b6e-9d2e-6f1e1a2b3c4d", KMSMachine: ""}
	if evaluation {
		s.Licensing.RearmCount = 5
	}
	if c.RearmCount != nil {
		s.Licensing.RearmCount = *c.RearmCount
	}
	if s.Licensing.InstallHResult, err = hresult(c.InstallHResult); err != nil {
		return err
	}
	office := "0ff1c"
	// What the filter of a query must leave out: another application, an add-on, and editions without a key.
	s.Licensing.Products = []Product{
		{ApplicationID: "0ff1ce15-a989-479d-af46-f275c6370663", ID: "d450596f-894d-49e0-966a-fd39ed4c4c64", Name: "Office", Description: "Office, VOLUME_KMSCLIENT channel", Status: 1, Channel: "Volume:GVLK", PartialKey: &office},
		{ApplicationID: windowsApplication, ID: "11111111-0000-4000-8000-000000000001", Name: "Windows(R), ServerRdsh edition", Description: "Windows(R) Operating System, RETAIL channel", Channel: "", Family: "ServerRdsh"},
		{ApplicationID: windowsApplication, ID: "11111111-0000-4000-8000-000000000002", Name: "Windows(R), ESU", Description: "Windows(R) Operating System, VOLUME_MAK channel", Addon: true, Status: 1, Channel: "Volume:MAK", PartialKey: &office},
	}
	p := Product{ApplicationID: windowsApplication, ID: "21c56779-b449-4d20-adfc-eece0e1ad74b", Name: "Windows(R), " + edition + " edition", Windows: true, Family: edition, IAID: "00000000-0000-0000-0000-000000000000"}
	key := c.Key
	switch key {
	case "", "gvlk":
		key = keyOf(s.Guest.Release, edition, "GVLK")
	case "avma":
		key = keyOf(s.Guest.Release, edition, "AVMA")
	case "mak":
		key = MAKKey
	case "retail":
		key = RetailKey
	case "oem":
		key = OEMKey
	case "none":
		key = ""
	}
	if evaluation && c.Key == "" {
		partial := "7CFBY"
		p.Channel, p.Description, p.PartialKey = "Retail:TB:Eval", "Windows(R) Operating System, TIMEBASED_EVAL channel", &partial
		p.Status, p.Reason, p.GraceMinutes, p.EvaluationEnd = 1, 0x4004FC04, 259200, unixNow()+180*86400
	}
	s.Licensing.Products = append(s.Licensing.Products, p)
	if key != "" {
		s.setKey(len(s.Licensing.Products)-1, key)
	}
	if c.SecondKey != "" {
		q := p
		q.ID, q.Windows = "21c56779-b449-4d20-adfc-000000000002", false
		s.Licensing.Products = append(s.Licensing.Products, q)
		second := c.SecondKey
		if second == "esu" {
			second = MAKKey
			last := &s.Licensing.Products[len(s.Licensing.Products)-1]
			last.ID, last.Name, last.Family = "11111111-0000-4000-8000-000000000003", "Windows(R), Server-ESU-Year1", "Server-ESU-Year1"
		}
		if second == "avma" {
			second = keyOf(s.Guest.Release, edition, "AVMA")
		}
		s.setKey(len(s.Licensing.Products)-1, second)
	}
	w := &s.Licensing.Products[3]
	if c.LicenseStatus != nil {
		w.Frozen, w.Status = true, *c.LicenseStatus
		if w.Reason, err = hresult(c.LicenseReason); err != nil {
			return err
		}
	}
	if c.GraceMinutes != 0 {
		w.GraceMinutes = c.GraceMinutes
	}
	return nil
}

// setKey does what a successful InstallProductKey does.
func (s *State) setKey(i int, key string) {
	p, k := &s.Licensing.Products[i], knownKeys()[key]
	if k == nil {
		k = &Known{Channel: "Retail"}
	}
	partial := key[len(key)-5:]
	p.Key, p.PartialKey, p.Channel, p.Status, p.Reason, p.EvaluationEnd, p.GraceMinutes = key, &partial, k.Channel, 2, 0x4004F00C, 0, 43200
	name := map[string]string{"VT:IA": "VIRTUAL_MACHINE_ACTIVATION", "Volume:GVLK": "VOLUME_KMSCLIENT", "Volume:MAK": "VOLUME_MAK", "Retail": "RETAIL", "OEM:DM": "OEM_DM"}[k.Channel]
	p.Description = "Windows(R) Operating System, " + name + " channel"
	if k.Channel == "Volume:MAK" || k.Channel == "Retail" || k.Channel == "OEM:DM" {
		p.Status, p.Reason, p.GraceMinutes = 1, 0, 0
	}
	s.Licensing.KeyInstalledAt = unixNow()
}
