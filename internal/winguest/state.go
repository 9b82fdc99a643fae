// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

// State is everything that a script may read or change in the guest. It lives in a JSON file that the module and this
// package share; the lower-case names are the module's.
type State struct {
	Guest          GuestState                  `json:"guest"`
	Virtualization Virtualization              `json:"virtualization"`
	Host           HostState                   `json:"host"`
	Licensing      Licensing                   `json:"licensing"`
	Registry       map[string]map[string]Value `json:"registry"`
	Services       map[string]*Service         `json:"services"`
	Tasks          map[string]*Task            `json:"tasks"`
	Events         []Event                     `json:"events"`
	EventSources   []string                    `json:"event_sources"`
	Firewall       Firewall                    `json:"firewall"`
	DISM           DISMState                   `json:"dism"`
	ACLs           map[string]ACL              `json:"acls"` // by path below C:
	Journal        []Entry                     `json:"journal"`
}

// GuestState is the guest itself.
type GuestState struct {
	Release       string   `json:"release"`
	Rank          int      `json:"rank"`
	Evaluation    bool     `json:"evaluation"`
	Azure         bool     `json:"azure"`
	ProductType   int      `json:"product_type"`
	SKU           int      `json:"sku"`
	Language      string   `json:"language"`
	ComputerName  string   `json:"computer_name"`
	BootTime      float64  `json:"boot_time"` // Unix seconds
	InstallDate   float64  `json:"install_date"`
	Elevated      bool     `json:"elevated"`
	UserSID       string   `json:"user_sid"`
	ErrorStyle    string   `json:"error_style"`
	BrokenClasses []string `json:"broken_classes"`
	ShutdownExit  int      `json:"shutdown_exit"`
	Restarting    bool     `json:"restarting"`
	Elapsed       float64  `json:"elapsed"`     // seconds that passed in the guest alone, see scheduler
	FirstLogon    []string `json:"first_logon"` // FirstLogonCommands that no logon has started yet
}

// Virtualization is what the firmware says.
type Virtualization struct {
	HypervisorPresent bool   `json:"hypervisor_present"`
	Manufacturer      string `json:"manufacturer"`
	Model             string `json:"model"`
	BIOSVendor        string `json:"bios_vendor"`
	BIOSVersion       string `json:"bios_version"`
	UUID              string `json:"uuid"`
	AssetTag          string `json:"asset_tag"`
}

// HostState is the host's side of activation.
type HostState struct {
	Platform         string  `json:"platform"`
	Name             string  `json:"name"`
	Rank             int     `json:"rank"`
	Datacenter       bool    `json:"datacenter"`
	AzureLocal       bool    `json:"azure_local"`
	Activated        bool    `json:"activated"`
	DataExchange     bool    `json:"data_exchange"`
	LatencyPolls     int     `json:"latency_polls"`
	LatencySeconds   float64 `json:"latency_seconds"`
	Throttle         int     `json:"throttle"`
	ActivateHResult  uint32  `json:"activate_hresult"`
	Client           bool    `json:"client"`
	ActivationDevice string  `json:"activation_device"`
	ExchangeOptional bool    `json:"exchange_optional"`
	InProgress       int     `json:"in_progress"`
	RefuseSeconds    float64 `json:"refuse_seconds"`
	Leaves           string  `json:"leaves"`
	EventStyle       string  `json:"event_style"`
	Keeps            bool    `json:"keeps"`
}

// Licensing is the licensing service.
type Licensing struct {
	Products       []Product `json:"products"`
	InstallHResult uint32    `json:"install_hresult"`
	KeyInstalledAt float64   `json:"key_installed_at"`
	RearmCount     int       `json:"rearm_count"`
	ClientMachine  string    `json:"client_machine_id"`
	KMSMachine     string    `json:"kms_machine"`
	IsKMSHost      int       `json:"is_kms_host"`
}

// Product is an instance of SoftwareLicensingProduct.
type Product struct {
	ApplicationID  string  `json:"application_id"`
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	Description    string  `json:"description"`
	Addon          bool    `json:"addon"`
	Windows        bool    `json:"windows"` // the one that InstallProductKey changes
	Frozen         bool    `json:"frozen"`  // its status does not change by itself
	Status         int     `json:"status"`
	Reason         uint32  `json:"reason"`
	Channel        string  `json:"channel"`
	PartialKey     *string `json:"partial_key"`
	Key            string  `json:"key"`
	Family         string  `json:"family"`
	GraceMinutes   int     `json:"grace_minutes"`
	EvaluationEnd  float64 `json:"evaluation_end"`
	HostName       *string `json:"host_name"`
	HostPid        *string `json:"host_pid"`
	LastActivation float64 `json:"last_activation"`
	IAID           string  `json:"iaid"`
}

// Value is a registry value.
type Value struct {
	Kind string `json:"k"`
	Data any    `json:"v"`
}

// Service is a Windows service.
type Service struct {
	State     string `json:"state"`
	StartMode string `json:"start_mode"`
}

// Task is a scheduled task.
type Task struct {
	XML        string    `json:"xml"`
	Command    string    `json:"command"`
	Arguments  string    `json:"arguments"`
	Directory  string    `json:"working_directory"`
	User       string    `json:"user"`
	Group      string    `json:"group"` // of the users in whose sessions it runs
	RunLevel   string    `json:"run_level"`
	Triggers   []Trigger `json:"triggers"`
	Limit      float64   `json:"limit"` // ExecutionTimeLimit in seconds; 0: none
	State      string    `json:"state"`
	Runs       int       `json:"runs"`
	LastResult int       `json:"last_result"`
}

// Event is a record of the event log.
type Event struct {
	Log        string  `json:"log"`
	Provider   string  `json:"provider"`
	ID         int     `json:"id"`
	Level      int     `json:"level"`
	Qualifiers int     `json:"qualifiers"`
	At         float64 `json:"at"`
	Data       []any   `json:"data"`
	Message    string  `json:"message"`
}

// Firewall holds the rules that were added.
type Firewall struct {
	On    bool            `json:"on"` // only ports with a rule are reachable
	Rules map[string]Rule `json:"rules"`
}

// Rule is a firewall rule.
type Rule struct {
	Port      string `json:"port"`
	Protocol  string `json:"protocol"`
	Direction string `json:"direction"`
	Action    string `json:"action"`
	Profile   string `json:"profile"`
}

// DISMState is servicing.
type DISMState struct {
	Current     string   `json:"current"`
	Targets     []string `json:"targets"`
	Seconds     float64  `json:"seconds"`
	ExitCode    int      `json:"exit_code"`
	RefuseKey   string   `json:"refuse_key"`
	RefuseExit  int      `json:"refuse_exit"`
	OwnRestarts int      `json:"own_restarts"`
	BusyUntil   float64  `json:"busy_until"`
	Starts      int      `json:"starts"`
	Pending     string   `json:"pending"`
	PendingKey  string   `json:"pending_key"`
}

// ACL is what icacls.exe was told.
type ACL struct {
	Inherit bool     `json:"inherit"`
	Grants  []string `json:"grants"`
}

// Entry is something that was done to the guest.
type Entry struct {
	At   float64 `json:"at"`
	What string  `json:"what"` // "InstallProductKey DV9BG 0x00000000"
}

func unixNow() float64 { return float64(time.Now().UnixMilli()) / 1000 }

// now is the time in the guest.
func (s *State) now() float64 { return unixNow() + s.Guest.Elapsed }

// State returns a copy of the guest's state.
func (g *Guest) State() (*State, error) {
	var last error
	for range 50 { // the module replaces the file; a reader may meet the moment between
		data, err := os.ReadFile(g.statePath)
		if err == nil {
			s := new(State)
			if err = json.Unmarshal(data, s); err == nil {
				return s, nil
			}
			return nil, fmt.Errorf("the guest's state: %w", err)
		}
		last = err
		time.Sleep(5 * time.Millisecond)
	}
	return nil, last
}

// Edit changes the guest's state under the lock that the module uses too.
func (g *Guest) Edit(change func(*State)) error {
	lock := g.statePath + ".lock"
	deadline := time.Now().Add(20 * time.Second)
	for {
		f, err := os.OpenFile(lock, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			f.Close()
			break
		}
		if !errors.Is(err, os.ErrExist) {
			return err
		}
		if time.Now().After(deadline) {
			os.Remove(lock) // its holder was killed
		}
		time.Sleep(5 * time.Millisecond)
	}
	defer os.Remove(lock)
	s, err := g.State()
	if err != nil {
		return err
	}
	change(s)
	return g.write(s)
}

func (g *Guest) write(s *State) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	next := g.statePath + ".go.tmp"
	if err := os.WriteFile(next, data, 0o600); err != nil {
		return err
	}
	return os.Rename(next, g.statePath)
}
