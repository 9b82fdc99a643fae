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
	longestWait     = 24 * time.Hour
)

// On says whether there is a check: the block stands, and does not say no.
func (f *FirstBoot) On() bool { return f != nil && (f.Enabled == nil || *f.Enabled) }

// Args are the arguments of the check that the block describes, with its defaults, and what is wrong with them; the
// problems' attributes are the block's own. It is the only reader of the block: the provisioner's is the same.
func (f *FirstBoot) Args() (templates.FirstBootArgs, Problems) {
	var ps Problems
	fail := func(attribute, summary, detail string) {
		ps = append(ps, Problem{Severity: Error, Attribute: attribute, Summary: summary, Detail: detail})
	}
	read := func(attribute, value string, otherwise time.Duration) time.Duration {
		d, problem := duration(attribute, value, otherwise)
		ps = append(ps, problem...)
		return d
	}
	interval := read("interval", f.Interval, defaultInterval)
	deadline := read("deadline", f.Deadline, max(defaultDeadline, interval))
	if len(ps) == 0 && deadline < interval {
		fail("deadline", fmt.Sprintf("%s is less than the interval, %s, so the check would look only once", deadline, interval), "Give a longer deadline or a shorter interval.")
	}
	for i, h := range f.ExpectedHosts {
		at := fmt.Sprintf("expected_hosts[%d]", i)
		switch {
		case unknown(h):
		case strings.TrimSpace(h) == "":
			fail(at, "it is empty", "Name a Hyper-V host, such as hv-01 or hv-01.example.net, or leave the list out to accept any.")
		case len(h) > 255 || !hostName().MatchString(h):
			fail(at, fmt.Sprintf("%q is not the name of a host", h), "For example hv-01 or hv-01.example.net.")
		}
	}
	return templates.FirstBootArgs{
		ExpectedHosts: append([]string{}, f.ExpectedHosts...), DeleteFiles: []string{},
		DeadlineMinutes: minutes(deadline), IntervalMinutes: minutes(interval),
	}, ps
}

// duration reads one of a minute to a day; what was left out, or is not known yet, is the default.
func duration(attribute, value string, otherwise time.Duration) (time.Duration, Problems) {
	if value == "" || unknown(value) {
		return otherwise, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Minute || d > longestWait {
		return otherwise, Problems{{Severity: Error, Attribute: attribute, Summary: fmt.Sprintf("%q is not a duration from 1m to 24h", value), Detail: "For example 5m or 1h30m."}}
	}
	return d, nil
}

// minutes rounds up, so that nothing is shorter than what was asked for.
func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// minutes reads a duration in whole minutes.
func (m *model) minutes(attribute, value string, otherwise time.Duration) int {
	d, problems := duration(attribute, value, otherwise)
	for _, p := range problems {
		m.fail(p.Attribute, p.Summary, p.Detail)
	}
	return minutes(d)
}

// planFirstBoot carries the first-boot check, if it is asked for, and reports whether it does.
func (m *model) planFirstBoot() bool {
	f := m.cfg.FirstBoot
	if !f.On() {
		return false
	}
	args, problems := f.Args()
	args.Armed = true
	for _, p := range problems {
		m.fail("first_boot."+p.Attribute, p.Summary, p.Detail)
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
