// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/golden-image/packer-plugin-avma/unattend"
)

// configFlags are the flags that set the main attributes of an unattend.Config: driver_paths is --driver-paths.
type configFlags struct {
	cfg        unattend.Config
	imageIndex int
}

// textAttribute is an attribute that holds text.
type textAttribute struct {
	name    string
	field   func(*unattend.Config) *string
	help    string
	allowed []string
}

var textAttributes = []textAttribute{
	{"release", func(c *unattend.Config) *string { return &c.Release }, "`RELEASE` of Windows Server: 2025, 2022, 20348, 20H2, ...", nil},
	{"edition", func(c *unattend.Config) *string { return &c.Edition }, "`EDITION`: datacenter, standard-core, datacenter-azure-edition, ...", nil},
	{"firmware", func(c *unattend.Config) *string { return &c.Firmware }, "firmware of the virtual machine, for the disk layout (default uefi)", []string{"uefi", "bios"}},
	{"evaluation", func(c *unattend.Config) *string { return &c.Evaluation }, "the media is evaluation media; keep it so, or convert it in the build (alone: keep)", []string{"none", "keep", "convert"}},
	{"channel", func(c *unattend.Config) *string { return &c.Channel }, "kind of key that activates the guest (default avma)", []string{"avma", "gvlk"}},
	{"setup_key", func(c *unattend.Config) *string { return &c.SetupKey }, "key that Setup gets to choose the edition (default auto: by the media)", []string{"auto", "none", "gvlk", "avma"}},
	{"image_name", func(c *unattend.Config) *string { return &c.ImageName }, "`NAME` of the image on the media (default: that of the release and edition)", nil},
	{"computer_name", func(c *unattend.Config) *string { return &c.ComputerName }, "`NAME` of the computer, at most 15 bytes (default: Windows chooses)", nil},
	{"organization", func(c *unattend.Config) *string { return &c.Organization }, "`NAME` of the organization that Windows is registered to", nil},
	{"owner", func(c *unattend.Config) *string { return &c.Owner }, "`NAME` of the person that Windows is registered to", nil},
	{"time_zone", func(c *unattend.Config) *string { return &c.TimeZone }, "`ZONE` by its Windows name, such as \"W. Europe Standard Time\" (default UTC)", nil},
	{"ui_language", func(c *unattend.Config) *string { return &c.UILanguage }, "`LANGUAGE` of Windows, which has to be on the media (default en-US)", nil},
	{"system_locale", func(c *unattend.Config) *string { return &c.SystemLocale }, "`LANGUAGE` of programs without Unicode (default: the UI language)", nil},
	{"user_locale", func(c *unattend.Config) *string { return &c.UserLocale }, "`LANGUAGE` of dates, times and numbers (default: the UI language)", nil},
	{"input_locale", func(c *unattend.Config) *string { return &c.InputLocale }, "`KEYBOARD`, such as de-DE or 0407:00000407 (default: the user locale)", nil},
}

// boolAttribute is an attribute that is true or false.
type boolAttribute struct {
	name  string
	field func(*unattend.Config) *bool
	help  string
}

var boolAttributes = []boolAttribute{
	{"plain_passwords", func(c *unattend.Config) *bool { return &c.PlainPasswords }, "write passwords as plain text, not as Windows encodes them"},
	{"disable_server_manager", func(c *unattend.Config) *bool { return &c.DisableServerManager }, "do not open Server Manager at logon"},
	{"disable_ie_esc", func(c *unattend.Config) *bool { return &c.DisableIEESC }, "switch the Enhanced Security Configuration of Internet Explorer off"},
	{"keep_answer_files", func(c *unattend.Config) *bool { return &c.KeepAnswerFiles }, "keep the copies of the answer file that Windows makes"},
}

// flagName is the flag of an attribute.
func flagName(attribute string) string { return strings.ReplaceAll(attribute, "_", "-") }

func (f *configFlags) add(a *app, cmd *cobra.Command) {
	flags := cmd.Flags()
	for _, t := range textAttributes {
		if t.allowed != nil {
			choiceFlag(cmd, t.field(&f.cfg), flagName(t.name), "", t.help, t.allowed...)
			continue
		}
		flags.StringVar(t.field(&f.cfg), flagName(t.name), "", t.help)
	}
	for _, b := range boolAttributes {
		flags.BoolVar(b.field(&f.cfg), flagName(b.name), false, b.help)
	}
	flags.IntVar(&f.imageIndex, "image-index", 0, "`NUMBER` of the image on the media, from 1, in place of its name")
	flags.StringArrayVar(&f.cfg.DriverPaths, "driver-paths", nil, "`FOLDER` with drivers, as Windows PE sees it; may be repeated")
	flags.Lookup("evaluation").NoOptDefVal = "keep"
	a.completeReleases(cmd, "release")
	completeEditions(cmd, "edition")
	completeWords(cmd, unattend.TimeZones, "time-zone")
	completeWords(cmd, unattend.Languages, "ui-language", "system-locale", "user-locale", "input-locale")
}

// origins says which attributes came from a flag or the environment: path of the attribute to what gave it.
type origins map[string]string

// flag names what gave an attribute. Where nothing did it is the flag that would, so that somebody who works without a
// file reads what to type; the second result is false then.
func (o origins) flag(attribute string) (string, bool) {
	root, _, _ := strings.Cut(attribute, "[")
	if name, ok := o[root]; ok {
		return name, true
	}
	for _, t := range textAttributes {
		if t.name == root {
			return "--" + flagName(root), false
		}
	}
	for _, b := range boolAttributes {
		if b.name == root {
			return "--" + flagName(root), false
		}
	}
	switch root {
	case "image_index", "driver_paths":
		return "--" + flagName(root), false
	case "administrator_password", "product_key":
		return "--" + flagName(root) + "-file", false
	}
	return attribute, false
}

// merge sets in cfg what the flags say. In a deploy file out of a configuration file, --computer-name is that of the
// clone.
func (f *configFlags) merge(cmd *cobra.Command, cfg *unattend.Config, kind unattend.Kind, hasFile bool) origins {
	from := make(origins)
	given := func(name string) bool {
		if !cmd.Flags().Changed(flagName(name)) {
			return false
		}
		from[name] = "--" + flagName(name)
		return true
	}
	for _, t := range textAttributes {
		if !given(t.name) {
			continue
		}
		if t.name == "computer_name" && kind == unattend.Deploy && hasFile {
			if cfg.Deploy == nil {
				cfg.Deploy = &unattend.DeploySettings{}
			}
			cfg.Deploy.ComputerName = f.cfg.ComputerName
			delete(from, t.name)
			from["deploy.computer_name"] = "--computer-name"
			continue
		}
		*t.field(cfg) = *t.field(&f.cfg)
	}
	for _, b := range boolAttributes {
		if given(b.name) {
			*b.field(cfg) = *b.field(&f.cfg)
		}
	}
	if given("image_index") {
		cfg.ImageIndex = &f.imageIndex
	}
	if given("driver_paths") {
		cfg.DriverPaths = f.cfg.DriverPaths
	}
	return from
}
