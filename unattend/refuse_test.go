// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strings"
	"testing"
)

// What no media installs is refused whatever becomes of the key: not asked for, the user's own, of the other channel.
func TestNoSuchWindows(t *testing.T) {
	const mak = "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"
	for _, c := range []struct{ release, edition, attribute, says string }{
		{"2019", "datacenter-azure-edition", "edition", "has no edition Datacenter: Azure Edition"},
		{"20H2", "essentials", "edition", "has no edition Essentials"},
		{"23H2", "standard", "edition", "has no edition Standard"},
		{"2012", "datacenter", "release", "came with Windows Server 2012 R2"},
		{"2022", "ServerAzureCor", "edition", "runs inside Azure"},
	} {
		for name, cfg := range map[string]Config{
			"avma": {}, "gvlk": {Channel: "gvlk"}, "own key": {ProductKey: mak}, "keep": {Evaluation: "keep"}, "convert": {Evaluation: "convert"},
		} {
			t.Run(c.release+" "+c.edition+" "+name, func(t *testing.T) {
				cfg.Release, cfg.Edition = c.release, c.edition
				wantProblem(t, Check(cfg, Options{}), Error, c.attribute, c.says)
			})
		}
	}
	for _, cfg := range []Config{ // and what exists without a key is not
		{Release: "2022", Edition: "essentials", Evaluation: "keep"}, {Release: "2016", Edition: "essentials", Evaluation: "convert"},
		{Release: "2012 R2", Edition: "standard", Evaluation: "keep"}, {Release: "2025", Edition: "datacenter-azure-edition", Evaluation: "keep"},
	} {
		if ps := Check(cfg, Options{}).Only(Error); len(ps) > 0 {
			t.Errorf("%s %s: %v", cfg.Release, cfg.Edition, ps)
		}
	}
}

func TestSection1_7_AdministratorIsNoUser(t *testing.T) {
	cfg := server()
	cfg.Users = []User{{Name: "administrator", Password: "Correct-Horse-7"}}
	wantProblem(t, Check(cfg, Options{}), Error, "user.name", "the built-in Administrator is there already")
}

func TestScriptNames(t *testing.T) {
	for name, says := range map[string]string{
		"con.ps1": "is a device to Windows", "NUL": "is a device to Windows", "Com1.x.ps1": "is a device to Windows",
		"finish.ps1": "uses itself", "..\\x.ps1": "is not the name of a script", "a\x01.ps1": "is not the name of a script", "com.ps1": "", "context.ps1": "", "com10.ps1": "",
	} {
		cfg := server()
		cfg.Scripts = []Script{{Name: name, Content: "exit 0"}}
		ps := Check(cfg, Options{}).Only(Error)
		if says == "" && len(ps) > 0 || says != "" && !strings.Contains(ps.Error(), says) {
			t.Errorf("%q: %v", name, ps)
		}
	}
}
