// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Scenario is one story: a guest, what the provisioner is told, and what must come of it. It is a JSON file; unknown
// names in it are errors.
type Scenario struct {
	Name        string   `json:"-"` // the file's name without .json
	About       string   `json:"about"`
	Guest       Config   `json:"guest"`
	Provisioner []string `json:"provisioner"` // lines of the block
	Over        []string `json:"over"`        // "ssh", "ssh_pty", "winrm"; default ssh
	Packer      string   `json:"packer"`      // also through a real Packer: "newest", or "every" one that is supported
	Runs        int      `json:"runs"`        // how often the provisioner runs; default 1. Want holds for the last
	Clone       *Story   `json:"clone"`       // what happens after sysprep; nil: the template is the end
	CancelAt    string   `json:"cancel_at"`   // cancel the build when the guest's journal has an entry that begins so
	Want        Want     `json:"want"`
}

// Story is a clone's life.
type Story struct {
	RestartsBefore int     `json:"restarts_before"` // of the template, between provisioner and sysprep
	AnswerFile     string  `json:"answer_file"`     // given to sysprep
	Copy           bool    `json:"copy"`            // of the disk as it is, without sysprep
	SameUUID       bool    `json:"same_uuid"`       // the firmware's id is the template's
	Host           *Host   `json:"host"`            // the clone's; default the template's
	SetupMinutes   float64 `json:"setup_minutes"`   // how long Setup takes; default 20 s
	Minutes        float64 `json:"minutes"`         // that pass after the first look; they take no time here
	Want           Want    `json:"want"`            // of the clone's state; Status and Reasons as published
	Events         *int    `json:"events"`          // how many the check has written
	Then           []Step  `json:"then"`            // what happens to it later
	Clone          *Story  `json:"clone"`           // a clone of this clone, after its own sysprep
}

// Step is something that happens to a clone, and what comes of it.
type Step struct {
	About   string   `json:"about"`
	Host    *Host    `json:"host"`    // moved to this one
	Key     string   `json:"key"`     // installed by somebody: "gvlk", "avma", or a key
	UUID    string   `json:"uuid"`    // the firmware's id from now on
	Licence *Licence `json:"licence"` // as Windows shows it from now on
	Restart bool     `json:"restart"` // before the minutes pass
	Minutes float64  `json:"minutes"` // that pass
	Want    Want     `json:"want"`
	Events  *int     `json:"events"`  // how many the check has written since the clone's first boot
	Checked bool     `json:"checked"` // what is published is newer than before
}

// Licence is a change of the licence. What is left out stays.
type Licence struct {
	Status       *int    `json:"status"`
	Reason       string  `json:"reason"`
	GraceMinutes *int    `json:"grace_minutes"` // left of it
	HoursAgo     float64 `json:"hours_ago"`     // the last activation
	Frozen       bool    `json:"frozen"`        // it does not change by itself; left out, it does again
}

// Want is what must be so at the end. What is left out is not checked.
type Want struct {
	Fails      bool                         `json:"fails"`       // the build fails
	Status     string                       `json:"status"`      // of the verdict in the JSON report
	Reasons    []string                     `json:"reasons"`     // codes; the first leads
	NotReasons []string                     `json:"not_reasons"` // codes that must not be among them
	Ui         []string                     `json:"ui"`          // parts of what the Ui said, in this order
	NotUi      []string                     `json:"not_ui"`      // parts that it must not say
	Commands   int                          `json:"commands"`    // remote commands
	Uploads    *bool                        `json:"uploads"`     // whether files were transferred
	MaxSeconds float64                      `json:"max_seconds"` // default 60
	Key        string                       `json:"key"`         // last group of the installed key; "none"
	Channel    string                       `json:"channel"`
	Licensed   *bool                        `json:"licensed"`
	EditionID  string                       `json:"edition_id"`
	Restarts   *int                         `json:"restarts"`
	Journal    []string                     `json:"journal"`     // what was done to the guest, in this order, among others
	NotJournal []string                     `json:"not_journal"` // prefixes of what was not done
	Registry   map[string]map[string]string `json:"registry"`    // below HKLM; "" means that the value is not there; names may be glob patterns
	Tasks      *[]string                    `json:"tasks"`       // exactly these
	Files      []string                     `json:"files"`       // below C:, slashes; may be glob patterns
	NoFiles    []string                     `json:"no_files"`
	Rules      *[]string                    `json:"firewall_rules"` // exactly these
	Protected  []string                     `json:"protected"`      // files that only SYSTEM and Administrators may read
}

// LoadScenarios reads every *.json of a folder.
func LoadScenarios(t testing.TB, dir string) []Scenario {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios in %s (%v)", dir, err)
	}
	var all []Scenario
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ParseScenario(data)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		s.Name = strings.TrimSuffix(filepath.Base(f), ".json")
		all = append(all, s)
	}
	return all
}

// ParseScenario reads one scenario.
func ParseScenario(data []byte) (Scenario, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var s Scenario
	if err := d.Decode(&s); err != nil {
		return s, err
	}
	if s.About == "" {
		return s, fmt.Errorf("about is missing: say what the scenario is for")
	}
	if s.Packer != "" && s.Packer != "newest" && s.Packer != "every" {
		return s, fmt.Errorf("packer is %q: newest, every, or leave it out", s.Packer)
	}
	if len(s.Over) == 0 {
		s.Over = []string{"ssh"}
	}
	if s.Runs == 0 {
		s.Runs = 1
	}
	return s, nil
}
