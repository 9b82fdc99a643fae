// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

func TestComputerNames(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "*": "", "WEB-01": "", "0-1": "", "A1": "", "Ü": "", Unknown + word(15): "",
		".web": `has the character "."`, "web*": `has the character "*"`, "we b": `has the character " "`, "\aweb": "has a blank or control character", "web\u00a0": "has a blank or control character",
		"0": "is digits alone", "0123456789": "is digits alone",
	} {
		cfg := server()
		cfg.ComputerName = name
		wantSaid(t, name, cfg, "computer_name", want)
	}
	for _, c := range []struct {
		attribute string
		change    func(*Config)
	}{
		{"owner", func(c *Config) { c.Owner = "a\x01" }}, {"organization", func(c *Config) { c.Organization = "a\ufffd" }},
		{"owner", func(c *Config) { c.Owner = "a\uffff" }}, {"owner", func(c *Config) { c.Owner = "a\ufffe" }}, {"owner", func(c *Config) { c.Owner = "a\xff" }},
	} {
		cfg := server()
		c.change(&cfg)
		wantSaid(t, c.attribute, cfg, c.attribute, "it has the character U+")
	}
}

// That clones do not get the name of the build's machine is said where one might think so.
func TestNameOfTheBuildIsNotThatOfClones(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  Config
		opts Options
		want int
	}{
		{"of the build", Config{ComputerName: "A"}, Options{}, 1},
		{"of both", Config{ComputerName: "A", Deploy: &DeploySettings{ComputerName: "B"}}, Options{}, 0},
		{"of the clone", Config{Deploy: &DeploySettings{ComputerName: "B"}}, Options{}, 0},
		{"of none", Config{}, Options{}, 0},
		{"of a clone's file alone", Config{ComputerName: "A"}, Options{Standalone: true}, 0},
	} {
		c.cfg.Release, c.cfg.Edition = "2022", "datacenter"
		got := 0
		for _, p := range Check(c.cfg, c.opts) {
			if p.Attribute == "computer_name" {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s: %d notes, want %d", c.name, got, c.want)
		}
	}
	cfg := server()
	cfg.ComputerName = "A"
	if r, err := Generate(cfg, Install, Options{}); err != nil || len(r.Notices.Only(Info)) != 1 { // of the password
		t.Errorf("in the build's file: %v %s", err, list(r.Notices))
	}
}
