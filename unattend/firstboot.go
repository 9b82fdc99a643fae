// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"fmt"
	"strings"
	"time"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/templates"
)

// firstBootName is the script that registers the check. It runs in the specialize pass; where a task cannot be registered so
// early, finish.ps1 runs it again.
const (
	firstBootName    = "first_boot.ps1"
	firstBootCommand = inPowerShell + `"try{& $env:windir\Setup\avma\first_boot.ps1}catch{};exit 0"`
)

const (
	defaultDeadline = 30 * time.Minute
	defaultInterval = 5 * time.Minute
)

// planFirstBoot carries the first-boot check, if it is asked for, and reports whether it does.
func (m *model) planFirstBoot() bool {
	f := m.cfg.FirstBoot
	if f == nil || f.Enabled != nil && !*f.Enabled {
		return false
	}
	args := templates.FirstBootArgs{
		Armed: true, ExpectedHosts: append([]string{}, f.ExpectedHosts...), DeleteFiles: []string{},
		DeadlineMinutes: m.minutes("first_boot.deadline", f.Deadline, defaultDeadline), IntervalMinutes: m.minutes("first_boot.interval", f.Interval, defaultInterval),
	}
	for i, h := range f.ExpectedHosts {
		at := fmt.Sprintf("first_boot.expected_hosts[%d]", i)
		if strings.TrimSpace(h) == "" {
			m.fail(at, "it is empty", "Name a Hyper-V host, or leave the list out to accept any.")
		}
		m.domainName(at, h)
	}
	switch {
	case m.evaluated == evalKeep:
		m.fail("first_boot", "an evaluation is never activated by its host", "Leave first_boot out, or set evaluation = \"convert\" and convert the edition in the build.")
		return false
	case strings.EqualFold(m.cfg.Channel, string(catalog.GVLK)) && m.cfg.ProductKey == "":
		m.fail("first_boot", "a KMS client is not activated by its Hyper-V host", "Leave first_boot out, or use channel = \"avma\".")
		return false
	case m.evaluated == evalConvert && m.kind == Install:
		return false // not before the conversion: the deploy file has it
	}
	text, err := templates.FirstBootSetup(args)
	if err != nil {
		m.fail("first_boot", "the check cannot be put together", err.Error())
		return false
	}
	m.carry(firstBootName, []byte(text))
	return true
}

// minutes reads a duration in whole minutes.
func (m *model) minutes(attribute, value string, otherwise time.Duration) int {
	d := otherwise
	if value != "" && !unknown(value) {
		var err error
		if d, err = time.ParseDuration(value); err != nil || d < time.Minute || d > 24*time.Hour {
			m.fail(attribute, fmt.Sprintf("%q is not a duration from 1m to 24h", value), "For example 5m or 1h30m.")
			return int(otherwise.Minutes())
		}
	}
	return int(d.Round(time.Minute).Minutes())
}
