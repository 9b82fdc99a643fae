// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"errors"
	"fmt"
	"time"

	packersdk "github.com/hashicorp/packer-plugin-sdk/packer"
	"github.com/spf13/afero"

	"github.com/golden-image/packer-plugin-avma/catalog"
	"github.com/golden-image/packer-plugin-avma/guest"
)

// unknownValue stands for what a data source will say, while `packer validate` looks at a template.
const unknownValue = "<unknown>"

// Values of Config.Verify.
const (
	verifyRequired  = "required"
	verifyWarn      = "warn"
	verifyFirstBoot = "first_boot"
)

// Defaults of the options that are durations.
const (
	defaultActivationTimeout = 10 * time.Minute
	defaultConversionTimeout = 30 * time.Minute
	defaultRestartTimeout    = 15 * time.Minute
	defaultPollInterval      = 15 * time.Second
	defaultDeployPath        = `C:\Windows\System32\Sysprep\avma-deploy.xml`
)

// setDefaults fills in what was left out. Doing it twice changes nothing.
func (c *Config) setDefaults() {
	fill(&c.Verify, verifyRequired)
	fill(&c.Transport, string(guest.Auto))
	fill(&c.ActivationTimeout, defaultActivationTimeout)
	fill(&c.ConversionTimeout, defaultConversionTimeout)
	fill(&c.RestartTimeout, defaultRestartTimeout)
	fill(&c.PollInterval, defaultPollInterval)
	if c.DeployAnswerFile != nil {
		fill(&c.DeployAnswerFile.Path, defaultDeployPath)
	}
}

func fill[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}

// check gives everything that is wrong with the configuration, each with the option's name and what is right.
func (c *Config) check(cat *catalog.Catalog, fs afero.Fs) error {
	var errs *packersdk.MultiError
	bad := func(option, format string, args ...any) {
		errs = packersdk.MultiErrorAppend(errs, fmt.Errorf("%s: %s", option, fmt.Sprintf(format, args...)))
	}
	switch c.Verify {
	case verifyRequired, verifyWarn, unknownValue:
	case verifyFirstBoot:
		if !c.FirstBoot.On() {
			bad("verify", `"first_boot" leaves the proof to the first boot of the clones, but the template has no first_boot block that is enabled: add "first_boot { enabled = true }"`)
		}
	default:
		bad("verify", "%q is none of required, warn and first_boot", c.Verify)
	}
	switch guest.Transport(c.Transport) {
	case guest.Auto, guest.Inline, guest.Upload, unknownValue:
	default:
		bad("transport", "%q is none of auto, inline and upload", c.Transport)
	}
	c.checkTarget(cat, bad)
	c.checkKey(cat, bad)
	c.checkHost(cat, bad)
	c.checkDurations(bad)
	checkHosts("expected_hosts", c.ExpectedHosts, bad)
	if c.DeployAnswerFile != nil {
		c.DeployAnswerFile.check(cat, bad)
	}
	if c.Report != nil {
		c.Report.check(fs, bad)
	}
	if errs == nil { // a nil *MultiError in an error would not be nil
		return nil
	}
	return errs
}

type complaint func(option, format string, args ...any)

func (c *Config) checkTarget(cat *catalog.Catalog, bad complaint) {
	if c.Release == unknownValue || c.Edition == unknownValue {
		return
	}
	switch {
	case c.Release != "" && c.Edition != "":
		t, err := cat.Resolve(c.Release, c.Edition)
		if err == nil && t.Evaluation {
			bad("edition", "%q is an evaluation edition, which no AVMA key fits: name the edition that it becomes, and set convert_evaluation = true", c.Edition)
			return
		}
		if err == nil && c.ProductKey == "" && !c.SkipInstall {
			_, err = cat.Key(t, catalog.AVMA)
		}
		if err != nil {
			bad("release, edition", "%s", err)
		}
	case c.Release != "":
		if _, err := cat.Resolve(c.Release, "datacenter"); isUnresolved(err) {
			bad("release", "%s", err)
		}
	case c.Edition != "":
		if _, err := cat.Resolve("2022", c.Edition); isUnresolved(err) {
			bad("edition", "%s", err)
		}
	}
}

// isUnresolved says that a spelling is not understood; that no key exists is another matter.
func isUnresolved(err error) bool {
	var unresolved *catalog.ResolveError
	return errors.As(err, &unresolved)
}

func (c *Config) checkDurations(bad complaint) {
	positive := func(option string, d, least time.Duration) {
		if d < least {
			bad(option, "%s is too short; give at least %s", d, least)
		}
	}
	positive("poll_interval", c.PollInterval, time.Second)
	positive("activation_timeout", c.ActivationTimeout, time.Second)
	positive("conversion_timeout", c.ConversionTimeout, time.Second)
	positive("restart_timeout", c.RestartTimeout, time.Second)
	if c.FirstBoot != nil {
		_, problems := c.FirstBoot.Args()
		for _, p := range problems {
			bad("first_boot."+p.Attribute, "%s. %s", p.Summary, p.Detail)
		}
	}
}
